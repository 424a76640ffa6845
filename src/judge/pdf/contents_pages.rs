//! V022: an entry of the contents, or a "see page 4", that names another page than it leads to.

use super::super::file::quoted;
use super::Pdf;
use super::headings::level;
use crate::diagnostic::{Code, Sink};
use crate::inspect::pdf::{Node, Target};
use crate::inspect::words::words;
use crate::language::direction;
use std::collections::{HashMap, HashSet};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    let known = Known::new(pdf);
    let whole = direction(pdf.facts.language.as_deref().unwrap_or(""));
    for link in &pdf.facts.links {
        let (Target::Page(page), Some(text)) = (&link.target, &link.text) else { continue };
        let Some(label) = page.checked_sub(1).and_then(|index| pdf.facts.pages.get(index)).map(|page| &page.label)
        else {
            continue;
        };
        let Some((printed, entry, pages)) = known.entry(text) else { continue };
        // Where words run to the left, the number and a figure that begins the words may be read as one.
        if whole == "rtl" && printed.starts_with(label.as_str()) {
            continue;
        }
        if printed != *label {
            let message =
                format!("page {}: {} says page {printed} and leads to page {label}", link.page, quoted(&entry));
            found.push(message);
        } else if !pages.is_empty() && pages.iter().all(|stands| *stands != Some(*page)) {
            found.push(format!(
                "page {}: {} leads to page {label}, where no such heading stands",
                link.page,
                quoted(&entry)
            ));
        }
    }
    pdf.file.say_first(sink, Code::CONTENTS_PAGES, &found);
}

/// What the file's headings and contents say, word by word.
struct Known {
    /// Each heading with the pages on which it stands.
    headings: HashMap<String, Vec<Option<usize>>>,
    /// The entries of the contents, whole.
    entries: HashSet<String>,
}

impl Known {
    fn new(pdf: &Pdf<'_>) -> Self {
        let mut known = Self { headings: HashMap::new(), entries: HashSet::new() };
        let flat = |node: &Node| words(pdf.facts.text_of(node)).join(" ");
        for node in &pdf.facts.nodes {
            if level(&node.tag).is_some() {
                known.headings.entry(flat(node)).or_default().push(node.page);
            } else if node.tag == "TOCI" {
                known.entries.insert(flat(node));
            }
        }
        known
    }

    /// The number that an entry prints, before its words or after them, the words, and where headings have them.
    ///
    /// Other words that lead to a page of the file are no entries, even where a number ends them.
    fn entry(&self, text: &str) -> Option<(String, String, &[Option<usize>])> {
        let all = words(text);
        let number = |word: &String| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            (!bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())).then(|| bare.to_string())
        };
        let first = all.split_first().and_then(|(word, rest)| Some((number(word)?, rest.join(" "))));
        let last = all.split_last().and_then(|(word, rest)| Some((number(word)?, rest.join(" "))));
        let listed: Vec<(String, String)> = [first, last]
            .into_iter()
            .flatten()
            .map(|(number, entry)| (number, entry.trim_end_matches(['.', '…', ' ']).to_string()))
            .filter(|(_, entry)| !entry.is_empty())
            .collect();
        for (number, entry) in &listed {
            if let Some(pages) = self.headings.get(entry) {
                return Some((number.clone(), entry.clone(), pages));
            }
        }
        let whole = self.entries.contains(&all.join(" "));
        listed.into_iter().next().filter(|_| whole).map(|(number, entry)| (number, entry, &[][..]))
    }
}
