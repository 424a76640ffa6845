//! Gradients as inks: along a line and around a point, in as many steps as keep their colours on the way.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Fault;
use super::drawing::{light, rounded};
use super::inks::Inks;
use super::space::Space;
use super::walk::Paints;

/// Into how many parts a stretch between two colours is cut: the way between two colours of a screen is no straight
/// line in inks.
const PARTS: u32 = 8;
/// Deeper than any gradient's functions are nested.
const DEEP: usize = 4;

/// Turns a gradient; `owner` holds it where it is no object of its own.
pub(super) fn turn(
    document: &mut Document,
    shading: &Object,
    owner: ObjectId,
    inks: &Inks,
    paints: Paints,
) -> Result<(), Fault> {
    let place = shading.as_reference().ok();
    let Ok((_, shading)) = document.dereference(shading) else { return Ok(()) };
    let mut dict = match shading {
        Object::Dictionary(dict) => dict.clone(),
        Object::Stream(_) => return Err(Fault("a gradient in a mesh cannot be turned into inks".into())),
        _ => return Ok(()),
    };
    let space = Space::read(document, dict.get(b"ColorSpace").unwrap_or(&Object::Null), None);
    match (&space, paints) {
        (space, Paints::Ink) if space.stays() => return Ok(()),
        (Space::Grey | Space::Rgb(_), _) | (Space::Inks, Paints::Mask) => {}
        (other, _) => return Err(Fault(format!("a gradient has a colour space that no press takes: {other:?}"))),
    }
    let bend = Bend { document, inks, paints, space };
    let function = bend.function(dict.get(b"Function").unwrap_or(&Object::Null), 0)?;
    dict.set("Function", function);
    dict.set("ColorSpace", if paints == Paints::Mask { "DeviceGray" } else { "DeviceCMYK" });
    dict.remove(b"Background");
    match place {
        Some(id) => {
            document.objects.insert(id, dict.into());
        }
        None => {
            if let Some(Object::Dictionary(pattern)) = document.objects.get_mut(&owner) {
                pattern.set("Shading", dict);
            }
        }
    }
    Ok(())
}

struct Bend<'a> {
    document: &'a Document,
    inks: &'a Inks,
    paints: Paints,
    space: Space,
}

impl Bend<'_> {
    fn function(&self, function: &Object, depth: usize) -> Result<Object, Fault> {
        let fault = || Fault("a gradient of an unusual kind cannot be turned into inks".into());
        let (_, function) = self.document.dereference(function).map_err(|_| fault())?;
        let Object::Dictionary(dict) = function else { return Err(fault()) };
        if depth > DEEP {
            return Err(fault());
        }
        match dict.get(b"FunctionType").and_then(Object::as_i64) {
            Ok(2) => self.stretch(dict),
            Ok(3) => {
                let mut new = dict.clone();
                let parts = dict.get(b"Functions").and_then(Object::as_array).map_err(|_| fault())?;
                let parts: Result<Vec<Object>, Fault> =
                    parts.iter().map(|part| self.function(part, depth + 1)).collect();
                new.set("Functions", parts?);
                new.remove(b"Range");
                Ok(new.into())
            }
            _ => Err(fault()),
        }
    }

    /// One stretch between two colours, as several.
    fn stretch(&self, dict: &Dictionary) -> Result<Object, Fault> {
        let colour = |key: &[u8], usual: f32| -> Vec<f32> {
            let parts = dict.get(key).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
            let parts: Vec<f32> = parts.iter().map(|part| part.as_float().unwrap_or(0.0)).collect();
            if parts.is_empty() { vec![usual; self.space.parts()] } else { parts }
        };
        let (from, to) = (colour(b"C0", 0.0), colour(b"C1", 1.0));
        let bent = dict.get(b"N").and_then(Object::as_float).unwrap_or(1.0);
        let at = |step: u32| {
            let share = (step as f32 / PARTS as f32).powf(bent);
            let mixed: Vec<f32> = from.iter().zip(&to).map(|(a, b)| a + (b - a) * share).collect();
            self.colour(&mixed)
        };
        let parts: Vec<Object> = (0..PARTS).map(|step| straight(at(step), at(step + 1))).collect();
        let mut whole = Dictionary::new();
        whole.set("FunctionType", 3);
        whole.set("Domain", vec![Object::Integer(0), Object::Integer(1)]);
        whole.set("Functions", parts);
        whole.set("Bounds", (1..PARTS).map(|step| rounded(step as f32 / PARTS as f32)).collect::<Vec<_>>());
        whole.set("Encode", (0..PARTS).flat_map(|_| [Object::Integer(0), Object::Integer(1)]).collect::<Vec<_>>());
        Ok(whole.into())
    }

    fn colour(&self, parts: &[f32]) -> Vec<Object> {
        let n = |at: usize| parts.get(at).copied().unwrap_or(0.0);
        let new = match (self.paints, &self.space) {
            (Paints::Ink, Space::Rgb(_)) => self.inks.of_rgb([n(0), n(1), n(2)]).to_vec(),
            (Paints::Ink, _) => Inks::of_grey(n(0)).to_vec(),
            (Paints::Mask, Space::Rgb(_)) => vec![light([n(0), n(1), n(2)])],
            (Paints::Mask, Space::Inks) => vec![1.0 - (0.3 * n(0) + 0.59 * n(1) + 0.11 * n(2) + n(3)).min(1.0)],
            (Paints::Mask, _) => vec![n(0)],
        };
        new.into_iter().map(rounded).collect()
    }
}

fn straight(from: Vec<Object>, to: Vec<Object>) -> Object {
    let mut dict = Dictionary::new();
    dict.set("FunctionType", 2);
    dict.set("Domain", vec![Object::Integer(0), Object::Integer(1)]);
    dict.set("C0", from);
    dict.set("C1", to);
    dict.set("N", 1);
    dict.into()
}
