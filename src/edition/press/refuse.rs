//! What no print shop is given: what is out of date, what is not finished, what would print badly.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::{Block, Document, Kind};
use crate::edition::Input;
use crate::render::typst::{Printed, Set};
use crate::source::Span;

/// Dots to the inch that a picture needs (standard 54).
const DOTS: f64 = 300.0;
/// Less than this below it is rounding.
const SLACK: f64 = 0.5;

/// Judges the page before it is set: its dates and its pictures. False: it is refused.
pub(super) fn page(input: &Input<'_>, sink: &mut Sink) -> bool {
    let dated = dates(input, sink);
    let mut whole = true;
    each_figure(&input.document.blocks, &mut |block, asset, alt| {
        if asset.is_none() {
            whole = false;
            sink.push(pending(input, block, alt));
        }
    });
    dated && whole
}

/// Overdue and undated pages are let through only by somebody who says why.
fn dates(input: &Input<'_>, sink: &mut Sink) -> bool {
    let meta = &input.document.meta;
    let (code, what) = if let Some(due) = meta.next_review.filter(|_| input.overdue) {
        (Code::PRESS_OVERDUE, format!("the review was due on {due}: an overdue page is not printed"))
    } else if meta.reviewed.is_none() {
        (Code::PRESS_UNDATED, "the page does not say when it was reviewed, so it is not printed".to_string())
    } else if meta.next_review.is_none() {
        (Code::PRESS_UNDATED, "the page does not say when its next review is due, so it is not printed".to_string())
    } else {
        return true;
    };
    let name = &input.request.name;
    let Some(allowed) = input.allowed else {
        let help = "have it reviewed and write both dates; or build with --allow-overdue \"why\" --by \"who\", \
                    which the manifest records";
        sink.push(Diagnostic::new(code, format!("{name}: {what}")).at(input.place).help(help));
        return false;
    };
    let message = format!("{name}: {what}; {} lets it through: {}", allowed.by, allowed.reason);
    sink.push(Diagnostic::new(code, message).severity(Severity::Warning).at(input.place));
    true
}

fn pending(input: &Input<'_>, block: &Block, alt: &str) -> Diagnostic {
    let message = format!("{}: a picture is still to come: “{alt}”", input.request.name);
    Diagnostic::new(Code::PRESS_PICTURE, message)
        .at(block.span)
        .help("put its file beside the page and take away `missing`, or take the picture out of the page")
}

/// Judges the pictures as they are printed. False: one is too coarse.
pub(super) fn pictures(input: &Input<'_>, pages: &Set, sink: &mut Sink) -> bool {
    let mut fine = true;
    let mut said: Vec<(usize, &[u8])> = Vec::new();
    for printed in pages.pictures() {
        let dots = dots(&printed);
        if dots + SLACK >= DOTS || said.contains(&(printed.page, printed.bytes)) {
            continue;
        }
        said.push((printed.page, printed.bytes));
        fine = false;
        sink.push(coarse(input, &printed, dots));
    }
    fine
}

fn dots(printed: &Printed<'_>) -> f64 {
    let along = |dots: u32, points: f64| if points > 0.0 { f64::from(dots) * 72.0 / points } else { f64::MAX };
    along(printed.dots_wide, printed.width).min(along(printed.dots_high, printed.height))
}

fn coarse(input: &Input<'_>, printed: &Printed<'_>, dots: f64) -> Diagnostic {
    let document = input.document;
    let asset = document.assets.iter().position(|asset| *asset.bytes == *printed.bytes);
    let is_logo = input.logo.is_some_and(|(_, bytes): &(String, Arc<[u8]>)| **bytes == *printed.bytes);
    let name = match asset.and_then(|index| document.assets.get(index)) {
        Some(asset) => format!("the picture `{}`", asset.file),
        None if is_logo => "the logo".to_string(),
        None => "a picture".to_string(),
    };
    let mm = |points: f64| (points / 72.0 * 25.4).round();
    let needed = |points: f64| (points / 72.0 * DOTS).ceil();
    let fits = |dots: u32| (f64::from(dots) / DOTS * 25.4).floor();
    let message = format!(
        "{}: {name} on page {} is printed {} by {} mm with {} dots to the inch; a press needs 300",
        input.request.name,
        printed.page,
        mm(printed.width),
        mm(printed.height),
        dots.round(),
    );
    let help = format!(
        "use the same picture with at least {} by {} pixels (this one has {} by {}, enough for {} by {} mm); \
         an SVG drawing has no such limit",
        needed(printed.width),
        needed(printed.height),
        printed.dots_wide,
        printed.dots_high,
        fits(printed.dots_wide),
        fits(printed.dots_high),
    );
    let complaint = Diagnostic::new(Code::PRESS_COARSE, message).help(help);
    match asset.and_then(|asset| place(document, asset)) {
        Some(span) => complaint.at(span),
        None if asset.is_some() => complaint.at(input.place),
        None => complaint.in_file(format!("page {}", document.slug)),
    }
}

/// Where the text shows a picture; none for the cover's.
fn place(document: &Document, asset: usize) -> Option<Span> {
    let mut found = None;
    each_figure(&document.blocks, &mut |block, shown, _| {
        if shown == Some(asset) && found.is_none() {
            found = Some(block.span);
        }
    });
    found
}

/// Visits every picture of some blocks: its block, its file if there is one, what it shows.
fn each_figure(blocks: &[Block], see: &mut impl FnMut(&Block, Option<usize>, &str)) {
    for block in blocks {
        match &block.kind {
            Kind::Figure { asset, alt, .. } => see(block, *asset, alt),
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => each_figure(blocks, see),
            Kind::List { items, .. } => items.iter().for_each(|item| each_figure(&item.blocks, see)),
            Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).for_each(|meaning| each_figure(meaning, see));
            }
            _ => {}
        }
    }
}
