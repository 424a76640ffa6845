//! Tree -> segments and blocks, in one walk.

mod boxes;
mod lists;
mod media;
mod rows;

use std::collections::HashMap;
use std::rc::Rc;

use url::Url;

use super::meta::Meta;
use super::names::{self, heading};
use super::notes::Notes;
use super::plan::{Fate, Plan};
use super::run::{Run, Style, Words};
use super::table::{Row, is_layout};
use super::tree::{Id, Step, Tree};
use super::{Read, table};
use crate::import::block::{Block, Kind};
use crate::import::inline::visible;
use crate::import::lines::Segment;
use crate::import::receipt::Dropped;
use crate::import::ruleset::Ruleset;
use crate::import::text::{count, tidy};
use crate::import::{Had, Picture};

/// What the next words are part of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Slot {
    Body,
    Heading(u8),
    /// A list's item: depth, number, and whether its first words are written.
    Item(usize, Option<u32>, bool),
    Term,
    Meaning,
    Note(usize),
    Cell,
    Caption,
    /// The words that open a part: as a heading, or as a bold line.
    Summary(Option<u8>),
    /// Who said what is quoted.
    Source,
}

pub(super) struct List {
    ordered: bool,
    next: u32,
    reversed: bool,
}

/// A box whose blocks are not yet complete.
pub(super) struct Framed {
    /// A callout's kind; none: a quotation.
    kind: Option<String>,
    blocks: Vec<Block>,
}

/// A table whose rows are not yet complete.
#[derive(Default)]
pub(super) struct Open {
    id: Id,
    caption: Option<(Words, usize)>,
    rows: Vec<Row>,
    cell: super::table::Cell,
    /// The words of the row, for its segment.
    line: usize,
    head: bool,
}

pub(super) struct Builder<'a> {
    pub(super) tree: &'a Tree,
    pub(super) rules: &'a Ruleset,
    pub(super) plan: &'a Plan,
    pub(super) notes: &'a Notes,
    pub(super) meta: &'a Meta,
    pub(super) base: Option<&'a Url>,
    pub(super) own: Option<&'a Url>,
    pub(super) language: &'a str,
    pub(super) had: &'a Had,
    pub(super) read: Read,
    run: Run,
    slots: Vec<(Id, Slot)>,
    /// Why what is read now is left out, if it is: what began last.
    out: Vec<(Id, Option<String>)>,
    /// The element whose words nobody sees, why, and the words so far.
    unseen: Option<(Id, String, String, usize)>,
    bold: usize,
    /// How many elements stand open in which line ends count.
    pre: usize,
    raised: Vec<bool>,
    links: Vec<(Id, Option<Rc<str>>)>,
    languages: Vec<(Id, Rc<str>)>,
    lists: Vec<List>,
    boxes: Vec<(Id, Framed)>,
    /// The data table that is being read; what stands in its cells are words.
    table: Option<Open>,
    /// The level of the last heading, and how many parts stand open around.
    level: u8,
    opened: u8,
    /// Which lists of terms are such.
    terms: HashMap<Id, bool>,
}

impl<'a> Builder<'a> {
    #[expect(clippy::too_many_arguments, reason = "what a walk needs to know")]
    pub(super) fn new(
        tree: &'a Tree,
        rules: &'a Ruleset,
        plan: &'a Plan,
        notes: &'a Notes,
        meta: &'a Meta,
        base: Option<&'a Url>,
        own: Option<&'a Url>,
        language: &'a str,
        had: &'a Had,
    ) -> Self {
        Self {
            tree,
            rules,
            plan,
            notes,
            meta,
            base,
            own,
            language,
            had,
            read: Read::default(),
            run: Run::default(),
            slots: Vec::new(),
            out: Vec::new(),
            unseen: None,
            bold: 0,
            pre: 0,
            raised: Vec::new(),
            links: Vec::new(),
            languages: Vec::new(),
            lists: Vec::new(),
            boxes: Vec::new(),
            table: None,
            level: 1,
            opened: 0,
            terms: HashMap::new(),
        }
    }

    pub(super) fn build(mut self) -> Read {
        for step in self.tree.walk(0) {
            match step {
                Step::Enter(id) => self.enter(id),
                Step::Leave(id) => self.leave(id),
            }
        }
        self.flush();
        self.anchors();
        boxes::note_headings(&mut self.read.blocks);
        self.read
    }

    fn slot(&self) -> Slot {
        self.slots.last().map_or(Slot::Body, |(_, s)| s.clone())
    }

    fn line(&self, id: Id) -> usize {
        self.tree.nodes[id].line
    }

    fn enter(&mut self, id: Id) {
        if let Some((_, _, words, line)) = &mut self.unseen {
            if let Some(text) = self.tree.text(id) {
                if *line == 0 && !text.trim().is_empty() {
                    *line = self.tree.nodes[id].line;
                }
                words.push_str(text);
            } else if names::is_block(self.tree.name(id)) || self.tree.name(id) == "br" {
                words.push(' ');
            }
            return;
        }
        if let Some(text) = self.tree.text(id) {
            self.words(text, self.line(id));
            return;
        }
        let name = self.tree.name(id);
        if name.is_empty() {
            return;
        }
        if self.meta.title.as_ref().is_some_and(|(title, ..)| *title == id) {
            self.browser();
            self.hide(id, "");
            return;
        }
        match self.plan.fates.get(&id) {
            Some(Fate::Unseen(reason)) => {
                if names::is_block(name) {
                    self.boundary();
                }
                self.hide(id, reason);
                return;
            }
            Some(Fate::Out(reason)) if self.table.is_some() => {
                self.run.blank();
                self.hide(id, reason);
                return;
            }
            Some(Fate::Out(reason)) => {
                self.flush();
                self.out.push((id, Some(reason.clone())));
            }
            Some(Fate::Stay) => {
                self.flush();
                self.out.push((id, None));
            }
            None => {}
        }
        if self.plan.spoken.contains(&id) && self.says_nothing(id) {
            self.hide(id, "hidden");
            return;
        }
        if let Some(language) = self.tree.attribute(id, "lang").and_then(super::meta::tag) {
            if names::is_block(name) {
                self.boundary();
            }
            self.languages.push((id, language.into()));
        }
        if self.table.is_some() {
            self.enter_in_table(id, name);
        } else {
            self.enter_element(id, name);
        }
    }

    /// Whether words for screen readers only say what the web page is, not what it says.
    fn says_nothing(&self, id: Id) -> bool {
        let name = self.tree.name(id);
        let boxed = self.boxes.last().is_some_and(|(_, b)| b.kind.is_some());
        let whole = names::is_block(name) && !boxed && !matches!(self.slot(), Slot::Heading(_));
        let linked = self.links.iter().any(|(_, l)| l.is_some());
        whole || linked || self.rules.spoken_cut.find(&self.tree.words(id)).is_some()
    }

    fn hide(&mut self, id: Id, reason: &str) {
        self.unseen = Some((id, reason.to_string(), String::new(), 0));
    }

    fn enter_element(&mut self, id: Id, name: &str) {
        if let Some(number) = self.notes.notes.get(&id) {
            self.flush();
            self.slots.push((id, Slot::Note(*number)));
            return;
        }
        if let Some(kind) = self.plan.callouts.get(&id) {
            self.flush();
            if self.boxes.is_empty() && self.out.last().is_none_or(|(_, o)| o.is_none()) {
                self.boxes.push((id, Framed { kind: Some(kind.clone()), blocks: Vec::new() }));
            }
            // a paragraph or a quotation that is a box is one as a whole
            if name != "details" {
                self.slots.push((id, Slot::Body));
                return;
            }
        }
        if let Some(level) = heading(name) {
            self.flush();
            if self.out.last().is_none_or(|(_, o)| o.is_none()) {
                self.level = level;
            }
            self.slots.push((id, Slot::Heading(level)));
            return;
        }
        match name {
            "ul" | "ol" | "menu" | "dir" => {
                self.flush();
                let number = |name| self.tree.attribute(id, name).and_then(|v| v.trim().parse::<u32>().ok());
                let reversed = self.tree.attribute(id, "reversed").is_some();
                let items = || self.tree.children(id).filter(|c| self.tree.name(*c) == "li").count();
                let first = number("start").unwrap_or(if reversed { u32::try_from(items()).unwrap_or(1) } else { 1 });
                self.lists.push(List { ordered: name == "ol", next: first, reversed });
            }
            "li" => self.item(id),
            "dt" | "dd" => {
                self.flush();
                let terms = self.in_terms(id);
                match (name, terms) {
                    ("dt", true) => self.slots.push((id, Slot::Term)),
                    ("dd", true) => self.slots.push((id, Slot::Meaning)),
                    ("dt", false) => {
                        self.bold += 1;
                        self.slots.push((id, Slot::Body));
                    }
                    _ => self.slots.push((id, Slot::Body)),
                }
            }
            "blockquote" => {
                self.flush();
                if self.boxes.is_empty() {
                    self.boxes.push((id, Framed { kind: None, blocks: Vec::new() }));
                }
                self.slots.push((id, Slot::Body));
            }
            "cite" | "footer" if self.is_source(id) => {
                self.flush();
                self.slots.push((id, Slot::Source));
            }
            "figcaption" => self.figcaption(id),
            "details" => {
                self.flush();
                self.opened = self.opened.saturating_add(1);
                self.slots.push((id, Slot::Body));
            }
            "summary" => {
                self.flush();
                let level = self.level.saturating_add(self.opened.max(1)).min(6);
                let heads = self.boxes.is_empty() && self.lists.is_empty() && self.heads(id);
                self.slots.push((id, Slot::Summary(heads.then_some(level))));
            }
            "table" => {
                self.flush();
                let around = self.plan.main.is_some_and(|m| self.tree.above(m).any(|a| a == id));
                if !around && !is_layout(self.tree, id) {
                    self.table = Some(Open { id, ..Open::default() });
                }
            }
            "iframe" => self.film(id),
            _ => self.enter_inline(id, name),
        }
    }

    fn enter_inline(&mut self, id: Id, name: &str) {
        match name {
            "br" => self.line_break(),
            "hr" => self.flush(),
            "img" => self.picture(id),
            "b" | "strong" | "em" | "i" => self.bold += 1,
            "sup" | "sub" => self.raised.push(name == "sub"),
            "q" => self.words("“", self.line(id)),
            "a" => self.link(id),
            "pre" => {
                self.boundary();
                self.pre += 1;
            }
            name if names::is_block(name) => self.boundary(),
            _ => {}
        }
    }

    fn leave(&mut self, id: Id) {
        if let Some((at, _, words, _)) = &mut self.unseen {
            if *at == id {
                self.unhide(id);
            } else if names::is_block(self.tree.name(id)) {
                words.push(' ');
            }
            return;
        }
        let name = self.tree.name(id);
        if name.is_empty() {
            return;
        }
        if self.slots.last().is_some_and(|(at, _)| *at == id) {
            self.flush();
            self.slots.pop();
        } else if names::is_block(name) {
            self.boundary();
        }
        self.leave_element(id, name);
        if self.boxes.last().is_some_and(|(at, _)| *at == id) {
            self.flush();
            self.close_box();
        }
        if self.languages.last().is_some_and(|(at, _)| *at == id) {
            self.languages.pop();
        }
        if self.out.last().is_some_and(|(at, _)| *at == id) {
            self.flush();
            self.out.pop();
        }
    }

    fn leave_element(&mut self, id: Id, name: &str) {
        match name {
            "b" | "strong" | "em" | "i" => self.bold = self.bold.saturating_sub(1),
            "sup" | "sub" => drop(self.raised.pop()),
            "pre" => self.pre = self.pre.saturating_sub(1),
            "q" => self.words("”", self.line(id)),
            "a" if self.links.last().is_some_and(|(at, _)| *at == id) => drop(self.links.pop()),
            "ul" | "ol" | "menu" | "dir" if self.table.is_none() => drop(self.lists.pop()),
            "dt" if self.table.is_none() && !self.in_terms(id) => self.bold = self.bold.saturating_sub(1),
            "details" if self.table.is_none() => self.opened = self.opened.saturating_sub(1),
            "td" | "th" => {
                if let Some(open) = &mut self.table {
                    let cell = std::mem::take(&mut open.cell);
                    if open.rows.is_empty() {
                        open.rows.push(Row::default());
                    }
                    open.rows.last_mut().into_iter().for_each(|r| r.cells.push(cell.clone()));
                }
            }
            "tr" => self.close_row(),
            "table" if self.table.as_ref().is_some_and(|t| t.id == id) => self.close_table(),
            _ => {}
        }
    }

    /// Notes the words that nobody sees.
    fn unhide(&mut self, id: Id) {
        let Some((_, reason, words, line)) = self.unseen.take() else { return };
        if reason.is_empty() || self.tree.name(id) == "iframe" && words.trim().is_empty() {
            return;
        }
        // the text of scripts and styles is no words
        let words =
            if matches!(reason.as_str(), "script" | "style") { String::new() } else { super::tree::plain(&words) };
        let line = if line == 0 { self.line(id) } else { line };
        self.read.extra.push(Dropped { line, to_line: None, text: words, reason });
        if names::is_block(self.tree.name(id)) {
            self.boundary();
        }
    }

    fn browser(&mut self) {
        let Some((_, line, words)) = &self.meta.title else { return };
        let at = self.read.segments.len();
        self.read.segments.push(Segment { line: *line, text: escaped(words), cleaned: None });
        self.read.browser = crate::import::title::Browser { segments: Some((at, at)), words: words.clone() };
    }

    fn style(&self) -> Style {
        let language =
            self.languages.last().map(|(_, l)| Rc::clone(l)).filter(|l| !l.eq_ignore_ascii_case(self.language));
        Style { bold: self.bold > 0, link: self.links.last().and_then(|(_, l)| l.clone()), language }
    }

    fn words(&mut self, text: &str, line: usize) {
        if text.trim().is_empty() {
            if !text.is_empty() {
                self.run.blank();
            }
            return;
        }
        if self.run.breaks() > 1 {
            self.paragraph();
        }
        let style = self.style();
        if let Some(below) = self.raised.last()
            && let Some(signs) = names::raised(text.trim(), *below)
        {
            self.run.words(&signs, line, &style);
            return;
        }
        if self.pre == 0 {
            self.run.words(text, line, &style);
            return;
        }
        for (n, part) in text.split('\n').enumerate() {
            if n > 0 {
                self.run.at_least_one_break();
            }
            self.run.words(part, line + n, &style);
        }
    }

    /// Two line breaks are the end of a paragraph.
    fn paragraph(&mut self) {
        if matches!(self.slot(), Slot::Body) {
            self.flush();
        }
    }

    fn line_break(&mut self) {
        match self.slot() {
            Slot::Heading(_) | Slot::Cell | Slot::Caption | Slot::Term | Slot::Summary(_) | Slot::Source => {
                self.run.blank()
            }
            Slot::Body => self.run.line_break(),
            _ => self.run.at_least_one_break(),
        }
    }

    /// The end of a line that a block makes.
    fn boundary(&mut self) {
        match self.slot() {
            Slot::Body => self.flush(),
            Slot::Item(..) | Slot::Meaning | Slot::Note(_) => self.run.at_least_one_break(),
            _ => self.run.blank(),
        }
    }

    fn link(&mut self, id: Id) {
        if let Some(number) = self.notes.links.get(&id) {
            self.run.note(*number, self.line(id));
            self.hide(id, "mark of a footnote");
            return;
        }
        if self.notes.back.contains_key(&id) {
            self.hide(id, "way back from a footnote");
            return;
        }
        let href = self.tree.attribute(id, "href").map(str::trim).filter(|h| !h.is_empty());
        let address = href.map(|h| {
            super::anchor(h, self.own)
                .map_or_else(|| super::run::encoded(h), |a| format!("#{}", super::run::encoded(&a)))
        });
        let address = address.map(|a| {
            crate::import::address::unwrap_all(&a, &self.rules.links)
                .map_or(a.clone(), |(_, mut found)| found.pop().unwrap_or_default())
        });
        self.links.push((id, address.map(Rc::from)));
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        if self.table.is_some() || self.run.is_empty() {
            if self.run.is_empty() {
                self.run = Run::default();
            } else {
                self.flush_in_table();
            }
            return;
        }
        let words = self.run.take();
        let slot = self.slot();
        match slot {
            Slot::Body | Slot::Cell | Slot::Caption => self.push(words, |text| Kind::Paragraph { text }),
            Slot::Heading(level) => {
                let said = visible(&words.text, false);
                if self.out.last().is_none_or(|(_, o)| o.is_none()) {
                    self.read.heading = said;
                }
                self.push(words, |text| Kind::Heading { level, text });
            }
            Slot::Item(depth, number, false) => {
                if let Some((_, slot)) = self.slots.last_mut() {
                    *slot = Slot::Item(depth, number, true);
                }
                self.push(words, |text| Kind::Item { depth, number, text });
            }
            Slot::Item(..) => self.push(words, |text| Kind::Paragraph { text }),
            Slot::Term => self.push(words, |text| Kind::Term { text }),
            Slot::Meaning => self.push(words, |text| Kind::Meaning { text }),
            Slot::Note(number) => self.push(words, |text| Kind::Note { number, text }),
            Slot::Summary(Some(level)) => self.push(words, |text| Kind::Heading { level, text }),
            Slot::Summary(None) => {
                self.push(words, |text| Kind::Paragraph { text: format!("**{}**", text.replace("**", "")) });
                self.mark(crate::import::repair::OPENED);
            }
            Slot::Source => self.source(words),
        }
    }

    /// Notes what was done to the last block.
    fn mark(&mut self, what: &'static str) {
        let blocks = match self.boxes.last_mut() {
            Some((_, open)) => &mut open.blocks,
            None => &mut self.read.blocks,
        };
        if let Some(last) = blocks.last_mut() {
            last.repaired.push(what);
        }
    }

    /// Adds a block of one segment.
    fn push(&mut self, words: Words, kind: impl FnOnce(String) -> Kind) {
        let at = self.read.segments.len();
        let text =
            crate::import::address::unwrap_all(&words.text, &self.rules.links).map_or(words.text, |(text, _)| text);
        self.read.segments.push(Segment { line: words.line, text: text.clone(), cleaned: words.cleaned });
        let mut block = Block::new(at, at, kind(text));
        block.language = words.language;
        self.add(block);
    }

    fn add(&mut self, mut block: Block) {
        block.dropped = self.out.last().and_then(|(_, o)| o.clone());
        match self.boxes.last_mut() {
            Some((_, open)) => open.blocks.push(block),
            None => self.read.blocks.push(block),
        }
    }

    /// The headings that the document's anchors stand at.
    fn anchors(&mut self) {
        let names = |id: Id| heading(self.tree.name(id)).is_some() || self.tree.name(id) == "summary";
        for (name, id) in &self.plan.ids {
            let inside = std::iter::once(*id).chain(self.tree.above(*id)).find(|a| names(*a));
            // a place without words stands for the heading right below it
            let below = || {
                let mut at = Some(*id);
                for _ in 0..200 {
                    let node = at?;
                    if names(node) {
                        return Some(node);
                    }
                    if self.tree.text(node).is_some_and(|t| !t.trim().is_empty()) {
                        return None;
                    }
                    at = self.tree.following(node);
                }
                None
            };
            if let Some(heading) = inside.or_else(below) {
                self.read.anchors.insert(name.clone(), self.tree.words(heading));
            }
        }
    }
}

/// Plain words in the dialect.
pub(super) fn escaped(words: &str) -> String {
    let mut run = Run::default();
    run.words(words, 1, &Style::default());
    run.take().text
}
