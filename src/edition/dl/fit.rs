//! The best way to part the strip into a number of panels.

use std::ops::Range;

use super::flow::{Flow, GIVE};

/// By how many lines panels may differ in depth before it is a fault.
const EVEN: f64 = 3.0;
/// What a line more than that costs.
const UNEVEN: f64 = 20.0;
/// What narrowed gaps cost.
const TIGHT: f64 = 2.0;

/// The panels that the text needs, each as full as it can be; the last may be a remainder. An error names the
/// first thing that no panel can hold.
pub(super) fn greedy(flow: &Flow) -> Result<Vec<Range<usize>>, Range<usize>> {
    let mut panels = Vec::new();
    let mut start = 0;
    while start < flow.len() {
        let ends = (start + 1..=flow.len()).filter(|end| may_end(flow, *end));
        let mut best = None;
        for end in ends {
            if flow.fits(&(start..end)) {
                best = Some(end);
            } else {
                if best.is_none() {
                    return Err(start..end);
                }
                break;
            }
        }
        let Some(end) = best else { return Err(start..flow.len()) };
        panels.push(start..end);
        start = end;
    }
    Ok(panels)
}

fn may_end(flow: &Flow, end: usize) -> bool {
    end == flow.len() || flow.cost(end).is_some()
}

/// What the panels are compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// With each other.
    Even,
    /// With a full panel, all but the last, which something fills up.
    Full,
}

/// The best way to part the text into exactly so many panels; none where there is no way.
pub(super) fn best(flow: &Flow, count: usize, goal: Goal) -> Option<Vec<Range<usize>>> {
    let mut search = Search { flow, count, goal, panels: Vec::new(), best: None };
    search.from(0, 0.0);
    search.best.map(|(_, panels)| panels)
}

struct Search<'a> {
    flow: &'a Flow,
    count: usize,
    goal: Goal,
    panels: Vec<Range<usize>>,
    best: Option<(f64, Vec<Range<usize>>)>,
}

impl Search<'_> {
    /// Tries every way to go on from a band.
    fn from(&mut self, start: usize, cost: f64) {
        let left = self.count - self.panels.len();
        if left == 0 || self.best.as_ref().is_some_and(|(known, _)| *known <= cost) {
            return;
        }
        let flow = self.flow;
        if left == 1 {
            let rest = start..flow.len();
            if !rest.is_empty() && flow.fits(&rest) {
                self.panels.push(rest);
                self.judge(cost);
                self.panels.pop();
            }
            return;
        }
        // from the fullest panel down to one that leaves too much to the others
        let ends: Vec<usize> = (start + 1..flow.len()).take_while(|end| flow.fits(&(start..*end))).collect();
        for end in ends.into_iter().rev() {
            let rest = end..flow.len();
            let room = flow.panel.depth * (left - 1) as f64;
            if flow.depth(&rest) - flow.elastic(&rest) * (1.0 + GIVE) > room + flow.panel.line * left as f64 {
                break;
            }
            let Some(price) = flow.cost(end) else { continue };
            self.panels.push(start..end);
            self.from(end, cost + price);
            self.panels.pop();
        }
    }

    /// Keeps the panels where they are the best so far.
    fn judge(&mut self, cost: f64) {
        let panel = self.flow.panel;
        let depths: Vec<f64> = self.panels.iter().map(|bands| self.flow.depth(bands) / panel.line).collect();
        let full = panel.depth / panel.line;
        let compared: Vec<f64> = match self.goal {
            Goal::Even => depths.clone(),
            Goal::Full => depths.iter().take(depths.len() - 1).copied().chain([full - 1.0]).collect(),
        };
        let (low, high) = compared.iter().fold((f64::MAX, 0.0_f64), |(low, high), d| (low.min(*d), high.max(*d)));
        let tight: f64 = depths.iter().map(|d| (d - full).max(0.0)).sum();
        let total = cost + (high - low) + (high - low - EVEN).max(0.0) * UNEVEN + tight * TIGHT;
        if self.best.as_ref().is_none_or(|(known, _)| total < *known) {
            self.best = Some((total, self.panels.clone()));
        }
    }
}
