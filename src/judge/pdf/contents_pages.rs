//! V022: an entry of the contents, or a "see page 4", that names another page than it leads to.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};
use crate::inspect::pdf::{Node, Target};
use crate::inspect::words::words;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for link in &pdf.facts.links {
        let (Target::Page(page), Some(text)) = (&link.target, &link.text) else { continue };
        let Some(label) = page.checked_sub(1).and_then(|index| pdf.facts.pages.get(index)).map(|page| &page.label)
        else {
            continue;
        };
        let all = words(text);
        // An entry ends with its page's number; other words with a number in them lead where they say.
        let printed =
            all.last().filter(|_| all.len() > 1).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let Some(printed) = printed.filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())) else {
            continue;
        };
        let entry = all.split_last().map(|(_, entry)| entry.join(" ")).unwrap_or_default();
        let entry = entry.trim_end_matches(|c: char| c == '.' || c == '…' || c.is_whitespace()).to_string();
        let headings: Vec<&Node> =
            headings(pdf).filter(|node| words(pdf.facts.text_of(node)).join(" ") == entry).collect();
        // A sentence that ends with a number is no entry.
        if headings.is_empty() && !in_contents(pdf, &entry) {
            continue;
        }
        if printed != label {
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

fn headings<'a>(pdf: &'a Pdf<'_>) -> impl Iterator<Item = &'a Node> {
    let is_heading = |node: &&Node| node.tag.len() == 2 && node.tag.starts_with('H');
    pdf.facts.nodes.iter().filter(is_heading)
}

/// Whether words stand in an entry of the contents.
fn in_contents(pdf: &Pdf<'_>, entry: &str) -> bool {
    let entries = pdf.facts.nodes.iter().filter(|node| node.tag == "TOCI");
    entries.into_iter().any(|node| words(pdf.facts.text_of(node)).join(" ").starts_with(entry))
}
