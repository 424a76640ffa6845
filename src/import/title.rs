//! The page's title, and the topic that its breadcrumbs name.

use super::block::{Block, Kind};
use super::inline::{Event, parse, visible};
use super::lines::Segment;
use super::ruleset::Ruleset;
use super::text::{count, key};
use super::view::View;

/// The browser's title: the first line with words, and the lines of it that follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Browser {
    /// First and last segment.
    pub(super) segments: Option<(usize, usize)>,
    /// Its words.
    pub(super) words: String,
}

/// Reads the browser's title off the start of the page.
pub(super) fn browser(segments: &[Segment]) -> Browser {
    let Some(first) = segments.iter().position(|s| !s.text.trim().is_empty()) else { return Browser::default() };
    let line = segments[first].text.trim();
    if line.starts_with(['#', '*', '[', '!', '|', '>', '-', '+']) || line.len() > 300 && !line.contains("   ") {
        return Browser::default();
    }
    // some crawls glue the page's first links to the title
    let bare = line.split("   ").next().unwrap_or(line).trim();
    let mut words = visible(bare, false);
    let mut last = first;
    // " - Site" on a line of its own
    while let Some(next) = segments.get(last + 1).map(|s| s.text.as_str()) {
        let tail = next.trim();
        if !next.starts_with(' ') || !tail.starts_with(['-', '|', '–', '—', '»', '·']) || tail.len() > 120 {
            break;
        }
        words = format!("{words} {}", visible(tail, false));
        last += 1;
    }
    Browser { segments: Some((first, last)), words }
}

/// A browser's title without the site's name.
pub(super) fn without_site(words: &str, rules: &Ruleset) -> String {
    for site in &rules.titles {
        let bare =
            words.strip_suffix(site.as_str()).map(|w| w.trim_end_matches([' ', '|', '-', '–', '—', '·', ':', '»']));
        if let Some(bare) = bare.filter(|b| !b.is_empty()) {
            return bare.to_string();
        }
    }
    let cut = [" | ", " – ", " — ", " - ", " :: ", " » ", " · "].iter().filter_map(|mark| words.rfind(mark)).max();
    match cut {
        Some(at) if at > 0 => words[..at].trim().to_string(),
        _ => words.trim().to_string(),
    }
}

/// The block that is the page's title: of the level-1 headings, the one most like the browser's title.
pub(super) fn heading(blocks: &[Block], browser: &str) -> Option<usize> {
    let wanted = key(browser);
    let mut best: Option<(usize, usize)> = None;
    for (i, block) in blocks.iter().enumerate() {
        let Kind::Heading { level: 1, text } = &block.kind else { continue };
        let words = key(&visible(text, false));
        if words.is_empty() {
            continue;
        }
        let score = if !wanted.is_empty() && wanted.contains(&words) {
            2
        } else {
            usize::from(words.split(' ').any(|w| w.len() > 3 && wanted.contains(w)))
        };
        if best.is_none_or(|(_, s)| score > s) {
            best = Some((i, score));
        }
    }
    best.map(|(i, _)| i)
}

/// Lines that go on with a title, as the browser's title shows, are taken into it.
pub(super) fn complete(blocks: &mut [Block], title: usize, browser: &str) {
    let wanted = key(browser);
    let mut at = title + 1;
    while let Some(next) = blocks.get(at) {
        if next.is_blank() && at < title + 8 {
            at += 1;
            continue;
        }
        let Kind::Paragraph { text } = &next.kind else { return };
        let joined = format!("{} {}", blocks[title].text(), text);
        let words = key(&visible(&joined, false));
        let goes_on = wanted.strip_prefix(&words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if !goes_on {
            return;
        }
        let to = next.to;
        blocks[at].kind = Kind::Blank;
        let block = &mut blocks[title];
        block.to = to;
        block.kind = Kind::Heading { level: 1, text: joined };
        at += 1;
    }
}

/// The last breadcrumb above the title, and the blocks that hold the trail.
pub(super) fn topic(head: &[Block], title: &str, rules: &Ruleset) -> Option<(String, usize, usize)> {
    // nearest first; a menu far above the title is no trail
    let mut i = head.len();
    let floor = head.len().saturating_sub(40);
    while i > floor {
        i -= 1;
        let Some(block) = head.get(i) else { break };
        match &block.kind {
            Kind::Item { .. } => {
                // a numbered list below a list of dots is another list
                let numbered = is_numbered(block);
                let mut start = i;
                while start > 0
                    && matches!(head[start - 1].kind, Kind::Item { .. })
                    && is_numbered(&head[start - 1]) == numbered
                {
                    start -= 1;
                }
                if let Some(topic) = list(&head[start..=i], title, rules) {
                    return Some((topic, start, i));
                }
                i = start;
            }
            Kind::Paragraph { text } => {
                if let Some(topic) = line(text, title, rules) {
                    return Some((topic, i, i));
                }
            }
            _ => {}
        }
    }
    None
}

fn is_numbered(block: &Block) -> bool {
    matches!(block.kind, Kind::Item { number: Some(_), .. })
}

/// A numbered list of links, or one that begins at home or ends with the page itself.
fn list(items: &[Block], title: &str, rules: &Ruleset) -> Option<String> {
    // a trail may follow the menu in one list: it begins at home
    let home = items.iter().rposition(|b| rules.home.contains(&key(&visible(b.text(), false))));
    let items = if items.len() > 9 { items.get(home?..)? } else { items };
    if items.len() > 9 {
        return None;
    }
    let numbered = items.iter().all(|b| matches!(b.kind, Kind::Item { number: Some(_), depth: 0, .. }));
    let words: Vec<String> = items.iter().map(|b| visible(b.text(), false)).filter(|w| !w.is_empty()).collect();
    let ends = words.last().is_some_and(|w| key(w) == key(title)) && words.len() > 1;
    if !numbered && !ends {
        return None;
    }
    // the page itself is no link in its own trail
    let links = items.iter().map(View::new).filter(View::only_links).map(|v| v.words).collect();
    pick(links, title, rules)
}

/// Links in a row that begin at home or end with the page itself.
fn line(text: &str, title: &str, rules: &Ruleset) -> Option<String> {
    let mut crumbs = Vec::new();
    let mut tail = String::new();
    let mut inside = false;
    for event in parse(text) {
        match event {
            Event::Link(_) => {
                inside = true;
                crumbs.push(String::new());
            }
            Event::LinkEnd => inside = false,
            Event::Text(words) if inside => {
                if let Some(crumb) = crumbs.last_mut() {
                    crumb.push_str(&words);
                }
            }
            Event::Text(words) => tail.push_str(&words),
            _ => {}
        }
    }
    let home = crumbs.first().is_some_and(|c| rules.home.contains(&key(c)));
    let ends = key(tail.trim_start_matches([' ', '»', '>', '/', '|', '›', '→'])) == key(title);
    // words between the links are signs, and at the end there is at most the title
    let signs = key(&tail.replace(['»', '>', '/', '|', '›', '→'], " "));
    if crumbs.len() < 2 || !(signs.is_empty() && home || ends || signs == key(title)) {
        return None;
    }
    pick(crumbs, title, rules)
}

fn pick(words: Vec<String>, title: &str, rules: &Ruleset) -> Option<String> {
    let title = key(title);
    let named = |w: &String| {
        let k = key(w);
        !k.is_empty() && k != title && !rules.home.contains(&k) && count(w) < 12
    };
    words.into_iter().rfind(named).map(|w| super::text::tidy(&w))
}
