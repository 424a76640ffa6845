//! Markdown events -> blocks with places.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::attribute::{Attribute, Class};
use super::block::*;
use super::mask::{self, CalloutMark, FILLER};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// How deep blocks or marks may stand inside one another; no real page comes near.
const DEPTH: usize = 24;

/// Reads the body that starts at byte `base` of `text`.
pub(super) fn body(file: FileId, text: &str, base: usize, sink: &mut Sink) -> (Vec<Block>, Vec<FootnoteText>) {
    let body = text.get(base..).unwrap_or("");
    let masked = mask::mask(file, base, body, sink);
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(&masked.text, options()).into_offset_iter().collect();
    let mut builder = Builder {
        file,
        base,
        text: &masked.text,
        body,
        events: events.into_iter().peekable(),
        lines: masked.lines.into_iter().peekable(),
        inline: masked.inline,
        described: Vec::new(),
        callouts: masked.callouts,
        notes: Vec::new(),
        depth: 0,
        sink,
    };
    let blocks = builder.blocks(None, None);
    let notes = std::mem::take(&mut builder.notes);
    (blocks, notes)
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_DEFINITION_LIST
}

type Events<'a> = Peekable<IntoIter<(Event<'a>, Range<usize>)>>;

struct Builder<'a, 's> {
    file: FileId,
    base: usize,
    /// The masked body.
    text: &'a str,
    /// The body as written.
    body: &'a str,
    events: Events<'a>,
    lines: Peekable<IntoIter<(usize, Attribute)>>,
    /// Attributes inside text, in order: where each begins, and its length.
    inline: Vec<(usize, usize, Attribute)>,
    /// Those that a picture has taken.
    described: Vec<usize>,
    callouts: Vec<CalloutMark>,
    notes: Vec<FootnoteText>,
    depth: usize,
    sink: &'s mut Sink,
}

impl<'a> Builder<'a, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        // a block's range may end with blank lines; the words end before them
        let slice = self.body.get(range.clone()).unwrap_or("");
        let end = range.start + slice.trim_end().len();
        Span::new(self.file, self.base + range.start, self.base + end.max(range.start))
    }

    /// How far a byte stands from the start of its line.
    fn column(&self, at: usize) -> usize {
        at - self.body.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1)
    }

    fn complain(&mut self, code: Code, message: impl Into<String>, range: &Range<usize>, help: &str) {
        let span = self.span(range);
        let mut diagnostic = Diagnostic::new(code, message).at(span);
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.sink.push(diagnostic);
    }

    /// Reads blocks until `end` closes them. `container` is the bytes of what holds them.
    fn blocks(&mut self, container: Option<Range<usize>>, end: Option<TagEnd>) -> Vec<Block> {
        let mut out = Vec::new();
        let mut pending: Vec<Attribute> = Vec::new();
        self.depth += 1;
        loop {
            match self.events.peek() {
                None => break,
                Some((Event::End(tag), _)) => {
                    if Some(*tag) == end {
                        self.events.next();
                        break;
                    }
                    if end.is_some() {
                        // an outer container ends: this one has ended too
                        break;
                    }
                    self.events.next();
                    continue;
                }
                Some((event, range)) => {
                    let (start, inline) = (range.start, is_inline(event));
                    self.attributes(start, &mut out, &mut pending);
                    if inline {
                        // tight list items hold their words without a paragraph
                        self.loose_text(&mut out, &mut pending);
                        continue;
                    }
                }
            }
            let Some((event, range)) = self.events.next() else { break };
            // the mask put a break where the attribute stands
            if event == Event::Rule
                && let Some((_, attribute)) = self.lines.next_if(|(at, _)| range.contains(at))
            {
                self.line(attribute, &mut out, &mut pending);
                continue;
            }
            let before = out.len();
            self.block(event, range, &mut out);
            if let Some(block) = out.get_mut(before) {
                self.describe(block, &mut pending);
            }
        }
        // attribute lines after the last block: those that are indented into the container
        while let Some((at, _)) = self.lines.peek() {
            let at = *at;
            if container.as_ref().is_some_and(|c| at >= c.end || self.column(at) <= self.column(c.start)) {
                break;
            }
            self.attributes(at + 1, &mut out, &mut pending);
        }
        for attribute in pending {
            self.orphan(&attribute);
        }
        self.depth -= 1;
        out
    }

    /// Takes the attribute lines that stand before byte `before`.
    fn attributes(&mut self, before: usize, out: &mut Vec<Block>, pending: &mut Vec<Attribute>) {
        while let Some((_, attribute)) = self.lines.next_if(|(at, _)| *at < before) {
            self.line(attribute, out, pending);
        }
    }

    /// An attribute on a line of its own: a block, or a word about the next block.
    fn line(&mut self, attribute: Attribute, out: &mut Vec<Block>, pending: &mut Vec<Attribute>) {
        let kind = match attribute.class {
            Class::FillIn => {
                let label = attribute.required("label", self.sink);
                let lines = attribute.number("lines", 1, 20, 1, self.sink);
                Kind::FillIn { label, lines }
            }
            Class::Video => {
                let title = attribute.required("title", self.sink);
                let url = attribute.required("url", self.sink);
                Kind::Video { title, url }
            }
            _ => return pending.push(attribute),
        };
        let mut block = Block { span: attribute.span, keep: false, language: None, kind };
        self.describe(&mut block, pending);
        out.push(block);
    }

    fn orphan(&mut self, attribute: &Attribute) {
        let name = attribute.class.name();
        self.sink.push(
            Diagnostic::new(Code::ATTRIBUTE_PLACE, format!("`{{.{name}}}` stands above nothing that it can describe"))
                .at(attribute.span)
                .help(format!("put it on the line just above the {name} it belongs to")),
        );
    }

    /// Gives a block the attributes that stand above it.
    fn describe(&mut self, block: &mut Block, pending: &mut Vec<Attribute>) {
        for attribute in std::mem::take(pending) {
            match (attribute.class, &mut block.kind) {
                (Class::Keep, _) => block.keep = true,
                (Class::Language, _) => {
                    let tag = attribute.required("tag", self.sink);
                    if !tag.is_empty() {
                        block.language = Some((tag, attribute.span));
                    }
                }
                (Class::Table, Kind::Table { caption, header_column, .. }) => {
                    *caption = attribute.get("caption").filter(|c| !c.trim().is_empty()).map(str::to_string);
                    *header_column = attribute.flag("header-column");
                }
                (Class::Quote, Kind::Quote { source, .. }) => {
                    *source = Some(attribute.required("source", self.sink)).filter(|s| !s.is_empty());
                }
                (Class::Figure, Kind::Figure(picture)) => describe_picture(picture, &attribute),
                _ => self.orphan(&attribute),
            }
        }
    }

    fn block(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Vec<Block>) {
        let span = self.span(&range);
        let plain = |kind| Block { span, keep: false, language: None, kind };
        if self.depth > DEPTH && matches!(event, Event::Start(_)) {
            self.complain(Code::NESTED, "this is nested too deeply to print", &range, "write it as separate blocks");
            self.skip();
            return;
        }
        match event {
            Event::Start(Tag::Paragraph) => {
                let text = self.inlines(TagEnd::Paragraph);
                self.paragraph(text, &range, out);
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let pieces = self.inlines(TagEnd::Heading(level));
                let text = self.wordy(pieces);
                out.push(plain(Kind::Heading { level: level_number(level), text }));
            }
            Event::Start(Tag::BlockQuote(kind)) => out.push(self.quote(range, TagEnd::BlockQuote(kind))),
            Event::Start(Tag::List(start)) => {
                let items = self.items(start.is_some());
                out.push(plain(Kind::List { start, items }));
            }
            Event::Start(Tag::Table(columns)) => out.push(self.table(&columns, &range)),
            Event::Start(Tag::DefinitionList) => {
                let items = self.definitions();
                out.push(plain(Kind::Definitions { items }));
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let blocks = self.blocks(Some(range.clone()), Some(TagEnd::FootnoteDefinition));
                self.notes.push(FootnoteText { label: label.to_string(), span, blocks });
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let help = match kind {
                    CodeBlockKind::Indented => "remove the four spaces (or the tab) before these lines",
                    CodeBlockKind::Fenced(_) => "remove the lines of ``` above and below",
                };
                self.complain(Code::CODE_BLOCK, "this would be set as program text", &range, help);
                self.skip();
            }
            Event::Start(Tag::HtmlBlock) => {
                self.html(&range);
                self.skip();
            }
            Event::Html(_) => self.html(&range),
            Event::Rule => out.push(plain(Kind::Rule)),
            Event::Start(_) => {
                // no other block is enabled; say so rather than lose it
                self.complain(Code::CODE_BLOCK, "this kind of block is not known", &range, "");
                self.skip();
            }
            _ => {}
        }
    }

    fn html(&mut self, range: &Range<usize>) {
        let help = "write the words in Markdown; docs/source-format.md has a form for every kind of block. To print a < sign, write \\<";
        self.complain(Code::RAW_HTML, "HTML is not read here", range, help);
    }

    /// Passes over everything up to the end of the block whose start was just taken.
    fn skip(&mut self) {
        let mut open = 1usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }

    fn loose_text(&mut self, out: &mut Vec<Block>, pending: &mut Vec<Attribute>) {
        let start = self.events.peek().map_or(0, |(_, r)| r.start);
        let mut end = start;
        let mut pieces = Pieces::default();
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_inline(event)) {
            end = range.end;
            self.inline_event(event, range, &mut pieces);
        }
        let before = out.len();
        self.paragraph(pieces, &(start..end), out);
        if let Some(block) = out.get_mut(before) {
            self.describe(block, pending);
        }
    }

    /// A paragraph, or the pictures that stand alone in it.
    fn paragraph(&mut self, pieces: Pieces, range: &Range<usize>, out: &mut Vec<Block>) {
        let Pieces { text, pictures, .. } = pieces;
        let span = self.span(range);
        let wordless = plain(&text).trim().is_empty() && !holds(&text);
        if !pictures.is_empty() && wordless {
            for picture in pictures {
                out.push(Block { span: picture.span, keep: false, language: None, kind: Kind::Figure(picture) });
            }
            return;
        }
        for picture in pictures {
            self.sink.push(
                Diagnostic::new(Code::PICTURE_INLINE, "a picture stands inside a sentence or a link")
                    .at(picture.span)
                    .help("put it on a line of its own, with an empty line above and below"),
            );
        }
        if !wordless {
            let text = trim(text);
            out.push(Block { span, keep: false, language: None, kind: Kind::Paragraph { text } });
        }
    }

    fn quote(&mut self, range: Range<usize>, end: TagEnd) -> Block {
        let span = self.span(&range);
        // the mark stands on the quotation's first line
        let first_line_end =
            self.text.get(range.start..).and_then(|t| t.find('\n')).map_or(range.end, |i| range.start + i);
        let mark = self.callouts.iter().find(|m| m.at >= range.start && m.at < first_line_end).cloned();
        let blocks = self.blocks(Some(range.clone()), Some(end));
        let kind = match mark {
            None => Kind::Quote { blocks, source: None },
            Some(mark) => {
                if blocks.is_empty() {
                    self.complain(
                        Code::CALLOUT_EMPTY,
                        "this callout says nothing",
                        &range,
                        "write its text on the next line, after `> `",
                    );
                }
                let title = self.inner(mark.title, &mark.text);
                match mark.kind {
                    Some(kind) => Kind::Callout { kind, title, blocks },
                    None => Kind::Quote { blocks, source: None },
                }
            }
        };
        Block { span, keep: false, language: None, kind }
    }

    /// The words of a callout's title, which the mask took out of the body.
    fn inner(&mut self, range: Range<usize>, text: &str) -> Inlines {
        let Some(body) = self.body.get(range.clone()).filter(|t| !t.is_empty()) else { return Vec::new() };
        let own = self.inline.iter().filter(|(at, ..)| range.contains(at));
        let inline = own.map(|(at, length, a)| (at - range.start, *length, a.clone())).collect();
        let mut builder = Builder {
            file: self.file,
            base: self.base + range.start,
            text,
            body,
            events: Parser::new_ext(text, options()).into_offset_iter().collect::<Vec<_>>().into_iter().peekable(),
            lines: Vec::new().into_iter().peekable(),
            inline,
            described: Vec::new(),
            callouts: Vec::new(),
            notes: Vec::new(),
            depth: 0,
            sink: self.sink,
        };
        match builder.blocks(None, None).into_iter().next().map(|b| b.kind) {
            Some(Kind::Paragraph { text } | Kind::Heading { text, .. }) => text,
            _ => vec![Inline::Text { v: body.to_string(), span: attribute_span(self.file, self.base, &range) }],
        }
    }

    fn items(&mut self, ordered: bool) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let tick = match self.events.peek() {
                        Some((Event::TaskListMarker(done), _)) => Some(*done),
                        _ => None,
                    };
                    if tick.is_some() {
                        self.events.next();
                    }
                    let blocks = self.blocks(Some(range), Some(TagEnd::Item));
                    items.push(Item { tick, blocks });
                }
                Event::End(TagEnd::List(o)) if o == ordered => break,
                _ => {}
            }
        }
        items
    }

    fn definitions(&mut self) -> Vec<Definition> {
        let mut items: Vec<Definition> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    let pieces = self.inlines(TagEnd::DefinitionListTitle);
                    let term = self.wordy(pieces);
                    items.push(Definition { term, meanings: Vec::new() });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let blocks = self.blocks(Some(range), Some(TagEnd::DefinitionListDefinition));
                    if let Some(item) = items.last_mut() {
                        item.meanings.push(blocks);
                    }
                }
                Event::End(TagEnd::DefinitionList) => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, columns: &[Alignment], range: &Range<usize>) -> Block {
        let span = self.span(range);
        let mut header = Vec::new();
        let mut rows: Vec<Vec<Inlines>> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => header = self.cells(TagEnd::TableHead),
                Event::Start(Tag::TableRow) => {
                    self.crowded(&range, columns.len());
                    rows.push(self.cells(TagEnd::TableRow));
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        if header.iter().all(|cell| plain(cell).trim().is_empty()) {
            self.complain(
                Code::TABLE_HEADER,
                "this table has no header row",
                range,
                "write what each column holds in the first row; people who listen hear it before every cell",
            );
        }
        let columns = columns
            .iter()
            .map(|a| match a {
                Alignment::Center => Align::Center,
                Alignment::Right => Align::End,
                _ => Align::Start,
            })
            .collect();
        let kind = Kind::Table { caption: None, columns, header, rows, header_column: false };
        Block { span, keep: false, language: None, kind }
    }

    /// CommonMark drops the cells that a row has beyond the header's; we refuse them.
    fn crowded(&mut self, range: &Range<usize>, columns: usize) {
        let row = self.text.get(range.clone()).unwrap_or("").trim();
        let inner = row.strip_prefix('|').unwrap_or(row);
        let mut cells = 1usize;
        let mut escaped = false;
        let mut chars = inner.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '|' if chars.peek().is_some() => cells += 1,
                _ => {}
            }
        }
        if cells > columns {
            self.complain(
                Code::TABLE_ROW,
                format!("this row has {cells} cells, but the table has {columns} columns"),
                range,
                "add a column to the header row, or write \\| for an upright stroke that is part of the words",
            );
        }
    }

    fn cells(&mut self, end: TagEnd) -> Vec<Inlines> {
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let pieces = self.inlines(TagEnd::TableCell);
                    cells.push(self.wordy(pieces));
                }
                Event::End(e) if e == end => break,
                _ => {}
            }
        }
        cells
    }

    /// Running text where no picture may stand.
    fn wordy(&mut self, pieces: Pieces) -> Inlines {
        for picture in &pieces.pictures {
            self.sink.push(
                Diagnostic::new(Code::PICTURE_INLINE, "a picture stands inside a table or a heading")
                    .at(picture.span)
                    .help("put it above or below, on a line of its own"),
            );
        }
        trim(pieces.text)
    }

    fn inlines(&mut self, end: TagEnd) -> Pieces {
        let mut pieces = Pieces::default();
        while let Some((event, range)) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline_event(event, range, &mut pieces);
        }
        pieces
    }

    fn inline_event(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Pieces) {
        let span = self.span(&range);
        if self.depth > DEPTH && matches!(event, Event::Start(_)) {
            self.complain(Code::NESTED, "these marks are nested too deeply", &range, "remove some of the marks");
            self.skip();
            return;
        }
        self.depth += 1;
        match event {
            Event::Text(text) => self.words(&text, &range, out),
            Event::Code(text) => {
                // what looks like an attribute is only words here: take them as they were written
                let written = self.body.get(range.clone()).unwrap_or("").trim_matches('`').trim();
                let v = if text.contains(FILLER) { written.replace('\n', " ") } else { text.to_string() };
                out.text.push(Inline::Text { v, span });
            }
            Event::SoftBreak => out.text.push(Inline::Text { v: " ".into(), span }),
            Event::HardBreak => out.text.push(Inline::Break),
            Event::Start(Tag::Emphasis) => {
                let inner = self.inlines(TagEnd::Emphasis);
                out.wrap(inner, |c| Inline::Emphasis { c });
            }
            Event::Start(Tag::Strong) => {
                let inner = self.inlines(TagEnd::Strong);
                out.wrap(inner, |c| Inline::Strong { c });
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let inner = self.inlines(TagEnd::Link);
                if plain(&inner.text).trim().is_empty() && inner.pictures.is_empty() {
                    let help = "write what the reader will find between [ and ]";
                    self.complain(Code::LINK_WORDS, "this link has no words", &range, help);
                } else {
                    let href = dest_url.to_string();
                    out.wrap(inner, |c| Inline::Link { href, span, c });
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url, &range, out),
            Event::FootnoteReference(label) => out.text.push(Inline::NoteRef { label: label.to_string(), span }),
            Event::InlineHtml(_) | Event::Html(_) => self.html(&range),
            Event::Start(_) => self.skip(),
            _ => {}
        }
        self.depth -= 1;
    }

    fn picture(&mut self, path: &str, range: &Range<usize>, out: &mut Pieces) {
        let alt = plain(&self.inlines(TagEnd::Image).text);
        let mut picture = PictureRef {
            path: path.to_string(),
            span: self.span(range),
            alt: alt.trim().to_string(),
            decorative: false,
            missing: false,
            caption: None,
            credit: None,
        };
        if let Some(attribute) = self.attribute(range.end).filter(|a| a.class == Class::Figure) {
            describe_picture(&mut picture, &attribute);
            self.described.push(range.end);
        }
        out.pictures.push(picture);
    }

    /// The attribute inside text that begins at a byte.
    fn attribute(&self, at: usize) -> Option<Attribute> {
        let i = self.inline.binary_search_by_key(&at, |(start, ..)| *start).ok()?;
        self.inline.get(i).map(|(_, _, attribute)| attribute.clone())
    }

    /// Words, with the inline attributes that the mask filled in.
    fn words(&mut self, text: &str, range: &Range<usize>, out: &mut Pieces) {
        if !text.contains(FILLER) {
            return self.say(text, range, out);
        }
        let mut at = range.start;
        for part in text.split_inclusive(FILLER) {
            let words = part.trim_end_matches(FILLER);
            self.say(words, &(at..at + words.len()), out);
            at += words.len();
            if part.len() > words.len() {
                match self.attribute(at) {
                    Some(attribute) if attribute.class == Class::Write => {
                        let width = attribute.number("width", 1, 60, 12, self.sink);
                        out.text.push(Inline::Space { width });
                    }
                    Some(attribute) if !self.described.contains(&at) => self.orphan(&attribute),
                    _ => {}
                }
                at += 1;
            }
        }
    }

    fn say(&mut self, words: &str, range: &Range<usize>, out: &mut Pieces) {
        let span = self.span(range);
        let Some(first) = words.chars().next() else { return };
        let written = self.text.get(range.clone()).unwrap_or("");
        if let Some(c) = words.chars().find(|c| super::is_control(*c) && !written.contains(*c)) {
            // written as a number, such as &#8238;
            self.sink.push(super::control(c, span));
        }
        // an escaped sign is a piece of its own, so that later stages never take `\[^a]` or `\{{a}}` for theirs
        if matches!(first, '[' | '{') && self.escaped(range.start) {
            let end = range.start + first.len_utf8();
            out.text.push(Inline::Text { v: first.to_string(), span: self.span(&(range.start..end)) });
            out.literal = true;
            return self.say(&words[first.len_utf8()..], &(end..range.end), out);
        }
        match out.text.last_mut() {
            Some(Inline::Text { v, span: before }) if !out.literal => {
                v.push_str(words);
                before.end = span.end.max(before.end);
            }
            _ => out.text.push(Inline::Text { v: words.to_string(), span }),
        }
        out.literal = false;
    }

    /// Whether a backslash takes its meaning from the sign at a byte.
    fn escaped(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }
}

/// Running text with the pictures found in it.
#[derive(Default)]
struct Pieces {
    text: Inlines,
    pictures: Vec<PictureRef>,
    /// Whether the last piece is an escaped sign, which stays by itself.
    literal: bool,
}

impl Pieces {
    fn wrap(&mut self, inner: Pieces, make: impl FnOnce(Inlines) -> Inline) {
        self.pictures.extend(inner.pictures);
        if plain(&inner.text).trim().is_empty() && !holds(&inner.text) {
            return;
        }
        self.text.push(make(inner.text));
    }
}

fn attribute_span(file: FileId, base: usize, range: &Range<usize>) -> Span {
    Span::new(file, base + range.start, base + range.end)
}

fn describe_picture(picture: &mut PictureRef, attribute: &Attribute) {
    let words = |key| attribute.get(key).map(str::trim).filter(|v| !v.is_empty()).map(str::to_string);
    picture.caption = words("caption");
    picture.credit = words("credit");
    picture.decorative = attribute.flag("decorative");
    picture.missing = attribute.flag("missing");
}

/// Whether the text holds something besides words: a note's mark or a space to write in.
fn holds(text: &[Inline]) -> bool {
    text.iter().any(|inline| match inline {
        Inline::NoteRef { .. } | Inline::Space { .. } => true,
        Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } => holds(c),
        Inline::Text { .. } | Inline::Break => false,
    })
}

/// Removes blanks and line breaks at both ends.
fn trim(mut text: Inlines) -> Inlines {
    while matches!(text.last(), Some(Inline::Break)) {
        text.pop();
    }
    if let Some(Inline::Text { v, .. }) = text.last_mut() {
        v.truncate(v.trim_end().len());
    }
    if let Some(Inline::Text { v, .. }) = text.first_mut() {
        *v = v.trim_start().to_string();
    }
    text.retain(|inline| !matches!(inline, Inline::Text { v, .. } if v.is_empty()));
    text
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        _ => false,
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
