//! What to say of a page that does not fit.

use std::ops::Range;

use super::blocks::Blocks;
use super::flow::Flow;
use super::plan::{Over, Plan};
use super::{Input, PANELS};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The number of the last panel for text, the flap, as people count them from the front.
const FLAP: usize = PANELS + 1;

/// The share of the last panel that a list might find there.
const BEHIND: f64 = 0.65;

/// What a person can do where the links take too much room.
const MEND: &str =
    "give the page's own address as `source`: one code then leads to all of them; or use `a5`, which lists them";

/// Why a page does not fit.
pub(super) enum Unfit {
    /// It has too much text.
    Long {
        /// How many panels it needs.
        needs: f64,
        /// How many words its first panels hold.
        holds: usize,
        /// How many lines are too many.
        lines: usize,
        /// About how many words they have.
        words: usize,
        /// The first block of those that could be shortened.
        first: Option<Span>,
        /// The last block.
        last: Option<Span>,
        /// Whether something of the back takes room on the flap.
        back: bool,
    },
    /// The text would fit, but not with the list of its links.
    Links {
        /// How many panels both need.
        needs: f64,
        /// How many links there are.
        count: usize,
        /// How much of a panel the list takes, with what else stands behind the text.
        share: f64,
    },
    /// Something that must stay together is taller than a panel.
    Tall {
        /// By how many lines.
        lines: usize,
        /// What it is.
        at: Option<Span>,
    },
    /// A word is wider than a panel.
    Wide {
        /// The block that it stands in.
        block: Option<usize>,
        /// The words of its line.
        words: String,
    },
    /// The back cannot hold what must stand there.
    Back,
}

impl Unfit {
    /// `links`: how many links are listed behind the text.
    pub(super) fn of(over: &Over, flow: &Flow, blocks: &Blocks, links: usize) -> Self {
        match over {
            Over::Tall(bands) => Self::Tall {
                lines: lines(flow.depth(bands) - flow.panel.depth, flow),
                at: flow.spans.get(bands.clone()).unwrap_or(&[]).iter().rev().flatten().next().copied(),
            },
            Over::Long(panels) => match flow.own(blocks).filter(|own| links > 0 && Plan::new(own, PANELS).is_ok()) {
                Some(own) => Self::Links {
                    needs: needs(panels, flow),
                    count: links,
                    share: flow.depth(&(own.len()..flow.len())) / flow.panel.depth,
                },
                None => Self::long(panels, flow),
            },
        }
    }

    /// Whether the last panel could hold the list: its dates, helpline and imprint take a third of it at least.
    pub(super) fn may_stand_behind(&self) -> bool {
        matches!(self, Self::Links { share, .. } if *share < BEHIND)
    }

    /// Whether it is the list of links that does not fit.
    pub(super) fn by_links(&self) -> bool {
        matches!(self, Self::Links { .. })
    }

    fn long(panels: &[Range<usize>], flow: &Flow) -> Self {
        // all that the last panel has room for, as if the text could end anywhere
        let start = panels.get(PANELS - 1).map_or(0, |panel| panel.start);
        let held = (start..=flow.len()).rev().find(|end| flow.fits(&(start..*end))).unwrap_or(start);
        let lines = lines(flow.depth(&(held..flow.len())), flow);
        let holds = flow.words(0..held);
        // as many words as stand on so many lines of this page
        let own: f64 = panels.iter().take(PANELS).map(|panel| flow.depth(panel)).sum();
        let words = (holds as f64 * lines as f64 * flow.panel.line / own.max(1.0)).ceil() as usize;
        // the end of the page's own text that has them
        let from = (0..held.max(1)).rev().find(|n| {
            let text = (*n..flow.len()).filter(|n| flow.spans.get(*n).is_some_and(Option::is_some));
            *n < held && text.map(|n| flow.words(n..n + 1)).sum::<usize>() >= words
        });
        let spans = flow.spans.get(from.unwrap_or(0)..).unwrap_or(&[]);
        Self::Long {
            needs: needs(panels, flow),
            holds,
            lines,
            words,
            first: spans.iter().flatten().next().copied().or(flow.last),
            last: flow.last,
            back: flow.spans.iter().skip(1).any(Option::is_none),
        }
    }

    /// What to say of a leaflet whose links stand without their addresses.
    pub(super) fn without_addresses(&self, input: &Input<'_>) -> Diagnostic {
        let reason = self.reason(input);
        input.fault(Code::LINKS_BARE, format_args!("{reason}: the links stand without addresses")).help(MEND)
    }

    /// Why it does not fit.
    pub(super) fn reason(&self, input: &Input<'_>) -> String {
        match self {
            Self::Long { needs, holds, .. } => {
                let holds = (holds + 25) / 50 * 50;
                format!("the text needs {needs:.1} panels; a DL leaflet has {PANELS} for text (about {holds} words)")
            }
            Self::Links { needs, count, .. } => format!(
                "the text and the addresses of its {} need {needs:.1} panels; a DL leaflet has {PANELS} for text",
                counted(*count, "link")
            ),
            Self::Tall { lines, at } => format!(
                "a part that stays together{} is {} taller than a panel",
                at.map(|span| format!(" (line {})", line(input, span))).unwrap_or_default(),
                counted(*lines, "line")
            ),
            Self::Wide { words, .. } => format!("the words “{words}” are wider than a panel"),
            Self::Back => "the back panel cannot hold the dates, the helpline and the imprint".to_string(),
        }
    }

    /// The same as a mistake, for one who asked for the leaflet.
    pub(super) fn complaint(&self, input: &Input<'_>) -> Diagnostic {
        let name = &input.request.name;
        let fault = |message: String, span: Option<Span>| match span {
            Some(span) => Diagnostic::new(Code::LEAFLET_OVERFULL, format!("{name}: {message}")).at(span),
            None => input.fault(Code::LEAFLET_OVERFULL, message),
        };
        match self {
            Self::Long { lines, words, first, last, back, .. } => {
                let panels = if *lines > 30 {
                    format!("panels 2 to {FLAP}")
                } else if *back {
                    format!("panels {FLAP} and {}", FLAP + 1)
                } else {
                    format!("panel {FLAP}")
                };
                let words = words.div_ceil(5) * 5;
                let place = match (first, last) {
                    (Some(first), Some(last)) => {
                        let (from, to) = (line(input, *first), end(input, *last));
                        if from < to { format!("lines {from}–{to}") } else { format!("line {from}") }
                    }
                    _ => "the page".to_string(),
                };
                let over = counted(*lines, "line");
                fault(format!("{panels}: {over} over; shorten {place} by about {words} words"), *first)
                    .help(self.reason(input))
            }
            Self::Links { .. } => fault(self.reason(input), None).help(MEND),
            Self::Tall { at, .. } => fault(self.reason(input), *at).help("divide it into smaller parts"),
            Self::Wide { block, .. } => {
                let span = block.and_then(|id| super::blocks::Blocks::of(input.document).get(Some(id)).map(|b| b.span));
                let help = if span.is_some() {
                    "shorten the longest word of this block, or write it as two words"
                } else {
                    "use `a5`, whose lines are longer"
                };
                fault(self.reason(input), span).help(help)
            }
            Self::Back => fault(self.reason(input), None).help("shorten the brand's words, or leave out `dl`"),
        }
    }
}

/// How many panels there would have to be; a line too many is still too many.
fn needs(panels: &[Range<usize>], flow: &Flow) -> f64 {
    let rest = panels.last().map_or(0.0, |panel| flow.depth(panel)) / flow.panel.depth;
    ((panels.len().saturating_sub(1) as f64 + rest) * 10.0).ceil() / 10.0
}

fn lines(depth: f64, flow: &Flow) -> usize {
    (depth / flow.panel.line).ceil().max(1.0) as usize
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn line(input: &Input<'_>, span: Span) -> usize {
    input.sources.get(span.file).place(span.start).line
}

fn end(input: &Input<'_>, span: Span) -> usize {
    input.sources.get(span.file).place(span.end.saturating_sub(1).max(span.start)).line
}
