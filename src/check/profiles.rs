//! Rule profiles: thresholds as data, each with its source; a project may tighten them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};
use crate::strict::{Codes, parse};

/// Every threshold, and whether it is a ceiling.
const KNOWN: &[(&str, bool)] = &[
    ("capitals-words", true),
    ("emphasis-words", true),
    ("contrast-large-print", false),
    ("contrast-screen", false),
    ("contrast-paper", false),
    ("type-size-large-print", false),
    ("type-size-clear-print", false),
    ("leading", false),
    ("line-characters", true),
    ("line-characters-clear-print", true),
    ("line-characters-single", true),
    ("picture-dpi", false),
    ("table-cell-words", true),
    ("heading-words", true),
    ("heading-step", true),
    ("review-months", true),
    ("review-soon-days", false),
    ("verified-days", true),
    ("reading-age", true),
    ("sentence-words", true),
    ("paragraph-sentences", true),
];

const CODES: Codes =
    Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };

/// A profile as its file has it.
#[derive(Debug, Clone, Default)]
pub struct Profile(BTreeMap<String, Entry>);

#[derive(Debug, Clone)]
struct Entry {
    value: f64,
    ceiling: bool,
    source: Option<String>,
    span: Span,
}

impl Profile {
    /// Reads a profile's file.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let entries = parse(text, file, 0, CODES, sink, |keys, sink| {
            let _ = keys.string("title", sink);
            keys.tables("thresholds", sink, |name, span, keys, sink| {
                let most = keys.number("at-most", sink);
                let least = keys.number("at-least", sink);
                let source = keys.string("source", sink).map(|s| s.value);
                let Some((_, ceiling)) = KNOWN.iter().find(|(known, _)| *known == name) else {
                    let mut complaint =
                        Diagnostic::new(Code::PROJECT_INVALID, format!("there is no threshold `{name}`")).at(span);
                    if let Some(near) = nearest(name, KNOWN.iter().map(|(known, _)| *known)) {
                        complaint = complaint.help(format!("did you mean `{near}`?"));
                    }
                    sink.push(complaint);
                    return None;
                };
                let (found, other) = if *ceiling { (most, least) } else { (least, most) };
                let Some(number) = found.filter(|_| other.is_none()) else {
                    let word = if *ceiling { "at-most" } else { "at-least" };
                    let message = format!("the threshold `{name}` needs `{word}` and a number, and nothing else");
                    sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(span));
                    return None;
                };
                Some((name.to_string(), Entry { value: number.value, ceiling: *ceiling, source, span: number.span }))
            })
        });
        Self(entries.into_iter().flatten().collect())
    }

    /// Takes over what a project's own file asks for; only what is as strict or stricter.
    pub fn tighten(&mut self, own: Profile, sink: &mut Sink) {
        for (name, wanted) in own.0 {
            let Some(known) = self.0.get_mut(&name) else {
                let message = format!("this profile has no threshold `{name}`");
                let mut complaint = Diagnostic::new(Code::PROJECT_INVALID, message).at(wanted.span);
                if let Some(near) = nearest(&name, self.0.keys().map(String::as_str)) {
                    complaint = complaint.help(format!("did you mean `{near}`?"));
                }
                sink.push(complaint);
                continue;
            };
            if stricter(known.ceiling, known.value, wanted.value) {
                let word = if known.ceiling { "at most" } else { "at least" };
                let message = format!("`{name}` is {word} {}; {} would be looser", known.value, wanted.value);
                let source = known.source.as_deref().unwrap_or("everyleaf");
                let help = format!("a project may only ask for more. The threshold comes from: {source}");
                sink.push(Diagnostic::new(Code::PROFILE_LOOSER, message).at(wanted.span).help(help));
                continue;
            }
            if known.value != wanted.value {
                let house = wanted.source.unwrap_or_else(|| "this project's own rule".into());
                let source = known.source.take().unwrap_or_default();
                known.source = Some(format!("{house}; stricter than {source}"));
                known.value = wanted.value;
            }
        }
    }
}

/// Whether the first is stricter than the second.
fn stricter(ceiling: bool, first: f64, second: f64) -> bool {
    if ceiling { first < second } else { first > second }
}

/// The thresholds of all profiles; where two name the same, the stricter.
#[derive(Debug, Clone, Default)]
pub struct Thresholds(BTreeMap<String, Entry>);

impl Thresholds {
    /// Puts profiles together.
    pub fn of(profiles: impl IntoIterator<Item = Profile>) -> Self {
        let mut all: BTreeMap<String, Entry> = BTreeMap::new();
        for (name, entry) in profiles.into_iter().flat_map(|profile| profile.0) {
            match all.get(&name) {
                Some(known) if !stricter(entry.ceiling, entry.value, known.value) => {}
                _ => drop(all.insert(name, entry)),
            }
        }
        Self(all)
    }

    /// Every threshold: its name, the measure in words, and where it comes from.
    pub fn listed(&self) -> impl Iterator<Item = (&str, String, &str)> {
        self.0.iter().map(|(name, entry)| {
            let measure = format!("at {} {}", if entry.ceiling { "most" } else { "least" }, entry.value);
            (name.as_str(), measure, entry.source.as_deref().unwrap_or("everyleaf"))
        })
    }

    /// A threshold; none where no profile sets it.
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        debug_assert!(KNOWN.iter().any(|(known, _)| *known == name), "{name}");
        self.0.get(name).map(|entry| entry.value)
    }
}
