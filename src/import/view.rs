//! What a block looks like from outside: its words, and how many of them are links.

use super::block::{Block, Kind};
use super::inline::{Event, parse};
use super::text::tidy;

/// What the furniture rules look at.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// The words, without pictures.
    pub(super) words: String,
    /// Letters and digits inside links, and all of them.
    pub(super) linked: usize,
    pub(super) letters: usize,
    /// The addresses of its links, as written.
    pub(super) addresses: Vec<String>,
    pub(super) pictures: usize,
    /// The first line of the first link's words, where they run over lines.
    pub(super) link_first_line: Option<String>,
    pub(super) link_rest: String,
}

impl View {
    pub(super) fn new(block: &Block) -> Self {
        let mut view = Self::default();
        view.take(block);
        view.words = tidy(&view.words);
        view
    }

    fn take(&mut self, block: &Block) {
        match &block.kind {
            Kind::Heading { .. }
            | Kind::Item { .. }
            | Kind::Paragraph { .. }
            | Kind::Term { .. }
            | Kind::Meaning { .. }
            | Kind::Note { .. } => self.text(block.text()),
            Kind::Quote { blocks } | Kind::Callout { blocks, .. } => blocks.iter().for_each(|b| self.take(b)),
            Kind::Table(table) => {
                for cell in table.caption.iter().chain(&table.header).chain(table.rows.iter().flatten()) {
                    self.text(cell);
                }
            }
            Kind::Blank | Kind::Rule | Kind::Video { .. } => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut inside = false;
        let mut lines: Vec<String> = vec![String::new()];
        let first = self.addresses.is_empty();
        for event in parse(text) {
            match event {
                Event::Text(words) => {
                    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
                    self.letters += letters;
                    if inside {
                        self.linked += letters;
                        if let Some(line) = lines.last_mut() {
                            line.push_str(&words);
                        }
                    }
                    self.words.push_str(&words);
                }
                Event::Break => {
                    self.words.push(' ');
                    if inside {
                        lines.push(String::new());
                    }
                }
                Event::Link(address) => {
                    inside = self.addresses.is_empty() || inside || !address.is_empty();
                    self.addresses.push(address);
                }
                Event::LinkEnd => inside = false,
                Event::Picture(..) => self.pictures += 1,
                _ => {}
            }
        }
        self.words.push(' ');
        if first && !self.addresses.is_empty() {
            self.link_first_line = lines.first().cloned();
            self.link_rest = tidy(&lines.iter().skip(1).cloned().collect::<Vec<_>>().join(" "));
        }
    }

    /// Whether all its words are links.
    pub(super) fn only_links(&self) -> bool {
        self.letters > 0 && self.linked == self.letters
    }

    /// Whether it is pictures and no words.
    pub(super) fn only_pictures(&self) -> bool {
        self.pictures > 0 && self.letters == 0
    }

    /// Whether it reads like a sentence or more that somebody wrote.
    pub(super) fn prose(&self) -> bool {
        super::text::count(&self.words) >= 8 && self.linked * 2 < self.letters
    }

    /// Whether every link leads to a place on the page.
    pub(super) fn only_anchors(&self) -> bool {
        self.only_links() && self.addresses.iter().all(|a| a.starts_with('#') && a.len() > 1)
    }
}
