//! X020 to X023: what the file says of itself: output intent, version, trapping, identifier (ISO 15930-7).

use super::limits::Limits;
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn intent(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    let Some(intent) = &facts.intent else {
        out.push(Finding::of_file("the file does not say which printing condition it is made for"));
        return;
    };
    if intent.condition.as_deref().is_none_or(|name| name.trim().is_empty()) {
        out.push(Finding::of_file("the printing condition has no name"));
    }
    match intent.inks {
        None => out.push(Finding::of_file("the printing condition’s profile is not in the file")),
        Some(4) if intent.is_output_profile => {}
        Some(4) => out.push(Finding::of_file("the printing condition’s profile is none of a printing press")),
        Some(inks) => out.push(Finding::of_file(format!("the printing condition’s profile has {inks} inks, not 4"))),
    }
}

pub(super) fn version(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    match facts.pdfx.as_deref() {
        Some("PDF/X-4") => {}
        Some(other) => out.push(Finding::of_file(format!("the file says it is {other}, not PDF/X-4"))),
        None => out.push(Finding::of_file("the file does not say that it is PDF/X-4")),
    }
    if facts.version != "1.6" {
        out.push(Finding::of_file(format!("the file is written as PDF {}; PDF/X-4 is PDF 1.6", facts.version)));
    }
}

pub(super) fn trapped(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    if !matches!(facts.trapped.as_deref(), Some("True" | "False")) {
        out.push(Finding::of_file("the file does not say whether it is trapped"));
    }
}

pub(super) fn id(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    if !facts.identified {
        out.push(Finding::of_file("the file has no identifier"));
    }
}
