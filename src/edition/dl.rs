//! The leaflet for a rack: six panels, roll-folded to 100 by 210 mm, as single pages in the order of reading.
//!
//! The layout sets all text on one tall strip. Its lines are measured, the best places to part it are worked out,
//! and the strip is cut there: no line is set twice, so none can change.
//!
//! - `links`: one code for all links, or a list of them
//! - `blocks`: what the rules must know of a block
//! - `flow`: where the text may part, and how well
//! - `fit`: the best of all ways to part it
//! - `plan`: panels of text, and room to write on what they leave
//! - `divide`: divided words, for the print shop alone
//! - `report`: what to say of a page that does not fit

mod blocks;
mod divide;
mod fit;
mod flow;
mod links;
mod plan;
mod report;
#[cfg(test)]
mod tests;

use super::data::Data;
use super::{Edition, Input, Outcome, paged};
use crate::diagnostic::{Code, Sink};
use crate::furniture::Furniture;
use crate::render::typst::{Set, Sheet};
use blocks::Blocks;
use flow::Flow;
use plan::Plan;
use report::Unfit;

/// A leaflet of six panels, 12 point.
pub(super) struct Dl;

/// What it prints beyond the page's own blocks.
const BEYOND: &[&str] = &[
    "notes moved to the end",
    "list of links, where the page has no address of its own",
    "space for the reader's questions and notes",
    "furniture",
];

/// How many panels there are for text: three inside, and the flap.
const PANELS: usize = 4;

/// The page of the layout on which the strip of text stands.
const STRIP: usize = 1;

/// How many pages the layout has: front, strip, back.
const PAGES: usize = 3;

const MM: f64 = 72.0 / 25.4;

/// The panels for text. The two that fold in are narrower; the flap's fold is at its right.
const SHEETS: [Sheet; PANELS] = [
    Sheet { width: 100.0 * MM, height: 210.0 * MM, shift: 0.0 },
    Sheet { width: 100.0 * MM, height: 210.0 * MM, shift: 0.0 },
    Sheet { width: 97.0 * MM, height: 210.0 * MM, shift: 0.0 },
    Sheet { width: 97.0 * MM, height: 210.0 * MM, shift: -2.0 * MM },
];

impl Edition for Dl {
    fn name(&self) -> &'static str {
        "dl"
    }

    fn about(&self) -> &'static str {
        "a leaflet of six folded panels, for short pages (PDF)"
    }

    fn beyond(&self) -> &'static [&'static str] {
        BEYOND
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        divided(input, sink).map(|(pages, _)| pages)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        match leaflet(input, sink) {
            Some(Ok((pages, _))) => paged::export(input, &pages, sink),
            Some(Err(unfit)) if input.request.named => {
                sink.push(unfit.complaint(input));
                Outcome::Failed
            }
            Some(Err(unfit)) => Outcome::Skipped(unfit.reason(input)),
            None => Outcome::Failed,
        }
    }
}

/// The six panels, and the words that are divided on them.
pub(super) fn divided(input: &Input<'_>, sink: &mut Sink) -> Option<(Set, Vec<String>)> {
    match leaflet(input, sink)? {
        Ok(pages) => Some(pages),
        Err(unfit) => {
            sink.push(unfit.complaint(input));
            None
        }
    }
}

/// What the layout says of its panels, in points.
#[derive(Debug, Clone, Copy)]
struct Panel {
    /// How deep the text may be.
    depth: f64,
    /// How wide it may be.
    measure: f64,
    /// The margin at the left of the strip.
    left: f64,
    /// The margin at the top.
    top: f64,
    /// From one line to the next.
    line: f64,
    /// The air between two lines of a paragraph.
    lead: f64,
}

impl Panel {
    fn of(pages: &Set) -> Option<Self> {
        match pages.numbers("panel").as_slice() {
            &[depth, measure, left, top, line, lead] => Some(Self { depth, measure, left, top, line, lead }),
            _ => None,
        }
    }
}

/// The six panels with the words that are divided; none where the layout failed, and then the sink says why.
fn leaflet(input: &Input<'_>, sink: &mut Sink) -> Option<Result<(Set, Vec<String>), Unfit>> {
    let (document, furniture) = (links::listed(input.document), without_pages(input.furniture));
    let input = &Input { document: &document, furniture: &furniture, ..*input };
    let mut unfit = match panels(input, false, sink)? {
        Err(unfit) if unfit.by_links() => unfit,
        made => return Some(made),
    };
    // the last panel may have room for what is too much inside
    if unfit.may_stand_behind() {
        unfit = match panels(input, true, sink)? {
            Err(unfit) if unfit.by_links() => unfit,
            made => return Some(made),
        };
    }
    // the page's own words go before addresses
    let bare = links::bare(input.document);
    let made = panels(&Input { document: &bare, ..*input }, false, sink)?;
    if made.is_ok() {
        sink.push(unfit.without_addresses(input));
    }
    Some(made)
}

/// The same, with the list of links on the last panel, if that can hold it, or behind the text.
fn panels(input: &Input<'_>, behind: bool, sink: &mut Sink) -> Option<Result<(Set, Vec<String>), Unfit>> {
    // nothing that people read on a screen has a divided word
    let (document, words) = match input.hyphens.filter(|_| input.press) {
        Some(hyphens) => divide::divided(input, hyphens, behind),
        None => (input.document.clone(), Vec::new()),
    };
    let input = &Input { document: &document, ..*input };
    let strip = set(input, Vec::new(), behind, sink)?;
    let Some(panel) = Panel::of(&strip) else { return fault(input, "it says nothing of its panels", sink) };
    if strip.pages() != PAGES {
        return Some(Err(Unfit::Back));
    }
    let blocks = Blocks::of(&document);
    let flow = Flow::new(strip.bands(STRIP), &blocks, panel);
    if let Some(band) = flow.too_wide() {
        return Some(Err(Unfit::Wide { block: band.block, words: band.words.trim().to_string() }));
    }
    let plan = match Plan::new(&flow, PANELS) {
        Ok(plan) => plan,
        Err(over) => return Some(Err(Unfit::of(&over, &flow, &blocks, document.links.len()))),
    };
    let pages = if plan.fill.is_empty() {
        strip.cut(STRIP, &plan.places(&flow), &SHEETS)
    } else {
        let filled = set(input, plan.fill.clone(), behind, sink)?;
        let whole = Flow::new(filled.bands(STRIP), &blocks, panel);
        if !whole.begins_with(&flow) {
            return fault(input, "its text changed when it was set with room to write", sink);
        }
        filled.cut(STRIP, &plan.places(&whole), &SHEETS)
    };
    // the calculation is held against what became of it
    let deepest = (STRIP..STRIP + PANELS).flat_map(|page| pages.bands(page)).map(|b| b.bottom).fold(0.0, f64::max);
    if deepest > panel.top + panel.depth + 0.5 {
        return fault(input, "its text runs over the foot of a panel", sink);
    }
    Some(Ok((pages, words)))
}

fn set(input: &Input<'_>, fill: Vec<f64>, behind: bool, sink: &mut Sink) -> Option<Set> {
    paged::set_data(input, &input.layout.template, &Data::new(input, None).filled(fill).behind(behind), sink)
}

fn fault<T>(input: &Input<'_>, what: &str, sink: &mut Sink) -> Option<T> {
    sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the layout could not be set: {what}")));
    None
}

/// The furniture without the word for a page's number: panels have none.
fn without_pages(furniture: &Furniture) -> Furniture {
    let mut furniture = furniture.clone();
    furniture.words.insert("page".into(), String::new());
    furniture
}
