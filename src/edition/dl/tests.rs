#![cfg(test)]

use super::Panel;
use super::blocks::Blocks;
use super::fit::{Goal, best, greedy};
use super::flow::Flow;
use super::plan::{Over, Plan};
use crate::document::{Block, Document, Kind, Meta};
use crate::render::typst::Band;
use crate::source::{Sources, Span};

const PANEL: Panel = Panel { depth: 100.0, measure: 200.0, left: 0.0, top: 10.0, line: 10.0, lead: 2.0 };

/// A strip from a sketch: `h` is a heading, a figure a paragraph of so many lines.
fn flow(sketch: &str) -> Flow {
    let file = Sources::default().add("page.md", "");
    let (mut bands, mut blocks, mut y) = (Vec::new(), Vec::new(), 0.0);
    for (id, sign) in sketch.chars().enumerate() {
        let heading = sign == 'h';
        let kind = if heading {
            Kind::Heading { level: 2, text: Vec::new(), anchor: id.to_string() }
        } else {
            Kind::Paragraph { text: Vec::new(), intro: false }
        };
        blocks.push(Block { id, span: Span::new(file, id, id + 1), keep: false, language: None, kind });
        y += 8.0;
        for _ in 0..sign.to_digit(16).unwrap_or(1) {
            let words = format!("words of {id}");
            bands.push(Band { top: y, bottom: y + 8.0, right: 90.0, block: Some(id), part: 0, heading, words });
            y += 10.0;
        }
        y -= 2.0;
    }
    let document = Document {
        slug: String::new(),
        meta: Meta::default(),
        cover: None,
        blocks,
        notes: Vec::new(),
        links: Vec::new(),
        assets: Vec::new(),
    };
    Flow::new(bands, &Blocks::of(&document), PANEL)
}

/// Where the text may part: the numbers of the bands that may stand first on a panel.
fn breaks(sketch: &str) -> Vec<usize> {
    let flow = flow(sketch);
    (1..flow.len()).filter(|n| flow.cost(*n).is_some()).collect()
}

#[test]
fn no_line_stands_alone() {
    assert_eq!(breaks("5"), [2, 3]);
    assert!(breaks("3").is_empty());
    assert_eq!(breaks("22"), [2]);
}

#[test]
fn a_heading_keeps_two_lines() {
    assert_eq!(breaks("h5"), [3, 4]);
    assert_eq!(breaks("h12"), [] as [usize; 0], "one line is not two, and two lines stay together");
    assert_eq!(breaks("h14"), [4]);
    assert_eq!(breaks("2hh5"), [2, 6, 7]);
}

#[test]
fn panels_begin_with_headings_where_that_costs_little() {
    // 8 + 4 lines, with a heading after the seventh line
    let flow = flow("34h25");
    let panels = best(&flow, 2, Goal::Even).unwrap();
    assert_eq!(panels, [0..7, 7..15]);
}

#[test]
fn panels_are_even() {
    for sketch in ["ffff", "5555555", "h4h4h4h4h4h4", "9h23h9"] {
        let flow = flow(sketch);
        let count = greedy(&flow).unwrap_or_default().len();
        let panels = best(&flow, count, Goal::Even).unwrap();
        let depths: Vec<f64> = panels.iter().map(|panel| flow.depth(panel) / PANEL.line).collect();
        let spread = depths.iter().fold(0.0_f64, |a, b| a.max(*b)) - depths.iter().fold(99.0_f64, |a, b| a.min(*b));
        assert!(spread <= 3.0, "{sketch}: {depths:?}");
        assert_eq!(panels.iter().map(ExactSizeIterator::len).sum::<usize>(), flow.len());
    }
}

#[test]
fn too_much_is_told_with_what_it_needs() {
    assert!(matches!(Plan::new(&flow("ffffff"), 4), Err(Over::Long(panels)) if panels.len() > 4));
    assert!(matches!(Plan::new(&flow("hhhhhhhhhhhhh2"), 4), Err(Over::Tall(_))));
}

#[test]
fn room_to_write_fills_what_the_text_leaves() {
    let plan = |sketch| Plan::new(&flow(sketch), 4).unwrap_or_else(|_| panic!("{sketch} fits"));
    assert!(plan("9999").fill.is_empty());
    // a short text: below it, and on three more panels
    assert_eq!(plan("3").fill.len(), 4);
    // two full panels: two more
    assert_eq!(plan("99").fill.len(), 2);
}

#[test]
fn every_band_has_its_place_in_order() {
    let flow = flow("h4h4h4h4h4");
    let plan = Plan::new(&flow, 4).unwrap_or_else(|_| panic!("it fits"));
    let places = plan.places(&flow);
    assert_eq!(places.len(), flow.len());
    assert!(places.windows(2).all(|pair| {
        pair[0].page < pair[1].page && pair[1].top == PANEL.top
            || pair[0].page == pair[1].page && pair[0].top < pair[1].top
    }));
}
