//! Which blocks are the article and which are the web page around it.

use std::cell::OnceCell;
use std::collections::HashSet;

use url::Url;

use super::block::{Block, Kind};
use super::inline::visible;
use super::ruleset::{Ruleset, is_host};
use super::text::{count, key};
use super::view::View;

/// What the search for furniture found besides.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Where the article begins: the block after the title.
    pub(super) start: usize,
    /// The page's own list of contents.
    pub(super) contents: HashSet<String>,
    /// Neighbouring pages: which, block, title, address as written.
    pub(super) neighbours: Vec<(&'static str, usize, String, String)>,
}

/// Marks the furniture; `title` is the title's block, `taken` are the segments that hold dates.
pub(super) fn mark(
    blocks: &mut [Block],
    title: Option<usize>,
    taken: &[bool],
    rules: &Ruleset,
    site: Option<&Url>,
    html: bool,
) -> Found {
    let views: Vec<View> = blocks.iter().map(View::new).collect();
    let start = match title {
        Some(title) => title + 1,
        // what stands around an HTML page's article is gone already
        None if html => (0..blocks.len()).find(|i| begins(&blocks[*i], &views[*i])).unwrap_or(blocks.len()),
        None => first_prose(blocks, &views, rules),
    };
    let mut marker = Marker {
        blocks,
        views,
        rules,
        taken,
        site,
        html,
        headings: OnceCell::new(),
        found: Found { start, ..Found::default() },
    };
    marker.head(title);
    marker.contents();
    marker.lines();
    marker.forms();
    marker.neighbours();
    marker.end();
    marker.sections();
    marker.foot();
    marker.found
}

struct Marker<'a> {
    blocks: &'a mut [Block],
    views: Vec<View>,
    rules: &'a Ruleset,
    taken: &'a [bool],
    site: Option<&'a Url>,
    html: bool,
    /// The words of all headings, once they are asked for.
    headings: OnceCell<HashSet<String>>,
    found: Found,
}

/// Whether an article without a title can begin with a block: it is more than links.
fn begins(block: &Block, view: &View) -> bool {
    matches!(block.kind, Kind::Heading { .. } | Kind::Video { .. }) || view.letters > 0 && !view.only_links()
}

/// Where an article without a title begins: at its first sentences, or the heading above them.
fn first_prose(blocks: &[Block], views: &[View], rules: &Ruleset) -> usize {
    let prose = |i: usize| {
        let view = &views[i];
        let plain = matches!(blocks[i].kind, Kind::Paragraph { .. } | Kind::Quote { .. });
        let ends = view.words.contains(['.', '?', '!']);
        plain && ends && view.prose() && rules.cut.find(&view.words).is_none() && rules.foot.find(&view.words).is_none()
    };
    let Some(first) = (0..blocks.len()).find(|i| prose(*i)) else { return blocks.len() };
    let mut start = first;
    for i in (0..first).rev() {
        match blocks[i].kind {
            Kind::Blank => {}
            Kind::Heading { .. } if !views[i].only_links() && rules.section.find(&views[i].words).is_none() => {
                start = i
            }
            _ => break,
        }
    }
    start
}

impl Marker<'_> {
    fn drop(&mut self, i: usize, reason: &str) {
        if let Some(block) = self.blocks.get_mut(i)
            && !block.is_blank()
            && block.dropped.is_none()
        {
            block.dropped = Some(reason.to_string());
        }
    }

    fn gone(&self, i: usize) -> bool {
        self.blocks[i].dropped.is_some()
    }

    fn head(&mut self, title: Option<usize>) {
        for i in 0..self.found.start {
            if Some(i) == title {
                continue;
            }
            let words = &self.views[i].words;
            let reason = if self.views[i].only_pictures() {
                "picture"
            } else {
                self.rules.cut.find(words).unwrap_or("navigation")
            };
            let reason = reason.to_string();
            self.drop(i, &reason);
        }
    }

    /// The page's own lists of contents: every edition makes its own.
    fn contents(&mut self) {
        let mut i = self.found.start;
        while i < self.blocks.len() {
            let label =
                matches!(self.blocks[i].kind, Kind::Heading { .. } | Kind::Paragraph { .. } | Kind::Item { .. })
                    && self.rules.contents.find(&self.views[i].words).is_some();
            let first = if label { self.next_item(i + 1) } else { Some(i).filter(|i| self.is_item(*i)) };
            let Some(first) = first else {
                i += 1;
                continue;
            };
            let mut end = first;
            while end < self.blocks.len() && self.is_item(end) {
                end += 1;
            }
            let run = first..end;
            let anchors = run.clone().filter(|n| self.views[*n].only_anchors()).count();
            let links = run.clone().filter(|n| self.views[*n].only_links()).count();
            let is_list = if label { links * 2 >= run.len() } else { self.repeats_headings(first, end) };
            if is_list {
                if label {
                    self.drop(i, "list of contents");
                }
                for n in run {
                    if anchors > 0 {
                        self.found.contents.insert(key(&self.views[n].words));
                    }
                    self.drop(n, "list of contents");
                }
            }
            i = end;
        }
    }

    fn is_item(&self, i: usize) -> bool {
        matches!(self.blocks[i].kind, Kind::Item { .. })
    }

    fn next_item(&self, from: usize) -> Option<usize> {
        (from..self.blocks.len().min(from + 3)).find(|i| !self.blocks[*i].is_blank()).filter(|i| self.is_item(*i))
    }

    /// Whether a list without a label only repeats the page's headings, and no sentence leads into it.
    fn repeats_headings(&self, first: usize, end: usize) -> bool {
        if end - first < 2 || !(first..end).all(|n| self.views[n].only_anchors()) {
            return false;
        }
        let before = (self.found.start..first).rev().find(|n| !self.blocks[*n].is_blank());
        if before.is_some_and(|n| self.views[n].words.ends_with(':')) {
            return false;
        }
        let headings = self.headings.get_or_init(|| {
            let all = self.blocks.iter().zip(&self.views);
            all.filter(|(b, _)| matches!(b.kind, Kind::Heading { .. })).map(|(_, v)| key(&v.words)).collect()
        });
        (first..end).all(|n| headings.contains(&key(&self.views[n].words)))
    }

    fn lines(&mut self) {
        for i in self.found.start..self.blocks.len() {
            let view = &self.views[i];
            let script = view.only_links()
                && view.addresses.iter().all(|a| a.trim_start().to_ascii_lowercase().starts_with("javascript:"));
            // "Back" as a heading or an item of a list may be a part of the body
            let furniture = match self.blocks[i].kind {
                Kind::Heading { .. } => false,
                Kind::Item { .. } => view.only_links() || count(&view.words) > 1,
                _ => true,
            };
            let reason = self.rules.cut.find(&view.words).filter(|_| furniture).or(script.then_some("script"));
            if view.words.is_empty() {
                continue;
            }
            if let Some(reason) = reason.map(str::to_string) {
                self.drop(i, &reason);
            }
        }
    }

    fn forms(&mut self) {
        let rules = self.rules;
        let mut i = self.found.start;
        while i < self.blocks.len() {
            let form = rules.forms.iter().find(|f| f.begins(&self.views[i].words));
            let Some(form) = form else {
                i += 1;
                continue;
            };
            while i < self.blocks.len() {
                let words = &self.views[i].words;
                if !words.is_empty() && !form.holds(words) {
                    break;
                }
                if !words.is_empty() {
                    self.drop(i, &form.reason);
                }
                i += 1;
            }
        }
    }

    fn neighbours(&mut self) {
        for i in self.found.start..self.blocks.len() {
            let view = &self.views[i];
            if self.gone(i) || view.addresses.len() != 1 || !view.only_links() {
                continue;
            }
            let Some(first) = &view.link_first_line else { continue };
            let spread = !view.link_rest.is_empty();
            let side = |list: &[String]| -> Option<String> {
                let whole = key(first);
                if spread && list.contains(&whole) {
                    return Some(view.link_rest.clone());
                }
                if !spread && list.contains(&whole) {
                    return Some(String::new());
                }
                // "Next: a title"
                let (label, rest) = first.split_once(':')?;
                list.contains(&key(label)).then(|| rest.trim().to_string())
            };
            let found = match (side(&self.rules.previous), side(&self.rules.next)) {
                (Some(title), _) => Some(("previous", title)),
                (_, Some(title)) => Some(("next", title)),
                _ => None,
            };
            if let Some((which, title)) = found {
                let title = title.trim_matches(|c: char| !c.is_alphanumeric() && !"()?!.'’\"".contains(c)).to_string();
                let address = view.addresses.first().cloned().unwrap_or_default();
                self.found.neighbours.push((which, i, title, address));
                self.drop(i, "link to the page before or after");
            }
        }
    }

    /// Cuts everything from where the data says that the article is over.
    fn end(&mut self) {
        let mut written = false;
        let last_listed = (self.found.start..self.blocks.len()).rev().find(|i| {
            matches!(self.blocks[*i].kind, Kind::Heading { .. })
                && self.found.contents.contains(&key(&self.views[*i].words))
        });
        for i in self.found.start..self.blocks.len() {
            if self.gone(i) || self.blocks[i].is_blank() {
                continue;
            }
            let view = &self.views[i];
            let reason = self.rules.end.find(&view.words).filter(|_| count(&view.words) <= 14);
            if let Some(reason) = reason
                && written
                && last_listed.is_none_or(|l| l < i)
            {
                let reason = reason.to_string();
                for n in i..self.blocks.len() {
                    self.drop(n, &reason);
                }
                return;
            }
            written |= view.letters > 0 && !view.only_links() && !matches!(self.blocks[i].kind, Kind::Heading { .. });
        }
    }

    fn sections(&mut self) {
        let mut i = self.found.start;
        while i < self.blocks.len() {
            let Kind::Heading { level, .. } = self.blocks[i].kind else {
                i += 1;
                continue;
            };
            let reason = self.rules.section.find(&self.views[i].words).map(str::to_string);
            let Some(reason) = reason.filter(|_| !self.gone(i)) else {
                i += 1;
                continue;
            };
            self.drop(i, &reason);
            i += 1;
            while i < self.blocks.len() {
                let heads = matches!(self.blocks[i].kind, Kind::Heading { level: l, .. } if l <= level);
                if heads || self.gone(i) || self.is_date(i) {
                    break;
                }
                self.drop(i, &reason);
                i += 1;
            }
        }
    }

    fn is_date(&self, i: usize) -> bool {
        self.blocks[i].is_blank() && self.taken.get(self.blocks[i].from).copied().unwrap_or(false)
    }

    /// Walks from the page's end up to the article's last words.
    fn foot(&mut self) {
        let mut evidence = 0usize;
        let mut i = self.blocks.len();
        while i > self.found.start {
            i -= 1;
            if self.is_date(i) {
                return;
            }
            // the pictures of a foot are gone with it in HTML: one at the end is the article's
            let picture = self.html && self.views[i].only_pictures();
            if self.blocks[i].is_blank() || picture || matches!(self.blocks[i].kind, Kind::Rule) {
                continue;
            }
            if let Some(reason) = &self.blocks[i].dropped {
                let form = self.rules.forms.iter().any(|f| f.reason == *reason);
                let neighbour = self.found.neighbours.iter().any(|(_, n, ..)| *n == i);
                if form || neighbour {
                    return;
                }
                evidence += 1;
                continue;
            }
            let mut first = i;
            if self.is_item(i) {
                while first > self.found.start && self.is_item(first - 1) && !self.gone(first - 1) {
                    first -= 1;
                }
            }
            if !self.foot_run(first, i, evidence) {
                return;
            }
            for n in first..=i {
                self.drop(n, "footer");
            }
            evidence += 1;
            i = first;
        }
    }

    /// Whether the blocks `first..=last` (one block, or a list) belong to the page's foot.
    fn foot_run(&self, first: usize, last: usize, evidence: usize) -> bool {
        if self.is_item(first) {
            let run = first..=last;
            let length = last - first + 1;
            let furniture = run.clone().filter(|n| self.foot_item(&self.views[*n])).count();
            let links = run.clone().filter(|n| self.views[*n].only_links() || self.views[*n].letters == 0).count();
            let prose = run.filter(|n| self.views[*n].prose()).count();
            return prose == 0 && (furniture * 3 >= length * 2 || links == length && furniture * 2 >= length);
        }
        let view = &self.views[first];
        if view.words.is_empty() || self.rules.foot.find(&view.words).is_some() {
            return true;
        }
        if view.only_links() && view.addresses.iter().all(|a| self.same_site(a)) && count(&view.words) < 12 {
            return true;
        }
        let words = count(&view.words);
        let ends = view.words.ends_with(['.', '!', '?', ':', '…', '"', '”', ')']);
        let layout = self.blocks[first].repaired.iter().any(|r| r.contains("unrolled"));
        let contact = !layout
            && (view.words.contains('@') || view.words.contains("http") || !view.words.contains(char::is_alphabetic));
        let heading = matches!(self.blocks[first].kind, Kind::Heading { .. });
        if heading {
            let next = (first + 1..self.blocks.len()).find(|n| !self.blocks[*n].is_blank());
            return evidence > 0 && next.is_some_and(|n| self.gone(n)) && words <= 8;
        }
        matches!(self.blocks[first].kind, Kind::Paragraph { .. }) && evidence > 1 && words <= 8 && !ends && !contact
    }

    fn foot_item(&self, view: &View) -> bool {
        if view.words.is_empty() || self.rules.foot.find(&view.words).is_some() {
            return true;
        }
        // a download's size may stand beside its link
        let only =
            view.letters > 0 && view.linked * 3 >= view.letters * 2 && view.addresses.iter().all(|a| self.same_site(a));
        // the numbers of a list that goes on over several pages
        only || !view.words.contains(char::is_alphabetic)
    }

    /// Whether an address leads to the page's own site, or to the site's page at a social network.
    fn same_site(&self, address: &str) -> bool {
        let Ok(url) = Url::parse(address) else { return !address.contains("://") };
        let Some(host) = url.host_str() else { return false };
        let own = self.site.and_then(Url::host_str).is_some_and(|s| is_host(host, s.trim_start_matches("www.")));
        own || self.rules.hosts.iter().chain(&self.rules.links.social).any(|h| is_host(host, h))
    }
}

/// The host that most of a page's absolute links lead to, if that is plain: the page's own site.
pub(super) fn likely_site(blocks: &[Block], title: Option<usize>) -> Option<Url> {
    let mut hosts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let mut all = 0usize;
    for block in blocks.iter().take(title.unwrap_or(0)) {
        for address in View::new(block).addresses {
            all += 1;
            let host = Url::parse(&address).ok().and_then(|u| u.host_str().map(str::to_string));
            if let Some(host) = host {
                *hosts.entry(host).or_default() += 1;
            }
        }
    }
    let (host, n) = hosts.into_iter().max_by_key(|(_, n)| *n)?;
    if n < 5 || n * 2 < all {
        return None;
    }
    Url::parse(&format!("https://{host}/")).ok()
}

/// Whether a paragraph only says again what the heading below it says.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let a = key(&visible(a, false));
    !a.is_empty() && a == key(&visible(b, false))
}
