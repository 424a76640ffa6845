//! The part of the receipt that tells what was left out, or went elsewhere than the body.

use std::collections::HashMap;

use super::address::mask;
use super::block::{Block, Kind};
use super::dates::{Found, Role};
use super::inline::visible;
use super::lines::Segment;
use super::receipt::{BLANK, Dropped, Kept, Place, Receipt};
use super::ruleset::Ruleset;
use super::text::tidy;

/// Lines that nothing else accounts for: they hold no words, only blanks and marks.
pub(super) fn blanks(segments: &[Segment], receipt: &mut Receipt) {
    let last = segments.last().map_or(0, |s| s.line);
    let mut seen = vec![false; last + 1];
    let kept = receipt.kept.iter().map(|k| (k.line, k.to_line));
    let dropped = receipt.dropped.iter().map(|d| (d.line, d.to_line));
    for (from, to) in kept.chain(dropped).collect::<Vec<_>>() {
        for slot in seen.iter_mut().take(to.unwrap_or(from) + 1).skip(from) {
            *slot = true;
        }
    }
    for segment in segments {
        let Some(slot) = seen.get_mut(segment.line) else { continue };
        if *slot {
            continue;
        }
        *slot = true;
        let bare = segment.text.trim();
        let words = bare.chars().any(char::is_alphanumeric);
        let reason = match (bare.trim_start_matches(['>', ' ']).is_empty(), words) {
            (true, _) => BLANK,
            (_, false) => "marks without words",
            _ => "not part of the article",
        };
        receipt.dropped.push(Dropped { line: segment.line, to_line: None, text: bare.into(), reason: reason.into() });
    }
}

/// Writes the part of the receipt that tells what was left out, or went elsewhere than the body.
pub(super) struct Account<'a> {
    pub(super) segments: &'a [Segment],
    pub(super) rules: &'a Ruleset,
    /// Whether the input's marks were HTML, so that the words are said without marks.
    pub(super) html: bool,
    pub(super) receipt: &'a mut Receipt,
}

impl Account<'_> {
    fn line(&self, segment: usize) -> usize {
        self.segments.get(segment).map_or(0, |s| s.line)
    }

    fn keep(&mut self, from: usize, to: usize, text: String, field: &'static str) {
        let (line, last) = (self.line(from), self.line(to));
        self.receipt.kept.push(Kept { line, to_line: (last > line).then_some(last), text, to: field, at: None });
    }

    pub(super) fn drop(&mut self, from: usize, to: usize, text: &str, reason: &str) {
        let (line, last) = (self.line(from), self.line(to));
        let text = mask(&tidy(text), &self.rules.links);
        self.receipt.dropped.push(Dropped {
            line,
            to_line: (last > line).then_some(last),
            text,
            reason: reason.into(),
        });
    }

    fn raw(&self, from: usize, to: usize) -> String {
        let lines: Vec<&str> = self.segments.iter().take(to + 1).skip(from).map(|s| s.text.trim()).collect();
        if self.html { visible(&lines.join(" "), true) } else { lines.join(" ") }
    }

    pub(super) fn titles(
        &mut self,
        head: &[Block],
        heading: Option<usize>,
        browser: &Option<(usize, usize)>,
        untitled: bool,
        title: &str,
    ) {
        if let Some(block) = heading.and_then(|i| head.get(i)) {
            self.keep(block.from, block.to, title.to_string(), "title");
        }
        let Some((from, to)) = *browser else { return };
        let raw = self.raw(from, to);
        if !untitled {
            self.drop(from, to, &raw, "title of the browser's window");
        } else {
            self.keep(from, to, title.to_string(), "title");
            let rest = visible(&raw, true).replacen(title, "", 1);
            if rest.chars().any(char::is_alphanumeric) {
                self.drop(from, to, &rest, "the site's name");
            }
        }
    }

    pub(super) fn head(
        &mut self,
        head: &[Block],
        heading: Option<usize>,
        trail: Option<(usize, usize)>,
        browser: &Option<(usize, usize)>,
    ) {
        for (i, block) in head.iter().enumerate() {
            let in_browser = browser.is_some_and(|(from, to)| block.from >= from && block.to <= to);
            if Some(i) == heading || block.is_blank() || in_browser {
                continue;
            }
            let reason = match trail {
                Some((from, to)) if (from..=to).contains(&i) => "breadcrumbs",
                _ => block.dropped.as_deref().unwrap_or("navigation"),
            };
            let reason = reason.to_string();
            self.block(block, &reason);
        }
    }

    fn block(&mut self, block: &Block, reason: &str) {
        let text = if block.repaired.iter().any(|r| r.contains("unrolled")) || self.shared(block) {
            if self.html { visible(block.text(), true) } else { block.text().to_string() }
        } else {
            self.raw(block.from, block.to)
        };
        self.drop(block.from, block.to, &text, reason);
    }

    /// Whether another block stands on the same lines.
    fn shared(&self, block: &Block) -> bool {
        matches!(block.kind, Kind::Rule)
            && self.segments.get(block.from).is_some_and(|s| s.text.contains(char::is_alphanumeric))
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Some(reason) = block.dropped.clone() {
                self.block(block, &reason);
                continue;
            }
            if let Kind::Quote { blocks } | Kind::Callout { blocks, .. } = &block.kind {
                self.blocks(blocks);
            }
        }
    }

    pub(super) fn dates(&mut self, found: &[Found]) {
        let mut i = 0;
        while i < found.len() {
            let first = &found[i];
            let (from, to) = found
                .iter()
                .skip(i)
                .take_while(|f| f.segments.0 == first.segments.0)
                .fold(first.segments, |a, f| (a.0, a.1.max(f.segments.1)));
            let group: Vec<&Found> = found.iter().skip(i).take_while(|f| f.segments.0 == first.segments.0).collect();
            i += group.len();
            let stays = group.iter().any(|f| f.day.is_err() && !f.words.is_empty() && f.role != Role::Other);
            if stays {
                continue;
            }
            let text = visible(&self.raw(from, to), true);
            let used = group.iter().find(|f| f.day.is_ok() && f.role != Role::Other);
            match used {
                Some(f) => self.keep(from, to, text, f.role.key()),
                None if group.iter().all(|f| f.words.is_empty()) => {
                    self.drop(from, to, &text, "a label without its date")
                }
                None => self.drop(from, to, &text, "a date of something else than the page"),
            }
        }
    }

    /// Facts that stand nowhere but in furniture are cut out of what was dropped.
    pub(super) fn facts(&mut self, body: &str) {
        let mut found: Vec<(usize, String, Place)> = Vec::new();
        // the same words may have been dropped many times, and the body may be long
        let mut stands: HashMap<String, bool> = HashMap::new();
        for (name, patterns) in &self.rules.facts {
            let hit = self.receipt.dropped.iter().enumerate().find_map(|(n, dropped)| {
                let text = visible(&dropped.text, false);
                let captures = patterns.iter().find_map(|p| p.captures(&text))?;
                let text = captures.get(1).or_else(|| captures.get(0))?.as_str().trim().to_string();
                let in_body = *stands.entry(text.clone()).or_insert_with(|| body.contains(&text));
                (!in_body).then_some((n, Place { line: dropped.line, text }))
            });
            if let Some((n, place)) = hit {
                found.push((n, name.clone(), place));
            }
        }
        for (n, name, place) in found {
            if let Some(dropped) = self.receipt.dropped.get_mut(n)
                && let Some(at) = visible(&dropped.text, false).find(&place.text)
            {
                let words = visible(&dropped.text, false);
                let rest = format!("{} […] {}", words[..at].trim(), words[at + place.text.len()..].trim());
                dropped.text = tidy(&rest);
                self.receipt.kept.push(Kept {
                    line: place.line,
                    to_line: None,
                    text: place.text.clone(),
                    to: "facts",
                    at: None,
                });
            }
            self.receipt.facts.insert(name, place);
        }
    }
}
