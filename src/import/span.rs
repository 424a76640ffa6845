//! The marks of a block -> Markdown, with a note of everything that was changed on the way.

use std::collections::HashMap;

use url::Url;

use super::Picture;
use super::address::{self, Address, mask};
use super::emit::emit;
use super::escape;
use super::figure::{Figure, Figures};
use super::inline::{Event, parse};
use super::receipt::{Dropped, Repaired};
use super::ruleset::{Ruleset, is_host};
use super::text::{key, tidy};
use crate::diagnostic::{Code, Diagnostic};

/// Where words stand, for what may stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Heading,
    Cell,
}

/// What every block's words need to know.
pub(super) struct Spans<'a> {
    pub(super) name: &'a str,
    pub(super) rules: &'a Ruleset,
    pub(super) base: Option<&'a Url>,
    /// Whether the base is the page's own address, not only its site's.
    pub(super) whole_base: bool,
    /// The page's headings: their words and anchors.
    pub(super) headings: HashMap<String, String>,
    /// Places on the page, and the words of the headings there.
    pub(super) anchors: HashMap<String, String>,
    pub(super) repaired: Vec<Repaired>,
    pub(super) dropped: Vec<Dropped>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) figures: Figures<'a>,
    /// Addresses that were reported already.
    reported: std::collections::BTreeSet<String>,
}

/// Words as Markdown and as a reader sees them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Lines of Markdown, to be joined by a hard break.
    pub(super) lines: Vec<String>,
    pub(super) plain: String,
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// The lines joined by hard breaks, each further one indented; none begins another kind of block.
    pub(super) fn block(&self, indent: &str) -> String {
        let lines: Vec<String> = self.lines.iter().map(|l| escape::line_start(l)).collect();
        lines.join(&format!("\\\n{indent}"))
    }

    /// The lines joined by blanks.
    pub(super) fn one_line(&self) -> String {
        self.lines.join(" ")
    }
}

impl<'a> Spans<'a> {
    pub(super) fn new(name: &'a str, rules: &'a Ruleset, base: Option<&'a Url>, whole_base: bool) -> Self {
        Self {
            name,
            rules,
            base,
            whole_base,
            headings: HashMap::new(),
            anchors: HashMap::new(),
            repaired: Vec::new(),
            dropped: Vec::new(),
            diagnostics: Vec::new(),
            figures: Figures::default(),
            reported: std::collections::BTreeSet::new(),
        }
    }

    pub(super) fn repair(&mut self, line: usize, before: &str, after: &str, reason: &str) {
        let before = mask(&tidy(before), &self.rules.links);
        let after = mask(&tidy(after), &self.rules.links);
        self.repaired.push(Repaired { line, before, after, reason: reason.to_string() });
    }

    fn say(&mut self, code: Code, line: usize, message: String, help: &str) {
        let place = format!("{}:{line}", self.name);
        self.diagnostics.push(Diagnostic::new(code, message).in_file(place).help(help));
    }

    /// Decides what becomes of a link, and notes it.
    pub(super) fn link(&mut self, written: &str, words: &str, line: usize) -> Option<String> {
        let (address, done) = address::resolve(written, self.rules, self.base, self.whole_base);
        match address {
            Address::To(to) => {
                if let Some(reason) = done.reason() {
                    self.repair(line, written, &to, reason);
                }
                self.look(&to, line);
                Some(to)
            }
            Address::Heading(id) => {
                let place = self.anchors.get(&id).map(|words| key(words));
                let found = place
                    .and_then(|words| self.headings.get(&words))
                    .or_else(|| self.headings.get(&key(words)))
                    .or_else(|| self.headings.get(&key(&id.replace(['-', '_'], " "))));
                match found.cloned() {
                    Some(to) => {
                        let to = format!("#{to}");
                        if to != written {
                            self.repair(line, written, &to, "the link leads to the heading of these words");
                        }
                        Some(to)
                    }
                    None => {
                        self.repair(
                            line,
                            &format!("[{words}]({written})"),
                            words,
                            "the link led to a place that the page does not have",
                        );
                        None
                    }
                }
            }
            Address::Words(why) => {
                let whole = format!("[{words}]({written})");
                self.repair(line, &whole, words, why);
                if !words.is_empty() {
                    let message = format!("the link \"{words}\" became words: {why}");
                    self.say(
                        Code::IMPORT_LINK_WORDS,
                        line,
                        message,
                        "write the full address in the source, or give the page's with --address",
                    );
                }
                None
            }
        }
    }

    /// Reports addresses that somebody should look at.
    fn look(&mut self, to: &str, line: usize) {
        let Ok(url) = Url::parse(to) else { return };
        let host = url.host_str().unwrap_or("").to_string();
        let retired = self.rules.links.retired.iter().any(|r| is_host(&host, r));
        if !(retired || url.scheme() == "http") || !self.reported.insert(to.to_string()) {
            return;
        }
        let (message, help) = if retired {
            (format!("{to} is at a site that is no longer kept"), "find the page's new address")
        } else {
            (format!("{to} is not secure"), "see whether the address works with https")
        };
        self.say(Code::IMPORT_INSECURE, line, message, help);
    }

    fn picture(&mut self, alt: &str, source: &str, line: usize) {
        let lower = source.to_lowercase();
        if source.is_empty() || self.rules.picture_furniture.iter().any(|w| lower.contains(w)) {
            return self.without(alt, source, line);
        }
        // an address relative to the page needs the page's own
        let base = self.base.filter(|_| self.whole_base || source.starts_with('/'));
        self.figures.add(alt, source, line, base);
    }

    /// Notes a picture that is left out.
    fn without(&mut self, alt: &str, source: &str, line: usize) {
        let shown = mask(&format!("![{alt}]({source})"), &self.rules.links);
        self.dropped.push(Dropped { line, to_line: None, text: shown, reason: "picture".into() });
    }

    /// The pictures of the last words, each with the line of the source that it becomes; what is left out is noted.
    pub(super) fn pictures(&mut self) -> Vec<(String, Picture)> {
        let mut out = Vec::new();
        for Figure { text, picture, source, warning } in self.figures.take() {
            if let Some((message, help)) = warning {
                self.say(Code::IMPORT_PICTURE, picture.line, message, &help);
            }
            match text {
                Some(text) => out.push((text, picture)),
                None => self.without(&picture.alt, &source, picture.line),
            }
        }
        out
    }

    /// Turns the marks of a block into Markdown; `line` is the input's line.
    pub(super) fn words(&mut self, text: &str, line: usize, place: Place) -> Words {
        let waiting = self.figures.waiting();
        let events = self.settle(parse(text), line, place);
        let mut plain = String::new();
        let mut lines: Vec<Vec<Event>> = vec![Vec::new()];
        let mut link = false;
        for event in events {
            match &event {
                // a blank that the crawl lost before a link is there again
                Event::Text(words)
                    if link && plain.ends_with(char::is_alphanumeric) && words.starts_with(char::is_alphanumeric) =>
                {
                    plain.push(' ');
                    plain.push_str(words);
                }
                Event::Text(words) => plain.push_str(words),
                Event::Break => plain.push(' '),
                _ => {}
            }
            link = matches!(event, Event::Link(_)) || link && matches!(event, Event::Bold);
            match (event, lines.last_mut()) {
                (Event::Break, _) => lines.push(Vec::new()),
                (event, Some(last)) => last.push(event),
                _ => {}
            }
        }
        let mut out: Vec<String> = lines.iter().map(|l| emit(l, place)).collect();
        out.retain(|l| !l.is_empty());
        if place == Place::Heading
            && let Some(last) = out.last_mut()
            && last.ends_with('#')
        {
            last.insert(last.len() - 1, '\\');
        }
        let plain = tidy(&plain);
        self.figures.beside(waiting, !plain.is_empty());
        Words { lines: out, plain }
    }

    /// Resolves links and pictures; what is left are words, links to somewhere, bold and breaks.
    fn settle(&mut self, events: Vec<Event>, line: usize, place: Place) -> Vec<Event> {
        let mut out: Vec<Event> = Vec::with_capacity(events.len());
        let mut link: Option<(usize, String)> = None;
        let mut bold = false;
        let mut address_ended = false;
        for event in events {
            let after_address = std::mem::replace(&mut address_ended, false);
            match event {
                Event::Picture(alt, source) => self.picture(&alt, &source, line),
                Event::Lost(what) => self.lost(what, line),
                Event::Link(address) => {
                    link = Some((out.len(), address));
                    out.push(Event::Lost(""));
                }
                Event::LinkEnd => {
                    let Some((at, address)) = link.take() else { continue };
                    let words: String = out[at..]
                        .iter()
                        .filter_map(|e| if let Event::Text(t) = e { Some(t.as_str()) } else { None })
                        .collect();
                    let words = tidy(&words);
                    if words.is_empty() {
                        self.repair(line, &format!("[]({address})"), "", "a link without words");
                        continue;
                    }
                    if place == Place::Heading && address.starts_with('#') {
                        self.repair(line, &format!("[{words}]({address})"), &words, "a heading led to itself");
                        continue;
                    }
                    if let Some(to) = self.link(&address, &words, line) {
                        out[at] = Event::Link(to);
                        out.push(Event::LinkEnd);
                    }
                    address_ended = words.contains("://");
                    continue;
                }
                Event::Bold | Event::BoldEnd if place == Place::Heading => {}
                // a line break inside a link or bold words is a blank
                Event::Break if link.is_some() || bold || place != Place::Body => out.push(Event::Text(" ".into())),
                Event::Text(words) => {
                    // an address in angle brackets needs no blank behind it, the same address without them does
                    if after_address && words.starts_with(char::is_alphanumeric) {
                        out.push(Event::Text(" ".into()));
                    }
                    let words = heading_mark(&words, link.as_ref().is_some_and(|(at, _)| *at + 1 == out.len()));
                    out.push(Event::Text(words));
                }
                event => {
                    bold = match event {
                        Event::Bold => true,
                        Event::BoldEnd => false,
                        _ => bold,
                    };
                    out.push(event);
                }
            }
        }
        out.retain(|e| !matches!(e, Event::Lost(_)));
        // words that a lost mark parted are escaped as one: `<` and `a>` make a tag
        let mut whole: Vec<Event> = Vec::with_capacity(out.len());
        for event in out {
            match (event, whole.last_mut()) {
                (Event::Text(more), Some(Event::Text(words))) => words.push_str(&more),
                (event, _) => whole.push(event),
            }
        }
        whole
    }

    fn lost(&mut self, what: &'static str, line: usize) {
        let before = if what.contains("bold") || what.contains("emphasis") { "**" } else { "[…]" };
        self.repair(line, before, "", what);
    }

    /// Notes the page's headings, for links that lead to them.
    pub(super) fn learn(&mut self, words: &str) {
        self.headings.entry(key(words)).or_insert_with(|| crate::document::slugify(words));
    }
}

/// A heading's mark inside a link's words.
fn heading_mark(words: &str, first: bool) -> String {
    if first && words.starts_with('#') {
        let rest = words.trim_start_matches('#');
        if rest.starts_with(' ') {
            return rest.trim_start().to_string();
        }
    }
    words.to_string()
}
