//! The colours in a drawing: every one that is no ink becomes inks, operator by operator.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object};

use super::Fault;
use super::inks::Inks;
use super::space::Space;
use super::walk::Paints;

/// Rewrites a drawing's colours; none where all of them may stay. `spaces` names the colour spaces of its resources.
pub(super) fn recoloured(
    drawing: &[u8],
    document: &Document,
    spaces: Option<&lopdf::Dictionary>,
    inks: &Inks,
    paints: Paints,
) -> Result<Option<Vec<u8>>, Fault> {
    let content = Content::decode(drawing)?;
    let mut painter = Painter { document, spaces, inks, paints, now: [start(), start()], saved: Vec::new() };
    let mut operations = Vec::with_capacity(content.operations.len());
    let mut changed = false;
    for operation in content.operations {
        match painter.step(&operation)? {
            Some(new) => {
                changed = true;
                operations.push(new);
            }
            None => operations.push(operation),
        }
    }
    if !changed {
        return Ok(None);
    }
    Ok(Some(Content { operations }.encode()?))
}

fn start() -> Space {
    Space::Grey
}

struct Painter<'a> {
    document: &'a Document,
    spaces: Option<&'a lopdf::Dictionary>,
    inks: &'a Inks,
    paints: Paints,
    /// The spaces of areas and of lines.
    now: [Space; 2],
    saved: Vec<[Space; 2]>,
}

impl Painter<'_> {
    /// What stands in an operation's place; none: itself.
    fn step(&mut self, operation: &Operation) -> Result<Option<Operation>, Fault> {
        let lines = operation.operator.chars().all(char::is_uppercase);
        let side = usize::from(lines);
        match operation.operator.as_str() {
            "q" => self.saved.push(self.now.clone()),
            "Q" => {
                if let Some(saved) = self.saved.pop() {
                    self.now = saved;
                }
            }
            "g" | "G" => return Ok(self.colour(Space::Grey, &operation.operands, lines, true)),
            "rg" | "RG" => return Ok(self.colour(Space::Rgb(None), &operation.operands, lines, true)),
            "k" | "K" => return Ok(self.colour(Space::Inks, &operation.operands, lines, true)),
            "cs" | "CS" => {
                let name = operation.operands.first().unwrap_or(&Object::Null);
                let space = Space::read(self.document, name, self.spaces);
                if let Space::Other(what) = &space {
                    return Err(Fault(format!("a drawing has a colour space that no press takes: {what}")));
                }
                let stays = self.stays(&space);
                let parts = vec![Object::Integer(0); space.parts()];
                if let Some(place) = self.now.get_mut(side) {
                    *place = space.clone();
                }
                // a new space begins with black
                return Ok(if stays { None } else { self.colour(space, &parts, lines, false) });
            }
            "sc" | "scn" | "SC" | "SCN" => {
                let space = self.now.get(side).cloned().unwrap_or(Space::Grey);
                return Ok(if self.stays(&space) {
                    None
                } else {
                    self.colour(space, &operation.operands, lines, false)
                });
            }
            "BI" => return Err(Fault("a drawing holds a picture inside its text".into())),
            _ => {}
        }
        Ok(None)
    }

    /// Whether the colours of a space need no change.
    fn stays(&self, space: &Space) -> bool {
        match self.paints {
            Paints::Ink => space.stays(),
            Paints::Mask => matches!(space, Space::Own | Space::Pattern),
        }
    }

    /// The same colour as inks; in a mask, which is light and no colour, as a grey.
    /// `device`: by an operator that needs no name from the resources.
    fn colour(&mut self, space: Space, operands: &[Object], lines: bool, device: bool) -> Option<Operation> {
        let n = |at: usize| operands.get(at).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
        // an operator of the device's own spaces may stand as it is; a name goes with its space
        let kept = device
            && matches!((self.paints, &space), (Paints::Ink, Space::Inks) | (Paints::Mask, Space::Grey))
            && operands.len() == space.parts();
        let new = match self.paints {
            Paints::Ink => {
                let inks = match &space {
                    Space::Rgb(_) => self.inks.of_rgb([n(0), n(1), n(2)]),
                    Space::Inks => [n(0), n(1), n(2), n(3)],
                    _ => Inks::of_grey(n(0)),
                };
                Operation::new(if lines { "K" } else { "k" }, inks.map(rounded).to_vec())
            }
            Paints::Mask => {
                let grey = match &space {
                    Space::Rgb(_) => light([n(0), n(1), n(2)]),
                    Space::Inks => 1.0 - (0.3 * n(0) + 0.59 * n(1) + 0.11 * n(2) + n(3)).min(1.0),
                    _ => n(0),
                };
                Operation::new(if lines { "G" } else { "g" }, vec![rounded(grey)])
            }
        };
        if let Some(place) = self.now.get_mut(usize::from(lines)) {
            *place = space;
        }
        if kept { None } else { Some(new) }
    }
}

/// How light a colour is (ISO 32000-1, 11.4.3).
pub(super) fn light([red, green, blue]: [f32; 3]) -> f32 {
    0.3 * red + 0.59 * green + 0.11 * blue
}

/// As many digits as a plate can tell apart.
pub(super) fn rounded(part: f32) -> Object {
    let part = (part * 10_000.0).round() / 10_000.0;
    if part.fract() == 0.0 { Object::Integer(part as i64) } else { Object::Real(part) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::{Colour, Colours};
    use lopdf::Dictionary;

    fn inks() -> Inks {
        let colour = Colour { rgb: "#004D58".into(), cmyk: [100.0, 40.0, 45.0, 45.0], spot: None };
        let [main, accent, ink, mist, sand, paper] = std::array::from_fn(|_| colour.clone());
        Inks::new(&Colours { main, accent, ink, mist, sand, paper }).unwrap()
    }

    fn spaces() -> Dictionary {
        let name = |name: &str| Object::Name(name.as_bytes().to_vec());
        let mut spaces = Dictionary::new();
        spaces.set("Grey", vec![name("CalGray"), Dictionary::new().into()]);
        spaces.set("Rgb", vec![name("CalRGB"), Dictionary::new().into()]);
        spaces.set("Own", vec![name("Separation"), name("Blue"), name("DeviceCMYK"), Dictionary::new().into()]);
        spaces.set("Lab", vec![name("Lab"), Dictionary::new().into()]);
        spaces
    }

    fn done(drawing: &str, paints: Paints) -> Option<String> {
        let new = recoloured(drawing.as_bytes(), &Document::new(), Some(&spaces()), &inks(), paints).unwrap();
        new.map(|bytes| String::from_utf8(bytes).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn grey_and_screen_colours_become_inks() {
        assert_eq!(done("0 g 1 0 0 1 k", Paints::Ink).unwrap(), "0 0 0 1 k 1 0 0 1 k");
        assert_eq!(done("0.75 G", Paints::Ink).unwrap(), "0 0 0 0.25 K");
        // the brand's own colour, by operator and by a space of its own
        let main = "1 0.4 0.451 0.451";
        assert_eq!(done("0 0.30196 0.34510 rg", Paints::Ink).unwrap(), format!("{main} k"));
        let text = done("/Rgb CS 0 0.30196 0.34510 SCN", Paints::Ink).unwrap();
        assert_eq!(text, format!("0 0 0 1 K {main} K"));
    }

    #[test]
    fn what_is_ink_already_is_not_touched() {
        assert_eq!(done("1 0 0 0 k /DeviceCMYK cs 0 0 0 1 scn /Own CS 0.5 SCN /Pattern cs /P scn", Paints::Ink), None);
    }

    #[test]
    fn a_space_holds_until_its_state_is_left() {
        let text = done("/Rgb cs q /Own cs 1 scn Q 0 0 0 scn", Paints::Ink).unwrap();
        assert_eq!(text, "0 0 0 1 k q /Own cs 1 scn Q 0 0 0 1 k");
    }

    #[test]
    fn a_mask_stays_light() {
        assert_eq!(done("0.5 g 0 0 0 1 k 1 1 1 rg", Paints::Mask).unwrap(), "0.5 g 0 g 1 g");
        assert_eq!(done("0.5 g", Paints::Mask), None);
        // the space goes from the resources, so its name must not stay
        assert_eq!(done("/Grey cs 0.5 scn", Paints::Mask).unwrap(), "0 g 0.5 g");
    }

    #[test]
    fn what_no_press_takes_is_a_fault() {
        for drawing in ["/Lab cs 50 0 0 scn", "/Gone cs", "BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI"] {
            assert!(recoloured(drawing.as_bytes(), &Document::new(), Some(&spaces()), &inks(), Paints::Ink).is_err());
        }
    }
}
