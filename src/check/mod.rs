//! Document -> diagnostics: one short file a rule, one line in the table.

mod glyphs;
mod headings;
mod pictures;
mod review;

use crate::diagnostic::{Severity, Sink};
use crate::document::{Block, Document, Kind};
use crate::source::Sources;

/// What a rule judges by.
pub struct Context<'a> {
    /// The page.
    pub document: &'a Document,
    /// The texts that its spans point into.
    pub sources: &'a Sources,
    /// The page's own file, for what belongs to the whole page.
    pub page: crate::source::Span,
    /// Whether any typeface has a character.
    pub covers: &'a dyn Fn(char) -> bool,
    /// Whether the next review's day is past.
    pub overdue: bool,
    /// How bad that is.
    pub overdue_severity: Severity,
    /// Whether somebody took it on themselves.
    pub overridden: bool,
}

/// A rule: looks at a document and says what is wrong.
type Rule = fn(&Context<'_>, &mut Sink);

const RULES: &[Rule] = &[headings::check, pictures::check, glyphs::check, review::check];

/// Judges a document by every rule.
pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for rule in RULES {
        rule(context, sink);
    }
}

/// Visits every block, outer ones first, in reading order.
fn visit<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match &block.kind {
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => visit(blocks, see),
            Kind::List { items, .. } => items.iter().for_each(|item| visit(&item.blocks, see)),
            Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).for_each(|meaning| visit(meaning, see));
            }
            _ => {}
        }
    }
}
