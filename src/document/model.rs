//! The document: the only thing that editions see.
//!
//! References are numbered, pictures are loaded, values are filled in, levels
//! are whole. It serialises to the data that a layout's template receives, so
//! the field names here are the template's vocabulary.

use std::sync::Arc;

use serde::Serialize;

use crate::date::Date;
use crate::page::{Align, CalloutKind, Evaluation};
use crate::source::Span;

/// One page, resolved.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    /// The page's short name in addresses and file names.
    pub slug: String,
    /// What the front matter says.
    pub meta: Meta,
    /// The cover's picture, if the page has one.
    pub cover: Option<Cover>,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// Footnotes, in the order in which they are first referred to.
    pub notes: Vec<Note>,
    /// Links that lead off the page, in order of first use; one entry an address.
    pub links: Vec<LinkTarget>,
    /// Pictures, by index.
    pub assets: Vec<Asset>,
}

/// The facts about a page.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meta {
    /// The title, printed on the cover and tagged as the level-1 heading.
    pub title: String,
    /// A shorter title for running heads; default: the title.
    pub short_title: String,
    /// One or two sentences that say what the page is for.
    pub summary: Option<String>,
    /// A language tag (BCP 47), such as `en-GB`.
    pub language: String,
    /// `ltr` or `rtl`, from the language.
    pub direction: &'static str,
    /// The subject the charity files the page under.
    pub topic: Option<String>,
    /// The address of the web page, always absolute `http` or `https`.
    pub source: Option<String>,
    /// The same without scheme, `www.` and closing slash, for print.
    pub source_short: Option<String>,
    /// The shop's code.
    pub product_code: Option<String>,
    /// The version, as the charity counts.
    pub version: Option<String>,
    /// Date of first publication.
    pub published: Option<Date>,
    /// Date of the last review.
    pub reviewed: Option<Date>,
    /// Date on which the next review is due.
    pub next_review: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who reviewed it.
    pub reviewers: Vec<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Whether the page asks for money.
    pub solicits: bool,
    /// A line that every edition prints on cover and back, such as "Sample text, not clinically approved".
    pub notice: Option<String>,
    /// Who evaluated the e-book of this very version, and against what; no layout needs it.
    #[serde(skip)]
    pub evaluation: Option<Evaluation>,
}

/// The cover's picture.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cover {
    /// Index into [`Document::assets`].
    pub asset: usize,
    /// What the picture shows.
    pub alt: String,
}

/// A block of the body.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Block {
    /// A number that is unique in the document and the same in every edition.
    pub id: usize,
    /// Where it stands in the source.
    #[serde(skip)]
    pub span: Span,
    /// Whether the writer asked that it stay on one page.
    pub keep: bool,
    /// Its language, where it differs from the document's.
    pub language: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
}

/// Running text.
pub type Inlines = Vec<Inline>;

/// The kinds of block.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "t", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Kind {
    /// A heading below the title.
    Heading {
        /// 2 to 4; never skips a level.
        level: u8,
        /// Its words.
        text: Inlines,
        /// Unique name for links on the page.
        anchor: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Inlines,
        /// Whether it introduces the list, table or write-in space that follows (ends in a colon).
        intro: bool,
    },
    /// A list.
    List {
        /// The number of the first item, where the list is numbered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A boxed message with its word and its shape.
    Callout {
        /// How urgent it is.
        kind: CalloutKind,
        /// The writer's own label; empty: the furniture's word for the kind.
        title: Inlines,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A table with a header row.
    Table {
        /// Its caption.
        caption: Option<Inlines>,
        /// One alignment a column.
        columns: Vec<Align>,
        /// The header row's cells.
        header: Vec<Inlines>,
        /// The other rows; every row has as many cells as there are columns.
        rows: Vec<Vec<Inlines>>,
        /// Whether the first column is headers too.
        header_column: bool,
    },
    /// A picture.
    Figure {
        /// Index into [`Document::assets`]; none where the file cannot be had yet: its words stand in its place.
        asset: Option<usize>,
        /// What it shows; empty only where it is decorative.
        alt: String,
        /// Whether it carries no meaning.
        decorative: bool,
        /// Its caption.
        caption: Option<Inlines>,
        /// Whose picture it is.
        credit: Option<String>,
    },
    /// Somebody's words.
    Quote {
        /// The words.
        blocks: Vec<Block>,
        /// Who said them.
        source: Option<String>,
    },
    /// Terms and what they mean.
    Definitions {
        /// Each term with its meanings.
        items: Vec<Definition>,
    },
    /// A line, or several, to write on.
    FillIn {
        /// What to write there.
        label: Inlines,
        /// How many lines, 1 to 20.
        lines: u8,
    },
    /// A film.
    Video {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
        /// The address as printed, without scheme.
        short: String,
        /// The number of its entry in [`Document::links`], from 1.
        number: usize,
    },
    /// A break between two parts, without words.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// Some: the item has a box to tick; the value says whether it is ticked.
    pub tick: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and its meanings.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Definition {
    /// The term.
    pub term: Inlines,
    /// Its meanings, each some blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words, never empty, without line ends.
        v: String,
    },
    /// A short piece that stays on one line: a phone number, a date, a dose, `COVID-19`,
    /// with the punctuation that touches it.
    Unbroken {
        /// The words, with ordinary spaces.
        v: String,
    },
    /// Stressed words; bold in every edition.
    Emphasis {
        /// The words.
        c: Inlines,
    },
    /// Strong words; bold in every edition.
    Strong {
        /// The words.
        c: Inlines,
    },
    /// A link off the page, by phone or by e-mail.
    Link {
        /// Absolute address.
        href: String,
        /// Its entry in [`Document::links`], from 1; none for `tel:` and `mailto:`, whose words say all.
        number: Option<usize>,
        /// The words.
        c: Inlines,
    },
    /// A link to a heading of this page.
    Reference {
        /// The heading's anchor.
        anchor: String,
        /// The words.
        c: Inlines,
    },
    /// A reference to a footnote.
    NoteRef {
        /// The note's number, from 1.
        number: usize,
        /// Which of the note's references this is, from 1.
        occurrence: usize,
    },
    /// A line break that the writer asked for.
    Break,
    /// A space to write in, inside a table cell or a line.
    Space {
        /// About how wide, in characters.
        width: u8,
    },
}

/// A footnote.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Note {
    /// From 1, in order of first reference.
    pub number: usize,
    /// How often it is referred to.
    pub references: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Where a link leads, once for each address.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LinkTarget {
    /// From 1, in order of first use.
    pub number: usize,
    /// Absolute address.
    pub href: String,
    /// The address as printed: no scheme, no `www.`, no closing slash.
    pub short: String,
    /// The words of the first link that leads there.
    pub words: String,
}

/// A picture with its bytes.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Asset {
    /// A file name that is unique in the document, such as `picture-1.png`.
    pub name: String,
    /// Its path as the page gives it.
    #[serde(skip)]
    pub file: String,
    /// Its media type, such as `image/png`.
    pub media_type: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The bytes.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}
