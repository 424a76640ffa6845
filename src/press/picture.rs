//! Pictures as inks: photographs in four, greys in black alone. How clear a dot is stays as it is.

use std::io::Cursor;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::Fault;
use super::drawing::light;
use super::inks::Inks;
use super::space::Space;
use super::walk::Paints;

/// How large a picture is on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Printed {
    /// How many dots it is wide and high.
    pub dots: [u32; 2],
    /// Its width in inches, where it is printed largest.
    pub width: f64,
}

/// The most dots to the inch that a press can show: of a photograph, and of a drawing, whose edges are finer.
const MOST_PHOTOGRAPH: f64 = 450.0;
const MOST_DRAWING: f64 = 1200.0;

/// Turns one picture.
pub(super) fn turn(
    document: &mut Document,
    id: ObjectId,
    inks: &Inks,
    printed: &[Printed],
    paints: Paints,
) -> Result<(), Fault> {
    let Some(Object::Stream(stream)) = document.objects.get(&id) else { return Ok(()) };
    // a stencil has the colour of what it is painted with
    if stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false) {
        return Ok(());
    }
    let Ok(space) = stream.dict.get(b"ColorSpace") else { return Ok(()) };
    let space = Space::read(document, space, None);
    match (&space, paints) {
        (Space::Inks, Paints::Ink) => {
            // a profile of its own is not used: the inks are the press's
            set(document, id, |dict| dict.set("ColorSpace", "DeviceCMYK"));
            Ok(())
        }
        (Space::Own, Paints::Ink) | (Space::Grey, Paints::Mask) => {
            if paints == Paints::Mask {
                set(document, id, |dict| dict.set("ColorSpace", "DeviceGray"));
            }
            Ok(())
        }
        (Space::Grey, Paints::Ink) => {
            let black = black(document);
            set(document, id, |dict| {
                // what was light is now a little ink; a picture that was turned round already is turned back
                let turned = dict
                    .get(b"Decode")
                    .and_then(Object::as_array)
                    .is_ok_and(|decode| decode.first().is_some_and(|low| low.as_float().is_ok_and(|low| low > 0.5)));
                let ends = if turned { [0, 1] } else { [1, 0] };
                dict.set("Decode", ends.map(Object::Integer).to_vec());
                dict.set("ColorSpace", black);
            });
            Ok(())
        }
        (Space::Rgb(_) | Space::Table(..), _) => {
            let packed = stream.filters().unwrap_or_default().last().map(|filter| filter.to_vec());
            let exact = packed.as_deref() != Some(b"DCTDecode");
            let Dots { size, parts, profile } = dots(stream, &space, exact)?;
            let (size, dots) = shrunk(size, parts, printed, if exact { MOST_DRAWING } else { MOST_PHOTOGRAPH });
            let (space, new) = match paints {
                Paints::Ink => ("DeviceCMYK", inks.of_picture(&dots, profile.as_deref(), exact)?),
                Paints::Mask => ("DeviceGray", dots.chunks_exact(3).map(brightness).collect()),
            };
            replace(document, id, space, size, new);
            Ok(())
        }
        (Space::Other(what), _) => Err(Fault(format!("a picture has a colour space that no press takes: {what}"))),
        (other, _) => Err(Fault(format!("a picture's colours cannot be used here: {other:?}"))),
    }
}

fn brightness(dot: &[u8]) -> u8 {
    let part = |at: usize| f32::from(dot.get(at).copied().unwrap_or(0));
    light([part(0), part(1), part(2)]).round().clamp(0.0, 255.0) as u8
}

fn set(document: &mut Document, id: ObjectId, change: impl FnOnce(&mut Dictionary)) {
    if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
        change(&mut stream.dict);
    }
}

/// Black ink as a space of its own, so that a grey picture is on one plate and not packed anew.
fn black(document: &mut Document) -> Object {
    let numbers = |values: &[i64]| Object::Array(values.iter().copied().map(Object::Integer).collect());
    let mut tint = Dictionary::new();
    tint.set("FunctionType", 2);
    tint.set("Domain", numbers(&[0, 1]));
    tint.set("C0", numbers(&[0, 0, 0, 0]));
    tint.set("C1", numbers(&[0, 0, 0, 1]));
    tint.set("N", 1);
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let tint = document.add_object(tint);
    Object::Array(vec![name("Separation"), name("Black"), name("DeviceCMYK"), tint.into()])
}

/// Takes away dots that no press can show.
fn shrunk(size: [u32; 2], dots: Vec<u8>, printed: &[Printed], most: f64) -> ([u32; 2], Vec<u8>) {
    let [wide, high] = size;
    let largest = printed.iter().filter(|p| p.dots == size).map(|p| p.width).fold(0.0, f64::max);
    let wanted = (largest * most).ceil();
    // a little more is not worth another sampling
    if wanted < 1.0 || f64::from(wide) < wanted * 1.2 {
        return (size, dots);
    }
    let Some(picture) = image::RgbImage::from_raw(wide, high, dots.clone()) else { return (size, dots) };
    let new = [wanted, (wanted * f64::from(high) / f64::from(wide)).ceil()].map(|side| side.max(1.0) as u32);
    let small = image::imageops::resize(&picture, new[0], new[1], image::imageops::FilterType::CatmullRom);
    (new, small.into_raw())
}

/// A picture's dots.
struct Dots {
    /// How many there are, across and down.
    size: [u32; 2],
    /// Their red, green and blue, a byte each.
    parts: Vec<u8>,
    /// The profile that says which red, green and blue.
    profile: Option<Vec<u8>>,
}

/// Packs a picture out.
fn dots(stream: &Stream, space: &Space, exact: bool) -> Result<Dots, Fault> {
    let fault = |what: &str| Fault(format!("a picture cannot be turned into inks: {what}"));
    let number = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok().and_then(|n| u32::try_from(n).ok());
    let (Some(width), Some(height)) = (number(b"Width"), number(b"Height")) else {
        return Err(fault("it has no size"));
    };
    let depth = number(b"BitsPerComponent").unwrap_or(8);
    if !exact {
        let mut reader = image::ImageReader::new(Cursor::new(&stream.content));
        reader.set_format(image::ImageFormat::Jpeg);
        let picture = reader.decode().map_err(|error| fault(&error.to_string()))?;
        let profile = match space {
            Space::Rgb(profile) => profile.clone(),
            _ => None,
        };
        let size = [picture.width(), picture.height()];
        return Ok(Dots { size, parts: picture.into_rgb8().into_raw(), profile });
    }
    let packed = stream.filters().is_ok_and(|filters| !filters.is_empty());
    let raw = if packed { stream.decompressed_content()? } else { stream.content.clone() };
    let bytes = match depth {
        8 => raw,
        // the finer half of each part is below what a plate shows
        16 => raw.chunks(2).filter_map(|pair| pair.first().copied()).collect(),
        _ => return Err(fault("its parts have an unusual depth")),
    };
    let (dots, profile): (Vec<u8>, _) = match space {
        Space::Rgb(profile) => (bytes, profile.clone()),
        Space::Table(base, table) => match base.as_ref() {
            Space::Rgb(profile) => {
                let line = |index: &u8| {
                    let at = usize::from(*index) * 3;
                    table.get(at..at + 3).unwrap_or(&[0, 0, 0]).to_vec()
                };
                (bytes.iter().flat_map(line).collect(), profile.clone())
            }
            Space::Grey => {
                let line = |index: &u8| [table.get(usize::from(*index)).copied().unwrap_or(0); 3];
                (bytes.iter().flat_map(line).collect(), None)
            }
            _ => return Err(fault("its table has no colours of a screen")),
        },
        _ => return Err(fault("its colours are no colours of a screen")),
    };
    let wanted = usize::try_from(u64::from(width) * u64::from(height) * 3).ok();
    match wanted {
        Some(wanted) if dots.len() >= wanted => {
            let mut dots = dots;
            dots.truncate(wanted);
            Ok(Dots { size: [width, height], parts: dots, profile })
        }
        _ => Err(fault("it is cut off")),
    }
}

/// Puts new dots in place of the old.
fn replace(document: &mut Document, id: ObjectId, space: &str, [wide, high]: [u32; 2], dots: Vec<u8>) {
    if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
        for key in [&b"Decode"[..], b"DecodeParms", b"Filter", b"Intent"] {
            stream.dict.remove(key);
        }
        stream.dict.set("ColorSpace", space);
        stream.dict.set("BitsPerComponent", 8);
        stream.dict.set("Width", i64::from(wide));
        stream.dict.set("Height", i64::from(high));
        stream.set_plain_content(dots);
        // what cannot be packed stays as it is
        let _ = stream.compress();
    }
}
