//! X009: more ink in one place than paper can take.

use super::limits::Limits;
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::{Ink, InkFacts, Kind, shared};

/// What rounding to eight bits may add in four inks, in percent.
const SLACK: f64 = 1.0;

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        // Marks for the printer lie on the page where its trim is wrong; X002 says so.
        let misplaced = page.trim.is_none_or(|trim| shared(trim, page.media) != Some(trim));
        let marks = matches!(&mark.ink, Ink::Spot { names, .. } if names.iter().any(|name| name == "All"));
        if misplaced && marks && !matches!(mark.kind, Kind::Text { .. }) {
            continue;
        }
        if let Ink::Spot { names, process: Some(process), .. } = &mark.ink
            && !marks
        {
            let most: f64 = process.iter().sum();
            if most > limits.ink + SLACK {
                let message = format!(
                    "the inks that stand in for {} make {most:.0} % in one place; {:.0} % is the most",
                    names.join(" + "),
                    limits.ink
                );
                out.push(at(number, page, mark.area, message));
                continue;
            }
        }
        let (most, what) = match &mark.kind {
            Kind::Picture { most_ink, .. } => (*most_ink, "a picture has"),
            Kind::Shading { most_ink } => (*most_ink, "a gradient has"),
            Kind::Text { .. } => (mark.ink.total(), "words have"),
            Kind::Fill { .. } | Kind::Stroke { .. } => (mark.ink.total(), "a shape has"),
        };
        if let Some(most) = most.filter(|most| *most > limits.ink + SLACK) {
            let message = format!("{what} {most:.0} % of ink in one place; {:.0} % is the most", limits.ink);
            out.push(at(number, page, mark.area, message));
        }
    }
}
