//! What the page says about itself beside its words.

use serde_json::Value;
use url::Url;

use super::tree::{Id, Tree};
use crate::import::dates::Role;
use crate::import::text::tidy;

/// A day that stands in the page's data, not in its words.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub(super) line: usize,
    /// The name of the value.
    pub(super) label: String,
    pub(super) words: String,
    pub(super) role: Role,
}

/// What the page says about itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Meta {
    /// The browser's title, its line and its element.
    pub(super) title: Option<(Id, usize, String)>,
    pub(super) language: Option<String>,
    pub(super) address: Option<Url>,
    /// What addresses without a host are relative to, if the page says so.
    pub(super) base: Option<String>,
    pub(super) description: Option<String>,
    pub(super) days: Vec<Day>,
}

/// Names of values that hold a day, in lower case.
const DAYS: &[(&str, Role)] = &[
    ("lastreviewed", Role::Reviewed),
    ("datepublished", Role::Published),
    ("article:published_time", Role::Published),
    ("dc.date.issued", Role::Published),
    ("dcterms.issued", Role::Published),
    ("datemodified", Role::Other),
    ("article:modified_time", Role::Other),
    ("og:updated_time", Role::Other),
    ("dc.date.modified", Role::Other),
    ("dcterms.modified", Role::Other),
];

fn role(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    DAYS.iter().find(|(n, _)| *n == name).map(|(_, role)| *role)
}

/// Reads what stands in the page's head, and its data.
pub(super) fn read(tree: &Tree) -> Meta {
    let mut meta = Meta::default();
    let mut canonical = None;
    let mut shared = None;
    let web = |text: &str| Url::parse(text.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https"));
    for id in tree.below(0) {
        let attribute = |name: &str| tree.attribute(id, name).map(str::trim).filter(|v| !v.is_empty());
        match tree.name(id) {
            "html" | "body" => meta.language = meta.language.take().or_else(|| tag(attribute("lang")?)),
            "title" if meta.title.is_none() && !tree.above(id).any(|a| tree.name(a) == "svg") => {
                let words = tree.words(id);
                if !words.is_empty() {
                    meta.title = Some((id, first_line(tree, id), words));
                }
            }
            "base" => meta.base = meta.base.take().or_else(|| attribute("href").map(str::to_string)),
            "link" if attribute("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                canonical = canonical.or_else(|| web(attribute("href")?));
            }
            "meta" => {
                let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
                let name = name.or_else(|| attribute("http-equiv")).unwrap_or("").to_ascii_lowercase();
                let Some(content) = attribute("content") else { continue };
                match name.as_str() {
                    "og:url" => shared = shared.or_else(|| web(content)),
                    "description" => meta.description = meta.description.take().or_else(|| Some(tidy(content))),
                    "content-language" => meta.language = meta.language.take().or_else(|| tag(content)),
                    _ => {
                        if let Some(role) = role(&name) {
                            meta.days.push(day(tree.nodes[id].line, &name, content, role));
                        }
                    }
                }
            }
            "script" if attribute("type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")) => {
                let text = tree.children(id).filter_map(|c| tree.text(c)).collect::<String>();
                if let Ok(value) = serde_json::from_str(&text) {
                    data(&value, tree.nodes[id].line, &mut meta.days);
                }
            }
            _ => {}
        }
    }
    // a part of a page may have one element around it that says the language
    if meta.language.is_none() {
        let body = tree.below(0).find(|id| tree.name(*id) == "body");
        let mut inside = body.into_iter().flat_map(|b| tree.children(b)).filter(|c| !tree.name(*c).is_empty());
        if let (Some(only), None) = (inside.next(), inside.next()) {
            meta.language = tree.attribute(only, "lang").and_then(tag);
        }
    }
    meta.address = canonical.or(shared);
    meta
}

/// The line where an element's words begin.
pub(super) fn first_line(tree: &Tree, id: Id) -> usize {
    let text = tree.below(id).find(|n| tree.text(*n).is_some_and(|t| !t.trim().is_empty()));
    text.map_or(tree.nodes[id].line, |n| tree.nodes[n].line)
}

/// A language tag as the front matter takes it.
pub(super) fn tag(text: &str) -> Option<String> {
    let text = text.trim().replace('_', "-");
    crate::language::is_tag(&text).then_some(text)
}

fn day(line: usize, label: &str, words: &str, role: Role) -> Day {
    // the hour says nothing about the day
    let words = words.trim();
    let date = words.split(['T', ' ']).next().filter(|d| d.len() == 10 && d.contains('-')).unwrap_or(words);
    Day { line, label: label.to_string(), words: date.to_string(), role }
}

/// Days in the page's structured data: those of the page itself, not of things that it names.
fn data(value: &Value, line: usize, days: &mut Vec<Day>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(map) => {
                waiting.extend(["@graph", "mainEntity"].iter().filter_map(|k| map.get(*k)));
                for (key, value) in map {
                    if let (Some(role), Value::String(words)) = (role(key), value) {
                        days.push(day(line, key, words, role));
                    }
                }
            }
            _ => {}
        }
    }
}
