//! Every character has a shape in one of the typefaces; a missing one prints as nothing or as a box.

use std::collections::BTreeSet;

use super::{Seen, visit};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Block, Inline, Inlines, Kind};
use crate::source::Span;

pub(super) fn check(context: &Seen<'_>, sink: &mut Sink) {
    let mut judge = Judge { context, sink, seen: BTreeSet::new() };
    let meta = &context.document.meta;
    let all = [&meta.authors, &meta.reviewers].into_iter().flatten();
    let some = [&meta.summary, &meta.notice, &meta.approved_by, &meta.product_code, &meta.version];
    for words in [&meta.title, &meta.short_title].into_iter().chain(some.into_iter().flatten()).chain(all) {
        judge.words(words, context.page);
    }
    visit(&context.document.blocks, &mut |block| judge.block(block));
    for note in &context.document.notes {
        visit(&note.blocks, &mut |block| judge.block(block));
    }
}

struct Judge<'a, 's> {
    context: &'a Seen<'a>,
    sink: &'s mut Sink,
    /// Places already named with their first character: one complaint for a stretch of text.
    seen: BTreeSet<(usize, char)>,
}

impl Judge<'_, '_> {
    fn block(&mut self, block: &Block) {
        let span = block.span;
        match &block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph { text, .. } | Kind::FillIn { label: text, .. } => {
                self.inlines(text, span);
            }
            Kind::Callout { title, .. } => self.inlines(title, span),
            Kind::Table { caption, header, rows, .. } => {
                caption.iter().chain(header).chain(rows.iter().flatten()).for_each(|cell| self.inlines(cell, span));
            }
            Kind::Figure { asset, alt, caption, credit, .. } => {
                // its words are printed only where its file is still to come
                if asset.is_none() {
                    self.words(alt, span);
                }
                caption.iter().for_each(|text| self.inlines(text, span));
                credit.iter().for_each(|words| self.words(words, span));
            }
            Kind::Quote { source, .. } => source.iter().for_each(|words| self.words(words, span)),
            Kind::Definitions { items } => items.iter().for_each(|item| self.inlines(&item.term, span)),
            Kind::Video { title, .. } => self.words(title, span),
            Kind::List { .. } | Kind::Rule => {}
        }
    }

    fn inlines(&mut self, text: &Inlines, span: Span) {
        for inline in text {
            match inline {
                Inline::Text { v } | Inline::Unbroken { v } => self.words(v, span),
                Inline::Emphasis { c }
                | Inline::Strong { c }
                | Inline::Link { c, .. }
                | Inline::Reference { c, .. } => {
                    self.inlines(c, span);
                }
                Inline::NoteRef { .. } | Inline::Break | Inline::Space { .. } => {}
            }
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        let mut missing: Vec<char> = Vec::new();
        for c in words.chars() {
            // joiners and marks of direction shape their neighbours and have no shape of their own
            let shapeless = c.is_whitespace()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{ad}');
            // a control character has its own complaint, with its place
            if !shapeless && !c.is_control() && !(self.context.covers)(c) && !missing.contains(&c) {
                missing.push(c);
            }
        }
        let Some(first) = missing.first() else { return };
        let place = match self.context.sources.text(span).find(*first) {
            Some(at) => span.within(at, at + first.len_utf8()),
            None => span,
        };
        if !self.seen.insert((place.start, *first)) {
            return;
        }
        let named: Vec<String> = missing.iter().map(|c| format!("“{c}” (U+{:04X})", *c as u32)).collect();
        let message = match named.as_slice() {
            [one] => format!("no typeface here has the character {one}"),
            all => format!("no typeface here has the characters {}", all.join(", ")),
        };
        let help = "use other characters or words, or put a font that has them into the project's fonts/ folder";
        self.sink.push(Diagnostic::new(Code::NO_GLYPH, message).at(place).help(help));
    }
}
