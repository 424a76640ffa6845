//! What stands on which panel: the text, and room to write on what it leaves.

use std::ops::Range;

use super::fit::{Goal, best, greedy};
use super::flow::{Flow, GIVE};
use crate::render::typst::Place;

/// Panels of text at least so full stand by themselves; emptier ones get room to write below.
const FULL_ENOUGH: f64 = 0.72;
/// Room to write needs this share of a panel.
const LEAST_ROOM: f64 = 0.26;
/// Room to write below the text stands off by about so many lines.
const APART: f64 = 1.6;

/// Why there is no plan.
pub(super) enum Over {
    /// The text needs more panels: as many as it needs.
    Long(Vec<Range<usize>>),
    /// These bands must stay together and are taller than a panel.
    Tall(Range<usize>),
}

/// What stands where.
pub(super) struct Plan {
    /// The bands of text on each panel.
    pub(super) text: Vec<Range<usize>>,
    /// The heights of the room to write, in order.
    pub(super) fill: Vec<f64>,
    /// Whether the first of it stands below the text's end.
    below: bool,
    /// How deep the deepest panel is.
    depth: f64,
}

impl Plan {
    pub(super) fn new(flow: &Flow, panels: usize) -> Result<Self, Over> {
        let needed = greedy(flow).map_err(Over::Tall)?;
        if needed.len() > panels {
            return Err(Over::Long(needed));
        }
        let count = needed.len().max(1);
        let full = flow.panel.depth;
        let total = flow.depth(&(0..flow.len()));
        let enough = total >= full * FULL_ENOUGH * count as f64;
        if count == panels || enough {
            let text = best(flow, count, Goal::Even).unwrap_or(needed);
            let depth = deepest(flow, &text).min(full);
            let fill = vec![depth; panels - count];
            return Ok(Self { text, fill, below: false, depth });
        }
        let text = best(flow, count, Goal::Full).unwrap_or(needed);
        let before = text.get(..count - 1).unwrap_or(&[]);
        let last = text.last().map_or(0.0, |last| flow.depth(last));
        let depth = if before.is_empty() { (full * 0.94).max(last) } else { deepest(flow, before).max(last) }.min(full);
        let room = depth - last - flow.panel.line * APART;
        let below = room >= full * LEAST_ROOM;
        let mut fill = vec![depth; panels - count];
        if below {
            fill.insert(0, room);
        }
        Ok(Self { text, fill, below, depth })
    }

    /// A place for each band of the strip; what follows the text is room to write, each piece with its own mark.
    pub(super) fn places(&self, flow: &Flow) -> Vec<Place> {
        let mut places = Vec::with_capacity(flow.len());
        let mut foot = flow.panel.top;
        for (page, bands) in self.text.iter().enumerate() {
            foot = self.set(flow, page, bands.clone(), flow.panel.top, &mut places);
        }
        let mut page = self.text.len().saturating_sub(1);
        let mut start = self.text.last().map_or(0, |last| last.end);
        let mut below = self.below;
        while let Some(first) = flow.bands.get(start) {
            let same = flow.bands.iter().skip(start).take_while(|band| band.part == first.part).count();
            let top = if below { foot + flow.panel.line * APART } else { flow.panel.top };
            page += usize::from(!below);
            for band in flow.bands.iter().skip(start).take(same) {
                places.push(Place { page, top: top + band.top - first.top });
            }
            below = false;
            start += same.max(1);
        }
        places
    }

    /// Sets bands of text on a panel; gives its foot. The gaps shrink to fit, or grow to even it out.
    fn set(&self, flow: &Flow, page: usize, bands: Range<usize>, top: f64, places: &mut Vec<Place>) -> f64 {
        let (depth, elastic) = (flow.depth(&bands), flow.elastic(&bands));
        let wanted = if depth > flow.panel.depth {
            flow.panel.depth - depth
        } else if self.below && page + 1 == self.text.len() {
            0.0
        } else {
            self.depth - depth
        };
        let share = if elastic > 0.0 { (wanted / elastic).clamp(-GIVE, GIVE) } else { 0.0 };
        let first = flow.bands.get(bands.start).map_or(0.0, |band| band.top);
        let mut foot = top;
        for n in bands.clone() {
            let Some(band) = flow.bands.get(n) else { break };
            let own = top + band.top - first + flow.elastic(&(bands.start..n + 1)) * share;
            foot = own + band.bottom - band.top;
            places.push(Place { page, top: own });
        }
        foot
    }
}

fn deepest(flow: &Flow, panels: &[Range<usize>]) -> f64 {
    panels.iter().map(|bands| flow.depth(bands)).fold(0.0, f64::max)
}
