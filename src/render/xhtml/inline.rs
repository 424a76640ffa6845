//! Running text.

use super::places::reference_id;
use super::text::{address, attribute, escape};
use super::{Walker, icon};
use crate::document::{Block, Document, Inline, Inlines, Kind, direction};

/// Letters of the scripts that run from right to left (Unicode blocks from Hebrew to Arabic Extended-A, the presentation
/// forms, and Adlam).
fn runs_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{1E900}'..='\u{1E95F}')
}

impl Walker<'_> {
    pub(super) fn write_inlines(&mut self, inlines: &Inlines) {
        for inline in inlines {
            self.write_inline(inline);
        }
    }

    fn write_inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { v } => self.words(v),
            Inline::Unbroken { v } => self.unbroken(v),
            Inline::Emphasis { c } => self.within("<em>", c, "</em>"),
            Inline::Strong { c } => self.within("<strong>", c, "</strong>"),
            Inline::Link { href, number, c } => self.link(href, *number, c),
            Inline::Reference { anchor, c } => match self.style.places.heading(self.style.file, anchor) {
                Some(href) => self.within(&format!("<a href=\"{href}\">"), c, "</a>"),
                // Resolving refuses such links; should one come through, its words still stand.
                None => self.write_inlines(c),
            },
            Inline::NoteRef { number, occurrence } => self.note_reference(*number, *occurrence),
            Inline::Break => {
                self.apart();
                self.push("<br/>");
            }
            Inline::Space { width } => {
                let label = attribute(self.furniture.word("write-space"));
                let em = f64::from(*width) * 0.5;
                self.push(&format!(
                    "<span class=\"write\" role=\"img\" aria-label=\"{label}\" style=\"width:{em}em\">\u{A0}</span>"
                ));
            }
        }
    }

    /// A piece that stays on one line. Among words that run from right to left, a number keeps its own direction, or its
    /// groups would stand in the wrong order; what closes the sentence belongs to the words around.
    fn unbroken(&mut self, v: &str) {
        let across = self.leftward && !v.chars().any(runs_leftward);
        self.push("<span class=\"nb\">");
        if across {
            let (head, rest) = v.split_at(v.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '”', '’']).len());
            // a bracket that opens here closes there
            let number = if rest.contains(')') { head.trim_start_matches('(') } else { head };
            self.words(head.strip_suffix(number).unwrap_or(""));
            self.push("<bdi dir=\"ltr\">");
            self.words(number);
            self.push("</bdi>");
            self.words(rest);
        } else {
            self.words(v);
        }
        self.push("</span>");
    }

    fn within(&mut self, open: &str, c: &Inlines, close: &str) {
        self.push(open);
        self.write_inlines(c);
        self.push(close);
    }

    fn link(&mut self, href: &str, number: Option<usize>, c: &Inlines) {
        // What could run code is no address here; its words stay.
        let Some(safe) = address(href) else { return self.write_inlines(c) };
        let short = self.short(number);
        self.within(&format!("<a href=\"{safe}\"{short}>"), c, "</a>");
    }

    /// The address as printed, for the web page's print style, where links cannot be followed.
    pub(super) fn short(&self, number: Option<usize>) -> String {
        let target = number.and_then(|n| self.document.links.iter().find(|link| link.number == n));
        match target {
            Some(target) if !self.style.epub => format!(" data-short=\"{}\"", attribute(&target.short)),
            _ => String::new(),
        }
    }

    /// The reference reads "(note 1)", at the size of the text: a raised figure is too small to read or to touch.
    fn note_reference(&mut self, number: usize, occurrence: usize) {
        let words = escape(&self.furniture.filled("note-number", &[("number", &number.to_string())]));
        let href = self.style.places.note(self.style.file, number);
        let id = reference_id(number, occurrence);
        let kind = self.epub_type("noteref");
        self.push(&format!(
            " <a class=\"noteref\" id=\"{id}\" href=\"{href}\" role=\"doc-noteref\"{kind}>({words})</a>"
        ));
    }

    /// A box to tick.
    pub(super) fn tick_box(&mut self, ticked: bool) {
        let label = self.furniture.word(if ticked { "ticked-box" } else { "tick-box" });
        self.push(&icon::tick_box(label, ticked));
    }
}

/// Whether some words of the page run from right to left.
pub(super) fn any_leftward(document: &Document) -> bool {
    document.meta.direction == "rtl" || document.blocks.iter().any(block_leftward)
}

fn block_leftward(block: &Block) -> bool {
    let own = block.language.as_deref().is_some_and(|tag| direction(tag) == "rtl");
    own || match &block.kind {
        Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => blocks.iter().any(block_leftward),
        Kind::List { items, .. } => items.iter().flat_map(|item| &item.blocks).any(block_leftward),
        Kind::Definitions { items } => items.iter().flat_map(|item| &item.meanings).flatten().any(block_leftward),
        _ => false,
    }
}
