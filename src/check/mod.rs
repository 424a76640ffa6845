//! Document -> diagnostics: one short file a rule, one line in the table.
//!
//! A rule's page in `docs/diagnostics/` says what it finds, why, how to mend it and which clause it comes from, with a
//! bad and a good example; `everyleaf explain CODE` prints it. Thresholds are data in `layouts/profiles/`, words in
//! `layouts/check/`.

// what the rules stand on
mod allow;
mod lists;
mod passages;
mod profiles;
mod readability;

// the page
mod address_insecure;
mod address_retired;
mod alt_caption;
mod alt_file_name;
mod alt_says_nothing;
mod capitals;
mod drawn_line;
mod emergency_number;
mod emphasis_long;
mod glyphs;
mod heading_bare;
mod heading_doubled;
mod heading_long;
mod headings;
mod language_unmarked;
mod link_bare;
mod link_dead;
mod link_same_words;
mod link_vague;
mod pictures;
mod product_code;
mod reading;
mod review;
mod review_interval;
mod review_no_next;
mod review_soon;
mod solicits;
mod table_layout;
mod words_that_date;

// the project
mod contrast;
mod imprint;
mod imprint_stale;
mod product_code_shared;

pub use allow::{Allowances, Allowed, FILE as ALLOW_FILE};
pub use lists::{House, Lists};
pub use profiles::{Profile, Thresholds};

use crate::brand::Brand;
use crate::date::Date;
use crate::diagnostic::{Severity, Sink};
use crate::document::{Block, Document, Kind};
use crate::page::{self, Chapter, Front, Page, PictureRef};
use crate::source::{FileId, Sources, Span};
use passages::Passage;

/// What became of an address that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// There is a page.
    There,
    /// The server says that the page is elsewhere for good; where.
    Moved(String),
    /// There is no page, or no server; why.
    Gone(String),
    /// Nothing can be said; why.
    Untried(String),
}

/// Tries addresses: one answer for each, in their order.
pub type Reach = dyn Fn(&[&str]) -> Vec<Reached> + Send + Sync;

/// What a rule judges by.
pub struct Context<'a> {
    /// The page as written.
    pub written: &'a Page,
    /// The files that follow it.
    pub chapters: &'a [Chapter],
    /// The page, resolved.
    pub document: &'a Document,
    /// The texts that its spans point into.
    pub sources: &'a Sources,
    /// Where the next review stands, else the page's first line: for what belongs to the whole page.
    pub page: Span,
    /// Whether any typeface has a character.
    pub covers: &'a dyn Fn(char) -> bool,
    /// The day by which dates are judged.
    pub as_of: Date,
    /// Whether the next review's day is past.
    pub overdue: bool,
    /// How bad that is.
    pub overdue_severity: Severity,
    /// Whether somebody took it on themselves.
    pub overridden: bool,
    /// The charity.
    pub brand: &'a Brand,
    /// The words to look for, in the page's language.
    pub lists: &'a Lists,
    /// Other languages by name, with their commonest words.
    pub others: &'a [(&'static str, Vec<String>)],
    /// The house's own facts.
    pub house: &'a House,
    /// The profiles' thresholds.
    pub thresholds: &'a Thresholds,
    /// Tries addresses, where that is asked for.
    pub reach: Option<&'a Reach>,
}

/// When a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At every build too: it breaks an edition, or is about to be printed for good.
    Build,
    /// Only by `check`: an editor's matter.
    Check,
}

/// A rule: looks at a page and says what is wrong.
type Rule = fn(&Seen<'_>, &mut Sink);

const RULES: &[(When, Rule)] = &[
    (When::Build, headings::check),
    (When::Build, pictures::check),
    (When::Build, glyphs::check),
    (When::Build, review::check),
    (When::Build, solicits::check),
    (When::Build, address_retired::check),
    (When::Build, product_code::check),
    (When::Build, emergency_number::check),
    (When::Check, alt_file_name::check),
    (When::Check, alt_caption::check),
    (When::Check, alt_says_nothing::check),
    (When::Check, heading_doubled::check),
    (When::Check, heading_long::check),
    (When::Check, heading_bare::check),
    (When::Check, link_vague::check),
    (When::Check, link_bare::check),
    (When::Check, link_same_words::check),
    (When::Check, link_dead::check),
    (When::Check, table_layout::check),
    (When::Check, capitals::check),
    (When::Check, emphasis_long::check),
    (When::Check, drawn_line::check),
    (When::Check, language_unmarked::check),
    (When::Check, address_insecure::check),
    (When::Check, words_that_date::check),
    (When::Check, review_no_next::check),
    (When::Check, review_interval::check),
    (When::Check, review_soon::check),
    (When::Check, reading::check),
];

/// A page as the rules see it.
struct Seen<'a> {
    context: &'a Context<'a>,
    /// Every running text.
    passages: Vec<Passage<'a>>,
}

impl<'a> std::ops::Deref for Seen<'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        self.context
    }
}

/// Judges a document by every rule that is asked now.
pub fn check(context: &Context<'_>, now: When, sink: &mut Sink) {
    let seen = Seen { context, passages: passages::passages(context.written, context.chapters, context.sources) };
    for (when, rule) in RULES {
        if now == When::Check || *when == now {
            rule(&seen, sink);
        }
    }
}

/// What the rules for a project's own files judge by.
pub struct Shared<'a> {
    /// The brand.
    pub brand: &'a Brand,
    /// The text it was read from.
    pub file: FileId,
    /// The texts.
    pub sources: &'a Sources,
    /// The day by which dates are judged.
    pub as_of: Date,
    /// The profiles' thresholds.
    pub thresholds: &'a Thresholds,
}

/// Judges the project's own files.
pub fn check_project(shared: &Shared<'_>, sink: &mut Sink) {
    // outside a project there is no charity to judge
    if shared.brand.neutral {
        return;
    }
    contrast::check(shared, sink);
    imprint::check(shared, sink);
    imprint_stale::check(shared, sink);
}

/// Judges a project's pages side by side; `judged` says which of them are being judged.
pub fn check_pages<'a>(
    pages: impl Iterator<Item = (&'a str, &'a Front)>,
    judged: impl Fn(&str) -> bool,
    sink: &mut Sink,
) {
    product_code_shared::check(pages, judged, sink);
}

impl Shared<'_> {
    /// The line of the brand file that begins so; its first line where there is none.
    fn line(&self, start: &str) -> Span {
        let text = self.sources.get(self.file).text();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with(start) {
                return Span::new(self.file, at, at + line.trim_end().len());
            }
            at += line.len();
        }
        Span::new(self.file, 0, text.lines().next().map_or(0, str::len))
    }
}

impl<'a> Seen<'a> {
    /// Every picture in the text.
    fn pictures(&self, mut see: impl FnMut(&'a PictureRef)) {
        self.written_blocks(&mut |block: &'a page::Block| {
            if let page::Kind::Figure(picture) = &block.kind {
                see(picture);
            }
        });
    }

    /// Every block as written, outer ones first, in reading order; footnotes last.
    fn written_blocks(&self, see: &mut impl FnMut(&'a page::Block)) {
        let context: &'a Context<'a> = self.context;
        visit_written(&context.written.blocks, see);
        context.chapters.iter().for_each(|chapter| visit_written(&chapter.blocks, see));
        let notes = context.written.notes.iter().chain(context.chapters.iter().flat_map(|c| &c.notes));
        notes.for_each(|note| visit_written(&note.blocks, see));
    }

    /// The page's first line, for what belongs to no other.
    fn top(&self) -> Span {
        Span::new(self.written.file, 0, self.sources.get(self.written.file).line(1).len())
    }

    /// Every address with its place: the web page's own, links and films.
    fn addresses(&self, mut see: impl FnMut(&str, Span)) {
        if let Some(source) = &self.written.front.source {
            see(&source.value, source.span);
        }
        for link in self.passages.iter().flat_map(|p| &p.links) {
            see(link.href.trim(), link.span);
        }
        self.written_blocks(&mut |block: &'a page::Block| {
            if let page::Kind::Video { url, .. } = &block.kind {
                see(url.trim(), block.span);
            }
        });
    }

    /// The cover's description with its place.
    fn cover_alt(&self) -> Option<(&'a str, Span)> {
        let context: &'a Context<'a> = self.context;
        context.written.front.cover_alt.as_ref().map(|alt| (alt.value.as_str(), alt.span))
    }
}

fn visit_written<'a>(blocks: &'a [page::Block], see: &mut impl FnMut(&'a page::Block)) {
    for block in blocks {
        see(block);
        match &block.kind {
            page::Kind::Callout { blocks, .. } | page::Kind::Quote { blocks, .. } => visit_written(blocks, see),
            page::Kind::List { items, .. } => items.iter().for_each(|item| visit_written(&item.blocks, see)),
            page::Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).for_each(|meaning| visit_written(meaning, see));
            }
            _ => {}
        }
    }
}

/// Visits every resolved block, outer ones first, in reading order.
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
