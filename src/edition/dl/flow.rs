//! The strip of text: where it may part, and how well.

use std::ops::Range;

use super::Panel;
use super::blocks::{About, Blocks};
use crate::render::typst::Band;

/// How far the gaps between blocks may shrink or grow.
pub(super) const GIVE: f64 = 0.06;

/// What parting costs, in lines of white that would be worth as much: before what is no heading, ...
const NO_HEADING: f64 = 3.0;
/// ... inside a paragraph, besides ...
const MID_PARAGRAPH: f64 = 1.0;
/// ... inside a list, besides, ...
const MID_LIST: f64 = 1.0;
/// ... inside a short one, besides, ...
const MID_SHORT_LIST: f64 = 4.0;
/// ... and leaving one item alone on either side, besides.
const LONE_ITEM: f64 = 3.0;

/// The measured strip with its rules.
pub(super) struct Flow {
    pub(super) bands: Vec<Band>,
    pub(super) panel: Panel,
    /// The cost of a break behind each band; none: there must be no break.
    after: Vec<Option<f64>>,
    /// How much of the gaps above each band can give, summed from the first.
    elastic: Vec<f64>,
    /// The source of each band, if it is the page's own text.
    pub(super) spans: Vec<Option<crate::source::Span>>,
    /// The last block of the body.
    pub(super) last: Option<crate::source::Span>,
}

impl Flow {
    pub(super) fn new(bands: Vec<Band>, blocks: &Blocks, panel: Panel) -> Self {
        let about: Vec<Option<&About>> = bands.iter().map(|band| blocks.get(band.block)).collect();
        let runs = runs(&bands, panel.lead);
        let after = (0..bands.len()).map(|n| cost(n, &bands, &about, &runs, panel)).collect();
        let mut sum = 0.0;
        let mut elastic = Vec::with_capacity(bands.len());
        for (n, band) in bands.iter().enumerate() {
            let above = n.checked_sub(1).and_then(|n| bands.get(n)).map_or(band.top, |above| above.bottom);
            // the rules for one box stand inside it, and it is moved as one
            let inside = n.checked_sub(1).is_some_and(|n| one_box(n, &bands, &about));
            sum += if inside { 0.0 } else { (band.top - above - panel.lead).max(0.0) };
            elastic.push(sum);
        }
        let spans = about.iter().map(|about| about.map(|about| about.span)).collect();
        Self { bands, panel, after, elastic, spans, last: blocks.last() }
    }

    /// The page's own text, without what stands behind it; none where nothing does.
    pub(super) fn own(&self, blocks: &Blocks) -> Option<Self> {
        let end = self.spans.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let bands = self.bands.get(..end).filter(|own| own.len() < self.bands.len())?;
        Some(Self::new(bands.to_vec(), blocks, self.panel))
    }

    pub(super) fn len(&self) -> usize {
        self.bands.len()
    }

    /// The cost of ending a panel before this band; none where it must not end there.
    pub(super) fn cost(&self, before: usize) -> Option<f64> {
        before.checked_sub(1).and_then(|n| self.after.get(n)).copied().flatten()
    }

    /// The depth of some bands that stand on one panel, with their own gaps.
    pub(super) fn depth(&self, bands: &Range<usize>) -> f64 {
        let first = self.bands.get(bands.start);
        let last = bands.end.checked_sub(1).and_then(|n| self.bands.get(n));
        first.zip(last).map_or(0.0, |(first, last)| last.bottom - first.top)
    }

    /// How much of that depth is gap that can give.
    pub(super) fn elastic(&self, bands: &Range<usize>) -> f64 {
        let at = |n: usize| self.elastic.get(n).copied().unwrap_or(0.0);
        if bands.is_empty() { 0.0 } else { at(bands.end - 1) - at(bands.start) }
    }

    /// Whether they fit on a panel, with the gaps as narrow as they may be.
    pub(super) fn fits(&self, bands: &Range<usize>) -> bool {
        self.depth(bands) - self.elastic(bands) * GIVE <= self.panel.depth + 0.01
    }

    /// The first text that is wider than a panel.
    pub(super) fn too_wide(&self) -> Option<&Band> {
        self.bands.iter().find(|band| band.right > self.panel.left + self.panel.measure + 0.5)
    }

    /// Whether this is the same text with something below it.
    pub(super) fn begins_with(&self, other: &Self) -> bool {
        let same = |(a, b): (&Band, &Band)| (a.top - b.top).abs() < 0.01 && a.words == b.words;
        self.len() >= other.len() && self.bands.iter().zip(&other.bands).all(same)
    }

    /// How many words stand in some bands.
    pub(super) fn words(&self, bands: Range<usize>) -> usize {
        self.bands.get(bands).unwrap_or(&[]).iter().map(|band| band.words.split_whitespace().count()).sum()
    }
}

/// Lines that follow each other with no more than their leading between them: a paragraph, an item, a heading.
fn runs(bands: &[Band], lead: f64) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (n, band) in bands.iter().enumerate() {
        let above = n.checked_sub(1).and_then(|n| bands.get(n));
        let joined = above.is_some_and(|above| {
            band.top - above.bottom <= lead + 0.2 && above.heading == band.heading && above.part == band.part
        });
        match runs.last_mut() {
            Some(run) if joined => run.end = n + 1,
            _ => runs.push(n..n + 1),
        }
    }
    runs
}

/// Whether a band and the next belong to one thing that is never divided.
fn one_box(n: usize, bands: &[Band], about: &[Option<&About>]) -> bool {
    let (Some(band), Some(next)) = (bands.get(n), bands.get(n + 1)) else { return false };
    match (about.get(n).copied().flatten(), about.get(n + 1).copied().flatten()) {
        (Some(a), Some(b)) => {
            let row = a.table && band.block == next.block && band.part == next.part;
            row || a.whole.is_some() && a.whole == b.whole
        }
        (None, None) => band.part == next.part,
        _ => false,
    }
}

/// What it costs to end a panel behind a band; none: it must not end there.
fn cost(n: usize, bands: &[Band], about: &[Option<&About>], runs: &[Range<usize>], panel: Panel) -> Option<f64> {
    let (band, next) = (bands.get(n)?, bands.get(n + 1)?);
    let run = runs.iter().find(|run| run.contains(&n))?;
    let inside = run.contains(&(n + 1));
    // two lines at least on both sides
    let torn = inside && (n + 1 - run.start < 2 || run.end - (n + 1) < 2);
    if torn || band.heading || one_box(n, bands, about) {
        return None;
    }
    // a heading keeps two lines of what follows
    let line = |band: &Band| band.bottom - band.top < panel.line * 1.2;
    let headed = n.checked_sub(1).and_then(|n| bands.get(n)).is_some_and(|above| above.heading);
    if headed && line(band) && !next.heading {
        return None;
    }
    let own = about.get(n).copied().flatten();
    if own.is_some_and(|own| own.intro) && !inside && !next.heading {
        return None;
    }
    if next.heading {
        return Some(0.0);
    }
    let list_at = |n: usize| about.get(n).copied().flatten().filter(|about| !about.intro).and_then(|about| about.list);
    let list = match own.and_then(|own| own.list).filter(|_| list_at(n) == list_at(n + 1)) {
        Some((_, true)) => MID_SHORT_LIST,
        Some((_, false)) => MID_LIST,
        None => 0.0,
    };
    // the items next to the break have no neighbour of their own list
    let first = run.start.checked_sub(1).is_none_or(|n| list_at(n) != list_at(run.start));
    let after = runs.iter().find(|run| run.contains(&(n + 1))).map_or(n + 2, |run| run.end);
    let lone = list > 0.0 && !inside && (first || list_at(after) != list_at(n + 1));
    let list = list + if lone { LONE_ITEM } else { 0.0 };
    Some(NO_HEADING + list + if inside { MID_PARAGRAPH } else { 0.0 })
}
