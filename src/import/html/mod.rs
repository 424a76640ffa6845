//! The importer's reader of HTML: markup -> what the reader of crawled text gives as well.
//!
//! The way: text -> tree (`sink`, `tree`) -> what the page says of itself (`meta`)
//! -> which parts are the article (`plan`) and which are footnotes (`notes`)
//! -> segments and blocks (`build`, with `run` for words and `table` for tables).
//! Nothing here calls itself: how deep a page is nested costs no stack.

mod build;
mod detect;
mod meta;
mod names;
mod notes;
mod plan;
mod run;
mod sink;
mod table;
mod tree;

use std::collections::HashMap;

use url::Url;

pub(super) use detect::is_html;

pub(super) use run::encoded;

use super::block::Block;
use super::dates::{self, Found, Role};
use super::lines::Segment;
use super::receipt::Dropped;
use super::ruleset::Ruleset;
use super::title::Browser;
use super::{Had, Picture};

/// An HTML page as the importer works on it.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) segments: Vec<Segment>,
    /// Blocks in the document's order; what is furniture by its place is left out already.
    pub(super) blocks: Vec<Block>,
    pub(super) browser: Browser,
    /// Words that are no blocks: hidden ones, scripts, marks of footnotes.
    pub(super) extra: Vec<Dropped>,
    /// Pictures, each with the segment it stands in.
    pub(super) pictures: Vec<(usize, Picture)>,
    /// Places on the page, and the words of the headings there.
    pub(super) anchors: HashMap<String, String>,
    /// Segments that are rows of tables.
    in_tables: Vec<usize>,
    /// The last heading.
    heading: String,
}

/// A page's tree and what it says of itself, before its rules are known.
pub(super) struct Page {
    tree: tree::Tree,
    meta: meta::Meta,
}

impl Page {
    pub(super) fn parse(text: &str) -> Self {
        let tree = sink::parse(text);
        let meta = meta::read(&tree);
        Self { tree, meta }
    }

    /// The browser's title.
    pub(super) fn title(&self) -> &str {
        self.meta.title.as_ref().map_or("", |(_, _, words)| words)
    }

    pub(super) fn address(&self) -> Option<&Url> {
        self.meta.address.as_ref()
    }

    pub(super) fn language(&self) -> Option<&str> {
        self.meta.language.as_deref()
    }

    pub(super) fn description(&self) -> Option<&str> {
        self.meta.description.as_deref()
    }

    /// What addresses are relative to.
    pub(super) fn base(&self, address: Option<&Url>) -> Option<Url> {
        match (&self.meta.base, address) {
            (Some(base), Some(address)) => address.join(base).ok(),
            (Some(base), None) => Url::parse(base).ok(),
            (None, address) => address.cloned(),
        }
    }

    /// Reads the page; `short` is its title without the site's name.
    pub(super) fn read(&self, rules: &Ruleset, short: &str, address: Option<&Url>, language: &str, had: &Had) -> Read {
        let plan = plan::plan(&self.tree, rules, short);
        let notes = notes::find(&self.tree, &plan, |href| anchor(href, address));
        let base = self.base(address);
        build::Builder::new(&self.tree, rules, &plan, &notes, &self.meta, base.as_ref(), address, language, had).build()
    }

    /// The dates in the page's words, then those in its data: these count only where the words say none.
    pub(super) fn dates(&self, read: &mut Read, rules: &Ruleset) -> Vec<Found> {
        let mut shown = read.segments.clone();
        for n in &read.in_tables {
            shown[*n].text.clear();
        }
        // beside the article, dates are those of other pages, unless they are a review's
        let mut beside = vec![false; shown.len()];
        if let Some((from, to)) = read.browser.segments {
            shown[from..=to].iter_mut().for_each(|s| s.text.clear());
        }
        for block in read.blocks.iter().filter(|b| b.dropped.is_some()) {
            let near =
                matches!(block.dropped.as_deref(), Some("outside the main content" | "footer" | "header of the site"));
            for n in block.from..=block.to {
                beside[n] = true;
                if !near {
                    shown[n].text.clear();
                }
            }
        }
        let mut found = dates::find(&shown, rules);
        found.retain(|f| !beside[f.segments.0] || matches!(f.role, Role::Reviewed | Role::NextReview));
        let said: Vec<Role> = found.iter().map(|f| f.role).collect();
        for day in &self.meta.days {
            let at = read.segments.len();
            let text = build::escaped(&format!("{}: {}", day.label, day.words));
            read.segments.push(Segment { line: day.line, text, cleaned: None });
            let role = if said.contains(&day.role) { Role::Other } else { day.role };
            let label = day.label.clone();
            found.push(Found {
                role,
                label,
                words: day.words.clone(),
                day: dates::read(&day.words, rules),
                segments: (at, at),
            });
        }
        found
    }
}

/// Why a caption is no block of its own.
pub(super) const CAPTION: &str = "caption of a picture";

/// The place on the page itself that an address leads to.
fn anchor(href: &str, own: Option<&Url>) -> Option<String> {
    let href = href.trim();
    let decoded = |name: &str| percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
    if let Some(name) = href.strip_prefix('#') {
        return (!name.is_empty()).then(|| decoded(name));
    }
    let own = own?;
    let to = own.join(href).ok()?;
    let name = to.fragment().filter(|f| !f.is_empty())?;
    // servers differ in whether case matters, a page's links to itself do not
    let whole = |u: &Url| {
        let path = u.path().trim_end_matches('/').to_ascii_lowercase();
        (u.host_str().map(|h| h.trim_start_matches("www.").to_string()), path, u.query().map(str::to_string))
    };
    (whole(own) == whole(&to)).then(|| decoded(name))
}
