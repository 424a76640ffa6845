//! Markup -> tree, by the rules of the HTML standard.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, Tracer, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, QualName, TokenizerResult, local_name, ns};

use super::names::is_void;
use super::tree::{Data, Id, Tree};

/// How many elements may be open at once, as in browsers. Deeper ones are not built; their words are.
const DEEPEST: usize = 400;

/// Reads a text as HTML.
pub(super) fn parse(text: &str) -> Tree {
    let sink = Sink { tree: RefCell::new(Tree::new()), line: Cell::new(1) };
    // what stands in `noscript` is read as elements, so that its words can be told from its marks
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let gate = Gate {
        builder: TreeBuilder::new(sink, options),
        unsure: Cell::new(0),
        open: Cell::new(0),
        skipped: RefCell::new(Vec::new()),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    // it stops at scripts, which nobody runs here, and at the encoding, which is known
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.tree.replace(Tree::new())
}

/// Keeps elements from being nested without end: the tree's builder looks through all that are open.
struct Gate {
    builder: TreeBuilder<Handle, Sink>,
    /// How many elements were open when they were last counted, and how many may have been opened since.
    open: Cell<usize>,
    unsure: Cell<usize>,
    /// The elements that were not built.
    skipped: RefCell<Vec<LocalName>>,
}

struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Handle;
    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}

impl Gate {
    /// Whether as many elements are open as may be.
    fn full(&self) -> bool {
        // one tag opens at most a few elements, such as a table's body and row
        self.unsure.set(self.unsure.get() + 4);
        if self.open.get() + self.unsure.get() < DEEPEST {
            return false;
        }
        let count = Count(Cell::new(0));
        self.builder.trace_handles(&count);
        self.open.set(count.0.get());
        self.unsure.set(0);
        let full = self.open.get() + 4 >= DEEPEST;
        if !full {
            self.skipped.borrow_mut().clear();
        }
        full
    }

    /// Whether a tag is left out because of its depth.
    fn skips(&self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => {
                // these change how the text behind them is read, and hold no elements
                let raw = matches!(
                    &*tag.name,
                    "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext"
                );
                if raw || is_void(&tag.name) || !self.full() {
                    return false;
                }
                self.skipped.borrow_mut().push(tag.name.clone());
                true
            }
            TagKind::EndTag => {
                let mut skipped = self.skipped.borrow_mut();
                if skipped.last() == Some(&tag.name) {
                    skipped.pop();
                    return true;
                }
                false
            }
        }
    }
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Token::TagToken(tag) = &token
            && self.skips(tag)
        {
            // a blank in its place keeps the words apart
            return self.builder.process_token(Token::CharacterTokens(StrTendril::from_slice(" ")), line);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A node as the builder holds it.
#[derive(Debug, Clone, PartialEq)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

struct Sink {
    tree: RefCell<Tree>,
    line: Cell<usize>,
}

impl Sink {
    fn make(&self, name: Rc<QualName>, data: Data) -> Handle {
        Handle { id: self.tree.borrow_mut().add(data, self.line.get()), name }
    }

    fn nameless(&self, data: Data) -> Handle {
        self.make(Rc::new(QualName::new(None, ns!(), local_name!(""))), data)
    }

    /// Adds words at the end of `before`, if that is a text, else says that a new one is needed.
    fn joined(&self, before: Option<Id>, words: &str) -> bool {
        let mut tree = self.tree.borrow_mut();
        if let Some(before) = before
            && let Data::Text(text) = &mut tree.nodes[before].data
        {
            text.push_str(words);
            return true;
        }
        false
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: Rc::new(QualName::new(None, ns!(), local_name!(""))) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = Rc::new(name);
        self.make(Rc::clone(&name), Data::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.nameless(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.nameless(Data::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.tree.borrow_mut().append(parent.id, node.id),
            NodeOrText::AppendText(words) => {
                let last = self.tree.borrow().nodes[parent.id].last;
                if !self.joined(last, &words) {
                    let mut tree = self.tree.borrow_mut();
                    let id = tree.add(Data::Text(words.to_string()), self.line.get());
                    tree.append(parent.id, id);
                }
            }
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.tree.borrow_mut().insert_before(sibling.id, node.id),
            NodeOrText::AppendText(words) => {
                let before = self.tree.borrow().nodes[sibling.id].before;
                if !self.joined(before, &words) {
                    let mut tree = self.tree.borrow_mut();
                    let id = tree.add(Data::Text(words.to_string()), self.line.get());
                    tree.insert_before(sibling.id, id);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let placed = self.tree.borrow().nodes[element.id].parent.is_some();
        if placed { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's content stands in the template itself: it is left out as a whole.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Data::Element { attributes, .. } = &mut tree.nodes[target.id].data {
            for attribute in more {
                if !attributes.iter().any(|a| a.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(first) = tree.nodes[node.id].first {
            tree.append(parent.id, first);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX).max(1));
    }
}
