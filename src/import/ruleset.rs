//! The rules files that hold for one page, made ready for use.

use std::collections::HashMap;

use regex::Regex;
use url::Url;

use super::rules::{CalloutLabel, Dates, Links, Phrases, Rules, regex};
use super::text::key;

/// Phrases made ready: exact ones are looked up, the others tried in order.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    exact: HashMap<String, String>,
    starts: Vec<(String, String)>,
    patterns: Vec<(Regex, String)>,
}

impl Matcher {
    fn add(&mut self, phrases: &Phrases) {
        let reason = if phrases.reason.is_empty() { "furniture" } else { &phrases.reason };
        for line in &phrases.lines {
            self.exact.insert(key(line), reason.to_string());
        }
        self.starts.extend(phrases.starts.iter().map(|s| (key(s), reason.to_string())));
        let compiled = phrases.patterns.iter().filter_map(|p| regex(p).ok());
        self.patterns.extend(compiled.map(|r| (r, reason.to_string())));
    }

    /// Why a line of these words matches, if it does.
    pub(super) fn find(&self, words: &str) -> Option<&str> {
        let key = key(words);
        if let Some(reason) = self.exact.get(&key) {
            return Some(reason);
        }
        let start = self.starts.iter().find(|(s, _)| starts(&key, s));
        if let Some((_, reason)) = start {
            return Some(reason);
        }
        self.patterns.iter().find(|(p, _)| p.is_match(words)).map(|(_, reason)| reason.as_str())
    }
}

/// Whether `text` begins with `start` at the end of a word.
fn starts(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A form made ready.
#[derive(Debug, Default)]
pub(super) struct FormMatcher {
    pub(super) reason: String,
    first: Vec<String>,
    lines: Matcher,
}

impl FormMatcher {
    /// Whether these words begin the form.
    pub(super) fn begins(&self, words: &str) -> bool {
        let key = key(words);
        self.first.iter().any(|f| starts(&key, f))
    }

    /// Whether these words may stand in it.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.begins(words) || self.lines.find(words).is_some()
    }
}

/// A page that is none.
#[derive(Debug)]
pub(super) struct RefusalMatcher {
    pub(super) reason: String,
    pub(super) titles: Vec<Regex>,
    pub(super) phrases: Vec<String>,
    pub(super) most_words: usize,
}

/// Everything that holds for one page.
#[derive(Debug, Default)]
pub(super) struct Ruleset {
    pub(super) cut: Matcher,
    pub(super) section: Matcher,
    pub(super) end: Matcher,
    pub(super) foot: Matcher,
    pub(super) contents: Matcher,
    pub(super) forms: Vec<FormMatcher>,
    pub(super) previous: Vec<String>,
    pub(super) next: Vec<String>,
    pub(super) dates: Dates,
    pub(super) months: HashMap<String, u8>,
    pub(super) links: Links,
    pub(super) picture_furniture: Vec<String>,
    pub(super) refuse: Vec<RefusalMatcher>,
    pub(super) callouts: Vec<CalloutLabel>,
    pub(super) facts: Vec<(String, Vec<Regex>)>,
    pub(super) plain_quotes: Option<String>,
    pub(super) home: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) base: Option<Url>,
    /// Site names at the end of browser titles.
    pub(super) titles: Vec<String>,
    /// Films inside a page, and where people can see them.
    pub(super) embeds: Vec<(Regex, String)>,
    spoken: Vec<String>,
    pub(super) spoken_cut: Matcher,
    /// Classes of furniture in HTML, with the reason.
    furniture: Vec<(String, String)>,
}

impl Ruleset {
    /// The files among `rules` that hold for a page with this browser title and address.
    pub(super) fn new(rules: &[Rules], browser_title: &str, address: Option<&Url>) -> Self {
        let mut set = Self::default();
        let title = key(browser_title);
        let host = address.and_then(Url::host_str).unwrap_or("");
        for file in rules {
            let holds = match &file.site {
                None => true,
                Some(site) => {
                    site.hosts.iter().any(|h| is_host(host, h))
                        || host.is_empty() && site.titles.iter().any(|t| title.ends_with(&key(t)))
                }
            };
            if holds {
                set.add(file);
            }
        }
        set
    }

    fn add(&mut self, file: &Rules) {
        if let Some(site) = &file.site {
            self.hosts.extend(site.hosts.iter().cloned());
            self.titles.extend(site.titles.iter().cloned());
            self.base = site.base.as_deref().and_then(|b| Url::parse(b).ok()).or(self.base.take());
        }
        file.cut.iter().for_each(|p| self.cut.add(p));
        file.section.iter().for_each(|p| self.section.add(p));
        file.end.iter().for_each(|p| self.end.add(p));
        file.foot.iter().for_each(|p| self.foot.add(p));
        let contents =
            Phrases { reason: "list of contents".into(), lines: file.contents.clone(), ..Phrases::default() };
        self.contents.add(&contents);
        for form in &file.form {
            let mut lines = Matcher::default();
            lines.add(&Phrases {
                reason: form.reason.clone(),
                lines: form.lines.clone(),
                starts: form.lines_start.clone(),
                patterns: Vec::new(),
            });
            let first = form.starts.iter().map(|s| key(s)).collect();
            self.forms.push(FormMatcher { reason: form.reason.clone(), first, lines });
        }
        self.previous.extend(file.neighbours.previous.iter().map(|w| key(w)));
        self.next.extend(file.neighbours.next.iter().map(|w| key(w)));
        self.dates.reviewed.extend(file.dates.reviewed.iter().cloned());
        self.dates.next_review.extend(file.dates.next_review.iter().cloned());
        self.dates.published.extend(file.dates.published.iter().cloned());
        self.dates.other.extend(file.dates.other.iter().cloned());
        for (number, names) in (1u8..).zip(&file.months) {
            self.months.extend(names.iter().map(|n| (n.to_lowercase(), number)));
        }
        self.links.tracking.extend(file.links.tracking.iter().cloned());
        self.links.wrappers.extend(file.links.wrappers.iter().cloned());
        self.links.private.extend(file.links.private.iter().cloned());
        self.links.retired.extend(file.links.retired.iter().cloned());
        self.links.video.extend(file.links.video.iter().cloned());
        self.links.social.extend(file.links.social.iter().cloned());
        self.picture_furniture.extend(file.pictures.furniture.iter().map(|w| w.to_lowercase()));
        for refusal in &file.refuse {
            self.refuse.push(RefusalMatcher {
                reason: refusal.reason.clone(),
                titles: refusal.titles.iter().filter_map(|t| regex(t).ok()).collect(),
                phrases: refusal.phrases.iter().map(|p| key(p)).collect(),
                most_words: refusal.most_words,
            });
        }
        self.callouts.extend(file.callout.iter().cloned());
        for fact in &file.fact {
            let patterns = fact.patterns.iter().filter_map(|p| regex(p).ok()).collect();
            self.facts.push((fact.name.clone(), patterns));
        }
        self.plain_quotes = file.plain_quotes.clone().or(self.plain_quotes.take());
        self.home.extend(file.home.iter().map(|h| key(h)));
        let embeds = file.links.embeds.iter();
        self.embeds.extend(embeds.filter_map(|e| Some((regex(&e.pattern).ok()?, e.address.clone()))));
        self.spoken.extend(file.html.spoken.iter().cloned());
        self.spoken_cut.add(&Phrases { starts: file.html.spoken_cut.clone(), ..Phrases::default() });
        for group in &file.html.furniture {
            self.furniture.extend(group.classes.iter().map(|c| (c.clone(), group.reason.clone())));
        }
    }

    /// Whether an element of these classes is only for screen readers.
    pub(super) fn spoken(&self, classes: &str) -> bool {
        class_names(classes).any(|c| self.spoken.iter().any(|s| class_ends(&c, s)))
    }

    /// Why an element of these classes is furniture, if it is.
    pub(super) fn furniture_class(&self, classes: &str) -> Option<&str> {
        let names: Vec<String> = class_names(classes).map(|c| format!("-{}-", c.replace("--", "-"))).collect();
        let found = self.furniture.iter().find(|(f, _)| names.iter().any(|c| c.contains(&format!("-{f}-"))));
        found.map(|(_, reason)| reason.as_str())
    }

    /// The same for an `id`, which must be the whole name.
    pub(super) fn furniture_id(&self, id: &str) -> Option<&str> {
        let id = id.to_ascii_lowercase();
        self.furniture.iter().find(|(f, _)| *f == id).map(|(_, reason)| reason.as_str())
    }

    /// The kind of callout that these classes name; the longest name that fits decides.
    pub(super) fn callout_class(&self, classes: &str) -> Option<&str> {
        let mut best: Option<(usize, &str)> = None;
        for class in class_names(classes) {
            for label in &self.callouts {
                for wanted in label.classes.iter().filter(|w| class_ends(&class, w)) {
                    if best.is_none_or(|(length, _)| wanted.len() > length) {
                        best = Some((wanted.len(), &label.kind));
                    }
                }
            }
        }
        best.map(|(_, kind)| kind)
    }

    /// The kind of callout that a role names.
    pub(super) fn callout_role(&self, role: &str) -> Option<&str> {
        self.callouts.iter().find(|c| c.roles.iter().any(|r| r == role)).map(|c| c.kind.as_str())
    }

    /// The kind of callout that this label announces.
    pub(super) fn callout(&self, words: &str) -> Option<&str> {
        let key = key(words);
        self.callouts.iter().find(|c| c.labels.iter().any(|l| super::text::key(l) == key)).map(|c| c.kind.as_str())
    }
}

/// The names in a list of classes, in lower case.
fn class_names(classes: &str) -> impl Iterator<Item = String> + '_ {
    classes.split_whitespace().take(60).map(|c| c.to_ascii_lowercase().replace("__", "-part-").replace('_', "-"))
}

/// Whether a class is `wanted`, or a site's own name before it.
fn class_ends(class: &str, wanted: &str) -> bool {
    class.strip_suffix(wanted).is_some_and(|start| start.is_empty() || start.ends_with('-'))
}

/// Whether a host is the one that `rule` names; `*.` at its start stands for any.
pub(super) fn is_host(host: &str, rule: &str) -> bool {
    let host = host.to_ascii_lowercase();
    match rule.strip_prefix("*.") {
        Some(tail) => host == tail || host.strip_suffix(tail).is_some_and(|h| h.ends_with('.')),
        None => host == rule || host.strip_prefix("www.") == Some(rule),
    }
}
