//! V022: an entry of the contents, or a "see page 4", that names another page than it leads to.

use super::super::file::quoted;
use super::Pdf;
use super::headings::level;
use crate::diagnostic::{Code, Sink};
use crate::inspect::pdf::{Node, Target};
use crate::inspect::words::words;
use crate::language::direction;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    let whole = direction(pdf.facts.language.as_deref().unwrap_or(""));
    for link in &pdf.facts.links {
        let (Target::Page(page), Some(text)) = (&link.target, &link.text) else { continue };
        let Some(label) = page.checked_sub(1).and_then(|index| pdf.facts.pages.get(index)).map(|page| &page.label)
        else {
            continue;
        };
        let Some((printed, entry, headings)) = entry(pdf, text) else { continue };
        // Where words run to the left, the number and a figure that begins the words may be read as one.
        if whole == "rtl" && printed.starts_with(label.as_str()) {
            continue;
        }
        if printed != *label {
            let message =
                format!("page {}: {} says page {printed} and leads to page {label}", link.page, quoted(&entry));
            found.push(message);
        } else if !headings.is_empty() && headings.iter().all(|node| node.page != Some(*page)) {
            found.push(format!(
                "page {}: {} leads to page {label}, where no such heading stands",
                link.page,
                quoted(&entry)
            ));
        }
    }
    pdf.file.say_first(sink, Code::CONTENTS_PAGES, &found);
}

/// The number that an entry prints, before its words or after them, the words, and the headings that have them.
///
/// Other words that lead to a page of the file are no entries, even where a number ends them.
fn entry<'a>(pdf: &'a Pdf<'_>, text: &str) -> Option<(String, String, Vec<&'a Node>)> {
    let all = words(text);
    let number = |word: &String| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        (!bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())).then(|| bare.to_string())
    };
    let first = all.split_first().and_then(|(word, rest)| Some((number(word)?, rest.join(" "))));
    let last = all.split_last().and_then(|(word, rest)| Some((number(word)?, rest.join(" "))));
    let listed = [first, last].into_iter().flatten().filter(|(_, entry)| !entry.is_empty());
    let listed: Vec<(String, String)> =
        listed.map(|(number, entry)| (number, entry.trim_end_matches(['.', '…', ' ']).to_string())).collect();
    for (number, entry) in &listed {
        let same: Vec<&Node> = headings(pdf).filter(|node| flat(pdf, node) == *entry).collect();
        if !same.is_empty() {
            return Some((number.clone(), entry.clone(), same));
        }
    }
    let in_contents = |(_, entry): &(String, String)| {
        pdf.facts.nodes.iter().filter(|node| node.tag == "TOCI").any(|node| flat(pdf, node).contains(entry.as_str()))
    };
    listed.into_iter().find(in_contents).map(|(number, entry)| (number, entry, Vec::new()))
}

fn flat(pdf: &Pdf<'_>, node: &Node) -> String {
    words(pdf.facts.text_of(node)).join(" ")
}

fn headings<'a>(pdf: &'a Pdf<'_>) -> impl Iterator<Item = &'a Node> {
    pdf.facts.nodes.iter().filter(|node| level(&node.tag).is_some())
}
