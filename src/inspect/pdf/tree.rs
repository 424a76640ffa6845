//! The structure tree, and the text in its order.

use super::Node;
use super::content::Mark;
use super::objects::Pdf;
use super::pages::Page;
use super::text::{Run, Writer};
use crate::inspect::InspectError;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

const MAX_DEPTH: usize = 128;
const MAX_NODES: usize = 300_000;

/// The tree, read.
pub(super) struct Read {
    pub nodes: Vec<Node>,
    pub text: String,
    /// Which node holds an annotation.
    pub annotations: BTreeMap<ObjectId, usize>,
    /// Which node holds a piece of marked content.
    pub holders: BTreeMap<Mark, usize>,
    /// The object of each node, where it is one of its own.
    pub ids: Vec<Option<ObjectId>>,
    /// Where each page's text begins in `text`.
    pub starts: Vec<Option<usize>>,
    /// Text of marked content that no element names.
    pub unreached: String,
}

/// Walks the tree and takes each run once, where the tree names it first.
pub(super) fn read(pdf: &Pdf, pages: &[Page], tagged: BTreeMap<Mark, Vec<Run>>) -> Result<Read, InspectError> {
    let mut walker = Walker {
        pdf,
        pages: pages.iter().enumerate().map(|(i, page)| (page.id, i + 1)).collect(),
        tagged,
        roles: None,
        seen: BTreeSet::new(),
        writer: Writer::default(),
        nodes: Vec::new(),
        annotations: BTreeMap::new(),
        holders: BTreeMap::new(),
        ids: Vec::new(),
        starts: BTreeMap::new(),
    };
    if let Some(root) = pdf.catalog().and_then(|catalog| pdf.dict(catalog, "StructTreeRoot")) {
        walker.roles = pdf.dict(root, "RoleMap");
        walker.kids(root, None, None, 0)?;
    }
    let mut unreached = Writer::default();
    for runs in walker.tagged.values() {
        unreached.block();
        runs.iter().for_each(|run| unreached.push(run));
    }
    Ok(Read {
        nodes: walker.nodes,
        text: walker.writer.text,
        annotations: walker.annotations,
        holders: walker.holders,
        ids: walker.ids,
        starts: (1..=pages.len()).map(|number| walker.starts.get(&number).copied()).collect(),
        unreached: unreached.text,
    })
}

struct Walker<'p, 'a> {
    pdf: &'p Pdf<'a>,
    pages: BTreeMap<ObjectId, usize>,
    tagged: BTreeMap<Mark, Vec<Run>>,
    roles: Option<&'a Dictionary>,
    seen: BTreeSet<ObjectId>,
    writer: Writer,
    nodes: Vec<Node>,
    annotations: BTreeMap<ObjectId, usize>,
    holders: BTreeMap<Mark, usize>,
    ids: Vec<Option<ObjectId>>,
    /// Where each page's text begins, by the page's number.
    starts: BTreeMap<usize, usize>,
}

impl<'a> Walker<'_, 'a> {
    /// The children of an element: `node` is its place in the list, `page` the one it stands on.
    fn kids(
        &mut self,
        element: &'a Dictionary,
        node: Option<usize>,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let Ok(kids) = element.get(b"K") else { return Ok(()) };
        match self.pdf.resolve(kids) {
            Some(Object::Array(array)) => array.iter().try_for_each(|kid| self.kid(kid, node, page, depth)),
            _ => self.kid(kids, node, page, depth),
        }
    }

    fn kid(
        &mut self,
        kid: &'a Object,
        node: Option<usize>,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Result<(), InspectError> {
        match self.pdf.resolve_id(kid) {
            Some((_, Object::Integer(number))) => {
                if let Some(page) = page {
                    self.content((page, *number), page, node);
                }
            }
            Some((id, Object::Dictionary(dict))) => {
                let page = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
                match self.pdf.name(dict, "Type").as_deref() {
                    Some("MCR") => {
                        let owner = dict.get(b"Stm").ok().and_then(|stream| stream.as_reference().ok()).or(page);
                        if let (Some(owner), Some(page), Some(number)) = (owner, page, self.pdf.integer(dict, "MCID")) {
                            self.content((owner, number), page, node);
                        }
                    }
                    Some("OBJR") => {
                        let object = dict.get(b"Obj").ok().and_then(|object| object.as_reference().ok());
                        if let (Some(object), Some(node)) = (object, node) {
                            self.annotations.entry(object).or_insert(node);
                            if let Some(node) = self.nodes.get_mut(node) {
                                node.annotations += 1;
                            }
                        }
                    }
                    // An element that is its own ancestor, or has two parents, is read once.
                    _ if id.is_some_and(|id| !self.seen.insert(id)) => {}
                    _ => self.element((id, dict), node, page, depth)?,
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(
        &mut self,
        (id, dict): (Option<ObjectId>, &'a Dictionary),
        parent: Option<usize>,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Result<(), InspectError> {
        if depth > MAX_DEPTH || self.nodes.len() >= MAX_NODES {
            return Err(InspectError::TooLarge("a tag tree that is too large or too deep"));
        }
        let pdf = self.pdf;
        let Some(written) = pdf.name(dict, "S") else { return Ok(()) };
        let tag = self.standard(&written);
        let attribute = |owner: &str, key: &str| {
            let attributes = pdf.get(dict, "A")?;
            let list = attributes.as_array().map_or(std::slice::from_ref(attributes), Vec::as_slice);
            let mut of_owner = list.iter().filter_map(|item| pdf.as_dict(item));
            of_owner.find_map(|dict| pdf.get(dict, key).filter(|_| pdf.name(dict, "O").as_deref() == Some(owner)))
        };
        let named = |owner, key| attribute(owner, key)?.as_name().ok().map(|n| String::from_utf8_lossy(n).into_owned());
        let spans = |key| {
            let number = attribute("Table", key).and_then(|number| number.as_i64().ok());
            number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).clamp(1, 1000)
        };
        let parting = parting(&tag, named("Layout", "Placement").as_deref());
        self.part(parting);
        let index = self.nodes.len();
        let start = self.writer.text.len();
        self.ids.push(id);
        self.nodes.push(Node {
            role: (tag != written).then_some(written),
            tag,
            depth,
            parent,
            alt: pdf.text(dict, "Alt"),
            language: pdf.text(dict, "Lang"),
            scope: named("Table", "Scope"),
            span: (spans("RowSpan"), spans("ColSpan")),
            headers: attribute("Table", "Headers").is_some(),
            id: pdf.text(dict, "ID"),
            actual: pdf.text(dict, "ActualText"),
            annotations: 0,
            page: None,
            own_text: false,
            range: start..start,
        });
        match pdf.text(dict, "ActualText") {
            Some(text) => self.replace(dict, &text, index, page, depth)?,
            None => self.kids(dict, Some(index), page, depth + 1)?,
        }
        self.part(parting);
        let text = self.writer.text.get(start..).unwrap_or("");
        let start = start + (text.len() - text.trim_start().len());
        let page = self.nodes.get(index..).unwrap_or(&[]).iter().find_map(|node| node.page);
        if let Some(node) = self.nodes.get_mut(index) {
            node.page = node.page.or(page);
        }
        if let Some(node) = self.nodes.get_mut(index) {
            node.range = start..self.writer.text.len();
        }
        Ok(())
    }

    /// An element with replacement text: its content is walked, for pages and annotations, but not read.
    fn replace(
        &mut self,
        dict: &'a Dictionary,
        text: &str,
        index: usize,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let kept = std::mem::take(&mut self.writer);
        let walked = self.kids(dict, Some(index), page, depth + 1);
        self.writer = kept;
        walked?;
        let length = self.writer.text.len();
        for node in self.nodes.iter_mut().skip(index + 1) {
            node.range = length..length;
        }
        self.writer.push(&Run { text: text.to_string(), place: None });
        Ok(())
    }

    fn content(&mut self, mark: Mark, page: ObjectId, node: Option<usize>) {
        let runs = self.tagged.remove(&mark).unwrap_or_default();
        if let Some(node) = node {
            self.holders.entry(mark).or_insert(node);
        }
        let number = self.pages.get(&page).copied();
        if let Some(number) = number.filter(|_| runs.iter().any(|run| !run.text.trim().is_empty())) {
            self.starts.entry(number).or_insert(self.writer.text.len());
        }
        runs.iter().for_each(|run| self.writer.push(run));
        if let Some(node) = node.and_then(|node| self.nodes.get_mut(node)) {
            node.page = node.page.or(number);
            node.own_text |= runs.iter().any(|run| !run.text.trim().is_empty());
        }
    }

    fn part(&mut self, parting: Parting) {
        match parting {
            Parting::Block => self.writer.block(),
            Parting::Word => self.writer.space(),
            Parting::None => {}
        }
    }

    /// The standard type that the role map gives.
    fn standard(&self, written: &str) -> String {
        let mut tag = written.to_string();
        for _ in 0..8 {
            match self.roles.and_then(|roles| self.pdf.name(roles, &tag)) {
                Some(next) if next != tag => tag = next,
                _ => break,
            }
        }
        tag
    }
}

#[derive(Clone, Copy)]
enum Parting {
    None,
    Word,
    Block,
}

/// How an element stands apart from what is around it.
fn parting(tag: &str, placement: Option<&str>) -> Parting {
    match tag {
        "Span" | "Link" | "Reference" | "Quote" | "Code" | "Em" | "Strong" | "Sub" | "Annot" | "BibEntry" | "Form"
        | "Ruby" | "RB" | "RT" | "RP" | "Warichu" | "WT" | "WP" => match placement {
            Some("Block" | "Before" | "After" | "Start" | "End") => Parting::Block,
            _ => Parting::None,
        },
        // The mark of a note or a list item is read on its own, but belongs to the line.
        "Lbl" => Parting::Word,
        "LBody" => Parting::Word,
        _ => Parting::Block,
    }
}
