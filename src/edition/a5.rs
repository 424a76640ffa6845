//! The leaflet: a booklet of A5 pages.

use super::data::Data;
use super::{Edition, Input, Outcome, PageStart, paged};
use crate::diagnostic::Sink;
use crate::render::typst::Set;

/// A booklet, 12 point, its pages a multiple of four.
pub(super) struct A5;

/// What it prints beyond the page's own blocks.
const BEYOND: &[&str] = &[
    "contents",
    "notes moved to the end",
    "list of links",
    "repeated table headers",
    "space for the reader's questions and notes",
    "furniture",
];

/// How far the gaps may shrink or grow to save a near-empty last page.
const TIGHT: f64 = 0.94;
const LOOSE: f64 = 1.06;

/// A last page with less than this share of its height filled is a fault.
const NEAR_EMPTY: f64 = 0.2;

impl Edition for A5 {
    fn name(&self) -> &'static str {
        "a5"
    }

    fn about(&self) -> &'static str {
        "the leaflet, an A5 booklet (PDF)"
    }

    fn beyond(&self) -> &'static [&'static str] {
        BEYOND
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        fitted(input, sink)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let Some(pages) = fitted(input, sink) else { return Outcome::Failed };
        match paged::export(input, &pages, sink) {
            Outcome::Made(mut made) => {
                let start = |s: crate::render::typst::Start| PageStart {
                    label: s.label,
                    block: s.block,
                    words_before: s.words_before,
                };
                made.pages = pages.starts().into_iter().map(start).collect();
                Outcome::Made(made)
            }
            other => other,
        }
    }
}

/// The pages; set a second time, tighter or looser, where the text's last page would be near-empty.
fn fitted(input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
    let template = &input.layout.template;
    let first = paged::own_pages(input, None, sink)?;
    let Some(text) = Text::of(&first) else { return Some(first) };
    let Some(fit) = text.fit() else { return Some(first) };
    let second = paged::set_data(input, template, &Data::new(input, None).fitted(fit), sink)?;
    let better = Text::of(&second).is_some_and(|set| set.beats(&text));
    Some(if better { second } else { first })
}

/// How the text fills its pages, as the layout reports it under `text-filled`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Text {
    /// How many pages the text takes.
    pages: f64,
    /// The share of the last one that it fills.
    last: f64,
    /// How many pages of room to write follow.
    spare: f64,
    /// The share of a page that the narrowest gaps would save on each page, near enough.
    gain: f64,
}

impl Text {
    fn of(pages: &Set) -> Option<Self> {
        match pages.numbers("text-filled").as_slice() {
            &[pages, last, spare, gain] => Some(Self { pages, last, spare, gain }),
            _ => None,
        }
    }

    /// The factor to try; none: it is well as it is.
    fn fit(self) -> Option<f64> {
        // A page less saves a sheet where three pages of room to write follow.
        let sheet = self.spare >= 3.0;
        if self.pages < 2.0 || self.last >= NEAR_EMPTY && !sheet {
            return None;
        }
        let saved = self.gain * (self.pages - 1.0);
        if self.last <= saved {
            Some(TIGHT)
        } else if self.last < NEAR_EMPTY {
            Some(LOOSE)
        } else {
            None
        }
    }

    fn beats(self, other: &Self) -> bool {
        self.pages < other.pages || self.pages == other.pages && self.last > other.last && other.last < NEAR_EMPTY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pages: f64, last: f64, spare: f64) -> Text {
        Text { pages, last, spare, gain: 0.02 }
    }

    #[test]
    fn gaps_change_only_for_a_near_empty_page_or_a_sheet() {
        assert_eq!(text(5.0, 0.6, 1.0).fit(), None);
        assert_eq!(text(1.0, 0.1, 1.0).fit(), None);
        assert_eq!(text(5.0, 0.07, 1.0).fit(), Some(TIGHT));
        assert_eq!(text(5.0, 0.15, 1.0).fit(), Some(LOOSE));
        assert_eq!(text(13.0, 0.22, 3.0).fit(), Some(TIGHT));
        assert_eq!(text(5.0, 0.5, 3.0).fit(), None);
    }

    #[test]
    fn fewer_pages_or_a_fuller_last_one_is_better() {
        assert!(text(4.0, 0.9, 0.0).beats(&text(5.0, 0.1, 3.0)));
        assert!(text(5.0, 0.16, 3.0).beats(&text(5.0, 0.1, 3.0)));
        assert!(!text(6.0, 0.1, 2.0).beats(&text(5.0, 0.1, 3.0)));
    }
}
