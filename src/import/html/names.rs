//! What the names of elements say.

/// Elements that hold nothing.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that begin a new line, so that the words before and after them are of different blocks.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
    )
}

/// The level of a heading's element.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', n @ b'1'..=b'6'] => Some(n - b'0'),
        _ => None,
    }
}

/// Elements whose words are none of the page's, and why.
pub(super) fn unread(name: &str) -> Option<&'static str> {
    Some(match name {
        "script" => "script",
        "style" => "style",
        "template" => "template",
        "noscript" => "words for browsers without scripts",
        "svg" | "canvas" => "drawing",
        "video" | "audio" | "object" | "embed" | "applet" => "film or sound",
        "iframe" | "frame" | "frameset" | "noframes" | "noembed" => "another page inside the page",
        "button" | "select" | "textarea" | "option" | "optgroup" | "datalist" | "input" | "progress" | "meter" => {
            "control of a form"
        }
        _ => return None,
    })
}

/// The signs for digits and letters above and below the line, where every character has one.
pub(super) fn raised(text: &str, below: bool) -> Option<String> {
    const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉";
    let digits = if below { DOWN } else { UP };
    let sign = |c: char| -> Option<char> {
        if let Some(n) = c.to_digit(10) {
            return digits.chars().nth(usize::try_from(n).ok()?);
        }
        Some(match (c, below) {
            ('+', false) => '⁺',
            ('-' | '−' | '–', false) => '⁻',
            ('+', true) => '₊',
            ('-' | '−' | '–', true) => '₋',
            ('(', false) => '⁽',
            (')', false) => '⁾',
            ('n', false) => 'ⁿ',
            _ => return None,
        })
    };
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raises_digits_only() {
        assert_eq!(raised("2", true).as_deref(), Some("₂"));
        assert_eq!(raised("-12", false).as_deref(), Some("⁻¹²"));
        assert_eq!(raised("nd", false), None);
    }
}
