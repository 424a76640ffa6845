//! What is laid on the page: shapes, gradients, pictures, forms; and how it is laid on.

use super::colour::{Space, most_ink, values};
use super::paths::clipped;
use super::sheet::{Paint, Sheet};
use super::walk::{Walker, own_matrix};
use super::{Area, Ink, Kind, Mark, image};
use crate::inspect::InspectError;
use lopdf::{Object, Stream};

/// What is fainter than this cannot be seen.
const INVISIBLE: f64 = 0.001;

impl<'a> Walker<'_, 'a> {
    /// Takes a graphics state dictionary.
    pub(super) fn graphics(&mut self, sheet: &mut Sheet<'a>, args: &[Object]) -> Result<(), InspectError> {
        let found = self.find(sheet, "ExtGState", args.last()).and_then(|object| self.pdf.as_dict(object));
        let Some(dict) = found else { return Ok(()) };
        let (pdf, state) = (self.pdf, &mut sheet.state);
        if let Some(width) = pdf.number(dict, "LW") {
            state.line = width.abs();
        }
        // `OP` serves both unless `op` is there (ISO 32000-1, table 58).
        if dict.get(b"OP").is_ok() {
            state.overprint = (pdf.flag(dict, "OP"), pdf.flag(dict, "OP"));
        }
        if dict.get(b"op").is_ok() {
            state.overprint.0 = pdf.flag(dict, "op");
        }
        if let Some(alpha) = pdf.number(dict, "ca") {
            state.alpha.0 = alpha;
        }
        if let Some(alpha) = pdf.number(dict, "CA") {
            state.alpha.1 = alpha;
        }
        let (mode, soft) = (pdf.get(dict, "BM"), pdf.get(dict, "SMask"));
        if mode.is_some() || soft.is_some() {
            let plain =
                |object: &Object| matches!(object, Object::Name(name) if name == b"Normal" || name == b"Compatible");
            let none = |object: &Object| matches!(object, Object::Name(name) if name == b"None");
            state.mixed = mode.is_some_and(|mode| !plain(mode)) || soft.is_some_and(|soft| !none(soft));
        }
        match soft.and_then(|soft| pdf.as_dict(soft)) {
            Some(mask) => self.mask(sheet, mask),
            None => Ok(()),
        }
    }

    pub(super) fn colour(&mut self, sheet: &mut Sheet<'a>, operator: &str, args: &[Object]) {
        let (pdf, resources) = (self.pdf, sheet.resources);
        let device = |name: &[u8]| Space::named(pdf, name, resources);
        let space = match operator {
            "k" | "K" => device(b"DeviceCMYK"),
            "rg" | "RG" => device(b"DeviceRGB"),
            "g" | "G" => device(b"DeviceGray"),
            "cs" | "CS" => match args.first() {
                Some(name) => self.space(sheet, name),
                None => return,
            },
            "sc" | "scn" => sheet.state.fill.space.clone(),
            "SC" | "SCN" => sheet.state.stroke.space.clone(),
            _ => return,
        };
        let choice = matches!(operator, "sc" | "scn" | "SC" | "SCN");
        let named = args.last().filter(|_| choice && matches!(space, Space::Pattern { .. }));
        let pattern = named.and_then(|name| self.find(sheet, "Pattern", Some(name)));
        // what has no colours of its own keeps to the one it is given
        if sheet.plain {
            return;
        }
        let chosen = !matches!(operator, "cs" | "CS");
        let ink = if chosen { space.ink(self.pdf, &values(args)) } else { space.first(self.pdf) };
        let paint = Paint { space, ink, pattern };
        if operator.starts_with(char::is_lowercase) {
            sheet.state.fill = paint;
        } else {
            sheet.state.stroke = paint;
        }
    }

    /// The space that an operator names: one of the device's, or one of the resources.
    pub(super) fn space(&mut self, sheet: &Sheet<'a>, name: &Object) -> Space<'a> {
        let plain = name.as_name().unwrap_or(b"");
        if matches!(plain, b"DeviceCMYK" | b"DeviceRGB" | b"DeviceGray" | b"Pattern") {
            return Space::named(self.pdf, plain, sheet.resources);
        }
        match self.find(sheet, "ColorSpace", Some(name)) {
            Some(object) => Space::read(self.pdf, object, sheet.resources),
            // X025 tells of it: which colour it is, nobody knows
            None => Space::Unknown,
        }
    }

    /// Paints something with the colour, tile or gradient that is chosen for shapes or for lines.
    pub(super) fn lay(
        &mut self,
        sheet: &mut Sheet<'a>,
        kind: Kind,
        area: Area,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let Paint { space, ink, pattern } = if stroke { &sheet.state.stroke } else { &sheet.state.fill };
        match (space, *pattern) {
            (Space::Pattern { .. }, Some(pattern)) => self.pattern(sheet, pattern, kind, area, stroke),
            (Space::Pattern { .. }, None) => self.mark(sheet, kind, area, Ink::pattern(), stroke),
            _ => {
                let ink = ink.clone();
                self.mark(sheet, kind, area, ink, stroke)
            }
        }
    }

    pub(super) fn mark(
        &mut self,
        sheet: &mut Sheet<'a>,
        kind: Kind,
        area: Area,
        ink: Ink,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let (overprint, alpha) = sheet.state.laid(stroke);
        let Some(area) = clipped(area, sheet.state.clip).filter(|_| alpha > INVISIBLE) else { return Ok(()) };
        self.count()?;
        sheet.marks.push(Mark { kind, area, ink, overprint, transparent: alpha < 1.0 || sheet.state.mixed });
        Ok(())
    }

    pub(super) fn gradient(&mut self, sheet: &mut Sheet<'a>, args: &[Object]) -> Result<(), InspectError> {
        match self.find(sheet, "Shading", args.last()) {
            Some(shading) => self.shade(sheet, shading, sheet.state.clip, false),
            None => Ok(()),
        }
    }

    pub(super) fn shade(
        &mut self,
        sheet: &mut Sheet<'a>,
        shading: &'a Object,
        area: Option<Area>,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let pdf = self.pdf;
        let (Some(dict), Some(area)) = (pdf.as_dict(shading), area) else { return Ok(()) };
        let space = dict.get(b"ColorSpace").ok().map(|object| Space::read(pdf, object, sheet.resources));
        let ink = space.as_ref().map_or(Ink::Foreign { space: "no space".into(), white: false }, Space::many);
        let most = match &space {
            Some(Space::Cmyk) => dict.get(b"Function").ok().and_then(|function| most_ink(pdf, function, 0)),
            Some(Space::Spot { names, .. }) if names.len() == 1 => Some(100.0),
            _ => None,
        };
        self.mark(sheet, Kind::Shading { most_ink: most }, area, ink, stroke)
    }

    pub(super) fn object(&mut self, sheet: &mut Sheet<'a>, args: &[Object]) -> Result<(), InspectError> {
        let Some(Object::Stream(stream)) = self.find(sheet, "XObject", args.last()) else { return Ok(()) };
        match self.pdf.name(&stream.dict, "Subtype").as_deref() {
            Some("Form") => {
                let own = own_matrix(self.pdf, &stream.dict, "Matrix");
                self.form(sheet, stream, own.then(sheet.state.ctm))
            }
            Some("Image") => self.picture(sheet, stream),
            _ => Ok(()),
        }
    }

    /// A picture that is written in the midst of the content.
    pub(super) fn inline(&mut self, sheet: &mut Sheet<'a>, stream: &Stream) -> Result<(), InspectError> {
        if let Ok(name @ Object::Name(plain)) = stream.dict.get(b"ColorSpace")
            && !matches!(plain.as_slice(), b"G" | b"RGB" | b"CMYK")
        {
            // a name that leads nowhere is noted
            self.space(sheet, name);
        }
        self.picture(sheet, stream)
    }

    fn picture(&mut self, sheet: &mut Sheet<'a>, stream: &Stream) -> Result<(), InspectError> {
        let stencil = sheet.state.fill.ink.clone();
        let looked = image::look(self.pdf, stream, sheet.state.ctm, sheet.resources, &stencil);
        let mixed = sheet.state.mixed;
        sheet.state.mixed |= looked.soft;
        let done = match looked.ink {
            Some(ink) => self.mark(sheet, looked.kind, looked.area, ink, false),
            None => self.lay(sheet, looked.kind, looked.area, false),
        };
        sheet.state.mixed = mixed;
        done
    }
}
