//! Repaired blocks -> the text of a page.

use super::block::{Block, Kind};
use super::escape;
use super::lines::Segment;
use super::receipt::{Dropped, Kept};
use super::span::{Place, Spans};
use super::table::Table;
use super::text::count;

/// Writes blocks and notes where each went.
pub(super) struct Writer<'a, 'b> {
    pub(super) spans: &'b mut Spans<'a>,
    pub(super) segments: &'b [Segment],
    pub(super) kept: Vec<Kept>,
    /// The captions that went with a picture, and the line of the page.
    pub(super) captions: Vec<(String, usize)>,
    /// The line of the page that the next words stand on.
    line: usize,
    /// Whether a line about the next block was just written.
    tied: bool,
    /// Whether the block above is a term, or what one means.
    term: bool,
}

impl<'a, 'b> Writer<'a, 'b> {
    /// A writer whose first line is line `line` of the page.
    pub(super) fn new(spans: &'b mut Spans<'a>, segments: &'b [Segment], line: usize) -> Self {
        Self { spans, segments, kept: Vec::new(), captions: Vec::new(), line, tied: false, term: false }
    }

    fn number(&self, segment: usize) -> usize {
        self.segments.get(segment).map_or(0, |s| s.line)
    }

    fn keep(&mut self, block: &Block, text: String, at: usize) {
        let line = self.number(block.from);
        let last = self.number(block.to);
        let to_line = (last > line).then_some(last);
        self.kept.push(Kept { line, to_line, text, to: "body", at: Some(at) });
    }

    fn note(&mut self, block: &Block, after: &str) {
        let line = self.number(block.from);
        let cleaned = self.segments.get(block.from).and_then(|s| s.cleaned);
        let before = match &block.kind {
            Kind::Callout { title, .. } => title.clone(),
            Kind::Video { title, url } => format!("[{title}]({url})"),
            _ => block.text().to_string(),
        };
        for what in block.repaired.iter().copied().chain(cleaned) {
            self.spans.repair(line, &before, after, what);
        }
    }

    fn push(&mut self, out: &mut String, chunk: &str) {
        self.line += chunk.bytes().filter(|b| *b == b'\n').count();
        out.push_str(chunk);
    }

    /// Puts the blank line before a block, unless it is the first.
    fn gap(&mut self, out: &mut String) {
        if !std::mem::take(&mut self.tied) && !out.is_empty() {
            self.push(out, "\n");
        }
    }

    /// Writes blocks one below another.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut last_list: Option<Marker> = None;
        let mut i = 0;
        while i < blocks.len() {
            let block = &blocks[i];
            if block.dropped.is_some() || block.is_blank() {
                i += 1;
                continue;
            }
            if matches!(block.kind, Kind::Item { .. }) {
                let end = list_end(blocks, i);
                let same = blocks[i..end].iter().filter(|b| b.dropped.is_none() && !b.is_blank());
                if let Some(language) = &block.language
                    && same.into_iter().all(|b| b.language == block.language)
                {
                    self.gap(&mut out);
                    self.push(&mut out, &language_line(language));
                    last_list = None;
                    self.tied = true;
                }
                last_list = self.list(&blocks[i..end], last_list, &mut out);
                if self.figures(&mut out, "") {
                    last_list = None;
                }
                self.term = false;
                i = end;
                continue;
            }
            let before = out.len();
            self.block(block, &mut out);
            let figures = self.figures(&mut out, "");
            if out.len() > before {
                last_list = None;
                self.term =
                    matches!(block.kind, Kind::Term { .. }) || self.term && matches!(block.kind, Kind::Meaning { .. });
                self.term &= !figures;
            }
            i += 1;
        }
        out
    }

    /// Writes the pictures of the words above; says whether there were any.
    fn figures(&mut self, out: &mut String, indent: &str) -> bool {
        let figures = self.spans.pictures();
        let any = !figures.is_empty();
        for (text, picture) in figures {
            self.gap(out);
            let at = self.line;
            self.push(out, &format!("{indent}{text}\n"));
            let text = if picture.decorative { String::new() } else { picture.alt };
            self.kept.push(Kept { line: picture.line, to_line: None, text, to: "body", at: Some(at) });
            self.captions.extend(picture.caption.map(|caption| (caption, at)));
        }
        any
    }

    fn block(&mut self, block: &Block, out: &mut String) {
        let line = self.number(block.from);
        match &block.kind {
            Kind::Heading { level, text } => {
                let words = self.spans.words(text, line, Place::Heading);
                if words.is_empty() {
                    return;
                }
                let marks = "#".repeat(usize::from(*level));
                let chunk = format!("{marks} {}\n", words.one_line());
                self.finish(block, out, &chunk, words.plain);
            }
            Kind::Paragraph { text } => {
                let words = self.spans.words(text, line, Place::Body);
                if words.is_empty() {
                    return;
                }
                let chunk = format!("{}\n", words.block(""));
                self.finish(block, out, &chunk, words.plain);
            }
            Kind::Term { text } => {
                let words = self.spans.words(text, line, Place::Heading);
                if words.is_empty() {
                    return;
                }
                let chunk = format!("{}\n", escape::line_start(&words.one_line()));
                self.finish(block, out, &chunk, words.plain);
            }
            Kind::Meaning { text } => {
                let words = self.spans.words(text, line, Place::Body);
                if words.is_empty() {
                    return;
                }
                // it stands right below its term, or below another meaning of it
                let defines = self.term;
                self.tied = defines;
                let words_of =
                    if defines { format!(": {}\n", words.block("  ")) } else { format!("{}\n", words.block("")) };
                self.finish(block, out, &words_of, words.plain);
            }
            Kind::Note { number, text } => {
                let words = self.spans.words(text, line, Place::Body);
                if words.is_empty() {
                    return;
                }
                let chunk = format!("[^{number}]: {}\n", words.block("    "));
                self.finish(block, out, &chunk, words.plain);
            }
            Kind::Quote { blocks } => self.quote(blocks, out),
            Kind::Callout { kind, title, blocks } => self.callout(block, kind, title, blocks, out),
            Kind::Table(table) => self.table(block, table, out),
            Kind::Video { title, url } => {
                let chunk = match self.spans.link(url, title, line) {
                    Some(to) => {
                        format!("{{.video title=\"{}\" url=\"{}\"}}\n", escape::value(title), escape::value(&to))
                    }
                    None => {
                        let mut words = String::new();
                        escape::words(&mut words, title, false);
                        format!("{}\n", escape::line_start(&words))
                    }
                };
                self.finish(block, out, &chunk, title.clone());
            }
            Kind::Blank | Kind::Rule | Kind::Item { .. } => {}
        }
    }

    fn finish(&mut self, block: &Block, out: &mut String, chunk: &str, plain: String) {
        self.gap(out);
        if let Some(language) = &block.language {
            self.push(out, &language_line(language));
        }
        let at = self.line;
        self.push(out, chunk);
        self.note(block, chunk.trim_end());
        self.keep(block, plain, at);
    }

    fn list(&mut self, items: &[Block], last: Option<Marker>, out: &mut String) -> Option<Marker> {
        let mut open: Vec<Level> = Vec::new();
        let mut top = last;
        for item in items {
            let Kind::Item { depth, number, text } = &item.kind else { continue };
            if item.dropped.is_some() {
                continue;
            }
            let line = self.number(item.from);
            let (tick, text) = tick(text);
            let words = self.spans.words(text, line, Place::Body);
            if words.is_empty() {
                continue;
            }
            let depth = (*depth).min(open.len());
            open.truncate(depth + 1);
            let restart = open
                .get(depth)
                .is_some_and(|l| l.marker.ordered != number.is_some() || number.is_some_and(|n| n <= l.last));
            if restart {
                open.truncate(depth);
            }
            let first_of_all = open.is_empty();
            if open.len() == depth {
                let ordered = number.is_some();
                // two lists of one kind side by side differ in their signs, or Markdown would make one of them
                let other = match (depth, top) {
                    (0, Some(m)) if m.ordered == ordered => !m.other,
                    _ => false,
                };
                let first = number.unwrap_or(1);
                // right below words, Markdown reads only a 1 as the start of a list
                if ordered && first != 1 && depth > 0 && !out.ends_with("\n\n") {
                    self.push(out, "\n");
                }
                open.push(Level { marker: Marker { ordered, other }, next: first, last: first, width: 0 });
                if depth == 0 {
                    top = Some(Marker { ordered, other });
                }
            }
            let indent: usize = open.iter().take(depth).map(|l| l.width).sum();
            let Some(level) = open.last_mut() else { continue };
            let sign = level.sign();
            level.width = sign.len() + 1;
            level.last = number.unwrap_or(level.next);
            level.next = level.next.saturating_add(1);
            let width = indent + level.width;
            let chunk = format!("{}{sign} {tick}{}\n", " ".repeat(indent), words.block(&" ".repeat(width)));
            if first_of_all {
                self.gap(out);
            }
            let at = self.line;
            self.push(out, &chunk);
            self.note(item, chunk.trim());
            self.keep(item, words.plain, at);
            if self.figures(out, &" ".repeat(width)) {
                self.push(out, "\n");
            }
        }
        top
    }

    fn quote(&mut self, blocks: &[Block], out: &mut String) {
        let mut blocks: Vec<&Block> = blocks.iter().filter(|b| b.dropped.is_none() && !b.is_blank()).collect();
        let source = blocks.last().copied().filter(|_| blocks.len() > 1).and_then(attribution);
        let mut head = String::new();
        if let (Some(source), Some(last)) = (source, blocks.last().copied()) {
            blocks.pop();
            let line = self.number(last.from);
            let words = self.spans.words(&source, line, Place::Heading);
            head = format!("{{.quote source=\"{}\"}}\n", escape::value(&words.plain));
            self.gap(out);
            let at = self.line;
            self.push(out, &head);
            self.keep(last, words.plain, at);
        }
        if head.is_empty() {
            self.gap(out);
        }
        let held: Vec<Block> = blocks.into_iter().cloned().collect();
        let inner = self.blocks(&held);
        if inner.is_empty() && head.is_empty() {
            // nothing to show: take the gap back
            if out.ends_with("\n\n") {
                out.pop();
                self.line -= 1;
            }
            return;
        }
        out.push_str(&quoted(&inner));
    }

    fn callout(&mut self, block: &Block, kind: &str, title: &str, blocks: &[Block], out: &mut String) {
        let line = self.number(block.from);
        let words = self.spans.words(title, line, Place::Heading);
        let head = format!("> [!{kind}] {}", words.one_line());
        let mut head = format!("{}\n", head.trim_end());
        // right below words, Markdown reads only a 1 as the start of a list
        let first = blocks.iter().find(|b| b.dropped.is_none() && !b.is_blank());
        if first.is_some_and(|b| matches!(b.kind, Kind::Item { number: Some(n), .. } if n != 1)) {
            head.push_str(">\n");
        }
        self.gap(out);
        let at = self.line;
        self.push(out, &head);
        self.note(block, head.trim());
        if !words.is_empty() {
            let mut whole = block.clone();
            whole.to =
                blocks.iter().find(|b| !b.is_blank()).map_or(block.to, |b| b.from.saturating_sub(1)).max(block.from);
            self.keep(&whole, words.plain.clone(), at);
        }
        let inner = self.blocks(blocks);
        if inner.is_empty() {
            // a title alone says what there is to say
            out.truncate(out.len() - head.len());
            self.line -= head.matches('\n').count();
            if !words.is_empty() {
                self.push(out, &format!("> {}\n", words.block("> ")));
            }
            return;
        }
        out.push_str(&quoted(&inner));
    }

    fn table(&mut self, block: &Block, table: &Table, out: &mut String) {
        let line = self.number(block.from);
        let mut plain: Vec<String> = Vec::new();
        let mut chunk = String::new();
        if let Some(caption) = &table.caption {
            let words = self.spans.words(caption, line, Place::Heading);
            let column = if table.header_column { " header-column" } else { "" };
            chunk.push_str(&format!("{{.table caption=\"{}\"{column}}}\n", escape::value(&words.plain)));
            plain.push(words.plain);
        } else if table.header_column {
            chunk.push_str("{.table header-column}\n");
        }
        let empty_column = |n: usize| table.rows.iter().all(|r| r.get(n).is_none_or(|c| c.trim().is_empty()));
        let columns = table.header.len();
        let blank: Vec<bool> = (0..columns).map(empty_column).collect();
        let mut row = |spans: &mut Spans<'a>, cells: &[String], body: bool| {
            let mut line_out = String::from("|");
            for (n, cell) in cells.iter().enumerate() {
                let words = spans.words(cell, line, Place::Cell);
                let mut shown = words.one_line();
                if shown.is_empty() && body && blank.get(n).copied().unwrap_or(false) {
                    shown = "{.write}".into();
                }
                line_out.push_str(&if shown.is_empty() { "  |".to_string() } else { format!(" {shown} |") });
                if !words.plain.is_empty() {
                    plain.push(words.plain);
                }
            }
            line_out + "\n"
        };
        chunk.push_str(&row(self.spans, &table.header, false));
        chunk.push_str(&format!("|{}\n", " --- |".repeat(columns)));
        for cells in &table.rows {
            chunk.push_str(&row(self.spans, cells, true));
        }
        if table.repeats {
            let text = table.rows.iter().flat_map(|r| r.iter().zip(&table.header)).filter(|(c, _)| !c.is_empty());
            let text: Vec<&str> = text.map(|(_, label)| label.as_str()).collect();
            let reason = "repeats the column's header".to_string();
            self.spans.dropped.push(Dropped { line, to_line: None, text: text.join(" "), reason });
        }
        let plain = plain.join(" ");
        self.finish(block, out, &chunk, plain);
    }
}

/// The line that says the next block's language.
fn language_line(tag: &str) -> String {
    format!("{{.language tag=\"{}\"}}\n", escape::value(tag))
}

/// A list's kind and which of two signs it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker {
    ordered: bool,
    other: bool,
}

struct Level {
    marker: Marker,
    /// The number that comes next.
    next: u32,
    /// The number as written in the input.
    last: u32,
    /// How far its items' words are indented.
    width: usize,
}

impl Level {
    fn sign(&self) -> String {
        match (self.marker.ordered, self.marker.other) {
            (true, false) => format!("{}.", self.next),
            (true, true) => format!("{})", self.next),
            (false, false) => "-".into(),
            (false, true) => "*".into(),
        }
    }
}

/// Where the list that begins at `from` ends: at the next block that is no item.
fn list_end(blocks: &[Block], from: usize) -> usize {
    let mut end = from + 1;
    for (n, block) in blocks.iter().enumerate().skip(from + 1) {
        match (&block.kind, block.dropped.as_deref()) {
            (Kind::Item { .. }, None) => end = n + 1,
            (Kind::Blank, _) | (Kind::Item { .. }, Some(_)) => {}
            _ => break,
        }
    }
    end
}

/// A box to tick at the start of an item.
fn tick(text: &str) -> (&'static str, &str) {
    for (sign, mark) in
        [("[ ] ", "[ ] "), ("[x] ", "[x] "), ("[X] ", "[x] "), ("☐", "[ ] "), ("□", "[ ] "), ("☑", "[x] ")]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            return (mark, rest.trim_start());
        }
    }
    ("", text)
}

/// Who said it, where a quotation's last lines name somebody.
fn attribution(block: &Block) -> Option<String> {
    let Kind::Paragraph { text } = &block.kind else { return None };
    let bare = text.trim();
    let words = super::inline::visible(bare, false);
    let marked = bare.starts_with('*') && bare.ends_with('*') && bare.len() > 2;
    let dashed = bare.starts_with(['—', '–', '-', '~']);
    let ends = words.ends_with(['.', '!', '?', '"', '”']);
    if !(marked || dashed) || count(&words) > 14 || ends {
        return None;
    }
    Some(bare.trim_start_matches(['—', '–', '-', '~', ' ']).to_string())
}

/// The lines of a block behind `>`.
fn quoted(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len() + 64);
    for line in inner.lines() {
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push('\n');
    }
    out
}
