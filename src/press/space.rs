//! What a colour space of a file means for the press.

use lopdf::{Dictionary, Document, Object};

/// A colour space, as far as inks are concerned.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    /// One number, from black to white.
    Grey,
    /// Red, green, blue; the profile that says which, packed out.
    Rgb(Option<Vec<u8>>),
    /// The four inks already.
    Inks,
    /// An ink of its own, or marks for every plate, with the four inks to stand in.
    Own,
    /// Patterns; they bring their own colours.
    Pattern,
    /// A table of colours: the space of its lines, and the lines.
    Table(Box<Space>, Vec<u8>),
    /// None that a press file may have; its name.
    Other(String),
}

impl Space {
    /// Reads a colour space; names are looked up in `spaces`, the resources' own.
    pub fn read(document: &Document, object: &Object, spaces: Option<&Dictionary>) -> Self {
        Self::at(document, object, spaces, 0)
    }

    fn at(document: &Document, object: &Object, spaces: Option<&Dictionary>, depth: usize) -> Self {
        let other = |name: &[u8]| Self::Other(String::from_utf8_lossy(name).into_owned());
        let Ok((_, object)) = document.dereference(object) else { return other(b"a missing one") };
        if depth > 4 {
            return other(b"one that is nested too deeply");
        }
        let inner = |object: &Object| Self::at(document, object, spaces, depth + 1);
        match object {
            Object::Name(name) => match name.as_slice() {
                b"DeviceGray" | b"CalGray" | b"G" => Self::Grey,
                b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb(None),
                b"DeviceCMYK" | b"CMYK" => Self::Inks,
                b"Pattern" => Self::Pattern,
                name => match spaces.and_then(|spaces| spaces.get(name).ok()) {
                    Some(found) => inner(found),
                    None => other(name),
                },
            },
            Object::Array(parts) => {
                let kind = parts.first().and_then(|kind| kind.as_name().ok()).unwrap_or_default();
                match (kind, parts.get(1)) {
                    (b"CalGray", _) => Self::Grey,
                    (b"CalRGB", _) => Self::Rgb(None),
                    (b"Pattern", _) => Self::Pattern,
                    (b"ICCBased", Some(profile)) => profiled(document, profile),
                    (b"Separation" | b"DeviceN", Some(_)) => match parts.get(2).map(inner) {
                        Some(Self::Inks) => Self::Own,
                        _ => other(b"an ink without its four inks"),
                    },
                    (b"Indexed" | b"I", Some(base)) => match parts.get(3).and_then(|table| bytes(document, table)) {
                        Some(table) => Self::Table(Box::new(inner(base)), table),
                        None => other(b"a broken table"),
                    },
                    (b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK", None) => inner(&Object::Name(kind.to_vec())),
                    _ => other(kind),
                }
            }
            _ => other(b"one without a name"),
        }
    }

    /// Whether it may stay in a press file as it is.
    pub fn stays(&self) -> bool {
        matches!(self, Self::Inks | Self::Own | Self::Pattern)
    }

    /// How many numbers a colour has.
    pub fn parts(&self) -> usize {
        match self {
            Self::Rgb(_) => 3,
            Self::Inks => 4,
            _ => 1,
        }
    }
}

fn profiled(document: &Document, profile: &Object) -> Space {
    let stream = document.dereference(profile).ok().and_then(|(_, object)| object.as_stream().ok());
    let Some(stream) = stream else { return Space::Other("a profile that is missing".into()) };
    match stream.dict.get(b"N").and_then(Object::as_i64) {
        Ok(1) => Space::Grey,
        Ok(3) => Space::Rgb(bytes(document, profile)),
        Ok(4) => Space::Inks,
        _ => Space::Other("a profile for other inks".into()),
    }
}

/// The bytes of a string or a stream, packed out.
fn bytes(document: &Document, object: &Object) -> Option<Vec<u8>> {
    match document.dereference(object).ok()?.1 {
        Object::String(bytes, _) => Some(bytes.clone()),
        Object::Stream(stream) if stream.filters().map_or(true, |filters| filters.is_empty()) => {
            Some(stream.content.clone())
        }
        Object::Stream(stream) => stream.decompressed_content().ok(),
        _ => None,
    }
}
