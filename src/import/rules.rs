//! What is known about web furniture and about sites: data, never code.
//!
//! A rules file is TOML, strict. One without `[site]` holds for every page; one
//! with `[site]` only for pages whose browser title or address names that site.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic};

/// One rules file, `layouts/import/<name>.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Rules {
    /// What the file is about, for people.
    pub about: String,
    /// The site it is for; none: every site.
    pub site: Option<Site>,
    /// Lines that are furniture wherever they stand.
    pub cut: Vec<Phrases>,
    /// Headings that are furniture together with everything up to the next heading of their level.
    pub section: Vec<Phrases>,
    /// Headings or lines at which the article is over.
    pub end: Vec<Phrases>,
    /// Lines that begin a form, and the lines it is made of.
    pub form: Vec<Form>,
    /// Lines of a page's foot: not enough to end an article, but no part of one that has ended.
    pub foot: Vec<Phrases>,
    /// How a page calls its own list of contents.
    pub contents: Vec<String>,
    /// Words that lead to the page before or after.
    pub neighbours: Neighbours,
    /// Words that stand before dates.
    pub dates: Dates,
    /// Names of the months, January first; several names a month.
    pub months: Vec<Vec<String>>,
    /// What to do with addresses.
    pub links: Links,
    /// Which pictures are furniture.
    pub pictures: Pictures,
    /// Pages that are none.
    pub refuse: Vec<Refusal>,
    /// Labels that turn the heading after them into a callout.
    pub callout: Vec<CalloutLabel>,
    /// Facts to rescue out of furniture.
    pub fact: Vec<Fact>,
    /// What a quotation without quotation marks is: `quote` or a callout's kind.
    pub plain_quotes: Option<String>,
    /// Words that a first breadcrumb has, such as "Home".
    pub home: Vec<String>,
    /// What the classes of HTML elements mean.
    pub html: Html,
}

/// What the classes of HTML elements mean.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Html {
    /// Classes of words that only screen readers read.
    pub spoken: Vec<String>,
    /// What screen readers say of a link or a control, which says nothing on paper.
    pub spoken_cut: Vec<String>,
    /// Classes and ids of furniture.
    pub furniture: Vec<Classes>,
}

/// Classes with the reason that the receipt gives.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Classes {
    /// Why such an element is left out.
    pub reason: String,
    /// The classes: words with hyphens that stand anywhere in the name.
    pub classes: Vec<String>,
}

/// How to know a site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Site {
    /// Names at the end of its browser titles.
    pub titles: Vec<String>,
    /// Its hosts.
    pub hosts: Vec<String>,
    /// What addresses without a host are relative to, such as `https://www.example.org/`.
    pub base: Option<String>,
}

/// Phrases with the reason that the receipt gives.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Phrases {
    /// Why such a line is left out.
    pub reason: String,
    /// The whole line, whatever its case, marks and closing punctuation.
    pub lines: Vec<String>,
    /// How the line begins.
    pub starts: Vec<String>,
    /// Regular expressions on the line's words.
    pub patterns: Vec<String>,
}

/// A form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Form {
    /// What the receipt calls it.
    pub reason: String,
    /// How its first line begins.
    pub starts: Vec<String>,
    /// Its other lines, whole.
    pub lines: Vec<String>,
    /// How its other lines begin.
    pub lines_start: Vec<String>,
}

/// Words that lead to neighbouring pages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Neighbours {
    /// To the page before.
    pub previous: Vec<String>,
    /// To the page after.
    pub next: Vec<String>,
}

/// Labels of dates.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Dates {
    /// Before the day of the last review.
    pub reviewed: Vec<String>,
    /// Before the day the next review is due.
    pub next_review: Vec<String>,
    /// Before the day of publication.
    pub published: Vec<String>,
    /// Before days that are none of these, such as a film's review.
    pub other: Vec<String>,
}

/// What to do with addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Links {
    /// Parameters that only follow people about; `*` at the end stands for anything.
    pub tracking: Vec<String>,
    /// Services that wrap an address.
    pub wrappers: Vec<Wrapper>,
    /// Hosts that only staff can reach; `*.` at the start stands for anything.
    pub private: Vec<String>,
    /// Hosts that are no longer kept.
    pub retired: Vec<String>,
    /// Hosts of films.
    pub video: Vec<String>,
    /// Films inside a page: where people can see them.
    pub embeds: Vec<Embed>,
    /// Hosts that stand in furniture only when a page ends.
    pub social: Vec<String>,
}

/// A film inside a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Embed {
    /// A regular expression on the address inside the page.
    pub pattern: String,
    /// The address of the film's own page; `$1` is the expression's first group.
    pub address: String,
}

/// A service that wraps an address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Wrapper {
    /// Its host; `*.` at the start stands for anything.
    pub host: String,
    /// How its path begins.
    pub path: String,
    /// The parameter that holds the address.
    pub parameter: String,
}

/// Pictures that are furniture.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Pictures {
    /// Words in the address of a picture that is furniture.
    pub furniture: Vec<String>,
}

/// Pages that are none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Refusal {
    /// What the page is, as the message says it.
    pub reason: String,
    /// Regular expressions on its title or a heading.
    pub titles: Vec<String>,
    /// Phrases in its text.
    pub phrases: Vec<String>,
    /// How many words such a page has at most.
    pub most_words: usize,
}

/// A label that turns the heading after it into a callout.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CalloutLabel {
    /// The labels, whole lines.
    pub labels: Vec<String>,
    /// How the classes of such boxes end in HTML.
    pub classes: Vec<String>,
    /// The roles of such boxes in HTML.
    pub roles: Vec<String>,
    /// NOTE, IMPORTANT, WARNING or EMERGENCY.
    pub kind: String,
}

/// A fact to rescue out of furniture.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Fact {
    /// What the receipt calls it.
    pub name: String,
    /// Regular expressions; the first group, else the whole match, is the fact.
    pub patterns: Vec<String>,
}

impl Rules {
    /// Reads a rules file; `path` is named in complaints.
    ///
    /// # Errors
    /// If it is not TOML, has a key that is not known, or an expression that is none.
    pub fn parse(text: &str, path: &str) -> Result<Self, Box<Diagnostic>> {
        let bad = |message: String| {
            let complaint = Diagnostic::new(Code::IMPORT_RULES, message).in_file(path);
            Box::new(complaint.help("docs/import.md describes what such a file may hold"))
        };
        let rules: Self = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let mut complaint = bad(e.message().to_string());
            complaint.path = Some(format!("{path}:{line}"));
            complaint
        })?;
        for pattern in rules.patterns() {
            regex(pattern).map_err(|e| bad(format!("`{pattern}` is no regular expression: {e}")))?;
        }
        if !rules.months.is_empty() && rules.months.len() != 12 {
            return Err(bad(format!("`months` must name 12 months, not {}", rules.months.len())));
        }
        Ok(rules)
    }

    fn patterns(&self) -> impl Iterator<Item = &String> {
        let phrases = self.cut.iter().chain(&self.section).chain(&self.end).chain(&self.foot);
        phrases
            .flat_map(|p| &p.patterns)
            .chain(self.refuse.iter().flat_map(|r| &r.titles))
            .chain(self.fact.iter().flat_map(|f| &f.patterns))
            .chain(self.links.embeds.iter().map(|e| &e.pattern))
    }
}

/// The most expressions that are kept; a project's rules have some two hundred.
const KEPT: usize = 2000;

/// Expressions by their pattern. To compile those of all rules takes longer than to import a page with them, and a
/// folder of pages uses the same ones again and again.
static COMPILED: LazyLock<Mutex<HashMap<String, Regex>>> = LazyLock::new(Mutex::default);

/// Compiles an expression that ignores case, with a bound on its size.
pub(super) fn regex(pattern: &str) -> Result<Regex, regex::Error> {
    let compiled = || COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = compiled().get(pattern) {
        return Ok(found.clone());
    }
    let made = RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 20).build()?;
    let mut kept = compiled();
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(pattern.to_string(), made.clone());
    Ok(made)
}
