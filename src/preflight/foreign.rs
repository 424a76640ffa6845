//! X008: colours that no press has inks for.

use super::limits::Limits;
use super::place::{at, inside, kept, quoted};
use super::report::Finding;
use crate::inspect::pdf::ink::{Ink, InkFacts, Kind};

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        if let Some(space) = &page.blending {
            out.push(Finding::of_page(index + 1, format!("its transparency is mixed in {space}")));
        }
    }
    for (index, page) in facts.pages.iter().enumerate() {
        for (space, area) in page.masks.iter().filter(|(_, area)| inside(page, *area)) {
            out.push(at(index + 1, page, *area, format!("a mask is made in {space}, not in grey or printing inks")));
        }
    }
    for (number, page, mark) in kept(&facts.pages) {
        let Ink::Foreign { space, .. } = &mark.ink else { continue };
        let what = match &mark.kind {
            Kind::Text { text, .. } => format!("the words {} are", quoted(text)),
            Kind::Picture { .. } => "a picture is".into(),
            Kind::Fill { .. } => "a shape is".into(),
            Kind::Stroke { .. } => "a line is".into(),
            Kind::Shading { .. } => "a gradient is".into(),
        };
        out.push(at(number, page, mark.area, format!("{what} in {space}, not in printing inks")));
    }
}
