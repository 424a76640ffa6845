//! Literal HTML entities that a crawl left in the words.

const NAMES: &[(&str, &str)] = &[
    ("nbsp", " "),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("pound", "£"),
    ("euro", "€"),
    ("deg", "°"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("times", "×"),
    ("micro", "µ"),
    ("plusmn", "±"),
    ("le", "≤"),
    ("ge", "≥"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("zwnj", ""),
    ("zwj", ""),
    ("shy", ""),
];

/// The characters that an entity at the start of `text` stands for, and its length.
pub(super) fn decode(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('&')?;
    let length = body.bytes().take(10).position(|b| b == b';')?;
    let name = body.get(..length)?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            match char::from_u32(code)? {
                '\u{a0}' | '\n' | '\t' => " ".to_string(),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => String::new(),
                c if c.is_control() => return None,
                c => c.to_string(),
            }
        }
        None => NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| (*c).to_string())?,
    };
    Some((decoded, length + 2))
}
