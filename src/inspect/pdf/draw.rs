//! Paths, colours and pictures on a page: what may lie under words.

use super::content::Painter;
use super::objects::number;
use super::shapes::Space;
use super::sheet::Sheet;
use crate::inspect::InspectError;
use lopdf::content::Operation;
use lopdf::{Dictionary, Object};

/// Corners of all that is drawn on one page; a chart of a thousand points has about ten thousand.
const MAX_POINTS: usize = 200_000;
/// Looks under words, shape by shape, on all pages together: about a second's worth.
pub(super) const MAX_STEPS: usize = 60_000_000;

impl<'a> Painter<'_, 'a> {
    /// Paths, colours and pictures: what may lie under words.
    pub fn draw(
        &mut self,
        sheet: &mut Sheet,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
    ) -> Result<(), InspectError> {
        let args = operation.operands.as_slice();
        let n = |i: usize| args.get(i).and_then(number).unwrap_or(0.0);
        let ctm = sheet.state.ctm;
        match operation.operator.as_str() {
            "m" => sheet.path.move_to(ctm, n(0), n(1)),
            "l" => sheet.path.line_to(ctm, n(0), n(1)),
            "c" => sheet.path.curve_to(ctm, (n(0), n(1)), (n(2), n(3)), (n(4), n(5))),
            "v" => sheet.path.curve_to(ctm, sheet.path.here(), (n(0), n(1)), (n(2), n(3))),
            "y" => sheet.path.curve_to(ctm, (n(0), n(1)), (n(2), n(3)), (n(2), n(3))),
            "re" => sheet.path.rectangle(ctm, n(0), n(1), n(2), n(3)),
            "w" => sheet.state.line_width = n(0),
            "W" | "W*" => sheet.clips = true,
            "n" => sheet.paint_path(None, false),
            "S" | "s" => sheet.paint_path(None, true),
            "f" | "F" => sheet.paint_path(Some(false), false),
            "f*" => sheet.paint_path(Some(true), false),
            "B" | "b" => sheet.paint_path(Some(false), true),
            "B*" | "b*" => sheet.paint_path(Some(true), true),
            "sh" => sheet.paint_shading(),
            "EI" | "BI" => sheet.paint_picture(),
            "g" | "rg" | "k" => {
                let space = device(&operation.operator.to_uppercase());
                sheet.state.fill = (space, space.paint(&numbers(args)));
            }
            "G" | "RG" | "K" => {
                let space = device(&operation.operator);
                sheet.state.stroke = (space, space.paint(&numbers(args)));
            }
            "cs" | "CS" => {
                let space = self.space(args.first(), resources);
                // A new space begins with black.
                let first = if space == Space::Cmyk { space.paint(&[0.0, 0.0, 0.0, 1.0]) } else { space.paint(&[]) };
                let slot = if operation.operator == "cs" { &mut sheet.state.fill } else { &mut sheet.state.stroke };
                *slot = (space, first);
            }
            "sc" | "scn" => sheet.state.fill.1 = sheet.state.fill.0.paint(&numbers(args)),
            "SC" | "SCN" => sheet.state.stroke.1 = sheet.state.stroke.0.paint(&numbers(args)),
            _ => return Ok(()),
        }
        self.look(sheet)
    }

    /// A colour space by its name, or by its name among the resources.
    fn space(&self, name: Option<&Object>, resources: Option<&'a Dictionary>) -> Space {
        let Some(name) = name.and_then(|name| name.as_name().ok()) else { return Space::Other };
        match name {
            b"DeviceGray" => return Space::Gray,
            b"DeviceRGB" => return Space::Rgb,
            b"DeviceCMYK" => return Space::Cmyk,
            _ => {}
        }
        let group = resources.and_then(|resources| self.pdf.dict(resources, "ColorSpace"));
        let Some(found) = group.and_then(|group| group.get(name).ok()).and_then(|object| self.pdf.resolve(object))
        else {
            return Space::Other;
        };
        if let Ok(name) = found.as_name() {
            return device(&String::from_utf8_lossy(name));
        }
        let parts = found.as_array().map_or(&[][..], Vec::as_slice);
        let kind = parts.first().and_then(|kind| self.pdf.resolve(kind)).and_then(|kind| kind.as_name().ok());
        let profile = || parts.get(1).and_then(|profile| self.pdf.as_dict(profile));
        match kind {
            Some(b"CalGray") => Space::Gray,
            Some(b"CalRGB") => Space::Rgb,
            Some(b"ICCBased") => match profile().and_then(|profile| self.pdf.integer(profile, "N")) {
                Some(1) => Space::Gray,
                Some(3) => Space::Rgb,
                Some(4) => Space::Cmyk,
                _ => Space::Other,
            },
            _ => Space::Other,
        }
    }

    /// Keeps the limits on what is drawn.
    pub fn look(&mut self, sheet: &mut Sheet) -> Result<(), InspectError> {
        self.points = self.points.saturating_add(std::mem::take(&mut sheet.path.points));
        self.steps = self.steps.saturating_add(std::mem::take(&mut sheet.shapes.steps));
        let within = self.points <= MAX_POINTS && self.steps <= MAX_STEPS;
        within.then_some(()).ok_or(InspectError::TooLarge("more shapes than a page of ours has"))
    }
}

fn numbers(args: &[Object]) -> Vec<f64> {
    args.iter().filter_map(number).collect()
}

/// A device's colour space, by its name or its operator.
fn device(name: &str) -> Space {
    match name {
        "G" | "DeviceGray" => Space::Gray,
        "RG" | "DeviceRGB" => Space::Rgb,
        "K" | "DeviceCMYK" => Space::Cmyk,
        _ => Space::Other,
    }
}
