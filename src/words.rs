//! The furniture's words in a page's language, from `layouts/words/<language>.toml`.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::diagnostic::{Code, Sink};
use crate::source::FileId;
use crate::strict::{Codes, parse};

/// One language's words.
#[derive(Debug, Clone, Default)]
pub struct Words {
    months: Vec<String>,
    /// Every word by its key.
    pub all: BTreeMap<String, String>,
}

impl Words {
    /// Reads a language file.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let codes =
            Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };
        parse(text, file, 0, codes, sink, |keys, sink| {
            let months = keys.strings("months", sink).into_iter().map(|m| m.value).collect();
            Self { months, all: keys.all_strings() }
        })
    }

    /// A word; the key itself where the file lacks it, so that the fault shows.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.all.get(key).map_or(key, String::as_str)
    }

    /// A word with its `{placeholders}` filled in.
    pub fn fill(&self, key: &str, facts: &[(&str, &str)]) -> String {
        fill(self.get(key), |name| facts.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_string()))
            .unwrap_or_default()
    }

    /// A day in words, such as `1 August 2020`.
    pub fn date(&self, date: Date) -> String {
        let month = self.months.get(usize::from(date.month) - 1).cloned().unwrap_or_else(|| date.month.to_string());
        self.fill("date", &[("day", &date.day.to_string()), ("month", &month), ("year", &date.year.to_string())])
    }

    /// Several things in one sentence: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} {} {last}", most.join(", "), self.get("list-and")),
        }
    }
}

/// Fills in a text's `{facts}`; none if one of them is not known.
pub fn fill(text: &str, fact: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(&fact(name)?);
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}
