//! Which of the dates that were found the front matter holds.

use super::dates::{Found, Role};
use super::lines::Segment;
use super::receipt::{DateFound, Receipt};
use crate::diagnostic::{Code, Diagnostic};

/// The day for one key of the front matter.
struct Choice {
    /// The day and the line of its label.
    day: Option<(String, usize)>,
    /// Whether the page gives different ones.
    clash: bool,
}

/// Decides which dates the front matter holds; says where it is not sure.
pub(super) fn decide(found: &[Found], segments: &[Segment], name: &str, receipt: &mut Receipt) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut say = |code: Code, line: usize, message: String, help: &str| {
        let place = if line == 0 { name.to_string() } else { format!("{name}:{line}") };
        out.push(Diagnostic::new(code, message).in_file(place).help(help));
    };
    let number = |f: &Found| segments.get(f.segments.0).map_or(0, |s| s.line);
    let pick = |role: Role| -> Choice {
        let mut days: Vec<(String, usize)> =
            found.iter().filter(|f| f.role == role).filter_map(|f| Some((f.day.clone().ok()?, number(f)))).collect();
        days.dedup_by(|a, b| a.0 == b.0);
        let clash = days.iter().any(|d| d.0 != days[0].0);
        Choice { day: days.into_iter().next().filter(|_| !clash), clash }
    };
    const ASK: &str = "look at the page, and write the day into the front matter as it is given there";
    let mut chosen = [Role::Reviewed, Role::NextReview, Role::Published].map(|role| (role, pick(role)));
    for (role, choice) in &chosen {
        if choice.clash {
            let line = found.iter().filter(|f| f.role == *role).map(number).next_back().unwrap_or(0);
            say(
                Code::IMPORT_DATE_UNSURE,
                line,
                format!("the page gives different days for `{}`; it is left empty", role.key()),
                ASK,
            );
        }
    }
    let [(_, reviewed), (_, next_review), (_, published)] = &mut chosen;
    let mut backwards = false;
    if let (Some((last, _)), Some((next, line))) = (reviewed.day.clone(), next_review.day.clone()) {
        if next < last {
            say(
                Code::IMPORT_DATE_UNSURE,
                line,
                format!("the next review ({next}) lies before the last ({last}); it is left empty"),
                ASK,
            );
            next_review.day = None;
            backwards = true;
        } else if next == last {
            say(
                Code::IMPORT_DATE_UNSURE,
                line,
                format!("the page gives the same day, {last}, for the last review and the next"),
                ASK,
            );
        }
    }
    receipt.dates.reviewed = reviewed.day.take().map(|d| d.0);
    receipt.dates.next_review = next_review.day.take().map(|d| d.0);
    receipt.dates.published = published.day.take().map(|d| d.0);
    for f in found {
        let clash = chosen.iter().any(|(role, choice)| *role == f.role && choice.clash);
        let unused = match (&f.day, f.role) {
            (Err(why), _) => Some((*why).to_string()),
            (_, Role::Other) => Some("no date of the page's text".into()),
            _ if clash => Some("the page gives different days".into()),
            (_, Role::NextReview) if backwards => Some("it lies before the last review".into()),
            _ => None,
        };
        if let (Err(why), false) = (&f.day, f.role == Role::Other) {
            let shown = if f.words.is_empty() { f.label.clone() } else { format!("{} {}", f.label, f.words) };
            say(Code::IMPORT_DATE_UNSURE, number(f), format!("\"{shown}\" cannot be read surely: {why}"), ASK);
        }
        receipt.dates.found.push(DateFound {
            line: number(f),
            label: f.label.clone(),
            text: f.words.clone(),
            date: f.day.clone().ok(),
            role: f.role,
            unused,
        });
    }
    if receipt.dates.reviewed.is_none() && receipt.dates.next_review.is_none() {
        say(
            Code::IMPORT_NO_DATES,
            0,
            "no review date was found; the editions will say \"Review date not recorded\"".into(),
            "write `reviewed` and `next-review` into the front matter, if they are known",
        );
    }
    out
}
