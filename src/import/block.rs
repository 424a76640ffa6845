//! Segments -> blocks, in the crawl's dialect: one line is one block, and not CommonMark.

use super::lines::Segment;
use super::table::{self, Table};

/// A block with the segments it was made of.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// First segment.
    pub(super) from: usize,
    /// Last segment.
    pub(super) to: usize,
    pub(super) kind: Kind,
    /// Why it is left out, if it is.
    pub(super) dropped: Option<String>,
    /// What was put right while it was read.
    pub(super) repaired: Vec<&'static str>,
    /// Its language, where that is not the page's.
    pub(super) language: Option<String>,
}

/// The kinds of block. Words still have the dialect's marks; `\n` in them is a line break.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Blank,
    Rule,
    Heading {
        level: u8,
        text: String,
    },
    /// An item at a depth from 0; its number if it has one.
    Item {
        depth: usize,
        number: Option<u32>,
        text: String,
    },
    Paragraph {
        text: String,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// A callout: its kind, its title, what it says.
    Callout {
        kind: String,
        title: String,
        blocks: Vec<Block>,
    },
    Table(Table),
    /// A term; what it means follows.
    Term {
        text: String,
    },
    /// What the term above means.
    Meaning {
        text: String,
    },
    /// A footnote.
    Note {
        number: usize,
        text: String,
    },
    /// A film: title and address.
    Video {
        title: String,
        url: String,
    },
}

impl Block {
    pub(super) fn new(from: usize, to: usize, kind: Kind) -> Self {
        Self { from, to, kind, dropped: None, repaired: Vec::new(), language: None }
    }

    pub(super) fn repaired(mut self, what: &'static str) -> Self {
        self.repaired.push(what);
        self
    }

    /// The words with marks, where the block is one run of them.
    pub(super) fn text(&self) -> &str {
        match &self.kind {
            Kind::Heading { text, .. }
            | Kind::Item { text, .. }
            | Kind::Paragraph { text }
            | Kind::Term { text }
            | Kind::Meaning { text }
            | Kind::Note { text, .. } => text,
            _ => "",
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::Blank)
    }
}

/// Reads blocks out of segments; those that are `taken` are spoken for.
pub(super) fn blocks(segments: &[Segment], taken: &[bool]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < segments.len() {
        let start = i;
        if taken.get(i).copied().unwrap_or(false) || segments[i].text.trim().is_empty() {
            out.push(Block::new(i, i, Kind::Blank));
            i += 1;
            continue;
        }
        if let Some(found) = table::read(segments, taken, i) {
            i = found.next;
            out.extend(found.blocks);
            continue;
        }
        let block = if segments[i].text.trim_start().starts_with('>') {
            quote(segments, taken, i)
        } else {
            one(segments, taken, i)
        };
        i = block.to + 1;
        // every branch moves on; this keeps a mistake from hanging
        i = i.max(start + 1);
        out.push(block);
    }
    out
}

fn free<'a>(segments: &'a [Segment], taken: &[bool], i: usize) -> Option<&'a str> {
    let segment = segments.get(i)?;
    (!taken.get(i).copied().unwrap_or(false)).then_some(segment.text.as_str())
}

fn one(segments: &[Segment], taken: &[bool], i: usize) -> Block {
    let line = segments[i].text.as_str();
    let bare = line.trim();
    if is_rule(bare) {
        return Block::new(i, i, Kind::Rule);
    }
    if let Some((level, rest)) = heading(bare) {
        return heading_block(segments, taken, i, level, rest);
    }
    if let Some((depth, number, rest)) = item(line) {
        if let Some((level, words)) = heading(rest) {
            let (to, text) = gather(segments, taken, i, words);
            return Block::new(i, to, Kind::Heading { level, text }).repaired("a heading stood in a list");
        }
        let (to, text) = gather(segments, taken, i, rest);
        return Block::new(i, to, Kind::Item { depth, number, text });
    }
    let (to, text) = gather(segments, taken, i, bare);
    Block::new(i, to, Kind::Paragraph { text })
}

/// `---`, `***` and the like.
fn is_rule(bare: &str) -> bool {
    let mut marks = bare.chars().filter(|c| *c != ' ');
    let Some(first @ ('-' | '*' | '_' | '=')) = marks.next() else { return false };
    let mut count = 1;
    for c in marks {
        if c != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// Level and words of a heading.
pub(super) fn heading(bare: &str) -> Option<(u8, &str)> {
    let level = bare.bytes().take_while(|b| *b == b'#').count();
    if !(1..=6).contains(&level) {
        return None;
    }
    let rest = &bare[level..];
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim();
    let closed = rest.trim_end_matches('#');
    let rest = if closed.is_empty() || closed.ends_with(' ') { closed.trim_end() } else { rest };
    Some((u8::try_from(level).unwrap_or(6), rest))
}

/// Depth, number and words of a list item.
fn item(line: &str) -> Option<(usize, Option<u32>, &str)> {
    let bare = line.trim_start();
    let indent = &line[..line.len() - bare.len()];
    let tabs = indent.bytes().filter(|b| *b == b'\t').count();
    let depth = (tabs + (indent.len() - tabs) / 4).min(6);
    let bare = bare.trim_end_matches(['\t']);
    if let Some(rest) = bare.strip_prefix(['*', '+', '-', '•', '◦', '▪', '‣']) {
        let bullet = !bare.starts_with(['*', '+', '-']);
        let blank = rest.is_empty() || rest.starts_with([' ', '\t']) || bullet;
        return blank.then_some((depth, None, rest.trim_start()));
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = bare[digits..].strip_prefix(['.', ')'])?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    Some((depth, bare[..digits].parse().ok(), rest.trim_start()))
}

/// How many more lines a link, or a line that ends in a break, may take.
const FOLLOW: usize = 8;

/// The words of a block that begins at `i` with `first`, with the lines that belong to it:
/// those inside an open link, and those after a line break.
fn gather(segments: &[Segment], taken: &[bool], i: usize, first: &str) -> (usize, String) {
    let mut text = first.trim_end().to_string();
    let mut to = i;
    loop {
        if open_bracket(&text)
            && let Some(end) = link_end(segments, taken, to)
        {
            for segment in segments.iter().take(end + 1).skip(to + 1) {
                text.push('\n');
                text.push_str(segment.text.trim());
            }
            to = end;
            continue;
        }
        let breaks = segments[to].text.ends_with("  ") && !segments[to].text.trim().is_empty();
        let next = free(segments, taken, to + 1).filter(|_| breaks && to < i + 200);
        let Some(next) = next.filter(|n| is_plain(n)) else { break };
        text.push('\n');
        text.push_str(next.trim());
        to += 1;
    }
    (to, text)
}

/// Whether a line is words and begins no other block.
fn is_plain(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty() && !bare.starts_with(['#', '>', '|']) && item(line).is_none() && !is_rule(bare)
}

/// Whether a link's words begin in the text and do not end there.
fn open_bracket(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        i += 1;
    }
    depth > 0
}

/// The line, not far below `from`, where a link that is open ends.
fn link_end(segments: &[Segment], taken: &[bool], from: usize) -> Option<usize> {
    for n in from + 1..=from + FOLLOW {
        let line = free(segments, taken, n)?;
        if line.len() > 4000 {
            return None;
        }
        let close = line.find("](");
        let open = line.find('[');
        if let Some(close) = close
            && open.is_none_or(|open| close < open)
        {
            return Some(n);
        }
        if open.is_some() || line.trim_start().starts_with('|') {
            return None;
        }
    }
    None
}

fn heading_block(segments: &[Segment], taken: &[bool], i: usize, level: u8, rest: &str) -> Block {
    if !rest.is_empty() {
        let (to, text) = gather(segments, taken, i, rest);
        return Block::new(i, to, Kind::Heading { level, text });
    }
    // a mark alone: the words are on a line below that begins with a blank
    let mut next = i + 1;
    let mut blanks = 0;
    while let Some(line) = free(segments, taken, next) {
        if !line.trim().is_empty() {
            break;
        }
        blanks += 1;
        next += 1;
        if blanks > 2 {
            break;
        }
    }
    let empty = || Block::new(i, i, Kind::Heading { level, text: String::new() });
    let Some(line) = free(segments, taken, next) else { return empty() };
    let bare = line.trim();
    if bare.is_empty() || !is_plain(line) {
        return empty();
    }
    let indented = line.starts_with([' ', '\t']);
    let whole_link = blanks == 0 && bare.starts_with('[') && super::inline::visible(bare, false).len() < 120;
    let title = level == 1 && super::text::count(bare) < 30;
    if !(indented || whole_link || title) {
        return empty();
    }
    let (mut to, mut text) = gather(segments, taken, next, bare);
    // a sign alone, such as a dash, ties the next line to the words
    if let Some(sign) = next_words(segments, taken, to)
        && super::text::count(&segments[sign].text) == 0
        && is_sign(segments[sign].text.trim())
        && let Some(end) = next_words(segments, taken, sign)
    {
        text = format!("{text} {} {}", segments[sign].text.trim(), segments[end].text.trim());
        to = end;
    }
    Block::new(i, to, Kind::Heading { level, text }).repaired("the heading's words stood on the next line")
}

fn is_sign(bare: &str) -> bool {
    matches!(bare, "-" | "–" | "—" | ":" | "|" | "·" | "/" | "&")
}

/// The next line with words or signs, at most one blank line below.
fn next_words(segments: &[Segment], taken: &[bool], from: usize) -> Option<usize> {
    (from + 1..=from + 2).find(|n| free(segments, taken, *n).is_some_and(|l| !l.trim().is_empty()))
}

/// Lines that begin with `>`.
fn quote(segments: &[Segment], taken: &[bool], i: usize) -> Block {
    let mut inner = Vec::new();
    let mut to = i;
    while let Some(line) = free(segments, taken, to).filter(|l| l.trim_start().starts_with('>')) {
        let mut segment = segments[to].clone();
        segment.text = strip(line);
        inner.push(segment);
        to += 1;
    }
    let to = to.saturating_sub(1).max(i);
    let mut found = blocks(&inner, &[]);
    for block in &mut found {
        shift(block, i);
    }
    Block::new(i, to, Kind::Quote { blocks: found })
}

fn shift(block: &mut Block, by: usize) {
    block.from += by;
    block.to += by;
}

/// A quoted line without its marks, however many.
fn strip(line: &str) -> String {
    let mut rest = line.trim_start();
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
        if !rest.trim_start().starts_with('>') {
            break;
        }
        rest = rest.trim_start();
    }
    rest.to_string()
}
