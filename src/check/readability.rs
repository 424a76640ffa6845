//! Figures about a text: words, sentences, syllables, and the formulas made of them.

use super::lists::{Lists, fold};

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) words: usize,
    pub(super) sentences: usize,
    pub(super) syllables: usize,
    /// Words of three syllables or more.
    pub(super) long: usize,
}

impl Counts {
    pub(super) fn add(&mut self, sentence: &str) {
        self.sentences += 1;
        for word in words(sentence) {
            let count = syllables(word);
            self.words += 1;
            self.syllables += count;
            self.long += usize::from(count >= 3);
        }
    }

    /// Flesch-Kincaid, in years of school (Kincaid and others, 1975).
    pub(super) fn flesch_kincaid(self) -> f64 {
        let (words, sentences) = (self.words.max(1) as f64, self.sentences.max(1) as f64);
        0.39 * words / sentences + 11.8 * self.syllables as f64 / words - 15.59
    }

    /// SMOG, in years of school (McLaughlin, 1969).
    pub(super) fn smog(self) -> f64 {
        1.043 * (self.long as f64 * 30.0 / self.sentences.max(1) as f64).sqrt() + 3.1291
    }
}

/// The words of a text: whatever has a letter or a figure in it.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// Where a text's sentences stand.
pub(super) fn sentences(text: &str, lists: &Lists) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '?' | '!' | '…')) {
        let end = at + c.len_utf8();
        let rest = &text[end..];
        let closed = rest.trim_start_matches(['”', '’', '"', '\'', ')', ']']);
        let next = closed.trim_start().chars().next();
        let begins =
            next.is_none() || (closed.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase));
        let word = text[from..at].rsplit(char::is_whitespace).next().unwrap_or("").trim_start_matches(['(', '“']);
        let short = c == '.' && lists.abbreviations.contains(&fold(word)) && next.is_some();
        if begins && !short {
            push(text, from, end + rest.len() - closed.len(), &mut all);
            from = end + rest.len() - closed.len();
        }
    }
    push(text, from, text.len(), &mut all);
    all
}

fn push(text: &str, from: usize, to: usize, all: &mut Vec<(usize, usize)>) {
    let slice = &text[from..to];
    if words(slice).next().is_some() {
        all.push((from + slice.len() - slice.trim_start().len(), from + slice.trim_end().len()));
    }
}

/// The syllables of an English word, by its vowels; near enough for an average.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let ends = |end: &str| letters.iter().collect::<String>().ends_with(end);
    let mut count: usize = 0;
    let mut before = ' ';
    for c in &letters {
        // a new sound, or two vowels that are spoken apart
        let apart = matches!((before, *c), ('i', 'a' | 'o' | 'u') | ('e', 'o') | ('u', 'a')) && count > 0;
        count += usize::from(vowel(*c) && (!vowel(before) || apart));
        before = *c;
    }
    let silent = (ends("e") && !ends("le") && !ends("ee") && !ends("ie"))
        || (ends("es") && !["ses", "zes", "ches", "shes", "ges", "ces", "xes"].iter().any(|e| ends(e)))
        || (ends("ed") && !ends("ted") && !ends("ded"));
    // tion, sion, cian, cious are one sound
    let joined = ["tion", "sion", "cian", "tious", "cious", "cial", "tial", "gion"];
    let text: String = letters.iter().collect();
    count -= joined.iter().map(|j| text.matches(j).count()).sum::<usize>().min(count.saturating_sub(1));
    if silent { count.saturating_sub(1).max(1) } else { count.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_common_words() {
        for (word, wanted) in [
            ("lung", 1),
            ("liver", 2),
            ("breathe", 1),
            ("medicine", 3),
            ("condition", 3),
            ("inhaler", 3),
            ("table", 2),
            ("smoked", 1),
            ("tested", 2),
            ("deficiency", 4),
            ("999", 1),
            ("helpline", 2),
            ("patients", 2),
        ] {
            let found = syllables(word);
            assert!(found.abs_diff(wanted) <= usize::from(word.len() > 7), "{word}: {found}, not {wanted}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        let lists = Lists { abbreviations: vec!["dr".into(), "e.g".into()], ..Default::default() };
        let text = "Ask Dr. Jones. “Is it bad?” Take 2.5 mg, e.g. at night! Then rest";
        let found: Vec<&str> = sentences(text, &lists).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(found, ["Ask Dr. Jones.", "“Is it bad?”", "Take 2.5 mg, e.g. at night!", "Then rest"]);
    }

    #[test]
    fn formulas() {
        let counts = Counts { words: 100, sentences: 10, syllables: 150, long: 12 };
        assert!((counts.flesch_kincaid() - 6.01).abs() < 0.01);
        assert!((counts.smog() - 9.39).abs() < 0.01);
    }
}
