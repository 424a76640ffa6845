//! Lists of words whose places a dictionary gives otherwise than the patterns: `layouts/hyphen/*.txt`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Words by their letters in lower case, each with its places in bytes. One without places is never divided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exceptions(BTreeMap<String, Vec<usize>>);

impl Exceptions {
    /// Reads a list: a word a line, with a hyphen wherever it may be divided; `#` begins a remark. What cannot be a
    /// word goes to `sink` and is left out.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let mut all = BTreeMap::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let from = at;
            at += line.len();
            let entry = line.split('#').next().unwrap_or("");
            let bare = entry.trim();
            if bare.is_empty() {
                continue;
            }
            let start = from + entry.len() - entry.trim_start().len();
            let span = Span::new(file, start, start + bare.len());
            let mut complain = |message: String, help: &str| {
                sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(span).help(help));
            };
            if !bare.chars().all(|c| c.is_alphabetic() || c == '-') {
                complain(format!("`{bare}` is no word"), "write one word a line, with a hyphen at each break");
                continue;
            }
            let mut word = String::new();
            let mut places = Vec::new();
            for part in bare.to_lowercase().split('-') {
                if !word.is_empty() {
                    places.push(word.len());
                }
                word.push_str(part);
            }
            let ends = bare.starts_with('-') || bare.ends_with('-') || bare.contains("--");
            if ends {
                complain(
                    format!("`{bare}` has a hyphen without letters beside it"),
                    "put hyphens between letters only",
                );
            } else if all.get(&word).is_some_and(|known| *known != places) {
                complain(format!("`{word}` is listed twice, with other breaks"), "keep one of the two lines");
            } else {
                all.insert(word, places);
            }
        }
        Self(all)
    }

    /// Takes the words of another list; where both have one, that list's breaks hold.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The places of a word in lower case, if it or its singular is listed.
    pub fn places(&self, word: &str) -> Option<Vec<usize>> {
        let singular = || self.0.get(word.strip_suffix('s')?);
        self.0.get(word).or_else(singular).cloned()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words, each with its places, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.0.iter().map(|(word, places)| (word.as_str(), places.as_slice()))
    }
}
