//! Texts as words, and which words of one text are missing from another.
//!
//! A word is what stands between spaces, as an eye sees it: ligatures are their letters, a no-break space is a
//! space, a no-break hyphen a hyphen, soft hyphens and other invisible marks are nothing. Case and punctuation stay.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// A text as words.
pub fn words(text: &str) -> Vec<String> {
    // Rust counts no-break spaces as white space, and zero-width ones not.
    text.split(char::is_whitespace).map(normal).filter(|word| !word.is_empty()).collect()
}

/// One word as it is compared.
fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            // Soft hyphen, zero-width space, direction marks and isolates, word joiner, byte order mark.
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// What reading back found of a source's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Missing {
    /// Words of the source.
    pub of: usize,
    /// Places, in the source's words, of those that were not read in their order.
    pub words: Vec<usize>,
    /// Places, in the read words, of those that answer to no word of the source.
    pub extra: Vec<usize>,
    /// Words that were read as one though the source has several: `of the` read as `ofthe`.
    pub glued: Vec<String>,
    /// Words that were read as several though the source has one, as an address over two lines may be.
    pub split: Vec<String>,
}

impl Missing {
    /// Whether every word was read, in order and apart from its neighbours.
    pub fn is_clean(&self) -> bool {
        self.words.is_empty() && self.glued.is_empty()
    }

    /// The share of the source's words that were read in order, in per cent.
    pub fn share(&self) -> f64 {
        if self.of == 0 { 100.0 } else { 100.0 * (self.of - self.words.len()) as f64 / self.of as f64 }
    }
}

/// Which words of `source` are missing when `read` is read from its start.
///
/// For texts of up to about two thousand words this is the longest order that both share. Longer ones are first parted
/// at anchors (the method known as patience): words that stand once on each side, in the longest order that those
/// share. Words that a reader ran together or took apart count as found, and are listed.
pub fn in_order<S: AsRef<str>, R: AsRef<str>>(source: &[S], read: &[R]) -> Missing {
    let source: Vec<&str> = source.iter().map(AsRef::as_ref).collect();
    let read: Vec<&str> = read.iter().map(AsRef::as_ref).collect();
    let mut pairs = Vec::new();
    align(&source, &read, (0, 0), 0, &mut pairs);
    pairs.push((source.len(), read.len()));

    let mut missing = Missing { of: source.len(), ..Missing::default() };
    let (mut i, mut j) = (0, 0);
    for (next_i, next_j) in pairs {
        let gap = (source.get(i..next_i).unwrap_or(&[]), read.get(j..next_j).unwrap_or(&[]));
        regroup(gap.0, gap.1, (i, j), &mut missing);
        (i, j) = (next_i + 1, next_j + 1);
    }
    missing
}

/// The largest table that is filled to compare two stretches: cells, of four bytes each.
const MAX_TABLE: usize = 4_000_000;
/// The most words, of both sides together, that are compared without any anchor: at worst a tenth of a second.
const MAX_ALIKE: usize = 20_000;
/// Anchors inside anchors; a text of a hundred thousand words needs about ten.
const MAX_DEPTH: usize = 64;

/// Pairs of places of equal words, rising on both sides. `at` is where the stretches begin.
fn align(a: &[&str], b: &[&str], at: (usize, usize), depth: usize, out: &mut Vec<(usize, usize)>) {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    out.extend((0..head).map(|k| (at.0 + k, at.1 + k)));
    let (a, b, at) = (&a[head..], &b[head..], (at.0 + head, at.1 + head));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, mid_b) = (&a[..a.len() - tail], &b[..b.len() - tail]);

    if mid_a.is_empty() || mid_b.is_empty() {
        // All that is left stands on one side.
    } else if mid_a.len().saturating_mul(mid_b.len()) <= MAX_TABLE {
        longest(mid_a, mid_b, at, out);
    } else {
        let anchors = if depth < MAX_DEPTH { anchors(mid_a, mid_b) } else { Vec::new() };
        if anchors.is_empty() && mid_a.len() + mid_b.len() <= MAX_ALIKE {
            alike(mid_a, mid_b, at, out);
        } else if anchors.is_empty() {
            nearest(mid_a, mid_b, at, out);
        } else {
            let (mut i, mut j) = (0, 0);
            for (next_i, next_j) in anchors {
                align(&mid_a[i..next_i], &mid_b[j..next_j], (at.0 + i, at.1 + j), depth + 1, out);
                out.push((at.0 + next_i, at.1 + next_j));
                (i, j) = (next_i + 1, next_j + 1);
            }
            align(&mid_a[i..], &mid_b[j..], (at.0 + i, at.1 + j), depth + 1, out);
        }
    }
    out.extend((0..tail).map(|k| (at.0 + mid_a.len() + k, at.1 + mid_b.len() + k)));
}

/// How many words in a row an anchor may have: a page with few different words has none that stands once, but has rows
/// of words that do.
const ROWS: [usize; 5] = [1, 2, 4, 8, 16];

/// Words, else rows of words, that stand once on each side, in the longest order that both sides share.
fn anchors(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    ROWS.iter().map(|row| anchors_of(a, b, *row)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn anchors_of(a: &[&str], b: &[&str], row: usize) -> Vec<(usize, usize)> {
    // Counts and places on both sides. Looked up by words only, so that its own order never shows.
    let mut found: HashMap<&[&str], [(usize, usize); 2]> = HashMap::new();
    for (side, words) in [a, b].into_iter().enumerate() {
        for (place, words) in words.windows(row).enumerate() {
            let entry = &mut found.entry(words).or_default()[side];
            *entry = (entry.0 + 1, place);
        }
    }
    let once = |words: &[&str]| match found.get(words) {
        Some([(1, i), (1, j)]) => Some((*i, *j)),
        _ => None,
    };
    rising(&a.windows(row).filter_map(once).collect::<Vec<_>>())
}

/// The longest run of pairs, rising on the left, that rises on the right too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (k, (_, j)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|top| pairs[*top].1 < *j);
        before.push(pile.checked_sub(1).map(|p| tops[p]));
        match tops.get_mut(pile) {
            Some(top) => *top = k,
            None => tops.push(k),
        }
    }
    let mut out = Vec::with_capacity(tops.len());
    let mut next = tops.last().copied();
    while let Some(k) = next {
        out.push(pairs[k]);
        next = before[k];
    }
    out.reverse();
    out
}

/// The longest common order of two short stretches, by the table.
fn longest(a: &[&str], b: &[&str], at: (usize, usize), out: &mut Vec<(usize, usize)>) {
    let wide = b.len() + 1;
    let mut table = vec![0u32; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * wide + j] = if a[i] == b[j] {
                table[(i + 1) * wide + j + 1] + 1
            } else {
                table[(i + 1) * wide + j].max(table[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((at.0 + i, at.1 + j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * wide + j] >= table[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// A long order that stretches without any anchor share, such as a table of five thousand times "yes" (Myers).
fn alike(a: &[&str], b: &[&str], at: (usize, usize), out: &mut Vec<(usize, usize)>) {
    for change in capture_diff_slices(Algorithm::Myers, a, b) {
        if let DiffOp::Equal { old_index, new_index, len } = change {
            out.extend((0..len).map(|k| (at.0 + old_index + k, at.1 + new_index + k)));
        }
    }
}

/// Each word of `a` with its next place in `b`, if that is near: for long stretches that have little in common.
fn nearest(a: &[&str], b: &[&str], at: (usize, usize), out: &mut Vec<(usize, usize)>) {
    let mut j = 0;
    for (i, word) in a.iter().enumerate() {
        if let Some(step) = b.iter().skip(j).take(256).position(|other| other == word) {
            out.push((at.0 + i, at.1 + j + step));
            j += step + 1;
        }
    }
}

/// Between two matches: words that were run together or taken apart, then what is left over on both sides.
fn regroup(source: &[&str], read: &[&str], at: (usize, usize), missing: &mut Missing) {
    let (mut i, mut j) = (0, 0);
    while i < source.len() {
        let found = (j..read.len().min(j + 64)).find_map(|k| Some((k, group(&source[i..], &read[k..])?)));
        let Some((k, (of_source, of_read))) = found else {
            missing.words.push(at.0 + i);
            i += 1;
            continue;
        };
        missing.extra.extend((j..k).map(|k| at.1 + k));
        match of_source.cmp(&of_read) {
            std::cmp::Ordering::Greater => missing.glued.push(read[k..k + of_read].join(" ")),
            std::cmp::Ordering::Less => missing.split.push(read[k..k + of_read].join(" ")),
            std::cmp::Ordering::Equal if of_source == 1 => {}
            // As many words, parted elsewhere.
            std::cmp::Ordering::Equal => missing.glued.push(read[k..k + of_read].join(" ")),
        }
        (i, j) = (i + of_source, k + of_read);
    }
    missing.extra.extend((j..read.len()).map(|k| at.1 + k));
}

/// How many words from the start of each side give the same letters: at most eight on either.
fn group(source: &[&str], read: &[&str]) -> Option<(usize, usize)> {
    const MOST: usize = 8;
    let (mut left, mut right) = (source.first()?.to_string(), read.first()?.to_string());
    let (mut i, mut j) = (1, 1);
    while left != right {
        if left.len() < right.len() && right.starts_with(&left) && i < MOST {
            left.push_str(source.get(i)?);
            i += 1;
        } else if right.len() < left.len() && left.starts_with(&right) && j < MOST {
            right.push_str(read.get(j)?);
            j += 1;
        } else {
            return None;
        }
    }
    Some((i, j))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(source: &str, read: &str) -> Missing {
        in_order(&words(source), &words(read))
    }

    #[test]
    fn words_are_what_an_eye_sees() {
        assert_eq!(
            words("an o\u{fb03}ce\u{a0}on re\u{ad}turn\u{2060}, no\u{2011}one  \n"),
            ["an", "office", "on", "return,", "no-one"]
        );
        assert_eq!(words(" \u{200b} "), Vec::<String>::new());
    }

    #[test]
    fn everything_read_in_order_is_clean() {
        let found = compare("one two three two one", "menu one two footer three two one end");
        assert!(found.is_clean());
        assert_eq!(found.share(), 100.0);
        assert_eq!(found.extra, [0, 3, 7]);
    }

    #[test]
    fn a_long_text_of_few_words_is_clean_behind_its_contents() {
        let word = |n: usize| ["breath", "lung", "cold", "walk", "rest", "ask"][(n * n + n / 7 + n / 31) % 6];
        let text: Vec<&str> = (0..9000).map(word).collect();
        let contents: Vec<&str> = (0..600).map(|n| word(n * 5 + 1)).collect();
        let read: Vec<&str> = contents.iter().chain(&text).copied().collect();
        assert!(in_order(&text, &read).is_clean());
        let lost: Vec<&str> = read.iter().enumerate().filter(|(n, _)| *n != 5000).map(|(_, word)| *word).collect();
        assert_eq!(in_order(&text, &lost).words.len(), 1);
        // no row of words stands once
        let yes = vec!["yes"; 5000];
        let read: Vec<&str> = vec!["no"; 700].into_iter().chain(yes.iter().copied()).collect();
        assert!(in_order(&yes, &read).is_clean());
    }

    #[test]
    fn lost_and_moved_words_are_missing() {
        assert_eq!(compare("a b c d e f", "a b d e f").words, [2]);
        assert_eq!(compare("a b c d e f", "d e f a b c").words.len(), 3);
        assert_eq!(compare("a a a a", "a a").words.len(), 2);
        assert_eq!(compare("a b", "").words, [0, 1]);
        assert_eq!(compare("", "a b").extra, [0, 1]);
    }

    #[test]
    fn a_word_said_once_and_printed_twice_is_found_in_its_place() {
        let found = compare("Title one two Notes three", "Contents Notes Title one two Notes three");
        assert!(found.is_clean(), "{found:?}");
    }

    #[test]
    fn glued_and_split_words_are_found_and_listed() {
        let found = compare("care of the lungs at example.org/help now", "care ofthe lungs at example.org/ help now");
        assert_eq!(found.words, Vec::<usize>::new());
        assert_eq!(found.glued, ["ofthe"]);
        assert_eq!(found.split, ["example.org/ help"]);
        assert!(!found.is_clean());
    }

    #[test]
    fn long_texts_that_share_nothing_are_quick() {
        let source: Vec<String> = (0..20_000).map(|i| format!("w{}", i % 50)).collect();
        let read: Vec<String> = (0..20_000).map(|i| format!("x{}", i % 50)).collect();
        assert_eq!(in_order(&source, &read).words.len(), 20_000);
        assert!(in_order(&source, &source).is_clean());
        let turned: Vec<&String> = source.iter().rev().collect();
        assert!(!in_order(&source, &turned).is_clean());
    }
}
