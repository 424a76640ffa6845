//! The blocks of a page as written: addresses, labels and pictures are still words.

use serde::Serialize;

use crate::source::Span;

/// A block with its place.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// Whether `{.keep}` stands above it.
    pub keep: bool,
    /// The language that `{.language}` names.
    pub language: Option<(String, Span)>,
    /// What it is.
    pub kind: Kind,
}

/// Running text.
pub type Inlines = Vec<Inline>;

/// The kinds of block; the document's [`crate::document::Kind`] explains each.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Kind {
    Heading {
        level: u8,
        text: Inlines,
    },
    Paragraph {
        text: Inlines,
    },
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Callout {
        kind: CalloutKind,
        title: Inlines,
        blocks: Vec<Block>,
    },
    Table {
        caption: Option<String>,
        columns: Vec<Align>,
        header: Vec<Inlines>,
        rows: Vec<Vec<Inlines>>,
        header_column: bool,
    },
    Figure(PictureRef),
    Quote {
        blocks: Vec<Block>,
        source: Option<String>,
    },
    Definitions {
        items: Vec<Definition>,
    },
    FillIn {
        label: String,
        lines: u8,
    },
    Video {
        title: String,
        url: String,
    },
    Rule,
}

/// A picture as the page names it.
#[derive(Debug, Clone)]
pub struct PictureRef {
    /// The path as written.
    pub path: String,
    /// Where the picture stands in the source.
    pub span: Span,
    /// What it shows; empty if nothing is written.
    pub alt: String,
    /// Whether it is marked as carrying no meaning.
    pub decorative: bool,
    /// Whether it says that its file cannot be had yet.
    pub missing: bool,
    /// Its caption.
    pub caption: Option<String>,
    /// Whose picture it is.
    pub credit: Option<String>,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// Whether it has a tick box, and whether that is ticked.
    pub tick: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and its meanings.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The term.
    pub term: Inlines,
    /// Its meanings.
    pub meanings: Vec<Vec<Block>>,
}

/// A footnote's text.
#[derive(Debug, Clone)]
pub struct FootnoteText {
    /// The label between `[^` and `]`.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Inline {
    Text { v: String, span: Span },
    Emphasis { c: Inlines },
    Strong { c: Inlines },
    Link { href: String, span: Span, c: Inlines },
    NoteRef { label: String, span: Span },
    Break,
    Space { width: u8 },
}

/// How urgent a callout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalloutKind {
    /// Good to know.
    Note,
    /// Important.
    Important,
    /// Take care.
    Warning,
    /// Get help now.
    Emergency,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the start edge; the default.
    Start,
    /// In the middle.
    Center,
    /// At the end edge, for figures.
    End,
}

/// The words of running text, without marks.
pub fn plain(text: &[Inline]) -> String {
    let mut out = String::new();
    for inline in text {
        match inline {
            Inline::Text { v, .. } => out.push_str(v),
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Link { c, .. } => out.push_str(&plain(c)),
            Inline::Break => out.push(' '),
            Inline::NoteRef { .. } | Inline::Space { .. } => {}
        }
    }
    out
}
