//! Puts right what the crawl and the web page's maker got wrong.

use std::collections::HashSet;

use super::block::{Block, Kind};
use super::furniture::same_words;
use super::inline::visible;
use super::ruleset::Ruleset;
use super::text::{count, key};
use super::view::View;

/// Repairs the article's blocks; those that are dropped stay where they are.
pub(super) fn article(blocks: Vec<Block>, contents: &HashSet<String>, rules: &Ruleset) -> Vec<Block> {
    let mut blocks = stacked(blocks);
    headings(&mut blocks);
    repeats(&mut blocks);
    labels(&mut blocks);
    let blocks = callouts(blocks, contents, rules);
    let blocks = continued_items(blocks);
    let mut blocks: Vec<Block> = blocks.into_iter().map(|b| quotes(b, rules)).collect();
    videos(&mut blocks, rules);
    levels(&mut blocks);
    blocks
}

fn live(block: &Block) -> bool {
    block.dropped.is_none() && !block.is_blank()
}

/// Headings without words go; of two in a stack the inner one keeps the words.
fn stacked(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if !live(block) {
            continue;
        }
        match &block.kind {
            Kind::Heading { text, .. } if visible(text, false).is_empty() => {
                let picture = View::new(block).pictures > 0;
                block.dropped = Some(if picture { "picture" } else { "empty heading" }.into());
            }
            Kind::Item { text, .. } if visible(text, true).is_empty() => block.dropped = Some("empty list item".into()),
            Kind::Rule => block.dropped = Some("rule".into()),
            _ => {}
        }
    }
    blocks
}

/// What was done to the words that opened a part of the page, where no heading fits.
pub(super) const OPENED: &str = "a part that the page shows on demand stands open";

/// The most words that a heading has; more are a paragraph that was marked as one.
const HEADING_WORDS: usize = 24;

/// Headings that are paragraphs, and bold lines that are headings.
fn headings(blocks: &mut [Block]) {
    let mut level = 1;
    for i in 0..blocks.len() {
        if !live(&blocks[i]) {
            continue;
        }
        match &blocks[i].kind {
            Kind::Heading { text, level: l } => {
                let words = visible(text, false);
                let sentences = words.trim_end_matches('.').contains(". ");
                if count(&words) > HEADING_WORDS || sentences && count(&words) > 16 {
                    let text = text.clone();
                    blocks[i].kind = Kind::Paragraph { text };
                    blocks[i].repaired.push("a whole paragraph was marked as a heading");
                } else {
                    level = *l;
                }
            }
            Kind::Paragraph { text } if is_bold_heading(text) && !blocks[i].repaired.contains(&OPENED) => {
                let next = blocks.iter().skip(i + 1).find(|b| live(b));
                let follows = next
                    .is_some_and(|b| matches!(b.kind, Kind::Paragraph { .. } | Kind::Item { .. } | Kind::Table(_)))
                    && !next.is_some_and(|b| is_bold_heading(b.text()));
                // a line between two items belongs to the list
                let before = blocks[..i].iter().rev().find(|b| !b.is_blank());
                let in_list = before.is_some_and(|b| matches!(b.kind, Kind::Item { .. }))
                    && next.is_some_and(|b| matches!(b.kind, Kind::Item { .. }));
                if follows && !in_list {
                    let kind = Kind::Heading { level: (level + 1).min(6), text: text.clone() };
                    blocks[i].kind = kind;
                    blocks[i].repaired.push("a bold line became the heading that it is");
                }
            }
            _ => {}
        }
    }
}

/// A short line that is bold as a whole and no sentence.
pub(super) fn is_bold_heading(text: &str) -> bool {
    let text = text.trim();
    let Some(inner) = text.strip_prefix("**").and_then(|t| t.strip_suffix("**")) else { return false };
    let words = visible(inner, false);
    let ends = words.ends_with(['.', ':', ';', ',', '!', ')', '…']) || words.contains(". ");
    !inner.contains("**") && !inner.contains(['[', '\n']) && (1..=10).contains(&count(&words)) && !ends
}

/// A line that only says what the heading below it says.
fn repeats(blocks: &mut [Block]) {
    let mut before: Option<usize> = None;
    for i in 0..blocks.len() {
        if !live(&blocks[i]) {
            continue;
        }
        if let (Kind::Heading { text, .. }, Some(b)) = (&blocks[i].kind, before)
            && matches!(blocks[b].kind, Kind::Paragraph { .. })
            && same_words(blocks[b].text(), text)
        {
            blocks[b].dropped = Some("repeats the heading below".into());
        }
        before = Some(i);
    }
}

/// A short label whose words stand on the next line, such as "Compiled by:".
fn labels(blocks: &mut [Block]) {
    let mut label: Option<usize> = None;
    for i in 0..blocks.len() {
        if !live(&blocks[i]) {
            continue;
        }
        let Kind::Paragraph { text } = &blocks[i].kind else {
            label = None;
            continue;
        };
        let words = visible(text, false);
        if let Some(l) = label.filter(|_| count(&words) <= 30 && !words.ends_with(':')) {
            let text = format!("{} {}", blocks[l].text(), text);
            blocks[i].kind = Kind::Paragraph { text };
            blocks[i].from = blocks[l].from;
            blocks[i].repaired.push("a label and its words stood on two lines");
            blocks[l].kind = Kind::Blank;
            label = None;
            continue;
        }
        label = Some(i).filter(|_| words.ends_with(':') && (1..=3).contains(&count(&words)));
    }
}

/// Labels and headings that are callouts.
fn callouts(blocks: Vec<Block>, contents: &HashSet<String>, rules: &Ruleset) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        if !live(&block) {
            out.push(block);
            continue;
        }
        if let Kind::Paragraph { text } = &block.kind
            && let Some(kind) = rules.callout(&visible(text, false)).map(str::to_string)
        {
            let mut held = Vec::new();
            while rest.peek().is_some_and(Block::is_blank) {
                held.extend(rest.next());
            }
            if rest.peek().is_some_and(|b| live(b) && matches!(b.kind, Kind::Heading { .. })) {
                let mut label = block;
                label.dropped = Some("label of a callout".into());
                out.push(label);
                out.append(&mut held);
                if let Some(heading) = rest.next() {
                    let mut inner = Vec::new();
                    while rest.peek().is_some_and(|b| b.is_blank() || live(b) && in_callout(b, rules)) {
                        inner.extend(rest.next());
                    }
                    callout(heading, inner, kind, &mut out);
                }
                continue;
            }
            out.push(block);
            out.append(&mut held);
            continue;
        }
        let runs_on = matches!(&block.kind, Kind::Heading { text, .. } if unfinished(text, contents));
        if runs_on {
            let mut held = Vec::new();
            while rest.peek().is_some_and(Block::is_blank) {
                held.extend(rest.next());
            }
            if rest.peek().is_some_and(|b| live(b) && continues(b)) {
                let inner: Vec<Block> = rest.next().into_iter().collect();
                callout(block, inner, "IMPORTANT".into(), &mut out);
            } else {
                out.push(block);
            }
            out.append(&mut held);
            continue;
        }
        out.push(block);
    }
    out
}

fn in_callout(block: &Block, rules: &Ruleset) -> bool {
    match &block.kind {
        Kind::Paragraph { text } => rules.callout(&visible(text, false)).is_none(),
        Kind::Item { .. } => true,
        _ => false,
    }
}

/// Whether a heading is no entry of the contents and ends like the first half of a sentence.
fn unfinished(text: &str, contents: &HashSet<String>) -> bool {
    let words = visible(text, false);
    !contents.contains(&key(&words)) && count(&words) > 2 && !words.ends_with(['.', '?', '!', ':'])
}

/// Whether a paragraph goes on with the sentence that a heading began.
fn continues(block: &Block) -> bool {
    let Kind::Paragraph { text } = &block.kind else { return false };
    let words = visible(text, false);
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // a name such as "mRNA" or "eHealth" begins in lower case too, and so does an address
    first.starts_with(char::is_lowercase)
        && !first.chars().any(char::is_uppercase)
        && count(&words) > 3
        && !words.starts_with("http")
        && !words.starts_with("www.")
}

fn callout(heading: Block, inner: Vec<Block>, kind: String, out: &mut Vec<Block>) {
    if !inner.iter().any(live) {
        out.push(heading);
        out.extend(inner);
        return;
    }
    let title = heading.text().to_string();
    let to = inner.iter().map(|b| b.to).max().unwrap_or(heading.to).max(heading.to);
    let mut block = Block::new(heading.from, to, Kind::Callout { kind, title, blocks: inner });
    block.repaired.extend(heading.repaired);
    block.repaired.push("a heading that is a callout became one");
    out.push(block);
}

/// Lines between the items of a list that are the rest of the item above, as in a list of books.
fn continued_items(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut i = 0;
    while i < blocks.len() {
        let whole_bold = matches!(&blocks[i].kind, Kind::Item { text, .. } if is_bold_item(text));
        if !(whole_bold && live(&blocks[i])) {
            out.push(blocks[i].clone());
            i += 1;
            continue;
        }
        let mut item = blocks[i].clone();
        let mut end = i + 1;
        while end < blocks.len() && end - i < 5 && is_item_rest(&blocks[end]) {
            end += 1;
        }
        // the rest of an item only where the next thing is an item again, or the list has ended
        let next = blocks.get(end).is_none_or(|b| !live(b) || matches!(b.kind, Kind::Item { .. }));
        if next && end > i + 1 {
            let mut text = item.text().to_string();
            for block in &blocks[i + 1..end] {
                text.push('\n');
                text.push_str(block.text());
            }
            item.to = blocks[end - 1].to;
            item.repaired.push("the rest of a list item stood on the next line");
            if let Kind::Item { text: old, .. } = &mut item.kind {
                *old = text;
            }
        } else {
            end = i + 1;
        }
        out.push(item);
        i = end;
    }
    out
}

fn is_bold_item(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("").trim();
    first.starts_with("**") && first.ends_with("**") && first.len() > 4
}

fn is_item_rest(block: &Block) -> bool {
    let Kind::Paragraph { text } = &block.kind else { return false };
    let words = visible(text, false);
    live(block) && (1..=12).contains(&count(&words)) && !words.ends_with(['.', ':', '?', '!', ';'])
}

/// Quotations: with a heading they are callouts, with quotation marks they are quotations.
fn quotes(mut block: Block, rules: &Ruleset) -> Block {
    let Kind::Quote { blocks } = &mut block.kind else { return block };
    if block.dropped.is_some() {
        return block;
    }
    let mut inner = stacked(std::mem::take(blocks));
    let first = inner.iter().position(live);
    let head = first.filter(|i| matches!(inner[*i].kind, Kind::Heading { .. }));
    let words = first.map(|i| visible(inner[i].text(), false)).unwrap_or_default();
    let quoted = words.starts_with(['"', '“', '‘', '\'', '«']);
    let mut kind = rules.plain_quotes.clone().filter(|k| k != "quote");
    let mut title = String::new();
    if let Some(i) = head
        && !quoted
        && inner.len() > 1
        && inner.iter().skip(i + 1).any(live)
    {
        title = inner.remove(i).text().to_string();
        kind = Some(kind.unwrap_or_else(|| "note".into()));
    }
    // a heading inside a quotation or a callout is a bold line
    for inside in &mut inner {
        if let Kind::Heading { text, .. } = &inside.kind {
            let text = format!("**{}**", text.replace("**", ""));
            inside.kind = Kind::Paragraph { text };
            inside.repaired.push("a heading inside a quotation became a bold line");
        }
    }
    match kind {
        Some(kind) if !quoted => {
            block.kind = Kind::Callout { kind: kind.to_uppercase(), title, blocks: inner };
            block.repaired.push("a box that the page marked as a quotation became a callout");
        }
        _ => block.kind = Kind::Quote { blocks: inner },
    }
    block
}

/// A link to a film that stands alone and has words becomes the film.
fn videos(blocks: &mut [Block], rules: &Ruleset) {
    for block in blocks.iter_mut().filter(|b| live(b)) {
        let Kind::Paragraph { .. } = block.kind else { continue };
        let view = View::new(block);
        let [address] = view.addresses.as_slice() else { continue };
        let host = url::Url::parse(address).ok().and_then(|u| u.host_str().map(str::to_string));
        let film = host.is_some_and(|h| rules.links.video.iter().any(|v| super::ruleset::is_host(&h, v)));
        if film && view.only_links() && count(&view.words) > 1 && !view.words.contains("://") && view.pictures == 0 {
            block.kind = Kind::Video { title: view.words.clone(), url: address.clone() };
            block.repaired.push("a link to a film that stands alone became the film");
        }
    }
}

/// Whole levels: the first heading is of level 2, none is skipped, none is deeper than 4.
fn levels(blocks: &mut [Block]) {
    let mut open: Vec<u8> = Vec::new();
    for block in blocks.iter_mut().filter(|b| live(b)) {
        let Kind::Heading { level, .. } = &mut block.kind else { continue };
        while open.last().is_some_and(|l| *l >= *level) {
            open.pop();
        }
        open.push(*level);
        let whole = u8::try_from(open.len() + 1).unwrap_or(4).min(4);
        if whole != *level {
            *level = whole;
            block.repaired.push("the heading's level put in order");
        }
    }
}
