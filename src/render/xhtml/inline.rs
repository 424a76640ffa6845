//! Running text.

use super::places::reference_id;
use super::text::{address, attribute, escape};
use super::{Walker, icon};
use crate::document::{Inline, Inlines};

impl Walker<'_> {
    pub(super) fn write_inlines(&mut self, inlines: &Inlines) {
        for inline in inlines {
            self.write_inline(inline);
        }
    }

    fn write_inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { v } => self.words(v),
            Inline::Unbroken { v } => {
                self.push("<span class=\"nb\">");
                self.words(v);
                self.push("</span>");
            }
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
