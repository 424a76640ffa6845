//! Strict TOML: every key is asked for by name, and a key that nobody asked
//! for is an error that names the nearest known one. All mistakes of a file
//! are found in one run, each with its place.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};

/// Which codes a file's mistakes carry.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// Not TOML at all.
    pub syntax: Code,
    /// A key that is not known.
    pub unknown: Code,
    /// A value of the wrong kind.
    pub value: Code,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// Reads one TOML text that stands at byte `offset` of `file`, and hands its
/// root to `read`. Unknown keys are reported when `read` returns.
pub fn parse<T>(
    text: &str,
    file: FileId,
    offset: usize,
    codes: Codes,
    sink: &mut Sink,
    read: impl FnOnce(&mut Reader<'_, '_>, &mut Sink) -> T,
) -> T {
    let (root, errors) = DeTable::parse_recoverable(text);
    let root = root.into_inner();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(file, offset + range.start, offset + range.end);
        let message = error.message().trim().replace('\n', ", ");
        sink.push(
            Diagnostic::new(codes.syntax, format!("this line cannot be read: {message}")).at(span).help(
                "each line is `key = \"value\"`; words stand in straight double quotes, dates are bare: 2024-03-01",
            ),
        );
    }
    let place = Where { file, offset, codes };
    let mut reader = Reader { table: &root, asked: Vec::new(), free: false, place, name: String::new() };
    let value = read(&mut reader, sink);
    reader.finish(sink);
    value
}

#[derive(Clone, Copy)]
struct Where {
    file: FileId,
    offset: usize,
    codes: Codes,
}

impl Where {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.offset + range.start, self.offset + range.end)
    }
}

/// One table of the file.
pub struct Reader<'t, 'i> {
    table: &'t DeTable<'i>,
    asked: Vec<&'static str>,
    /// Whether any key may stand here.
    free: bool,
    place: Where,
    /// `[this.table]`, for messages; empty for the root.
    name: String,
}

impl<'t, 'i> Reader<'t, 'i> {
    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.push(key);
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, v)| v)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str, sink: &mut Sink) {
        let found = value.get_ref().type_str();
        sink.push(
            Diagnostic::new(self.place.codes.value, format!("`{key}` must be {wanted}, but is {}", article(found)))
                .at(self.place.span(value.span())),
        );
    }

    /// Words.
    pub fn string(&mut self, key: &'static str, sink: &mut Sink) -> Option<At<String>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, "words in double quotes", sink);
            return None;
        };
        let span = self.place.span(value.span());
        Some(At { value: text.trim().to_string(), span })
    }

    /// Words, or a bare number taken as words.
    pub fn words_or_number(&mut self, key: &'static str, sink: &mut Sink) -> Option<At<String>> {
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::String(text) => text.trim().to_string(),
            DeValue::Integer(n) => n.as_str().to_string(),
            DeValue::Float(n) => n.as_str().to_string(),
            _ => {
                self.wrong(key, value, "words in double quotes", sink);
                return None;
            }
        };
        (!found.is_empty()).then(|| At { value: found, span: self.place.span(value.span()) })
    }

    /// A list of words; one word alone counts as a list of one.
    pub fn strings(&mut self, key: &'static str, sink: &mut Sink) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wanted = "a list of words, such as [\"one\", \"two\"]";
        match value.get_ref() {
            DeValue::String(text) => {
                vec![At { value: text.trim().to_string(), span: self.place.span(value.span()) }]
            }
            DeValue::Array(items) => self.items(key, items, wanted, sink),
            _ => {
                self.wrong(key, value, wanted, sink);
                Vec::new()
            }
        }
    }

    fn items(&self, key: &str, items: &DeArray<'_>, wanted: &str, sink: &mut Sink) -> Vec<At<String>> {
        let mut all = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => all.push(At { value: text.trim().to_string(), span: self.place.span(item.span()) }),
                None => self.wrong(key, item, wanted, sink),
            }
        }
        all
    }

    /// A date, bare or in quotes.
    pub fn date(&mut self, key: &'static str, sink: &mut Sink) -> Option<At<Date>> {
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::Datetime(d) if d.time.is_none() => d.date.and_then(|d| Date::new(d.year, d.month, d.day)),
            _ => None,
        };
        if found.is_none() {
            self.wrong(key, value, "a date such as 2024-03-01, without quotes", sink);
        }
        found.map(|date| At { value: date, span: self.place.span(value.span()) })
    }

    /// True or false.
    pub fn boolean(&mut self, key: &'static str, sink: &mut Sink) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong(key, value, "true or false", sink);
        }
        found
    }

    /// A number, whole or not.
    pub fn number(&mut self, key: &'static str, sink: &mut Sink) -> Option<At<f64>> {
        let value = self.get(key)?;
        let found = number(value.get_ref());
        if found.is_none() {
            self.wrong(key, value, "a number", sink);
        }
        found.map(|n| At { value: n, span: self.place.span(value.span()) })
    }

    /// A list of numbers.
    pub fn numbers(&mut self, key: &'static str, sink: &mut Sink) -> Option<At<Vec<f64>>> {
        let value = self.get(key)?;
        let found = value
            .get_ref()
            .as_array()
            .and_then(|items| items.iter().map(|item| number(item.get_ref())).collect::<Option<Vec<f64>>>());
        if found.is_none() {
            self.wrong(key, value, "a list of numbers, such as [100, 40, 45, 45]", sink);
        }
        found.map(|n| At { value: n, span: self.place.span(value.span()) })
    }

    /// Words in one language, or a table of them by language tag. One text
    /// alone is kept under the empty tag.
    pub fn localised(&mut self, key: &'static str, sink: &mut Sink) -> BTreeMap<String, String> {
        let Some(value) = self.get(key) else { return BTreeMap::new() };
        let wanted = "words in double quotes, or a table of them by language";
        match value.get_ref() {
            DeValue::String(text) => BTreeMap::from([(String::new(), text.trim().to_string())]),
            DeValue::Table(table) => {
                let mut all = BTreeMap::new();
                for (tag, text) in table {
                    match text.get_ref().as_str() {
                        Some(words) => drop(all.insert(tag.get_ref().to_string(), words.trim().to_string())),
                        None => self.wrong(key, text, wanted, sink),
                    }
                }
                all
            }
            _ => {
                self.wrong(key, value, wanted, sink);
                BTreeMap::new()
            }
        }
    }

    /// A table inside this one.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        read: impl FnOnce(&mut Reader<'t, 'i>, &mut Sink) -> T,
    ) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, value, &format!("a table: lines under `[{key}]`"), sink);
            return None;
        };
        Some(self.inside(key, table, sink, read))
    }

    /// All the tables under `[key.NAME]`, by name.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        mut read: impl FnMut(&str, Span, &mut Reader<'t, 'i>, &mut Sink) -> T,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Table(outer) = value.get_ref() else {
            self.wrong(key, value, &format!("tables: lines under `[{key}.NAME]`"), sink);
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, inner) in outer {
            let DeValue::Table(table) = inner.get_ref() else {
                self.wrong(name.get_ref(), inner, &format!("a table: lines under `[{key}.{}]`", name.get_ref()), sink);
                continue;
            };
            let span = self.place.span(name.span());
            let id = name.get_ref().to_string();
            all.push(self.inside(&format!("{key}.{id}"), table, sink, |reader, sink| read(&id, span, reader, sink)));
        }
        all
    }

    /// All the tables under `[[key]]`, in order.
    pub fn list_of_tables<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        mut read: impl FnMut(Span, &mut Reader<'t, 'i>, &mut Sink) -> T,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wanted = format!("a list of tables: lines under `[[{key}]]`");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(key, value, &wanted, sink);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let span = self.place.span(item.span());
                    all.push(self.inside(key, table, sink, |reader, sink| read(span, reader, sink)));
                }
                _ => self.wrong(key, item, &wanted, sink),
            }
        }
        all
    }

    /// All keys with their words, for files whose keys are free.
    pub fn all_strings(&mut self) -> BTreeMap<String, String> {
        self.free = true;
        let mut all = BTreeMap::new();
        for (key, value) in self.table {
            if let Some(text) = value.get_ref().as_str() {
                all.insert(key.get_ref().to_string(), text.to_string());
            }
        }
        all
    }

    fn inside<T>(
        &self,
        name: &str,
        table: &'t DeTable<'i>,
        sink: &mut Sink,
        read: impl FnOnce(&mut Reader<'t, 'i>, &mut Sink) -> T,
    ) -> T {
        let name = if self.name.is_empty() { name.to_string() } else { format!("{}.{name}", self.name) };
        let mut reader = Reader { table, asked: Vec::new(), free: false, place: self.place, name };
        let value = read(&mut reader, sink);
        reader.finish(sink);
        value
    }

    /// The place of a key, for complaints about what it means.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(k, _)| self.place.span(k.span()))
    }

    /// Reports every key that was not asked for.
    fn finish(&self, sink: &mut Sink) {
        for (key, _) in self.table {
            let word = key.get_ref().as_ref();
            if self.free || self.asked.contains(&word) {
                continue;
            }
            let place = if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) };
            let help = match nearest(word, self.asked.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known keys: {}", self.asked.join(", ")),
            };
            sink.push(
                Diagnostic::new(self.place.codes.unknown, format!("unknown key `{word}`{place}"))
                    .at(self.place.span(key.span()))
                    .help(help),
            );
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok().map(|n| n as f64),
        DeValue::Float(n) => n.as_str().replace('_', "").parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

fn article(kind: &str) -> String {
    match kind {
        "string" => "words".into(),
        "datetime" => "a date or time".into(),
        "boolean" => "true or false".into(),
        "array" => "a list".into(),
        "integer" | "array of tables" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}
