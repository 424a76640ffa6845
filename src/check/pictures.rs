//! Pictures fine enough for print at their printed size; the threshold `picture-dpi` says how fine.

use super::{Seen, visit};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Kind;

/// The measure of the widest text, large print on A4: 210 mm less two margins of 20 mm.
const MEASURE_MM: f64 = 170.0;

pub(super) fn check(context: &Seen<'_>, sink: &mut Sink) {
    let Some(dpi) = context.thresholds.get("picture-dpi") else { return };
    let needed = (MEASURE_MM / 25.4 * dpi).ceil();
    let mut judge = |asset: usize, span| {
        let Some(asset) = context.document.assets.get(asset) else { return };
        // a drawing of lines has no dots
        if asset.media_type == "image/svg+xml" || f64::from(asset.width) >= needed {
            return;
        }
        let dpi = (f64::from(asset.width) * 25.4 / MEASURE_MM).round();
        sink.push(
            Diagnostic::new(
                Code::PICTURE_RESOLUTION,
                format!("this picture is {} pixels wide: {dpi} dots to the inch across the page", asset.width),
            )
            .at(span)
            .help(format!("use a picture at least {needed} pixels wide")),
        );
    };
    if let Some(cover) = &context.document.cover {
        judge(cover.asset, context.page);
    }
    visit(&context.document.blocks, &mut |block| {
        if let Kind::Figure { asset: Some(asset), .. } = &block.kind {
            judge(*asset, block.span);
        }
    });
}
