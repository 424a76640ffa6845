//! Pictures that are written in the midst of the content (`BI`, `ID`, `EI`).
//!
//! The parser of content knows only those that are not packed, and drops the others; so they are cut out before it.

use crate::inspect::pdf::objects::number;
use lopdf::content::Content;
use lopdf::{Dictionary, Object, Stream};

/// So many bytes after a picture must look like content: the sign for its end may stand within its data by chance.
const LOOK: usize = 24;

/// A part of the content.
#[derive(Debug)]
pub(super) enum Part<'c> {
    /// Steps without pictures.
    Steps(&'c [u8]),
    /// A picture; its keys and filters have their long names.
    Picture(Box<Stream>),
    /// The rest, which makes no sense: a picture without an end.
    Broken,
}

/// The content, cut at its pictures.
pub(super) fn parts(content: &[u8]) -> Vec<Part<'_>> {
    let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some((start, end)) = word(content, at) {
        at = end;
        if content.get(start..end) != Some(b"BI") {
            continue;
        }
        out.push(Part::Steps(content.get(from..start).unwrap_or(&[])));
        match picture(content, end) {
            Some((stream, end)) => {
                out.push(Part::Picture(Box::new(stream)));
                (from, at) = (end, end);
            }
            None => {
                out.push(Part::Broken);
                return out;
            }
        }
    }
    out.push(Part::Steps(content.get(from..).unwrap_or(&[])));
    out
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

/// The next word, from its first byte to after its last: an operator or a number, never within a string, a name or a
/// comment.
fn word(content: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let end = |from: usize, stop: fn(u8) -> bool| {
        let rest = content.get(from..).unwrap_or(&[]);
        rest.iter().position(|byte| stop(*byte)).map_or(content.len(), |by| from + by)
    };
    loop {
        match *content.get(at)? {
            b'(' => at = string(content, at),
            b'<' if content.get(at + 1) == Some(&b'<') => at += 2,
            b'<' => at = end(at, |byte| byte == b'>'),
            b'%' => at = end(at, |byte| byte == b'\n' || byte == b'\r'),
            b'/' => at = end(at + 1, |byte| !is_regular(byte)),
            byte if is_regular(byte) => return Some((at, end(at, |byte| !is_regular(byte)))),
            _ => at += 1,
        }
    }
}

/// After the string that begins here.
fn string(content: &[u8], at: usize) -> usize {
    let (mut open, mut escaped) = (0_usize, false);
    for (by, byte) in content.get(at..).unwrap_or(&[]).iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at + by + 1;
        }
    }
    content.len()
}

/// The picture after `BI`, and where the content goes on.
fn picture(content: &[u8], from: usize) -> Option<(Stream, usize)> {
    let mut at = from;
    let (keys_end, mut start) = loop {
        let (start, end) = word(content, at)?;
        if content.get(start..end) == Some(b"ID") {
            break (start, end);
        }
        at = end;
    };
    let keys = [b"<<", content.get(from..keys_end)?, b">> x\n"].concat();
    let operation = Content::decode_iter(&keys).next()?.ok()?;
    let Some(Object::Dictionary(short)) = operation.operands.into_iter().next() else { return None };
    let dict = long(short);
    // one white sign, of which an end of line may have two, parts the data from what is before it
    start += match content.get(start..start + 2) {
        Some(b"\r\n") => 2,
        Some([byte, _]) if is_space(*byte) => 1,
        _ => 0,
    };
    let (data_end, end) = data(content, start, &dict)?;
    Some((Stream::new(dict, content.get(start..data_end)?.to_vec()), end))
}

/// Where the data ends, and where the content goes on.
fn data(content: &[u8], start: usize, dict: &Dictionary) -> Option<(usize, usize)> {
    let rest = content.get(start..)?;
    let ends = |at: usize| {
        let after = rest.get(at + 2..).unwrap_or(&[]);
        rest.get(at..at + 2) == Some(b"EI") && after.first().is_none_or(|byte| !is_regular(*byte))
    };
    // where the length is known, the end stands right behind it
    if let Some(length) = length(dict)
        && let Some(white) = rest.get(length..).map(|tail| tail.iter().take_while(|byte| is_space(**byte)).count())
        && ends(length + white)
    {
        return Some((start + length, start + length + white + 2));
    }
    let packed_in_letters = |at: usize| rest.get(at.wrapping_sub(1)) == Some(&b'>');
    let mut from = 0;
    loop {
        let at = from + rest.get(from..)?.windows(2).position(|pair| pair == b"EI")?;
        let before = at == 0 || rest.get(at - 1).is_some_and(|byte| is_space(*byte)) || packed_in_letters(at);
        let after = rest.get(at + 2..).unwrap_or(&[]).iter().take(LOOK);
        if before && ends(at) && after.into_iter().all(|byte| is_space(*byte) || (32..127).contains(byte)) {
            let white = usize::from(at > 0 && rest.get(at - 1).is_some_and(|byte| is_space(*byte)));
            return Some((start + at - white, start + at + 2));
        }
        from = at + 1;
    }
}

/// How long the data is: as written (PDF 2.0), or as it must be where it is not packed.
fn length(dict: &Dictionary) -> Option<usize> {
    let integer = |key: &[u8]| dict.get(key).ok().and_then(|o| o.as_i64().ok()).and_then(|n| usize::try_from(n).ok());
    if let Some(length) = integer(b"Length") {
        return Some(length);
    }
    if dict.get(b"Filter").is_ok_and(|filter| filter.as_array().map_or(true, |all| !all.is_empty())) {
        return None;
    }
    let mask = dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false);
    let parts = match dict.get(b"ColorSpace") {
        _ if mask => 1,
        Ok(Object::Name(name)) => match name.as_slice() {
            b"G" | b"DeviceGray" => 1,
            b"RGB" | b"DeviceRGB" => 3,
            b"CMYK" | b"DeviceCMYK" => 4,
            _ => return None,
        },
        Ok(Object::Array(_)) => 1,
        _ => return None,
    };
    let bits = if mask { 1 } else { integer(b"BitsPerComponent")? };
    let row = integer(b"Width")?.checked_mul(parts)?.checked_mul(bits)?.div_ceil(8);
    row.checked_mul(integer(b"Height")?)
}

/// The dictionary with the long names of its keys and filters (ISO 32000-1, tables 93 and 94).
fn long(short: Dictionary) -> Dictionary {
    let mut out = Dictionary::new();
    for (key, value) in short {
        let key: &[u8] = match key.as_slice() {
            b"BPC" => b"BitsPerComponent",
            b"CS" => b"ColorSpace",
            b"D" => b"Decode",
            b"DP" => b"DecodeParms",
            b"F" => b"Filter",
            b"H" => b"Height",
            b"IM" => b"ImageMask",
            b"I" => b"Interpolate",
            b"L" => b"Length",
            b"W" => b"Width",
            other => other,
        };
        let value = match value {
            Object::Name(name) if key == b"Filter" => filter(name),
            Object::Array(all) if key == b"Filter" => Object::Array(
                all.into_iter().map(|one| if let Object::Name(name) = one { filter(name) } else { one }).collect(),
            ),
            // some programs write whole numbers with a point
            Object::Real(_) if matches!(key, b"Width" | b"Height" | b"BitsPerComponent") => {
                Object::Integer(number(&value).unwrap_or(0.0) as i64)
            }
            other => other,
        };
        out.set(key, value);
    }
    out
}

fn filter(name: Vec<u8>) -> Object {
    let long: &[u8] = match name.as_slice() {
        b"AHx" => b"ASCIIHexDecode",
        b"A85" => b"ASCII85Decode",
        b"LZW" => b"LZWDecode",
        b"Fl" => b"FlateDecode",
        b"RL" => b"RunLengthDecode",
        b"CCF" => b"CCITTFaxDecode",
        b"DCT" => b"DCTDecode",
        other => other,
    };
    Object::Name(long.to_vec())
}
