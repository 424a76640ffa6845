//! Text on its way into markup: nothing that a page says can become a tag.

use crate::document::{Inline, Inlines};

/// A character as XML may hold it; none for one that goes.
///
/// XML has no place for most control characters, not even escaped: they become the replacement
/// character, so that the fault shows. Soft hyphens go: screen readers stumble over them, and
/// these editions never divide a word.
fn allowed(c: char) -> Option<char> {
    match c {
        '\u{AD}' => None,
        '\t' | '\n' => Some(c),
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => Some('\u{FFFD}'),
        _ => Some(c),
    }
}

fn push(out: &mut String, c: char, quotes: bool) {
    match allowed(c) {
        Some('&') => out.push_str("&amp;"),
        Some('<') => out.push_str("&lt;"),
        Some('>') => out.push_str("&gt;"),
        Some('"') if quotes => out.push_str("&quot;"),
        Some('\t' | '\n') if quotes => out.push(' '),
        Some(c) => out.push(c),
        None => {}
    }
}

/// Text without the characters that no XML file may hold, for those who escape it themselves.
pub fn clean(text: &str) -> String {
    text.chars().filter_map(allowed).collect()
}

/// Text between tags.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut out, c, false));
    out
}

/// Text between tags, for titles: a name such as COVID-19, which has a hyphen beside a figure, stays on one line.
pub fn escape_whole(text: &str) -> String {
    let figures = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        let figure = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
        parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) && parts.iter().any(figure)
    };
    let word = |word: &str| {
        if figures(word) && word.chars().count() <= LONGEST {
            format!("<span class=\"nb\">{}</span>", escape(word))
        } else {
            escape(word)
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A longer word may break, or it would leave a narrow screen.
const LONGEST: usize = 34;

/// The value of an attribute that stands in double quotes.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut out, c, true));
    out
}

/// A name as the part of an address after `#`, escaped for an attribute too.
pub fn fragment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            ' ' | '"' | '#' | '%' | '<' | '>' | '&' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => push(&mut out, c, true),
        }
    }
    out
}

/// The words alone, for titles, labels and alternative text; references to notes are left out.
pub fn plain(inlines: &Inlines) -> String {
    let mut out = String::new();
    gather(inlines, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(inlines: &Inlines, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { v } | Inline::Unbroken { v } => out.push_str(v),
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } | Inline::Reference { c, .. } => {
                gather(c, out);
            }
            Inline::Break => out.push(' '),
            Inline::NoteRef { .. } | Inline::Space { .. } => {}
        }
    }
}

/// An address that a link may lead to, ready for an attribute; none for a scheme that could run code.
pub fn address(href: &str) -> Option<String> {
    let scheme = href.split_once(':')?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel").then(|| {
        let mut out = String::with_capacity(href.len());
        for c in href.trim().chars() {
            match c {
                ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                    out.push_str(&format!("%{:02X}", u32::from(c)));
                }
                _ => push(&mut out, c, true),
            }
        }
        out
    })
}

/// The address that dials a number as it is printed.
pub fn dial(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    format!("tel:{plus}{digits}")
}
