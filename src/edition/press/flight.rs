//! Preflight of a press file, on its finished bytes.

use super::Bound;
use crate::diagnostic::{Severity, Sink};
use crate::edition::Input;
use crate::inspect::InspectError;
use crate::preflight::{self, Limits, Palette, Report, preflight};
use crate::press;

/// What is asked of a press file: the usual limits, its binding, and the brand's colours.
pub(super) fn look(input: &Input<'_>, bound: Bound, bytes: &[u8]) -> Result<Report, InspectError> {
    let binding = match bound {
        Bound::Stitched => preflight::Binding::Saddle,
        Bound::Folded => preflight::Binding::Flat,
    };
    let colours = &input.furniture.brand.colours;
    let mut palette = Palette::of(colours);
    // a variant's page may have a colour of its own
    if let Some(paper) = &input.request.paper {
        palette.process.extend(press::Inks::new(colours).ok().and_then(|inks| inks.of_colour(paper)));
    }
    let palette = Some(palette);
    preflight(bytes, &Limits { binding, palette, ..Limits::default() })
}

/// Says what preflight finds. False: the file is not handed over.
pub(super) fn passes(input: &Input<'_>, bound: Bound, bytes: &[u8], sink: &mut Sink) -> bool {
    let page = format!("page {}", input.document.slug);
    let mut complaints = match look(input, bound, bytes) {
        Ok(report) => report.complaints(&page),
        Err(error) => vec![Report::unreadable(&error).in_file(page)],
    };
    // transparency is the format's own; a note about each page of ours would teach nobody anything
    complaints.retain(|complaint| complaint.severity > Severity::Note);
    let fails = complaints.iter().any(|complaint| complaint.severity == Severity::Error);
    for mut complaint in complaints {
        complaint.message = format!("{}: {}", input.request.name, complaint.message);
        sink.push(complaint);
    }
    !fails
}
