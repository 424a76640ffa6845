//! Bytes -> text, or the reason why they are none.

/// The largest input, in bytes.
pub(super) const LIMIT: usize = 16 << 20;

/// A text and what had to be done to read it.
pub(super) struct Text {
    pub(super) text: String,
    /// How it was read, where it is not plain UTF-8.
    pub(super) encoding: Option<&'static str>,
}

/// How files of other kinds begin, and what they are.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF saved as text"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a sound (RIFF)"),
    (b"PK\x03\x04", "a zipped file, such as a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a word processor's file (RTF)"),
];

/// Reads the bytes as text; the error says what they are instead.
/// `charset`: what the server said of them, which counts more than what they say themselves, and less than their mark.
pub(super) fn read(input: &[u8], charset: Option<&str>) -> Result<Text, String> {
    if input.len() > LIMIT {
        let size = input.len() as f64 / f64::from(1 << 20);
        return Err(format!("{size:.1} MB are more than the {} MB that a page may have", LIMIT >> 20));
    }
    let start = input.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if let Some((_, what)) = KINDS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err((*what).to_string());
    }
    let text = decode(input, charset)?;
    if text.text.trim().is_empty() {
        return Err("an empty file".into());
    }
    if let Some(why) = unreadable(&text.text) {
        return Err(why.into());
    }
    Ok(text)
}

fn decode(input: &[u8], charset: Option<&str>) -> Result<Text, String> {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    if let Some(rest) = input.strip_prefix(b"\xff\xfe") {
        return Ok(Text { text: utf16(rest, u16::from_le_bytes), encoding: Some("UTF-16") });
    }
    if let Some(rest) = input.strip_prefix(b"\xfe\xff") {
        return Ok(Text { text: utf16(rest, u16::from_be_bytes), encoding: Some("UTF-16") });
    }
    let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    let said = charset.and_then(|label| encoding_rs::Encoding::for_label(label.trim().as_bytes()));
    let declared = said.or_else(|| declared(input));
    match std::str::from_utf8(input) {
        // such a text is ASCII throughout and means other letters
        Ok(_) if declared == Some(encoding_rs::ISO_2022_JP) => {}
        Ok(text) => return Ok(Text { text: text.to_string(), encoding: None }),
        Err(_) => {}
    }
    if let Some(encoding) = declared.filter(|e| *e != encoding_rs::UTF_8) {
        let (text, bad) = encoding.decode_without_bom_handling(input);
        if !bad {
            return Ok(Text { text: text.into_owned(), encoding: Some(encoding.name()) });
        }
    }
    match std::str::from_utf8(input) {
        Ok(text) => Ok(Text { text: text.to_string(), encoding: None }),
        Err(error) => windows(input).ok_or_else(|| {
            format!("not text in a known encoding: byte {} is neither UTF-8 nor Windows-1252", error.valid_up_to() + 1)
        }),
    }
}

/// The encoding that an HTML page says it has, near its start.
fn declared(input: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head: String = input.iter().take(4096).map(|b| b.to_ascii_lowercase() as char).collect();
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        tag.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']).to_string())
    })?;
    let label = meta.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// Windows-1252, if every byte has a meaning there and most are plain letters.
fn windows(input: &[u8]) -> Option<Text> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let high = input.iter().filter(|b| !b.is_ascii()).count();
    if high * 10 > input.len() {
        return None;
    }
    let mut text = String::with_capacity(input.len() + high);
    for byte in input {
        let c = match byte {
            0x80..=0x9f => *HIGH.get(usize::from(byte - 0x80))?,
            b => char::from(*b),
        };
        if c == '\0' {
            return None;
        }
        text.push(c);
    }
    Some(Text { text, encoding: Some("Windows-1252") })
}

/// Whether a text is bytes of something else.
fn unreadable(text: &str) -> Option<&'static str> {
    let mut all = 0usize;
    let mut bad = 0usize;
    for c in text.chars() {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
        bad += usize::from(control || c == char::REPLACEMENT_CHARACTER);
    }
    (bad * 50 > all).then_some("not text: too many of its characters are unreadable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_not_text() {
        assert!(read(b"%PDF-1.5 ...", None).is_err_and(|e| e.contains("PDF")));
        assert!(read(b" \n\t ", None).is_err_and(|e| e.contains("empty")));
        assert!(read(b"\x89PNG\r\n", None).is_err());
        assert!(read(&[0xff, 0xfe], None).is_err());
        assert!(read(b"caf\xe9 and more words", None).is_ok_and(|t| t.text.starts_with("café")));
        assert!(read(b"bad \x81 byte", None).is_err());
    }

    #[test]
    fn the_server_s_charset_stands_between_the_mark_and_the_page_s_own() {
        let page = b"<meta charset=windows-1252><p>\xe1 word";
        let text = |bytes: &[u8], charset| read(bytes, charset).map(|t| t.text).unwrap_or_default();
        assert!(text(page, None).contains("á word"));
        assert!(text(page, Some("iso-8859-7")).contains("α word"));
        assert!(text(page, Some("no such charset")).contains("á word"));
        assert!(text(b"\xff\xfea\0", Some("iso-8859-7")).contains('a'));
        // bytes that are UTF-8 are what they are
        assert!(text("café".as_bytes(), Some("iso-8859-1")).contains("café"));
    }
}
