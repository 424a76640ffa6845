//! Divided words, for the print shop's leaflet alone: a panel is so narrow that one long word can leave half a line
//! white. Clear print asks for none that can be avoided (standard 6), so a word is divided only where the line before
//! it would be filled to less than three fifths, or where it is wider than a panel; two on a panel at most.
//!
//! The strip is set, its lines are looked at, a place is tried, and the strip is set again to see what came of it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::blocks::{each_paragraph, each_paragraph_mut};
use super::{Blocks, Flow, PANELS, Panel, Plan, STRIP, set};
use crate::diagnostic::Sink;
use crate::document::{Document, Inline, Inlines};
use crate::edition::Input;
use crate::hyphen::Hyphenator;
use crate::render::typst::Band;

/// A line filled to less than this share of the measure wants a part of the next word.
const SPARSE: f64 = 0.6;
/// The most divided words on a panel.
const MOST: usize = 2;
/// How often the strip is set at most.
const ROUNDS: usize = 48;
/// Where a word may be divided: typst shows a hyphen there if a line ends.
const SOFT: char = '\u{ad}';
/// How many letters before a word tell its place in a paragraph.
const BEFORE: usize = 24;

/// A place in a paragraph: the block, and how many characters of its text stand before.
type Place = (usize, usize);

/// The page with soft hyphens where words are divided, and the words. `behind`: with the list of links on the last panel.
pub(super) fn divided(input: &Input<'_>, hyphens: &Hyphenator, behind: bool) -> (Document, Vec<String>) {
    let whole = input.document;
    let (mut chosen, mut barred) = (BTreeSet::<Place>::new(), BTreeSet::<Place>::new());
    // what was found to be well
    let mut settled = BTreeSet::new();
    for _ in 0..ROUNDS {
        let document = with(whole, &chosen);
        let input = &Input { document: &document, ..*input };
        // what is wrong with the page is said when it is set for good
        let Some((pages, panel)) = set(input, Vec::new(), behind, &mut Sink::default())
            .and_then(|pages| Panel::of(&pages).map(|panel| (pages, panel)))
        else {
            break;
        };
        let bands = pages.bands(STRIP);
        let used = used(&bands, whole, &chosen);
        let idle: Vec<Place> = chosen.iter().filter(|place| !used.iter().any(|(_, u)| u == *place)).copied().collect();
        if !idle.is_empty() {
            chosen.retain(|place| !idle.contains(place));
            barred.extend(idle);
            continue;
        }
        let flow = Flow::new(bands, &Blocks::of(&document), panel);
        // a page that is too long for its panels is refused, whatever is divided
        let text = Plan::new(&flow, PANELS).map(|plan| plan.text).unwrap_or_default();
        if let Some(place) = crowded(&text, &used) {
            chosen.remove(&place);
            barred.insert(place);
            continue;
        }
        settled.clone_from(&chosen);
        let full = |band: usize| {
            let panel = text.iter().find(|panel| panel.contains(&band));
            panel.is_some_and(|panel| used.iter().filter(|(band, _)| panel.contains(band)).count() >= MOST)
        };
        let free = |place: &Place| !chosen.contains(place) && !barred.contains(place);
        match wanted(&flow.bands, panel, whole, hyphens, &full, &free) {
            Some(place) => chosen.insert(place),
            None => break,
        };
    }
    (with(whole, &settled), words(whole, &settled))
}

/// The places at which a line ends, each with its band.
fn used(bands: &[Band], document: &Document, chosen: &BTreeSet<Place>) -> Vec<(usize, Place)> {
    let mut used = Vec::new();
    for (n, band) in bands.iter().enumerate() {
        let line = band.words.trim_end();
        let (Some(block), true) = (band.block, line.ends_with(SOFT)) else { continue };
        let Some(text) = Text::of(document, block) else { continue };
        let end = text.after(&letters(line));
        let place = chosen.iter().find(|(b, at)| *b == block && end == Some(*at));
        used.extend(place.map(|place| (n, *place)));
    }
    used
}

/// A place too many on a panel.
fn crowded(panels: &[Range<usize>], used: &[(usize, Place)]) -> Option<Place> {
    panels.iter().find_map(|panel| {
        let mut here = used.iter().filter(|(band, _)| panel.contains(band));
        here.nth(MOST).map(|(_, place)| *place)
    })
}

/// The next place to try.
fn wanted(
    bands: &[Band],
    panel: Panel,
    document: &Document,
    hyphens: &Hyphenator,
    full: &dyn Fn(usize) -> bool,
    free: &dyn Fn(&Place) -> bool,
) -> Option<Place> {
    bands.iter().enumerate().find_map(|(n, band)| {
        let block = band.block.filter(|_| !band.heading && !full(n))?;
        let filled = (band.right - panel.left) / panel.measure;
        let (line, word) = if filled > 1.0 {
            // the line is one word, or ends in one, that is wider than the panel
            let words = band.words.trim_end();
            words.rsplit_once(' ').unwrap_or(("", words))
        } else {
            let next = bands.get(n + 1)?;
            let follows = next.block == band.block && next.top - band.bottom <= panel.lead + 0.2;
            if filled >= SPARSE || !follows {
                return None;
            }
            (band.words.as_str(), next.words.split_whitespace().next()?)
        };
        let text = Text::of(document, block)?;
        let from = text.before(&letters(line), &letters(word))?;
        let plain: String = text.chars.iter().map(|(c, _)| *c).collect();
        // a name is known by what stands around it, so the whole paragraph is looked at
        let to = text.skip(from, letters(word).chars().count());
        let places = hyphens.breaks_in(&plain.replace(SOFT, ""));
        let in_characters = |byte: usize| plain.get(..byte).map(|before| before.chars().count());
        let mut places: Vec<usize> =
            places.into_iter().filter_map(in_characters).filter(|at| (from + 1..to).contains(at)).collect();
        // the longest first part first
        places.reverse();
        places.into_iter().map(|at| (block, at)).filter(|(_, at)| text.may_change(*at)).find(free)
    })
}

/// Letters without the white between them and without soft hyphens.
fn letters(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && *c != SOFT).collect()
}

/// A paragraph's characters; each that stands in plain text has its place there: the text's number, and the byte.
struct Text {
    chars: Vec<(char, Option<(usize, usize)>)>,
}

impl Text {
    fn of(document: &Document, block: usize) -> Option<Self> {
        let mut found = None;
        each_paragraph(&document.blocks, &mut |id, text| {
            if id == block && found.is_none() {
                let mut chars = Vec::new();
                flatten(text, &mut 0, &mut chars);
                // places are counted without what was put in for a try
                chars.retain(|(c, _)| *c != SOFT);
                found = Some(Self { chars });
            }
        });
        found
    }

    /// How many characters stand before the one place at which `line` ends and `word` begins.
    fn before(&self, line: &str, word: &str) -> Option<usize> {
        let tail: String = line.chars().skip(line.chars().count().saturating_sub(BEFORE)).collect();
        let found: Vec<usize> = self.ends(&tail).filter(|at| self.goes_on(*at, word)).collect();
        match found.as_slice() {
            [only] => Some(self.white(*only)),
            _ => None,
        }
    }

    /// How many characters stand before the end of `line`.
    fn after(&self, line: &str) -> Option<usize> {
        let tail: String = line.chars().skip(line.chars().count().saturating_sub(BEFORE)).collect();
        let mut found = self.ends(&tail);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// The places behind each occurrence of some letters.
    fn ends(&self, wanted: &str) -> impl Iterator<Item = usize> {
        let wanted: Vec<char> = wanted.chars().collect();
        (0..=self.chars.len()).filter(move |end| {
            let mut back = self.chars.iter().take(*end).rev().map(|(c, _)| *c).filter(|c| !c.is_whitespace());
            let touches = *end == 0 || self.chars.get(end - 1).is_some_and(|(c, _)| !c.is_whitespace());
            touches && wanted.iter().rev().all(|c| back.next() == Some(*c))
        })
    }

    fn goes_on(&self, at: usize, word: &str) -> bool {
        let mut rest = self.chars.iter().skip(at).map(|(c, _)| *c).filter(|c| !c.is_whitespace());
        word.chars().all(|c| rest.next() == Some(c))
    }

    fn white(&self, at: usize) -> usize {
        at + self.chars.iter().skip(at).take_while(|(c, _)| c.is_whitespace()).count()
    }

    /// The place behind so many letters.
    fn skip(&self, from: usize, letters: usize) -> usize {
        let inked = self.chars.iter().enumerate().skip(from).filter(|(_, (c, _))| !c.is_whitespace());
        inked.take(letters).last().map_or(from, |(at, _)| at + 1)
    }

    /// Whether both neighbours stand in the same plain text.
    fn may_change(&self, at: usize) -> bool {
        let number = |at: usize| self.chars.get(at).and_then(|(_, place)| *place).map(|(number, _)| number);
        let (one, other) = (at.checked_sub(1).and_then(number), number(at));
        one.is_some() && one == other
    }
}

fn flatten(inlines: &[Inline], number: &mut usize, out: &mut Vec<(char, Option<(usize, usize)>)>) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => {
                out.extend(v.char_indices().map(|(byte, c)| (c, Some((*number, byte)))));
                *number += 1;
            }
            Inline::Unbroken { v } => out.extend(v.chars().map(|c| (c, None))),
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } | Inline::Reference { c, .. } => {
                flatten(c, number, out);
            }
            Inline::Break => out.push((' ', None)),
            Inline::NoteRef { .. } | Inline::Space { .. } => {}
        }
    }
}

/// The page with a soft hyphen at each place.
fn with(document: &Document, places: &BTreeSet<Place>) -> Document {
    let mut new = document.clone();
    for (block, at) in places.iter().rev() {
        let Some(text) = Text::of(document, *block) else { continue };
        let Some((number, byte)) = text.chars.get(*at).and_then(|(_, place)| *place) else { continue };
        each_paragraph_mut(&mut new.blocks, &mut |id, text| {
            if id == *block {
                insert(text, number, byte, &mut 0);
            }
        });
    }
    new
}

fn insert(inlines: &mut Inlines, wanted: usize, byte: usize, number: &mut usize) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => {
                if *number == wanted && v.is_char_boundary(byte) {
                    v.insert(byte, SOFT);
                }
                *number += 1;
            }
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } | Inline::Reference { c, .. } => {
                insert(c, wanted, byte, number);
            }
            _ => {}
        }
    }
}

/// The divided words, each with a hyphen at its place.
fn words(document: &Document, places: &BTreeSet<Place>) -> Vec<String> {
    let word = |(block, at): &Place| {
        let text = Text::of(document, *block)?;
        let inside = |c: &&(char, Option<(usize, usize)>)| c.0.is_alphabetic();
        let head: String = text.chars.iter().take(*at).rev().take_while(inside).map(|(c, _)| *c).collect();
        let tail: String = text.chars.iter().skip(*at).take_while(inside).map(|(c, _)| *c).collect();
        Some(format!("{}-{tail}", head.chars().rev().collect::<String>()))
    };
    places.iter().filter_map(word).collect()
}
