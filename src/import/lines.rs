//! Text -> segments: lines, cleaned of what nobody can see, and cut where the
//! crawl glued a heading to the end of another block.

/// A line of the input, or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// The line of the input, from 1.
    pub(super) line: usize,
    /// The words without hidden characters; blanks at both ends are kept, for they tell blocks apart.
    pub(super) text: String,
    /// What was removed or replaced in it.
    pub(super) cleaned: Option<&'static str>,
}

/// Cuts a text into segments.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let (clean, cleaned) = clean(line.trim_end_matches('\r'));
        let mut start = 0;
        for cut in cuts(&clean).into_iter().chain([clean.len()]) {
            let piece = &clean[start..cut];
            // in capitals, under a rule, and glued to a sentence or a list: a heading
            let end = if start == 0 { capitals(piece, cut < clean.len()) } else { None };
            match end.filter(|_| ruled(&out)) {
                Some(end) => {
                    out.push(segment(
                        number,
                        &format!("## {}", &piece[..end]),
                        Some("a heading was glued to its text"),
                    ));
                    if end < piece.len() {
                        out.push(segment(number, &piece[end..], cleaned));
                    }
                }
                None => out.push(segment(number, piece, cleaned)),
            }
            start = cut;
        }
    }
    out
}

fn segment(line: usize, text: &str, cleaned: Option<&'static str>) -> Segment {
    Segment { line, text: text.to_string(), cleaned }
}

/// Whether the last line with words is a rule.
fn ruled(segments: &[Segment]) -> bool {
    segments.iter().rev().find(|s| !s.text.trim().is_empty()).is_some_and(|s| s.text.trim() == "---")
}

/// Where the capitals at the start of a line end and a sentence is glued to them, or a list if `cut`.
fn capitals(line: &str, cut: bool) -> Option<usize> {
    let mut letters = 0;
    let mut before = ' ';
    let mut chars = line.char_indices().take(120).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let sentence = c.is_uppercase() && next.is_lowercase()
            || matches!(c, 'A' | 'I') && next == ' ' && {
                line[at + 1..].trim_start().starts_with(|n: char| n.is_lowercase() || n == '[')
            };
        if sentence {
            return (letters >= 8 && before != ' ').then_some(at);
        }
        if c.is_lowercase() || !(c.is_alphanumeric() || c == ' ' || "'’‘\"“”(),&/!?:-–+".contains(c)) {
            return None;
        }
        letters += usize::from(c.is_uppercase());
        before = c;
    }
    (cut && letters >= 8 && line.len() < 120).then_some(line.len())
}

/// Removes characters that no reader sees, and makes every kind of blank a plain one.
pub(super) fn clean(line: &str) -> (String, Option<&'static str>) {
    if line.bytes().all(|b| (b' '..0x7f).contains(&b) || b == b'\t') {
        return (line.to_string(), None);
    }
    let mut out = String::with_capacity(line.len());
    let mut hidden = false;
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                out.push(' ');
            }
            // the joiners mean something between letters of Arabic and Indic scripts
            '\u{200c}' | '\u{200d}' if joins(before) && chars.peek().is_some_and(|n| joins(*n)) => out.push(c),
            '\u{200e}' | '\u{200f}' if joins(before) || chars.peek().is_some_and(|n| joins(*n)) => out.push(c),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                hidden = true;
            }
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{fff9}'..='\u{fffc}' | '\u{fffe}'..='\u{ffff}' => {
                hidden = true
            }
            '\u{b}' | '\u{c}' | '\u{85}' => out.push(' '),
            c if c.is_control() && c != '\t' => hidden = true,
            c => out.push(c),
        }
        before = c;
    }
    let cleaned = if hidden { Some("hidden characters and icons removed") } else { None };
    (out, cleaned)
}

fn joins(c: char) -> bool {
    ('\u{590}'..'\u{1e00}').contains(&c)
}

/// Where a line must be cut: before a heading mark that does not begin it.
fn cuts(line: &str) -> Vec<usize> {
    if !line.contains('#') && !line.contains("* ") {
        return Vec::new();
    }
    let bytes = line.as_bytes();
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut i = 0;
    let mut words = false;
    let mut emphasis = false;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'#' => {
                let run = bytes[i..].iter().take_while(|b| **b == b'#').count();
                if words && depth == 0 && run <= 6 && heading_follows(line, i, run) {
                    out.push(i);
                }
                i += run - 1;
            }
            b'*' => {
                let run = bytes[i..].iter().take_while(|b| **b == b'*').count();
                let glued = i > 0 && !bytes[i - 1].is_ascii_whitespace() && bytes.get(i + 1) == Some(&b' ');
                if run == 1 && words && depth == 0 && glued && !emphasis && item_follows(&line[i + 1..]) {
                    out.push(i);
                } else if run == 1 && words {
                    // a star between blanks is a sign; any other begins or ends emphasis
                    let sign = i > 0 && bytes[i - 1] == b' ' && bytes.get(i + 1) == Some(&b' ');
                    emphasis ^= !sign;
                }
                i += run - 1;
            }
            b' ' | b'\t' | b'+' | b'-' | b'>' | b'|' if !words => {}
            _ => words = true,
        }
        i += 1;
    }
    out
}

/// Whether words that could be a list item follow a star.
fn item_follows(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '*' | '[' | '‘' | '“' | '"'))
}

/// Whether the hashes at `at` begin a heading that was glued to the words before.
fn heading_follows(line: &str, at: usize, run: usize) -> bool {
    let before = line[..at].chars().next_back();
    let mut after = line[at + run..].chars();
    let blank = matches!(after.next(), Some(' '));
    let starts =
        after.find(|c| *c != ' ').is_some_and(|c| c.is_uppercase() || c.is_numeric() || "[*“‘\"'(".contains(c));
    let free = match before {
        Some(' ') => run > 1,
        Some(c) => c.is_alphabetic() || matches!(c, ')' | '.' | '!' | '?' | ']'),
        None => false,
    };
    blank && starts && free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        segments(line).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn cuts_before_glued_headings_only() {
        assert_eq!(texts("Close# Taking care"), ["Close", "# Taking care"]);
        assert_eq!(texts("such as:-* **Hoses:** long* Straps"), ["such as:-", "* **Hoses:** long", "* Straps"]);
        assert_eq!(texts("an *old* Name and 2 * 3"), ["an *old* Name and 2 * 3"]);
        assert_eq!(texts("---\nDRY MOUTHA dry mouth"), ["---", "## DRY MOUTH", "A dry mouth"]);
        assert_eq!(texts("Date  ## Show more"), ["Date  ", "## Show more"]);
        assert_eq!(texts("[top](#) and # 3 pills"), ["[top](#) and # 3 pills"]);
        assert_eq!(texts("* ## [A page](/a)"), ["* ## [A page](/a)"]);
        assert_eq!(texts("[#### Call us"), ["[#### Call us"]);
    }

    #[test]
    fn hidden_characters_go_and_joiners_of_other_scripts_stay() {
        assert_eq!(texts("a\u{200b}b\u{a0}c\u{e000}"), ["ab c"]);
        assert_eq!(texts("می\u{200c}خواهم"), ["می\u{200c}خواهم"]);
    }
}
