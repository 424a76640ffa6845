//! X002, X003 and X007: the boxes that tell where to cut and how far the artwork reaches.

use super::limits::{Limits, MM};
use super::report::Finding;
use crate::inspect::pdf::ink::{Area, InkFacts, InkPage, shared};

/// How far a box may be off, in millimetres.
const SLACK: f64 = 0.1;

pub(super) fn trim(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        if !page.has_media {
            out.push(Finding::of_page(index + 1, "there is no MediaBox, so nobody can tell how large the paper is"));
        }
        if (page.unit - 1.0).abs() > 1e-6 {
            let message =
                format!("the page is drawn {} times its size (UserUnit); many machines leave that out", page.unit);
            out.push(Finding::of_page(index + 1, message));
        }
        let Some([left, low, right, high]) = page.trim else {
            out.push(Finding::of_page(index + 1, "there is no TrimBox, so nobody can tell where to cut"));
            continue;
        };
        if !has_size([left, low, right, high]) {
            out.push(Finding::of_page(index + 1, "the TrimBox has no size, so nobody can tell where to cut"));
            continue;
        }
        let hidden = page.crop.map_or(0.0, |crop| beyond([left, low, right, high], crop));
        if hidden > SLACK {
            let message = format!("the CropBox hides {hidden:.1} mm of the finished page");
            out.push(Finding::of_page(index + 1, message));
        }
        let media = page.media;
        let out_by = beyond([left, low, right, high], media);
        if out_by > SLACK {
            out.push(Finding::of_page(index + 1, format!("the TrimBox lies {out_by:.1} mm outside the paper")));
        }
    }
}

fn has_size([left, low, right, high]: Area) -> bool {
    right - left > MM && high - low > MM
}

/// How far an area reaches out of another, in millimetres.
fn beyond([left, low, right, high]: Area, outer: Area) -> f64 {
    (outer[0] - left).max(outer[1] - low).max(right - outer[2]).max(high - outer[3]) / MM
}

pub(super) fn bleed(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        let Some(bleed) = page.bleed else {
            out.push(Finding::of_page(index + 1, "there is no BleedBox"));
            continue;
        };
        // Without a trim on the paper there is nothing to measure from; X002 says so.
        let Some(trim) = page.trim.filter(|trim| shared(*trim, page.media) == Some(*trim) && has_size(*trim)) else {
            continue;
        };
        let within = |outer: [f64; 4]| {
            (trim[0] - outer[0]).min(trim[1] - outer[1]).min(outer[2] - trim[2]).min(outer[3] - trim[3]) / MM
        };
        let least = within(bleed).min(within(page.media));
        if least + SLACK < limits.bleed {
            let (least, wanted) = (least.max(0.0), limits.bleed);
            out.push(Finding::of_page(index + 1, format!("the bleed is {least:.1} mm, not {wanted} mm")));
        }
    }
}

pub(super) fn sizes(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    let size = |page: &InkPage| {
        let [left, low, right, high] = super::place::trim(page);
        ((right - left) / MM, (high - low) / MM)
    };
    // A page without a trim has no size that counts; where none has one, the paper's does.
    let right = |page: &InkPage| page.trim.is_some_and(has_size);
    let none = !facts.pages.iter().any(right);
    let mut sized = facts.pages.iter().enumerate().filter(|(_, page)| none || right(page));
    let Some((lead, first)) = sized.next().map(|(index, page)| (index + 1, size(page))) else { return };
    for (index, page) in sized {
        let (width, height) = size(page);
        if (width - first.0).abs() > 0.5 || (height - first.1).abs() > 0.5 {
            let message = format!(
                "the finished page is {width:.0} × {height:.0} mm, but page {lead} is {:.0} × {:.0} mm",
                first.0, first.1
            );
            out.push(Finding::of_page(index + 1, message));
        }
    }
}
