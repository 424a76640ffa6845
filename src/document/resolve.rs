//! Page -> Document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asset::{self, Refused};
use super::model::*;
use super::unbroken;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::language::{direction, is_tag};
use crate::page::{self, Chapter, Page, PictureRef};
use crate::source::{Sources, Span};
use crate::strict::At;

/// Why a picture's bytes could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is no such file.
    Missing,
    /// The path leads out of the project.
    Outside,
    /// The file is there but cannot be read; why.
    Unreadable(String),
}

/// Gives a picture's bytes by its path as written.
pub type Load<'a> = dyn Fn(&str) -> Result<Arc<[u8]>, LoadError> + 'a;

/// What resolving needs to know from outside the page.
pub struct Context<'a> {
    /// The page's short name.
    pub slug: &'a str,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// The brand's values, such as `helpline.phone`.
    pub values: &'a BTreeMap<String, String>,
    /// Gives a picture's bytes by its path as written.
    pub load: &'a Load<'a>,
}

/// Resolves a page and the chapters that follow it.
pub fn resolve(page: &Page, chapters: &[Chapter], context: &Context<'_>, sink: &mut Sink) -> Document {
    let mut work = Resolver {
        context,
        sink,
        next_id: 0,
        anchors: BTreeMap::new(),
        anchor_list: Vec::new(),
        wanted: Vec::new(),
        links: Vec::new(),
        note_numbers: Vec::new(),
        assets: Vec::new(),
        asset_index: BTreeMap::new(),
    };
    let meta = work.meta(page);
    let cover = work.cover(page);
    let mut blocks = work.blocks(&page.blocks, 0);
    for chapter in chapters {
        let shift = u8::from(chapter.title.is_some());
        if let Some(title) = &chapter.title {
            let text = vec![page::Inline::Text { v: title.value.clone(), span: title.span }];
            let kind = page::Kind::Heading { level: 2, text };
            let heading = page::Block { span: title.span, keep: false, language: None, kind };
            blocks.extend(work.blocks(&[heading], 0));
        }
        blocks.extend(work.blocks(&chapter.blocks, shift));
    }
    let texts: Vec<&page::FootnoteText> =
        page.notes.iter().chain(chapters.iter().flat_map(|c| c.notes.iter())).collect();
    let notes = work.notes(&texts);
    work.judge_references();
    let (links, assets) = (work.links, work.assets);
    Document { slug: context.slug.to_string(), meta, cover, blocks, notes, links, assets }
}

struct Resolver<'a, 's> {
    context: &'a Context<'a>,
    sink: &'s mut Sink,
    next_id: usize,
    /// How often each anchor was asked for.
    anchors: BTreeMap<String, usize>,
    anchor_list: Vec<String>,
    /// Links to headings, judged when all headings are known.
    wanted: Vec<(String, Span)>,
    links: Vec<LinkTarget>,
    /// Footnote labels with the number of references, in order of first reference.
    note_numbers: Vec<(crate::source::FileId, String, usize)>,
    assets: Vec<Asset>,
    asset_index: BTreeMap<String, usize>,
}

impl Resolver<'_, '_> {
    fn meta(&mut self, page: &Page) -> Meta {
        let front = &page.front;
        let words = |v: &Option<At<String>>| v.as_ref().map(|v| v.value.clone());
        let all = |v: &[At<String>]| v.iter().map(|v| v.value.clone()).collect::<Vec<_>>();
        let title = words(&front.title).unwrap_or_default();
        let language = words(&front.language).unwrap_or_else(|| "en-GB".into());
        let source = words(&front.source).and_then(|s| url::Url::parse(&s).ok()).map(|u| u.to_string());
        Meta {
            short_title: words(&front.short_title).unwrap_or_else(|| title.clone()),
            title,
            summary: words(&front.summary),
            direction: direction(&language),
            language,
            topic: words(&front.topic),
            source_short: source.as_deref().map(shorten),
            source,
            product_code: words(&front.product_code),
            version: words(&front.version),
            published: front.published.as_ref().map(|d| d.value),
            reviewed: front.reviewed.as_ref().map(|d| d.value),
            next_review: front.next_review.as_ref().map(|d| d.value),
            authors: all(&front.authors),
            reviewers: all(&front.reviewers),
            approved_by: words(&front.approved_by),
            solicits: front.solicits,
            notice: words(&front.notice),
            evaluation: front
                .evaluation
                .as_ref()
                .map(|found| found.value.clone())
                .filter(|found| found.is_of(front.version.as_ref().map(|v| v.value.as_str()))),
        }
    }

    fn cover(&mut self, page: &Page) -> Option<Cover> {
        let path = page.front.cover.as_ref()?;
        let alt = page.front.cover_alt.as_ref().map(|a| a.value.clone()).unwrap_or_default();
        if alt.is_empty() {
            self.sink.push(
                Diagnostic::new(Code::PICTURE_ALT, "the cover's picture has no description")
                    .at(path.span)
                    .help("add a line: cover-alt = \"what the picture shows\""),
            );
        }
        let asset = self.asset(&path.value, path.span)?;
        Some(Cover { asset, alt })
    }

    fn blocks(&mut self, blocks: &[page::Block], shift: u8) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for (i, block) in blocks.iter().enumerate() {
            let id = self.next_id;
            self.next_id += 1;
            let Some(kind) = self.kind(block, blocks.get(i + 1), shift) else { continue };
            let language = block.language.as_ref().and_then(|(tag, span)| {
                let known = is_tag(tag);
                if !known {
                    self.sink.push(
                        Diagnostic::new(Code::ATTRIBUTE_VALUE, format!("`{tag}` is not a language tag"))
                            .at(*span)
                            .help("use a tag such as cy, ur or en-GB"),
                    );
                }
                known.then(|| tag.clone())
            });
            out.push(Block { id, span: block.span, keep: block.keep, language, kind });
        }
        out
    }

    fn kind(&mut self, block: &page::Block, next: Option<&page::Block>, shift: u8) -> Option<Kind> {
        Some(match &block.kind {
            page::Kind::Heading { level, text } => {
                let text = self.inlines(text);
                let anchor = self.anchor(&plain(&text));
                Kind::Heading { level: level.saturating_add(shift), text, anchor }
            }
            page::Kind::Paragraph { text } => {
                let intro = page::plain(text).trim_end().ends_with(':') && next.is_some_and(|n| follows(&n.kind));
                Kind::Paragraph { text: self.inlines(text), intro }
            }
            page::Kind::List { start, items } => Kind::List {
                start: *start,
                items: items.iter().map(|i| Item { tick: i.tick, blocks: self.blocks(&i.blocks, shift) }).collect(),
            },
            page::Kind::Callout { kind, title, blocks } => {
                Kind::Callout { kind: *kind, title: self.inlines(title), blocks: self.blocks(blocks, shift) }
            }
            page::Kind::Table { caption, columns, header, rows, header_column } => {
                let caption = caption.as_ref().map(|c| self.words(c, block.span));
                let header = header.iter().map(|c| self.inlines(c)).collect();
                let rows = rows.iter().map(|r| r.iter().map(|c| self.inlines(c)).collect()).collect();
                Kind::Table { caption, columns: columns.clone(), header, rows, header_column: *header_column }
            }
            page::Kind::Figure(picture) => self.figure(picture)?,
            page::Kind::Quote { blocks, source } => Kind::Quote {
                blocks: self.blocks(blocks, shift),
                source: source.as_ref().map(|s| self.fill(s, block.span)),
            },
            page::Kind::Definitions { items } => Kind::Definitions {
                items: items
                    .iter()
                    .map(|d| Definition {
                        term: self.inlines(&d.term),
                        meanings: d.meanings.iter().map(|m| self.blocks(m, shift)).collect(),
                    })
                    .collect(),
            },
            page::Kind::FillIn { label, lines } => Kind::FillIn { label: self.words(label, block.span), lines: *lines },
            page::Kind::Video { title, url } => {
                let (href, number) = self.link(url, title, block.span)?;
                let number = number?;
                Kind::Video { title: self.fill(title, block.span), short: shorten(&href), url: href, number }
            }
            page::Kind::Rule => Kind::Rule,
        })
    }

    fn figure(&mut self, picture: &PictureRef) -> Option<Kind> {
        if picture.alt.is_empty() && !picture.decorative {
            self.sink.push(
                Diagnostic::new(Code::PICTURE_ALT, "this picture has no description for people who cannot see it")
                    .at(picture.span)
                    .help("write what it shows between ![ and ], or add {.figure decorative} if it carries no meaning"),
            );
        }
        let here = !picture.missing || !matches!((self.context.load)(&picture.path), Err(LoadError::Missing));
        let asset = if here { Some(self.asset(&picture.path, picture.span)?) } else { None };
        if asset.is_none() && picture.decorative {
            let message = "a picture that carries no meaning cannot be `missing`";
            let fault = Diagnostic::new(Code::ATTRIBUTE_VALUE, message).at(picture.span);
            self.sink.push(fault.help("delete the picture, or put its file beside the page"));
            return None;
        }
        if asset.is_none() {
            let message = format!("the picture `{}` is still missing: its words stand in its place", picture.path);
            let said = Diagnostic::new(Code::PICTURE_PENDING, message).at(picture.span);
            self.sink.push(said.help("put the file beside the page, then delete `missing`; or delete the picture"));
        }
        Some(Kind::Figure {
            asset,
            alt: if picture.decorative { String::new() } else { picture.alt.clone() },
            decorative: picture.decorative,
            caption: picture.caption.as_ref().map(|c| self.words(c, picture.span)),
            credit: picture.credit.clone(),
        })
    }

    /// Loads a picture once, however often it is used.
    fn asset(&mut self, path: &str, span: Span) -> Option<usize> {
        if let Some(index) = self.asset_index.get(path) {
            return Some(*index);
        }
        let complaint = match (self.context.load)(path) {
            Ok(bytes) => match asset::facts(&bytes) {
                Ok(facts) => {
                    let name = format!("picture-{}.{}", self.assets.len() + 1, facts.extension);
                    let asset::Facts { media_type, width, height, .. } = facts;
                    self.assets.push(Asset { name, file: path.to_string(), media_type, width, height, bytes });
                    self.asset_index.insert(path.to_string(), self.assets.len() - 1);
                    return Some(self.assets.len() - 1);
                }
                Err(Refused::Broken(why)) => {
                    Diagnostic::new(Code::PICTURE_BROKEN, format!("`{path}` is not a picture: {why}"))
                        .help("save the picture again as PNG or JPEG")
                }
                Err(Refused::Unfit(why, help)) => {
                    Diagnostic::new(Code::PICTURE_UNFIT, format!("the picture `{path}` cannot be used: {why}"))
                        .help(help)
                }
            },
            Err(LoadError::Missing) => {
                Diagnostic::new(Code::PICTURE_MISSING, format!("the picture `{path}` is not there"))
                    .help("put the file beside the page, and check its name letter by letter")
            }
            Err(LoadError::Outside) => {
                Diagnostic::new(Code::PICTURE_OUTSIDE, format!("the picture `{path}` lies outside the project"))
                    .help("copy the file beside the page and name it from there")
            }
            Err(LoadError::Unreadable(why)) => {
                Diagnostic::new(Code::PICTURE_MISSING, format!("the picture `{path}` cannot be read: {why}"))
            }
        };
        self.sink.push(complaint.at(span));
        None
    }

    /// A unique name for a heading, made from its words as the web does it.
    fn anchor(&mut self, words: &str) -> String {
        let base = slugify(words);
        let count = self.anchors.entry(base.clone()).or_insert(0);
        *count += 1;
        let anchor = if *count == 1 { base } else { format!("{base}-{}", *count - 1) };
        self.anchor_list.push(anchor.clone());
        anchor
    }

    fn inlines(&mut self, text: &[page::Inline]) -> Inlines {
        let mut out = Vec::with_capacity(text.len());
        for inline in text {
            match inline {
                page::Inline::Text { v, span } => {
                    let words = self.fill(v, *span);
                    self.undefined_notes(&words, *span);
                    unbroken::split(&words, &mut out);
                }
                page::Inline::Emphasis { c } => out.push(Inline::Emphasis { c: self.inlines(c) }),
                page::Inline::Strong { c } => out.push(Inline::Strong { c: self.inlines(c) }),
                page::Inline::Link { href, span, c } => {
                    let words = page::plain(c);
                    let c = self.inlines(c);
                    if let Some(fragment) = href.strip_prefix('#') {
                        let anchor = slugify(&percent_encoding::percent_decode_str(fragment).decode_utf8_lossy());
                        self.wanted.push((anchor.clone(), *span));
                        out.push(Inline::Reference { anchor, c });
                        continue;
                    }
                    let href = self.fill(href, *span);
                    match self.link(&href, &words, *span) {
                        Some((href, number)) => out.push(Inline::Link { href, number, c }),
                        None => out.extend(c),
                    }
                }
                page::Inline::NoteRef { label, span } => {
                    let key = (span.file, label.clone());
                    let index = match self.note_numbers.iter().position(|(f, l, _)| (*f, l) == (key.0, &key.1)) {
                        Some(index) => index,
                        None => {
                            self.note_numbers.push((key.0, key.1, 0));
                            self.note_numbers.len() - 1
                        }
                    };
                    if let Some(entry) = self.note_numbers.get_mut(index) {
                        entry.2 += 1;
                        out.push(Inline::NoteRef { number: index + 1, occurrence: entry.2 });
                    }
                }
                page::Inline::Break => out.push(Inline::Break),
                page::Inline::Space { width } => out.push(Inline::Space { width: *width }),
            }
        }
        out
    }

    /// Plain words as running text.
    fn words(&mut self, words: &str, span: Span) -> Inlines {
        let words = self.fill(words, span);
        let mut out = Vec::new();
        unbroken::split(&words, &mut out);
        out
    }

    /// Fills in the brand's values.
    fn fill(&mut self, words: &str, span: Span) -> String {
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, tail)) = after.split_once("}}") else { break };
            out.push_str(before);
            match self.context.values.get(name.trim()) {
                Some(value) => out.push_str(value),
                None => {
                    let known: Vec<&str> = self.context.values.keys().map(String::as_str).collect();
                    let help = match nearest(name.trim(), known.iter().copied()) {
                        Some(near) => format!("did you mean {{{{{near}}}}}?"),
                        None => format!("the brand has: {}", known.join(", ")),
                    };
                    let message = format!("the brand has no value `{}`", name.trim());
                    let place = self.find(&format!("{{{{{name}}}}}"), span);
                    self.sink.push(Diagnostic::new(Code::VALUE_UNKNOWN, message).at(place).help(help));
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// Where exactly words stand within a span.
    fn find(&self, words: &str, span: Span) -> Span {
        match self.context.sources.text(span).find(words) {
            Some(at) => span.within(at, at + words.len()),
            None => span,
        }
    }

    /// The Markdown reader leaves a reference to an unwritten footnote as words.
    fn undefined_notes(&mut self, words: &str, span: Span) {
        let mut rest = words;
        while let Some((_, after)) = rest.split_once("[^") {
            let Some((label, tail)) = after.split_once(']') else { break };
            if !label.is_empty() && !label.contains(char::is_whitespace) {
                let place = self.find(&format!("[^{label}]"), span);
                self.sink.push(
                    Diagnostic::new(Code::NOTE_UNDEFINED, format!("the footnote `{label}` is not written"))
                        .at(place)
                        .help(format!("write it on a line of its own: [^{label}]: the note's words")),
                );
            }
            rest = tail;
        }
    }

    /// The absolute address of a link and its number among the page's links.
    fn link(&mut self, href: &str, words: &str, span: Span) -> Option<(String, Option<usize>)> {
        let href = href.trim();
        let parsed = url::Url::parse(href);
        let complaint = match &parsed {
            _ if href.is_empty() => "this link has no address".to_string(),
            Ok(url) => match url.scheme() {
                "http" | "https" if url.has_host() => {
                    let href = url.to_string();
                    if let Some(known) = self.links.iter().find(|l| l.href == href) {
                        return Some((href, Some(known.number)));
                    }
                    let number = self.links.len() + 1;
                    // in a list of links a comma follows the words
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    let words = words.trim_end_matches(['.', ',', ';', ':']).to_string();
                    self.links.push(LinkTarget { number, short: shorten(&href), href: href.clone(), words });
                    return Some((href, Some(number)));
                }
                "mailto" | "tel" if url.path().len() > 2 => return Some((href.replace(' ', ""), None)),
                "javascript" => "this link runs a script, which does nothing on paper or in an e-book".to_string(),
                scheme => format!("a link cannot begin with `{scheme}:`"),
            },
            Err(_) => format!("`{href}` is not a whole address"),
        };
        self.sink.push(Diagnostic::new(Code::LINK_ADDRESS, complaint).at(span).help(
            "give the whole address, beginning with https://, mailto: or tel:; or remove the link and keep the words",
        ));
        None
    }

    fn notes(&mut self, texts: &[&page::FootnoteText]) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut index = 0;
        // a note may refer to another, so the list can grow while it is read
        while index < self.note_numbers.len() {
            let (file, label) = (self.note_numbers[index].0, self.note_numbers[index].1.clone());
            let text = texts.iter().find(|t| t.span.file == file && t.label == label);
            let blocks = text.map(|t| self.blocks(&t.blocks, 0)).unwrap_or_default();
            if blocks.is_empty()
                && let Some(text) = text
            {
                self.sink.push(
                    Diagnostic::new(Code::NOTE_UNDEFINED, format!("the footnote `{label}` is empty")).at(text.span),
                );
            }
            notes.push((index + 1, blocks));
            index += 1;
        }
        for text in texts {
            if !self.note_numbers.iter().any(|(f, l, _)| *f == text.span.file && *l == text.label) {
                self.sink.push(
                    Diagnostic::new(Code::NOTE_UNUSED, format!("nothing refers to the footnote `{}`", text.label))
                        .at(text.span)
                        .help(format!("put [^{}] where it belongs, or delete the note", text.label)),
                );
            }
        }
        let counts: Vec<usize> = self.note_numbers.iter().map(|(.., n)| *n).collect();
        notes
            .into_iter()
            .map(|(number, blocks)| Note { number, references: counts.get(number - 1).copied().unwrap_or(0), blocks })
            .collect()
    }

    fn judge_references(&mut self) {
        for (anchor, span) in std::mem::take(&mut self.wanted) {
            if self.anchor_list.contains(&anchor) {
                continue;
            }
            let help = match nearest(&anchor, self.anchor_list.iter().map(String::as_str)) {
                Some(near) => format!("did you mean #{near}?"),
                None => format!("the headings are: {}", self.anchor_list.join(", ")),
            };
            let message = format!("no heading of this page is called `#{anchor}`");
            self.sink.push(Diagnostic::new(Code::ANCHOR_UNKNOWN, message).at(span).help(help));
        }
    }
}

/// Whether a paragraph that ends in a colon introduces this block.
fn follows(kind: &page::Kind) -> bool {
    matches!(
        kind,
        page::Kind::List { .. }
            | page::Kind::Table { .. }
            | page::Kind::FillIn { .. }
            | page::Kind::Definitions { .. }
            | page::Kind::Quote { .. }
            | page::Kind::Video { .. }
            | page::Kind::Figure(_)
    )
}

/// A heading's name in addresses: lower case, words joined by hyphens. It
/// begins with a letter, as XML asks of an id.
pub fn slugify(words: &str) -> String {
    let mut out = String::new();
    for c in words.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.starts_with(|c: char| c.is_alphabetic() || c == '_') { out.to_string() } else { format!("s-{out}") }
}

/// An address as people read it: no scheme, no `www.`, no closing slash.
pub fn shorten(href: &str) -> String {
    let rest = href.split_once("://").map_or(href, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_string()
}

/// The words of running text, without marks.
pub fn plain(text: &[Inline]) -> String {
    let mut out = String::new();
    for inline in text {
        match inline {
            Inline::Text { v } | Inline::Unbroken { v } => out.push_str(v),
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } | Inline::Reference { c, .. } => {
                out.push_str(&plain(c));
            }
            Inline::Break => out.push(' '),
            Inline::NoteRef { .. } | Inline::Space { .. } => {}
        }
    }
    out
}
