//! Bytes -> what the importer works on, whichever way the page was saved.

use std::collections::HashMap;

use url::Url;

use super::block::{self, Block, Kind};
use super::dates::{self, Found, Role};
use super::html;
use super::input::Text;
use super::lines::{self, Segment};
use super::receipt::{Dropped, Repaired};
use super::ruleset::Ruleset;
use super::title::{self, Browser};
use super::{Options, Picture, script};

/// A page as it was read.
pub(super) struct Reading {
    pub(super) rules: Ruleset,
    /// The page's own address.
    pub(super) address: Option<Url>,
    /// What other addresses are relative to, where that is another one.
    pub(super) base: Option<Url>,
    pub(super) language: String,
    /// Whether the language is only likely, by the script.
    pub(super) guessed: bool,
    pub(super) segments: Vec<Segment>,
    pub(super) browser: Browser,
    /// The browser's title without the site's name.
    pub(super) short: String,
    pub(super) found: Vec<Found>,
    /// The segments whose dates are read.
    pub(super) taken: Vec<bool>,
    pub(super) blocks: Vec<Block>,
    /// Blocks that stand beside the article by their place in the document.
    pub(super) beside: Vec<Block>,
    pub(super) unwrapped: Vec<Repaired>,
    /// What is left out and is no block.
    pub(super) extra: Vec<Dropped>,
    pub(super) pictures: Vec<(usize, Picture)>,
    pub(super) anchors: HashMap<String, String>,
    /// What the page's data says it is about.
    pub(super) description: Option<String>,
    /// Whether it is HTML.
    pub(super) html: bool,
}

/// The language where nobody says one.
const LANGUAGE: &str = "en-GB";

/// The language of a page, and whether only its script says so.
fn language_of(said: Option<String>, text: &str) -> (String, bool) {
    match said {
        Some(said) => (said, false),
        None => script::language(text).map_or((LANGUAGE.into(), false), |likely| (likely.into(), true)),
    }
}

/// Reads a page.
pub(super) fn read(text: &Text, options: &Options, address: Option<Url>) -> Reading {
    if html::is_html(&text.text) { page(&text.text, options, address) } else { crawl(&text.text, options, address) }
}

fn crawl(text: &str, options: &Options, address: Option<Url>) -> Reading {
    let mut segments = lines::segments(text);
    let browser = title::browser(&segments);
    let rules = Ruleset::new(&options.rules, &browser.words, address.as_ref());
    let unwrapped = unwrap(&mut segments, &rules);
    let found = dates::find(&segments, &rules);
    let taken = taken(segments.len(), &found);
    let blocks = block::blocks(&segments, &taken);
    let short = title::without_site(&browser.words, &rules);
    let (language, guessed) = language_of(options.language.clone(), text);
    Reading {
        rules,
        address,
        base: None,
        language,
        guessed,
        segments,
        browser,
        short,
        found,
        taken,
        blocks,
        beside: Vec::new(),
        unwrapped,
        extra: Vec::new(),
        pictures: Vec::new(),
        anchors: HashMap::new(),
        description: None,
        html: false,
    }
}

fn page(text: &str, options: &Options, address: Option<Url>) -> Reading {
    let page = html::Page::parse(text);
    let address = address.or_else(|| page.address().cloned());
    let rules = Ruleset::new(&options.rules, page.title(), address.as_ref());
    let short = title::without_site(page.title(), &rules);
    let language = options.language.clone().or_else(|| page.language().map(str::to_string));
    let (language, guessed) = language_of(language, text);
    let mut read = page.read(&rules, &short, address.as_ref(), &language, &options.pictures);
    let found = page.dates(&mut read, &rules);
    let unwrapped = unwrap(&mut read.segments, &rules);
    let taken = taken(read.segments.len(), &found);
    let mut blocks = Vec::new();
    let mut beside = Vec::new();
    for mut block in read.blocks {
        emptied(&mut block, &taken);
        if block.dropped.is_some() { beside.push(block) } else { blocks.push(block) }
    }
    Reading {
        base: page.base(address.as_ref()).filter(|b| Some(b) != address.as_ref()),
        description: page.description().map(str::to_string),
        rules,
        address,
        language,
        guessed,
        segments: read.segments,
        browser: read.browser,
        short,
        found,
        taken,
        blocks,
        beside,
        unwrapped,
        extra: read.extra,
        pictures: read.pictures,
        anchors: read.anchors,
        html: true,
    }
}

/// Makes a block blank whose words are a date that is read.
fn emptied(block: &mut Block, taken: &[bool]) {
    match &mut block.kind {
        Kind::Quote { blocks } | Kind::Callout { blocks, .. } => blocks.iter_mut().for_each(|b| emptied(b, taken)),
        Kind::Table(_) => {}
        kind => {
            if taken.get(block.from).copied().unwrap_or(false) {
                *kind = Kind::Blank;
                block.dropped = None;
            }
        }
    }
}

/// Unwraps every wrapped address, and notes it.
fn unwrap(segments: &mut [Segment], rules: &Ruleset) -> Vec<Repaired> {
    let mut out = Vec::new();
    for segment in segments {
        let Some((text, found)) = super::address::unwrap_all(&segment.text, &rules.links) else { continue };
        segment.text = text;
        let reason = "the wrapper around the address removed";
        let note =
            |after| Repaired { line: segment.line, before: "[safelink removed]".into(), after, reason: reason.into() };
        out.extend(found.into_iter().map(note));
    }
    out
}

/// The segments whose dates are read; where a date cannot be, its words stay in the article.
fn taken(length: usize, found: &[Found]) -> Vec<bool> {
    let mut taken = vec![false; length];
    let unreadable = |f: &Found| f.day.is_err() && !f.words.is_empty() && f.role != Role::Other;
    for date in found {
        let stays = found.iter().any(|f| f.segments.0 == date.segments.0 && unreadable(f));
        if stays {
            continue;
        }
        for slot in taken.iter_mut().take(date.segments.1 + 1).skip(date.segments.0) {
            *slot = true;
        }
    }
    taken
}
