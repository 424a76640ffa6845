//! Where on the finished page something stands.

use super::limits::MM;
use super::report::Finding;
use crate::inspect::pdf::ink::{Area, InkPage, Mark};

/// The finished page: the trim box; where there is none (X002 says so), the bleed box or the paper.
pub(super) fn trim(page: &InkPage) -> Area {
    page.trim.or(page.bleed).unwrap_or(page.media)
}

/// A finding about something with an area.
pub(super) fn at(number: usize, page: &InkPage, area: Area, message: impl Into<String>) -> Finding {
    let [left, _, _, high] = trim(page);
    let place = ((area[0] - left) / MM, (high - area[3]) / MM);
    Finding { page: Some(number), at: Some(place), message: message.into() }
}

/// Whether any of it is left after cutting.
pub(super) fn inside(page: &InkPage, area: Area) -> bool {
    let [left, low, right, high] = trim(page);
    area[0] < right && area[2] > left && area[1] < high && area[3] > low
}

/// The marks that are left after cutting, with their page and its number.
pub(super) fn kept<'a>(pages: &'a [InkPage]) -> impl Iterator<Item = (usize, &'a InkPage, &'a Mark)> {
    let of = |(index, page): (usize, &'a InkPage)| {
        page.marks.iter().filter(|mark| inside(page, mark.area)).map(move |mark| (index + 1, page, mark))
    };
    pages.iter().enumerate().flat_map(of)
}

/// The first words of a run, for a message.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    let short: String = text.chars().take(30).collect();
    if short.len() < text.len() { format!("“{}…”", short.trim_end()) } else { format!("“{short}”") }
}
