//! Plain words -> Markdown that says the same words.

/// Appends words, escaping every sign that Markdown or our own forms would read.
pub(crate) fn words(out: &mut String, text: &str, cell: bool) {
    let mut chars = text.char_indices().peekable();
    let mut before = out.chars().next_back().unwrap_or(' ');
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let c = if c == '\t' || c == '\n' { ' ' } else { c };
        let escape = match c {
            '\\' | '*' | '[' | ']' | '`' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '&' => entity(&text[at..]),
            '~' => before == '~' || after == '~',
            // `{.` begins one of our own forms, which are read before Markdown's escapes
            '.' => before == '{',
            '|' => cell,
            _ => false,
        };
        // these two mean something even when they are escaped; a blank between them takes that away
        if before == '{' && c == '{' || before == '[' && c == '^' {
            out.push(' ');
        }
        if c == ' ' && (before == ' ' || out.is_empty() || out.ends_with('\n')) {
            continue;
        }
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

fn entity(text: &str) -> bool {
    let mut bytes = text.bytes().skip(1).take(32);
    let mut name = 0;
    bytes.any(|b| {
        name += 1;
        b == b';'
            || !(b.is_ascii_alphanumeric() || b == b'#') && {
                name = 99;
                true
            }
    }) && name < 40
}

/// Escapes what would make a line begin another kind of block.
pub(crate) fn line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) {
        let rest = &line[digits..];
        let point = rest.starts_with(['.', ')']) && (rest.len() == 1 || rest[1..].starts_with([' ', '\\']));
        return if point { format!("{}\\{rest}", &line[..digits]) } else { line.to_string() };
    }
    // bold at the start is no bullet, and what is escaped needs no second stroke
    match line.chars().next() {
        Some('#' | '>' | '+' | '-' | '=' | ':' | '|' | '~') => format!("\\{line}"),
        _ => line.to_string(),
    }
}

/// The words of an attribute's value, between double quotes.
pub(super) fn value(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A TOML string.
pub(crate) fn toml(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_markdown_would_read() {
        let mut out = String::new();
        words(&mut out, "2 * 3 [x] snake_case _a_ <b {{v}} {.x} AT&T &amp; a\\", false);
        assert_eq!(out, "2 \\* 3 \\[x\\] snake_case \\_a\\_ \\<b { {v}} {\\.x} AT&T \\&amp; a\\\\");
        assert_eq!(line_start("2. Words"), "2\\. Words");
        assert_eq!(line_start("2.5 mg"), "2.5 mg");
        assert_eq!(line_start("- words"), "\\- words");
    }
}
