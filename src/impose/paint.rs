//! What typst sets for the sheets: the slug line, the test sheet, the drawing of the fold order.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::marks;
use super::plan::{Options, Plan, Side};
use crate::manifest::GENERATOR;
use crate::paper::{Flip, Size};
use crate::render::typst::{Fault, Job, Set, Templates, Typefaces, set};

/// The templates' folder below `layouts/`.
const FOLDER: &str = "sheets";

/// The slug line of each side as a page of a PDF; none where there is no room for it. `names` tells sides apart.
pub fn slugs(
    plan: &Plan,
    options: &Options,
    words: &str,
    names: &dyn Fn(usize) -> String,
    faces: &Typefaces,
    templates: &Templates,
) -> Result<Option<Vec<u8>>, Fault> {
    let frames: Option<Vec<_>> = plan.sides().map(|side| marks::slug(side, plan.bleed)).collect();
    let Some(frames) = frames.filter(|_| options.marks) else { return Ok(None) };
    let line = |(index, frame): (usize, &super::plan::Frame)| json!({"width": frame.width, "height": frame.height, "words": words, "sheet": names(index)});
    let lines: Vec<Value> = frames.iter().enumerate().map(line).collect();
    page("slug.typ", &json!({"lines": lines}), faces, templates)?.parts("everyleaf/slug").map(Some)
}

/// Two pages that show whether the printer turns the paper as planned, and how well front and back meet.
pub fn test_sheet(sheet: Size, flip: Flip, faces: &Typefaces, templates: &Templates) -> Result<Vec<u8>, Fault> {
    let over_head = flip != Flip::upright(sheet);
    let data = json!({
        "width": sheet.width, "height": sheet.height, "flip": flip.name(), "over-head": over_head,
        "generator": GENERATOR,
    });
    page("test.typ", &data, faces, templates)?.parts("everyleaf/test-sheet")
}

/// A drawing of every sheet, front and back, with the pages' numbers and the steps to fold it.
pub fn order(
    plan: &Plan,
    title: &str,
    steps: &[String],
    faces: &Typefaces,
    templates: &Templates,
) -> Result<Vec<u8>, Fault> {
    let side = |side: &Side| {
        let cell = |cell: &super::plan::Cell| {
            let trim = cell.trim;
            let page = cell.page.map(|page| page + 1);
            json!({"page": page, "x": trim.x, "y": plan.sheet.height - trim.top(),
                "width": trim.width, "height": trim.height, "turn": cell.turn})
        };
        let folds: Vec<f64> = side.folds.iter().map(|fold| fold.x).collect();
        json!({"cells": side.cells.iter().map(cell).collect::<Vec<_>>(), "folds": folds})
    };
    let sheets: Vec<Value> = plan
        .sheets
        .iter()
        .map(|leaf| json!({"signature": leaf.signature + 1, "front": side(&leaf.front), "back": side(&leaf.back)}))
        .collect();
    let data = json!({
        "title": title, "steps": steps, "width": plan.sheet.width, "height": plan.sheet.height,
        "signatures": plan.signatures, "sheets": sheets,
    });
    page("order.typ", &data, faces, templates)?.parts("everyleaf/fold-order")
}

/// A side by its sheet, counted from 1: "sheet 2 of 4, back".
pub fn sheet_name(index: usize, sheets: usize) -> String {
    let side = if index.is_multiple_of(2) { "front" } else { "back" };
    format!("sheet {} of {sheets}, {side}", index / 2 + 1)
}

fn page(template: &str, data: &Value, faces: &Typefaces, templates: &Templates) -> Result<Set, Fault> {
    let mut data = data.clone();
    data["fonts"] = json!(faces.families());
    let template = format!("{FOLDER}/{template}");
    let data = data.to_string().into_bytes();
    set(Job { template: &template, data, assets: BTreeMap::new() }, faces, templates)
}
