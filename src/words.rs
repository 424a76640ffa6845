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
    /// The language that they are in, as a tag.
    pub language: String,
    /// Every word by its key.
    pub all: BTreeMap<String, String>,
}

impl Words {
    /// Reads the file of a language.
    pub fn parse(text: &str, language: &str, file: FileId, sink: &mut Sink) -> Self {
        let codes =
            Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };
        parse(text, file, 0, codes, sink, |keys, sink| {
            let months = keys.strings("months", sink).into_iter().map(|m| m.value).collect();
            Self { months, language: language.to_string(), all: keys.all_strings() }
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
            [most @ .., last] => {
                let vowel =
                    last.chars().next().is_some_and(|c| self.get("vowels").contains(&*c.to_lowercase().to_string()));
                let and = if vowel { "list-and-vowel" } else { "list-and" };
                format!("{} {} {last}", most.join(", "), self.get(and))
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn words(text: &str) -> Words {
        Words::parse(text, "en-GB", Sources::default().add("words.toml", text), &mut Sink::default())
    }

    #[test]
    fn dates_and_lists_are_said_in_the_language() {
        let english = words(include_str!("../layouts/words/en.toml"));
        let welsh = words(include_str!("../layouts/words/cy.toml"));
        let day = |y, m, d| Date::new(y, m, d).unwrap_or(Date { year: 1, month: 1, day: 1 });
        assert_eq!(english.date(day(2020, 8, 1)), "1 August 2020");
        assert_eq!(english.date(day(2024, 2, 29)), "29 February 2024");
        assert_eq!(welsh.date(day(2026, 12, 31)), "31 Rhagfyr 2026");
        let names = |n: usize| ["Ann", "Bob", "Cat"].map(str::to_string).into_iter().take(n).collect::<Vec<_>>();
        let lists: Vec<String> = (0..=3).map(|n| english.list(&names(n))).collect();
        assert_eq!(lists, ["", "Ann", "Ann and Bob", "Ann, Bob and Cat"]);
        assert_eq!(welsh.list(&names(2)), "Ann a Bob");
        assert_eq!(welsh.list(&["Bob".into(), "Ynys Manaw".into()]), "Bob ac Ynys Manaw");
        assert_eq!(english.fill("reviewed", &[("date", "{x}")]), "Page last reviewed: {x}");
        assert_eq!(english.get("no-such-key"), "no-such-key", "a fault shows");
    }

    #[test]
    fn an_unknown_fact_leaves_the_sentence_out() {
        let known = |name: &str| (name == "a").then(|| "1".to_string());
        assert_eq!(fill("{a} and {a}", known).as_deref(), Some("1 and 1"));
        assert_eq!(fill("{a} and {b}", known), None);
        assert_eq!(fill("no end {a", known).as_deref(), Some("no end {a"));
    }
}
