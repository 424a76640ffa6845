//! The words that rules look for, one file a language in `layouts/check/`, and the house's own facts.

use std::collections::BTreeMap;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::FileId;
use crate::strict::{Codes, parse};

const CODES: Codes =
    Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };

/// One language's lists; all empty where nobody wrote them.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub(super) vague_links: Vec<String>,
    pub(super) dating: Vec<String>,
    pub(super) year_after: Vec<String>,
    pub(super) months: Vec<String>,
    pub(super) empty_alt: Vec<String>,
    pub(super) empty_alt_start: Vec<String>,
    pub(super) acronyms: Vec<String>,
    pub(super) emergency: Vec<String>,
    pub(super) abbreviations: Vec<String>,
    pub(super) common: Vec<String>,
    pub(super) reading_age: bool,
}

impl Lists {
    /// The commonest words, by which a language is known.
    pub fn common(&self) -> &[String] {
        &self.common
    }

    /// Reads a language's file.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        parse(text, file, 0, CODES, sink, |keys, sink| {
            let mut list = |key| -> Vec<String> {
                keys.strings(key, sink).into_iter().map(|word| word.value).filter(|word| !word.is_empty()).collect()
            };
            Self {
                vague_links: list("vague-links"),
                dating: list("dating"),
                year_after: list("year-after"),
                months: list("months"),
                empty_alt: list("empty-alt"),
                empty_alt_start: list("empty-alt-start"),
                acronyms: list("acronyms"),
                emergency: list("emergency"),
                abbreviations: list("abbreviations"),
                common: list("common"),
                reading_age: keys.boolean("reading-age", sink).unwrap_or(false),
            }
        })
    }
}

/// The house's own facts: `layouts/check/house.toml`.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// The form of a product code.
    pub(super) product_code: Option<Regex>,
    /// Retired sites, and what took their place.
    pub(super) retired: BTreeMap<String, String>,
}

impl House {
    /// Reads the file.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        parse(text, file, 0, CODES, sink, |keys, sink| {
            let product_code = keys.string("product-code", sink).and_then(|form| match Regex::new(&form.value) {
                Ok(regex) => Some(regex),
                Err(_) => {
                    let message = "`product-code` is not a regular expression";
                    sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(form.span));
                    None
                }
            });
            let retired = keys.table("retired", sink, |keys, _| keys.all_strings()).unwrap_or_default();
            Self { product_code, retired }
        })
    }
}

/// Small letters of the same length in bytes, so that places stay true.
pub(super) fn fold(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
            _ => c,
        }
    };
    text.chars().map(small).collect()
}

/// Where a phrase stands as whole words in a folded text.
pub(super) fn phrase(folded: &str, phrase: &str) -> Vec<(usize, usize)> {
    let wanted = fold(phrase);
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    folded
        .match_indices(&wanted)
        .map(|(at, _)| (at, at + wanted.len()))
        .filter(|(from, to)| edge(folded[..*from].chars().next_back()) && edge(folded[*to..].chars().next()))
        .collect()
}
