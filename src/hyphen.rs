//! Where a word may be divided at the end of a line: in English as British dictionaries divide it, in Welsh by rule.
//!
//! Clear print asks for no divided words (standard 6), so this serves the narrow columns of the press leaflet alone;
//! nothing that people read on a screen may pass through here (soft hyphens are read out by some screen readers).
//!
//! - [`Exceptions`]: words whose places a list gives, and words that are never divided
//! - [`Hyphenator`]: the list first, then the patterns of the `hyphenation` package, then the rules below
//!
//! The rules, whatever a list or pattern says: three letters stay on each side, no Welsh digraph or diphthong is parted,
//! and no word with a figure, sign or capital inside is touched.

mod exceptions;
#[cfg(test)]
mod tests;

pub use exceptions::Exceptions;

use std::sync::LazyLock;

use hyphenation::{Hyphenator as _, Language, Load, Standard};

use crate::language::primary;

/// Letters that stay on each side of a break.
pub const LETTERS_KEPT: usize = 3;
/// The shortest piece between two breaks of a word, in letters: `informa-` and `inform-` are not both wanted.
const SHORTEST_PIECE: usize = 2;

/// Letters of the Welsh alphabet that are written with two signs, and `ngh`, the nasal form of `c`.
const WELSH: [&str; 9] = ["ngh", "ch", "dd", "ff", "ng", "ll", "ph", "rh", "th"];
/// Welsh diphthongs, which are not parted (New Hart's Rules 12.19.2).
const DIPHTHONGS: [&str; 15] =
    ["ae", "ai", "au", "aw", "ei", "eu", "ew", "ey", "iw", "oe", "oi", "ou", "ow", "wy", "yw"];

// Each is unpacked once in a run, however many pages there are.
static BRITISH: LazyLock<Option<Standard>> =
    LazyLock::new(|| load(Language::EnglishGB, include_bytes!("hyphen/patterns/en-gb.standard.bincode")));
static CYMRAEG: LazyLock<Option<Standard>> =
    LazyLock::new(|| load(Language::Welsh, include_bytes!("hyphen/patterns/cy.standard.bincode")));

fn load(language: Language, mut bytes: &[u8]) -> Option<Standard> {
    Standard::from_reader(language, &mut bytes).ok()
}

/// Finds the places where words of one language may be divided.
#[derive(Debug, Clone)]
pub struct Hyphenator {
    patterns: Option<&'static Standard>,
    welsh: bool,
    exceptions: Exceptions,
}

impl Hyphenator {
    /// For a language tag (`en-GB`, `cy`). A language without patterns divides only the words of the list.
    pub fn new(language: &str, exceptions: Exceptions) -> Self {
        let base = primary(language).to_ascii_lowercase();
        let patterns = match base.as_str() {
            "en" => BRITISH.as_ref(),
            "cy" => CYMRAEG.as_ref(),
            _ => None,
        };
        Self { patterns, welsh: base == "cy", exceptions }
    }

    /// The places in a word, in bytes from its start, lowest first. The word stands alone: letters, at most an
    /// apostrophe before a last `s`. Anything else (a number, an address, a name within a sentence, a word that has
    /// its own hyphen) is not divided; whether a first capital belongs to a name, [`Hyphenator::breaks_in`] judges.
    pub fn breaks(&self, word: &str) -> Vec<usize> {
        let stem = stem(word);
        let plain = stem.chars().skip(1).all(|c| c.is_alphabetic() && !c.is_uppercase());
        if !plain || !stem.chars().next().is_some_and(char::is_alphabetic) {
            return Vec::new();
        }
        let folded = stem.to_lowercase();
        // Where folding changes the length, places of one are not places of the other.
        if folded.len() != stem.len() {
            return Vec::new();
        }
        let listed = self.exceptions.places(&folded);
        let found = listed.unwrap_or_else(|| self.patterns.map(|p| p.hyphenate(&folded).breaks).unwrap_or_default());
        self.keep(&folded, found)
    }

    /// The places in a whole paragraph, in bytes from its start. Words with a capital inside a sentence are taken for
    /// names and left whole; one that opens a sentence is a name too, for all that can be seen, unless the list has it.
    pub fn breaks_in(&self, text: &str) -> Vec<usize> {
        let mut all = Vec::new();
        let mut begins = true;
        let mut at = 0;
        for part in text.split_inclusive(char::is_whitespace) {
            let from = at;
            at += part.len();
            let bare = part.trim_end();
            if bare.is_empty() {
                continue;
            }
            let inner = bare.trim_start_matches(opens);
            let lead = bare.len() - inner.len();
            let word = inner.trim_end_matches(closes);
            let name = word.starts_with(char::is_uppercase) && !(begins && self.lists(word));
            if !name {
                all.extend(self.breaks(word).into_iter().map(|place| from + lead + place));
            }
            begins = bare.trim_end_matches(['”', '’', ')', '"', '\'']).ends_with(['.', '?', '!', '…']);
        }
        all
    }

    /// Whether a list gives the word's places.
    fn lists(&self, word: &str) -> bool {
        self.exceptions.places(&stem(word).to_lowercase()).is_some()
    }

    /// What of the places found the rules leave.
    fn keep(&self, word: &str, found: Vec<usize>) -> Vec<usize> {
        let letters = self.letters(word);
        let count = |from: usize, to: usize| word.get(from..to).map_or(0, |part| part.chars().count());
        let mut kept: Vec<usize> = Vec::new();
        for place in found {
            let last = kept.last().copied().unwrap_or(0);
            if letters.contains(&place)
                && !(self.welsh && parts_a_diphthong(word, place))
                && count(0, place) >= LETTERS_KEPT
                && count(place, word.len()) >= LETTERS_KEPT
                && (last == 0 || count(last, place) >= SHORTEST_PIECE)
            {
                kept.push(place);
            }
        }
        kept
    }

    /// Where each letter begins; a Welsh digraph is one letter.
    fn letters(&self, word: &str) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut within = 0;
        for (at, _) in word.char_indices() {
            if at < within {
                continue;
            }
            starts.push(at);
            let rest = word.get(at..).unwrap_or("");
            let double = WELSH.iter().find(|sign| self.welsh && rest.starts_with(**sign));
            within = at + double.map_or(0, |sign| sign.len());
        }
        starts
    }
}

/// The word without the `s` of possession.
fn stem(word: &str) -> &str {
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

fn parts_a_diphthong(word: &str, place: usize) -> bool {
    let letter_before = word.get(..place).and_then(|part| part.char_indices().next_back());
    let pair = letter_before.and_then(|(at, _)| word.get(at..place + 1));
    pair.is_some_and(|pair| DIPHTHONGS.contains(&pair))
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '“' | '‘' | '"' | '\'')
}

fn closes(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '…' | ')' | ']' | '”' | '’' | '"' | '\'')
}
