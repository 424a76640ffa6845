//! The document's tree in one arena: nodes are numbers, so nothing is nested in memory.

use std::rc::Rc;

use html5ever::{Attribute, QualName};

/// A node's number.
pub(in super::super) type Id = usize;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Document,
    Element {
        name: Rc<QualName>,
        attributes: Vec<Attribute>,
    },
    Text(String),
    /// A comment, a doctype: nothing that anybody reads.
    Other,
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<Id>,
    pub(super) first: Option<Id>,
    pub(super) last: Option<Id>,
    pub(super) before: Option<Id>,
    pub(super) after: Option<Id>,
    /// The line of the file where it begins.
    pub(super) line: usize,
    pub(super) data: Data,
}

/// A step of a walk through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter(Id),
    Leave(Id),
}

/// The tree; node 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.add(Data::Document, 1);
        tree
    }

    pub(super) fn add(&mut self, data: Data, line: usize) -> Id {
        self.nodes.push(Node { parent: None, first: None, last: None, before: None, after: None, line, data });
        self.nodes.len() - 1
    }

    /// Takes a node out of its place.
    pub(super) fn detach(&mut self, id: Id) {
        let (parent, before, after) = {
            let node = &mut self.nodes[id];
            (node.parent.take(), node.before.take(), node.after.take())
        };
        match before {
            Some(b) => self.nodes[b].after = after,
            None => {
                if let Some(p) = parent {
                    self.nodes[p].first = after;
                }
            }
        }
        match after {
            Some(a) => self.nodes[a].before = before,
            None => {
                if let Some(p) = parent {
                    self.nodes[p].last = before;
                }
            }
        }
    }

    /// Puts a node at the end of `parent`.
    pub(super) fn append(&mut self, parent: Id, id: Id) {
        self.detach(id);
        let last = self.nodes[parent].last.replace(id);
        self.nodes[id].parent = Some(parent);
        self.nodes[id].before = last;
        match last {
            Some(l) => self.nodes[l].after = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
    }

    /// Puts a node before `sibling`.
    pub(super) fn insert_before(&mut self, sibling: Id, id: Id) {
        self.detach(id);
        let (parent, before) = (self.nodes[sibling].parent, self.nodes[sibling].before.replace(id));
        let node = &mut self.nodes[id];
        (node.parent, node.before, node.after) = (parent, before, Some(sibling));
        match before {
            Some(b) => self.nodes[b].after = Some(id),
            None => {
                if let Some(p) = parent {
                    self.nodes[p].first = Some(id);
                }
            }
        }
    }

    /// An element's name in lower case; empty for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = &self.nodes[id].data else { return None };
        attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value)
    }

    /// Every step of a walk below (and with) `root`, in the document's order; its depth costs no stack.
    pub(super) fn walk(&self, root: Id) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Enter(root)) }
    }

    /// The nodes below (and with) `root`.
    pub(super) fn below(&self, root: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(root).filter_map(|step| if let Step::Enter(id) = step { Some(id) } else { None })
    }

    /// The node that comes next in the document's order.
    pub(super) fn following(&self, id: Id) -> Option<Id> {
        self.nodes[id].first.or_else(|| std::iter::once(id).chain(self.above(id)).find_map(|n| self.nodes[n].after))
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].first, |n| self.nodes[*n].after)
    }

    /// The nodes above `id`, nearest first.
    pub(super) fn above(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].parent, |n| self.nodes[*n].parent)
    }

    /// The words below a node, without regard to what is hidden; at most some thousand letters.
    pub(super) fn words(&self, id: Id) -> String {
        let mut out = String::new();
        for step in self.walk(id) {
            let (Step::Enter(node) | Step::Leave(node)) = step;
            if let (Some(text), Step::Enter(_)) = (self.text(node), step) {
                out.push_str(text);
            } else if super::names::is_block(self.name(node)) || self.name(node) == "br" {
                out.push(' ');
            }
            if out.len() > 4000 {
                break;
            }
        }
        plain(&out)
    }
}

/// A text without what nobody can see, and with single blanks.
pub(super) fn plain(text: &str) -> String {
    let clean: Vec<String> = text.split('\n').map(|line| crate::import::lines::clean(line).0).collect();
    crate::import::text::tidy(&clean.join(" "))
}

/// A walk through the tree.
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Step>,
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        let node = |id: Id| &self.tree.nodes[id];
        self.next = match step {
            Step::Enter(id) => Some(node(id).first.map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == self.root => None,
            Step::Leave(id) => match (node(id).after, node(id).parent) {
                (Some(after), _) => Some(Step::Enter(after)),
                (None, parent) => parent.map(Step::Leave),
            },
        };
        Some(step)
    }
}
