//! Colour spaces, down to the inks they print with.

use super::Ink;
use crate::inspect::pdf::objects::{Pdf, number};
use lopdf::{Dictionary, Object};

/// Deeper than spaces stand on one another.
const MAX_DEEP: usize = 8;

/// A colour space, as far as a press cares.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space<'a> {
    Cmyk,
    /// Separation or DeviceN: names, the function to the space that stands in, and that space where it is none of a
    /// press.
    Spot {
        names: Vec<String>,
        transform: Option<&'a Object>,
        foreign: Option<String>,
    },
    /// A table of colours in another space.
    Indexed {
        base: Box<Space<'a>>,
        table: Vec<u8>,
    },
    /// A pattern; its own colours are looked at by themselves. One without any takes a colour of the space under it.
    Pattern {
        under: Option<Box<Space<'a>>>,
    },
    /// Nobody knows: its name leads nowhere.
    Unknown,
    /// Any other, with its name and the number of its parts.
    Foreign {
        name: String,
        parts: usize,
    },
}

impl<'a> Space<'a> {
    /// The space of an operator's name or a dictionary's entry.
    pub fn read(pdf: &Pdf<'a>, object: &'a Object, resources: Option<&'a Dictionary>) -> Self {
        Self::at(pdf, object, resources, 0)
    }

    fn at(pdf: &Pdf<'a>, object: &'a Object, resources: Option<&'a Dictionary>, deep: usize) -> Self {
        let foreign = |name: &str, parts: usize| Self::Foreign { name: name.into(), parts };
        if deep > MAX_DEEP {
            return foreign("a space within itself", 1);
        }
        match pdf.resolve(object) {
            Some(Object::Name(name)) => Self::name(pdf, name, resources, deep),
            Some(Object::Array(array)) => Self::array(pdf, array, resources, deep),
            _ => foreign("an unknown space", 1),
        }
    }

    /// The space of a name that stands for itself, such as `DeviceCMYK`.
    pub fn named(pdf: &Pdf<'a>, name: &[u8], resources: Option<&'a Dictionary>) -> Self {
        Self::name(pdf, name, resources, 0)
    }

    fn name(pdf: &Pdf<'a>, name: &[u8], resources: Option<&'a Dictionary>, deep: usize) -> Self {
        let foreign = |name: &str, parts: usize| Self::Foreign { name: name.into(), parts };
        let listed = |key: &[u8]| resources.and_then(|r| pdf.dict(r, "ColorSpace")).and_then(|d| d.get(key).ok());
        // The resources may put another space in the place of a device's (ISO 32000-1, 8.6.5.6).
        let or = |key: &str, device: Self| match listed(key.as_bytes()) {
            Some(object) => Self::at(pdf, object, None, deep + 1),
            None => device,
        };
        match name {
            b"DeviceCMYK" | b"CMYK" => or("DefaultCMYK", Self::Cmyk),
            b"DeviceRGB" | b"RGB" => or("DefaultRGB", foreign("DeviceRGB", 3)),
            b"DeviceGray" | b"G" => or("DefaultGray", foreign("DeviceGray", 1)),
            b"Pattern" => Self::Pattern { under: None },
            other => match listed(other) {
                Some(object) => Self::at(pdf, object, None, deep + 1),
                None => foreign(&String::from_utf8_lossy(other), 1),
            },
        }
    }

    fn array(pdf: &Pdf<'a>, array: &'a [Object], resources: Option<&'a Dictionary>, deep: usize) -> Self {
        let item = |i: usize| array.get(i);
        let name = item(0).and_then(|o| pdf.resolve(o)).and_then(|o| o.as_name().ok()).unwrap_or(b"");
        match name {
            b"Separation" | b"DeviceN" => {
                let names = match item(1).and_then(|o| pdf.resolve(o)) {
                    Some(Object::Name(one)) => vec![String::from_utf8_lossy(one).into_owned()],
                    Some(Object::Array(all)) => all
                        .iter()
                        .filter_map(|o| pdf.resolve(o)?.as_name().ok())
                        .map(|one| String::from_utf8_lossy(one).into_owned())
                        .collect(),
                    _ => Vec::new(),
                };
                let foreign = match item(2).map(|o| Self::at(pdf, o, resources, deep + 1)) {
                    Some(Self::Cmyk) => None,
                    // the ink itself is printed; its maker's library describes it so, for proofs
                    Some(Self::Foreign { name, .. }) if name == "Lab" => None,
                    Some(Self::Foreign { name, .. }) => Some(name),
                    _ => Some("no space".into()),
                };
                Self::Spot { names, transform: item(3).and_then(|o| pdf.resolve(o)), foreign }
            }
            b"Indexed" | b"I" => {
                let base = item(1).map_or(Self::Foreign { name: "Indexed".into(), parts: 1 }, |o| {
                    Self::at(pdf, o, resources, deep + 1)
                });
                let table = match item(3).and_then(|o| pdf.resolve(o)) {
                    Some(Object::String(bytes, _)) => bytes.clone(),
                    Some(Object::Stream(stream)) => pdf.unpack(stream).unwrap_or_default(),
                    _ => Vec::new(),
                };
                Self::Indexed { base: Box::new(base), table }
            }
            b"Pattern" => {
                let under = item(1).map(|o| Box::new(Self::at(pdf, o, resources, deep + 1)));
                Self::Pattern { under }
            }
            b"ICCBased" => {
                let stream = item(1).and_then(|o| pdf.as_dict(o));
                let parts = stream.and_then(|dict| pdf.integer(dict, "N")).unwrap_or(3).clamp(1, 4) as usize;
                let kind = match parts {
                    1 => "grey",
                    3 => "RGB",
                    _ => "CMYK",
                };
                Self::Foreign { name: format!("ICC {kind}"), parts }
            }
            other => Self::Foreign { name: String::from_utf8_lossy(other).into_owned(), parts: 3 },
        }
    }

    /// How many numbers a colour has.
    pub fn parts(&self) -> usize {
        match self {
            Self::Cmyk => 4,
            Self::Spot { names, .. } => names.len(),
            Self::Indexed { .. } => 1,
            Self::Pattern { .. } => 0,
            Self::Unknown => 1,
            Self::Foreign { parts, .. } => *parts,
        }
    }

    /// The colour that counts until one is chosen.
    pub fn first(&self, pdf: &Pdf<'a>) -> Ink {
        match self {
            Self::Cmyk => Ink::Cmyk([0.0, 0.0, 0.0, 100.0]),
            Self::Spot { names, .. } => self.ink(pdf, &vec![1.0; names.len()]),
            Self::Pattern { .. } => Ink::pattern(),
            _ => self.ink(pdf, &vec![0.0; self.parts()]),
        }
    }

    /// A colour of the space; its numbers are from 0 to 1, or an index.
    pub fn ink(&self, pdf: &Pdf<'a>, values: &[f64]) -> Ink {
        let value = |i: usize| values.get(i).copied().unwrap_or(0.0);
        match self {
            Self::Cmyk => Ink::Cmyk([0, 1, 2, 3].map(|i| percent(value(i)))),
            Self::Spot { foreign: Some(_), .. } => {
                let white = (0..self.parts()).all(|i| value(i) < 0.005);
                match self.many() {
                    Ink::Foreign { space, .. } => Ink::Foreign { space, white },
                    other => other,
                }
            }
            Self::Spot { names, transform, .. } => {
                let tints: Vec<f64> = (0..names.len()).map(|i| percent(value(i))).collect();
                let found = transform.and_then(|t| exponential(pdf, t, value(0)));
                Ink::Spot { names: names.clone(), tints, process: found.filter(|_| names.len() == 1) }
            }
            Self::Indexed { base, table } => {
                let (at, parts) = (value(0).max(0.0) as usize, base.parts());
                let entry: Vec<f64> =
                    table.iter().skip(at.saturating_mul(parts)).take(parts).map(|b| f64::from(*b) / 255.0).collect();
                base.ink(pdf, &entry)
            }
            Self::Pattern { under } => under.as_ref().map_or_else(Ink::pattern, |under| under.ink(pdf, values)),
            Self::Unknown => self.many(),
            Self::Foreign { name, parts } => {
                let white = name != "Lab" && *parts < 4 && (0..*parts).all(|i| value(i) > 0.995);
                Ink::Foreign { space: name.clone(), white }
            }
        }
    }

    /// The space of a picture or gradient.
    pub fn many(&self) -> Ink {
        let named = |space: &str| Ink::Many { space: space.into() };
        match self {
            Self::Cmyk => named("DeviceCMYK"),
            Self::Spot { names, foreign: Some(foreign), .. } => {
                let colours = if names.len() == 1 { "the spot colour" } else { "the spot colours" };
                let space = format!("{colours} {}, with {foreign} to stand in for it", names.join(" + "));
                Ink::Foreign { space, white: false }
            }
            Self::Spot { names, .. } => named(&names.join(" + ")),
            Self::Indexed { base, .. } => base.many(),
            Self::Pattern { .. } => Ink::pattern(),
            Self::Unknown => named("unknown"),
            Self::Foreign { name, .. } => Ink::Foreign { space: name.clone(), white: false },
        }
    }
}

pub(super) fn percent(value: f64) -> f64 {
    value.clamp(0.0, 1.0) * 100.0
}

/// A function that leads from one number to another by a power (type 2), as most spot colours have.
fn exponential<'a>(pdf: &Pdf<'a>, function: &'a Object, value: f64) -> Option<[f64; 4]> {
    let dict = pdf.as_dict(function)?;
    if pdf.integer(dict, "FunctionType") != Some(2) {
        return None;
    }
    let power = value.clamp(0.0, 1.0).powf(pdf.number(dict, "N").unwrap_or(1.0));
    let ends = |key: &str| pdf.numbers(dict, key).and_then(|n| <[f64; 4]>::try_from(n).ok());
    let (from, to) = (ends("C0").unwrap_or([0.0; 4]), ends("C1")?);
    let mut out = [0.0; 4];
    for (slot, (a, b)) in out.iter_mut().zip(from.into_iter().zip(to)) {
        *slot = percent(a + power * (b - a));
    }
    Some(out)
}

/// The most ink that a gradient's function can give in DeviceCMYK; none where it is not made of powers.
pub(super) fn most_ink<'a>(pdf: &Pdf<'a>, function: &'a Object, deep: usize) -> Option<f64> {
    let dict = pdf.as_dict(function)?;
    if deep > MAX_DEEP {
        return None;
    }
    match pdf.integer(dict, "FunctionType")? {
        2 => {
            let sum = |key: &str| pdf.numbers(dict, key).map(|n| n.into_iter().map(percent).sum::<f64>());
            Some(sum("C0").unwrap_or(0.0).max(sum("C1")?))
        }
        3 => {
            let parts = pdf.array(dict, "Functions")?.iter().take(1000);
            parts.map(|part| most_ink(pdf, part, deep + 1)).try_fold(0.0, |most: f64, one| Some(most.max(one?)))
        }
        _ => None,
    }
}

/// The numbers before an operator.
pub(super) fn values(args: &[Object]) -> Vec<f64> {
    args.iter().filter_map(number).collect()
}
