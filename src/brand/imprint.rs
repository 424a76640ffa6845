//! The imprint's rules, kept as data with the law each comes from (standards 31 to 37).

use std::collections::BTreeMap;

use super::{Brand, Localised, in_language};
use crate::diagnostic::{Code, Sink};
use crate::source::FileId;
use crate::strict::{Codes, Reader, parse};
use crate::words::{Words, fill};

/// The rules of `layouts/imprint.toml`.
#[derive(Debug, Clone, Default)]
pub struct Imprint {
    rules: Vec<Rule>,
    registers: Vec<(String, f64, Localised)>,
    footer: Localised,
    regulator: Localised,
}

#[derive(Debug, Clone)]
struct Rule {
    order: f64,
    paragraph: f64,
    only_soliciting: bool,
    text: Localised,
}

impl Imprint {
    /// Reads the rules.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let codes =
            Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };
        parse(text, file, 0, codes, sink, |keys, sink| {
            let mut rules = keys.tables("rules", sink, |_, _, keys, sink| Rule {
                order: keys.number("order", sink).map_or(0.0, |n| n.value),
                paragraph: keys.number("paragraph", sink).map_or(1.0, |n| n.value),
                only_soliciting: keys.string("only", sink).is_some_and(|o| o.value == "solicits"),
                text: languages(keys),
            });
            rules.sort_by(|a, b| a.order.total_cmp(&b.order));
            let mut registers = keys.tables("registers", sink, |name, _, keys, sink| {
                let order = keys.number("order", sink).map_or(0.0, |n| n.value);
                (name.to_string(), order, languages(keys))
            });
            registers.sort_by(|a, b| a.1.total_cmp(&b.1));
            Self {
                rules,
                registers,
                footer: keys.localised("footer", sink),
                regulator: keys.localised("regulator", sink),
            }
        })
    }

    fn register(&self, key: &str, language: &str) -> Option<String> {
        self.registers.iter().find(|(name, ..)| name == key).and_then(|(.., text)| in_language(text, language))
    }

    fn facts(&self, brand: &Brand, words: &Words, language: &str) -> BTreeMap<&'static str, String> {
        let mut facts = BTreeMap::new();
        if brand.neutral {
            return facts;
        }
        facts.insert("register-name", brand.register_name.clone());
        if brand.trading_name != brand.register_name {
            facts.insert("trading-name", brand.trading_name.clone());
        }
        let known: Vec<(String, String)> = self
            .registers
            .iter()
            .filter_map(|(key, _, text)| Some((in_language(text, language)?, brand.registrations.get(key)?.clone())))
            .collect();
        if !known.is_empty() {
            let all: Vec<String> = known.iter().map(|(name, number)| format!("{name} ({number})")).collect();
            facts.insert("registrations", words.list(&all));
            let numbers: Vec<String> = known.into_iter().map(|(_, number)| number).collect();
            facts.insert("numbers", words.list(&numbers));
        }
        let mut add = |key, value: Option<String>| {
            if let Some(value) = value {
                facts.insert(key, value);
            }
        };
        add("company-number", brand.company_number.clone());
        add("company-part", brand.company_part.as_deref().and_then(|part| self.register(part, language)));
        add("registered-office", brand.registered_office.clone());
        add("vat-number", brand.vat_number.clone());
        if brand.fundraising_badge {
            add("fundraising-regulator", in_language(&self.regulator, language));
        }
        facts
    }

    /// The imprint's paragraphs.
    pub fn paragraphs(&self, brand: &Brand, words: &Words, language: &str, solicits: bool) -> Vec<String> {
        let facts = self.facts(brand, words, language);
        let mut out: Vec<(f64, String)> = Vec::new();
        for rule in self.rules.iter().filter(|r| !r.only_soliciting || solicits) {
            let Some(text) = in_language(&rule.text, language) else { continue };
            let Some(sentence) = fill(&text, |name| facts.get(name).cloned()) else { continue };
            match out.last_mut() {
                Some((paragraph, words)) if *paragraph == rule.paragraph => {
                    words.push(' ');
                    words.push_str(&sentence);
                }
                _ => out.push((rule.paragraph, sentence)),
            }
        }
        out.into_iter().map(|(_, words)| words).collect()
    }

    /// The running footer's line; none for a brand without registrations.
    pub fn footer(&self, brand: &Brand, words: &Words, language: &str) -> Option<String> {
        let mut facts = self.facts(brand, words, language);
        facts.entry("trading-name").or_insert_with(|| brand.trading_name.clone());
        fill(&in_language(&self.footer, language)?, |name| facts.get(name).cloned())
    }
}

/// The keys of a rule that are language tags.
fn languages(keys: &mut Reader<'_, '_>) -> Localised {
    let mut all = keys.all_strings();
    all.retain(|key, _| !matches!(key.as_str(), "law" | "only"));
    all
}
