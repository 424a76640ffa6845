//! The one attribute form, `{.class key="value" flag}`, for what Markdown has no sign for.

use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};

/// What an attribute may be written on, and the keys it knows.
struct ClassInfo {
    name: &'static str,
    class: Class,
    keys: &'static [&'static str],
}

/// The classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Table,
    Figure,
    Quote,
    FillIn,
    Write,
    Video,
    Keep,
    Language,
}

const CLASSES: &[ClassInfo] = &[
    ClassInfo { name: "table", class: Class::Table, keys: &["caption", "header-column"] },
    ClassInfo { name: "figure", class: Class::Figure, keys: &["caption", "credit", "decorative", "missing"] },
    ClassInfo { name: "quote", class: Class::Quote, keys: &["source"] },
    ClassInfo { name: "fill-in", class: Class::FillIn, keys: &["label", "lines"] },
    ClassInfo { name: "write", class: Class::Write, keys: &["width"] },
    ClassInfo { name: "video", class: Class::Video, keys: &["title", "url"] },
    ClassInfo { name: "keep", class: Class::Keep, keys: &[] },
    ClassInfo { name: "language", class: Class::Language, keys: &["tag"] },
];

impl Class {
    pub(super) fn name(self) -> &'static str {
        CLASSES.iter().find(|c| c.class == self).map_or("", |c| c.name)
    }
}

/// An attribute as written.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    pub(super) class: Class,
    pub(super) span: Span,
    keys: Vec<(String, Option<String>, Span)>,
}

impl Attribute {
    /// The words of a key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(k, ..)| k == key).and_then(|(_, v, _)| v.as_deref())
    }

    /// Whether a flag is set: `flag` or `flag=true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.keys.iter().any(|(k, v, _)| k == key && v.as_deref() != Some("false"))
    }

    /// A whole number between `low` and `high`; a complaint and `default` otherwise.
    pub(super) fn number(&self, key: &str, low: u8, high: u8, default: u8, sink: &mut Sink) -> u8 {
        let Some((_, value, span)) = self.keys.iter().find(|(k, ..)| k == key) else { return default };
        match value.as_deref().and_then(|v| v.parse::<u8>().ok()).filter(|n| (low..=high).contains(n)) {
            Some(n) => n,
            None => {
                sink.push(
                    Diagnostic::new(
                        Code::ATTRIBUTE_VALUE,
                        format!("`{key}` must be a whole number from {low} to {high}"),
                    )
                    .at(*span)
                    .help(format!("write {key}={default}, for example")),
                );
                default
            }
        }
    }

    /// Words that must be there and not be empty.
    pub(super) fn required(&self, key: &str, sink: &mut Sink) -> String {
        match self.get(key).map(str::trim).filter(|v| !v.is_empty()) {
            Some(words) => words.to_string(),
            None => {
                let name = self.class.name();
                sink.push(
                    Diagnostic::new(Code::ATTRIBUTE_VALUE, format!("`{{.{name}}}` needs `{key}=\"…\"`")).at(self.span),
                );
                String::new()
            }
        }
    }
}

/// Reads `{.class key="value"}`; `text` includes the braces and stands at `span`.
pub(super) fn read(text: &str, span: Span, sink: &mut Sink) -> Option<Attribute> {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let mut rest = Cursor { text: inner, at: 1 };
    rest.blank();
    let class_at = rest.at;
    let word = rest.take(|c| !c.is_whitespace());
    let name = word.strip_prefix('.').unwrap_or(word);
    let Some(info) = CLASSES.iter().find(|c| c.name == name) else {
        let known: Vec<&str> = CLASSES.iter().map(|c| c.name).collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{{.{near}}}`?"),
            None => format!("known forms: {}", known.join(", ")),
        };
        let place = span.within(class_at, class_at + word.len());
        sink.push(Diagnostic::new(Code::ATTRIBUTE_UNKNOWN, format!("unknown form `{word}`")).at(place).help(help));
        return None;
    };
    let mut keys: Vec<(String, Option<String>, Span)> = Vec::new();
    loop {
        rest.blank();
        if rest.is_empty() {
            break;
        }
        let from = rest.at;
        let key = rest.take(|c| !c.is_whitespace() && c != '=');
        let value = if rest.skip('=') { Some(value(&mut rest, span, from, sink)?) } else { None };
        let place = span.within(from, rest.at);
        if key.is_empty() || !info.keys.contains(&key) {
            let help = match nearest(key, info.keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if info.keys.is_empty() => format!("`{{.{name}}}` takes no keys"),
                None => format!("`{{.{name}}}` knows: {}", info.keys.join(", ")),
            };
            let message = format!("`{{.{name}}}` has no key `{key}`");
            sink.push(Diagnostic::new(Code::ATTRIBUTE_UNKNOWN, message).at(place).help(help));
            continue;
        }
        if keys.iter().any(|(k, ..)| k == key) {
            sink.push(Diagnostic::new(Code::ATTRIBUTE_VALUE, format!("`{key}` is given twice")).at(place));
            continue;
        }
        keys.push((key.to_string(), value, place));
    }
    Some(Attribute { class: info.class, span, keys })
}

fn value(rest: &mut Cursor<'_>, span: Span, from: usize, sink: &mut Sink) -> Option<String> {
    let quote = ['"', '“', '”'].into_iter().find(|q| rest.text.starts_with(*q));
    let Some(open) = quote else { return Some(rest.take(|c| !c.is_whitespace()).to_string()) };
    rest.skip(open);
    let closes = |c: char| if open == '"' { c == '"' } else { matches!(c, '“' | '”') };
    let mut words = String::new();
    while let Some(c) = rest.text.chars().next() {
        rest.skip(c);
        match c {
            '\\' => {
                let next = rest.text.chars().next().filter(|n| matches!(n, '"' | '\\'));
                if let Some(n) = next {
                    rest.skip(n);
                }
                words.push(next.unwrap_or('\\'));
            }
            c if closes(c) => return Some(words),
            c => words.push(c),
        }
    }
    sink.push(
        Diagnostic::new(Code::ATTRIBUTE_VALUE, "words that begin with a quotation mark never end")
            .at(span.within(from, rest.at))
            .help("close them with a straight double quote"),
    );
    None
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.text.split_at(bytes);
        self.text = rest;
        self.at += bytes;
        taken
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.text.find(|c| !wanted(c)).unwrap_or(self.text.len());
        self.advance(end)
    }

    fn blank(&mut self) {
        self.take(char::is_whitespace);
    }

    fn skip(&mut self, c: char) -> bool {
        let found = self.text.starts_with(c);
        if found {
            self.advance(c.len_utf8());
        }
        found
    }
}

/// The place of `range` bytes of a text that stands at byte `base` of `file`.
pub(super) fn place(file: FileId, base: usize, range: std::ops::Range<usize>) -> Span {
    Span::new(file, base + range.start, base + range.end)
}
