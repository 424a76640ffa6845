//! Where the pages of the printed edition begin.

use super::Walker;
use super::text::{attribute, escape};

/// A page of the printed edition that begins with a block or inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak {
    /// The page's number as printed.
    pub label: String,
    /// How many words of the block stand on earlier pages; 0: it begins the page.
    pub words_before: usize,
}

/// The breaks still to come inside the block that is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Breaks {
    /// In order; the first is the next.
    ahead: Vec<PageBreak>,
    /// Words written so far.
    words: usize,
    /// Whether the last letter written belongs to a word that may go on.
    inside: bool,
}

impl Walker<'_> {
    /// Begins a block: marks the pages that begin with it, and keeps in mind those that begin inside.
    pub(super) fn enter(&mut self, id: usize) -> Option<Breaks> {
        let here = self.style.page_breaks.get(&id)?;
        let (first, later): (Vec<&PageBreak>, Vec<&PageBreak>) = here.iter().partition(|b| b.words_before == 0);
        for page in first {
            self.push(&page_break(&page.label));
        }
        let breaks = Breaks { ahead: later.into_iter().cloned().collect(), words: 0, inside: false };
        Some(std::mem::replace(&mut self.breaks, breaks))
    }

    /// Ends a block; a page whose place did not come is marked after it, so that none is lost.
    pub(super) fn leave(&mut self, before: Option<Breaks>) {
        let Some(before) = before else { return };
        for page in std::mem::replace(&mut self.breaks, before).ahead {
            self.push(&page_break(&page.label));
        }
    }

    /// Writes words, and between them the marks of the pages that begin there.
    pub(super) fn words(&mut self, text: &str) {
        if self.breaks.ahead.is_empty() {
            return self.push(&escape(text));
        }
        let mut done = 0;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                self.breaks.inside = false;
                continue;
            }
            if self.breaks.inside {
                continue;
            }
            self.breaks.inside = true;
            let words = self.breaks.words;
            self.breaks.words += 1;
            while self.breaks.ahead.first().is_some_and(|page| page.words_before <= words) {
                let page = self.breaks.ahead.remove(0);
                self.push(&escape(text.get(done..at).unwrap_or("")));
                self.push(&page_break(&page.label));
                done = at;
            }
        }
        self.push(&escape(text.get(done..).unwrap_or("")));
    }

    /// Cells and terms are words of their own, whether or not a space stands between them.
    pub(super) fn apart(&mut self) {
        self.breaks.inside = false;
    }
}

/// The mark at which a page of the printed edition begins.
pub(crate) fn page_break(label: &str) -> String {
    let label = attribute(label);
    format!(
        "<span id=\"{}\" class=\"page-break\" role=\"doc-pagebreak\" \
         epub:type=\"pagebreak\" aria-label=\"{label}\"></span>",
        page_break_id(&label)
    )
}

/// The name of that mark. Escaping leaves no characters that a name may not have but spaces and their like.
pub(crate) fn page_break_id(label: &str) -> String {
    format!("ui.page-{}", label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>())
}
