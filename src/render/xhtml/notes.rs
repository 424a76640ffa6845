//! Footnotes: they stand at the end, with links both ways.

use super::places::note_id;
use super::text::escape;
use super::{Walker, tongue};

impl Walker<'_> {
    pub(super) fn write_notes(&mut self) {
        let document = self.document;
        if document.notes.is_empty() {
            return;
        }
        let level = 2 + self.style.heading_shift;
        let kind = self.epub_type("endnotes");
        let title = escape(self.furniture.word("notes"));
        let tongue = tongue(self.furniture);
        self.push(&format!(
            "<section role=\"doc-endnotes\"{kind} aria-labelledby=\"ui.notes\">\n\
             <h{level} id=\"ui.notes\"{tongue}>{title}</h{level}>\n\
             <ol class=\"notes\">\n"
        ));
        for note in &document.notes {
            self.push(&format!("<li id=\"{}\">\n", note_id(note.number)));
            self.write_blocks(&note.blocks);
            self.back_links(note.number, note.references);
            self.push("</li>\n");
        }
        self.push("</ol>\n</section>\n");
    }

    /// A link back to each place that refers to the note; each says which, so that no two read alike.
    fn back_links(&mut self, number: usize, references: usize) {
        let back = self.furniture.word("back-to-text");
        let name = self.furniture.filled("note-number", &[("number", &number.to_string())]);
        let links: Vec<String> = (1..=references)
            .filter_map(|occurrence| {
                let href = self.style.places.reference(self.style.file, number, occurrence)?;
                let which = if references > 1 { format!("{name}, {occurrence}") } else { name.clone() };
                let words = escape(&format!("{back} ({which})"));
                Some(format!("<a href=\"{href}\" role=\"doc-backlink\">{words}</a>"))
            })
            .collect();
        if !links.is_empty() {
            self.push(&format!("<p class=\"back\"{}>{}</p>\n", tongue(self.furniture), links.join("<br/>")));
        }
    }
}
