//! What can be said of a PDF. Lengths are in points (1/72 inch), pages count from 1.

use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;

/// Everything that was found in one PDF.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PdfFacts {
    /// PDF version of the file header, such as `1.7`.
    pub version: String,
    /// `/Title` of the information dictionary.
    pub title: Option<String>,
    /// `dc:title` of the XMP metadata.
    pub xmp_title: Option<String>,
    /// `/Lang` of the catalogue.
    pub language: Option<String>,
    /// `pdfuaid:part` of the XMP metadata: 1 for PDF/UA-1.
    pub pdfua_part: Option<u32>,
    /// `pdfaid:part` of the XMP metadata: 2 for PDF/A-2.
    pub pdfa_part: Option<u32>,
    /// `pdfaid:conformance` of the XMP metadata: `A` for PDF/A-2a.
    pub pdfa_conformance: Option<String>,
    /// `/DisplayDocTitle`: the window shows the title, not the file's name.
    pub display_doc_title: bool,
    /// `/Marked`: the file says that it is tagged.
    pub marked: bool,
    /// The pages in order.
    pub pages: Vec<PageFacts>,
    /// The bookmarks, depth first.
    pub outline: Vec<OutlineEntry>,
    /// Link annotations, page by page, in the order of each page's list.
    pub links: Vec<Link>,
    /// The structure tree, depth first: the order in which it is read out.
    pub nodes: Vec<Node>,
    /// The tagged text in the order of the structure tree. A line break stands between blocks, a space where a
    /// line ends inside one; artifacts (headers, footers, hyphens of line ends) are left out.
    pub text: String,
    /// Where each page's tagged text begins in [`PdfFacts::text`], in bytes; a page without any has none.
    pub page_starts: Vec<Option<usize>>,
    /// Text that is neither tagged nor an artifact, or that the tree never reaches. A screen reader loses it.
    pub untagged: String,
    /// The fonts that paint text, by name.
    pub fonts: Vec<FontFacts>,
    /// `/Suspects`: the file itself says that its tags may be wrong.
    pub suspects: bool,
    /// Names of the role map that lead back to themselves, or to no standard type.
    pub bad_roles: Vec<String>,
    /// Where the parent tree and the structure tree disagree, one sentence each: the first twenty.
    pub astray: Vec<String>,
    /// Annotations that are no links: their page and kind, and whether the structure tree names them.
    pub annotations: Vec<Annotation>,
}

impl PdfFacts {
    /// The text of a node and all below it.
    pub fn text_of(&self, node: &Node) -> &str {
        self.text.get(node.range.clone()).unwrap_or("")
    }

    /// The smallest visible text of all pages, in points.
    pub fn smallest(&self) -> Option<f64> {
        self.pages.iter().filter_map(|page| page.smallest.as_ref()).map(|s| s.size).reduce(f64::min)
    }

    /// Text of headers, footers and other artifacts, page after page.
    pub fn artifact_text(&self) -> String {
        self.pages.iter().map(|page| page.artifacts.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The tag tree as indented text, one node a line: for people and for golden files.
    ///
    /// The text stands on the deepest node that has it.
    pub fn tree(&self) -> String {
        let mut out = String::new();
        for (i, node) in self.nodes.iter().enumerate() {
            let _ = write!(out, "{:indent$}{}", "", node.tag, indent = node.depth * 2);
            if let Some(alt) = &node.alt {
                let _ = write!(out, " alt {alt:?}");
            }
            let is_leaf = self.nodes.get(i + 1).is_none_or(|next| next.depth <= node.depth);
            let own = !is_leaf && node.own_text;
            if (is_leaf || own) && !self.text_of(node).is_empty() {
                let _ = write!(out, " {:?}", self.text_of(node));
            }
            out.push('\n');
        }
        out
    }
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PageFacts {
    /// Its number as the page labels give it; the plain number where there are none.
    pub label: String,
    /// Width of the visible page (the crop box), turned as it is shown.
    pub width: f64,
    /// Height of the visible page (the crop box), turned as it is shown.
    pub height: f64,
    /// The trim box (left, bottom, right, top) where one is written: what is left after cutting.
    pub trim: Option<[f64; 4]>,
    /// The smallest visible text.
    pub smallest: Option<Smallest>,
    /// Every size that visible text has, to a hundredth of a point, smallest first.
    pub sizes: Vec<SizeCount>,
    /// Text of the page's artifacts, as painted.
    pub artifacts: String,
    /// Runs of visible text that lie partly outside the trim box, or outside the page where there is none: the first
    /// hundred.
    pub outside: Vec<String>,
    /// Runs of visible text that are slanted or turned: the first hundred.
    pub turned: Vec<String>,
    /// Every visible run of text, in the order of painting.
    pub runs: Vec<TextRun>,
    /// Paths, pictures and shadings that are neither tagged nor an artifact.
    pub loose: usize,
    /// Artifacts inside tagged content, and tagged content inside artifacts.
    pub crossed: usize,
    /// Glyphs that the font does not have (`.notdef`): an empty box, or nothing.
    pub no_glyph: usize,
    /// Glyphs that stand for no character, by all that the file says: nobody can read them aloud, search or copy them.
    pub nameless: usize,
    /// `/Tabs`: `S` where the tab key follows the structure.
    pub tabs: Option<String>,
    /// Whether it has annotations.
    pub has_annotations: bool,
}

/// A piece of text that one operator painted.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TextRun {
    /// Its characters, as painted: soft hyphens are still in it.
    pub text: String,
    /// Where its base line begins.
    pub start: (f64, f64),
    /// Where its base line ends.
    pub end: (f64, f64),
    /// How far its letters reach to the left and to the right, spaces left out.
    pub reach: (f64, f64),
    /// Effective size.
    pub size: f64,
    /// Whether its font is bold, by its name or weight.
    pub bold: bool,
    /// By how much the widest space was stretched beyond the font's own, in parts of the size: not 0 in justified text.
    pub stretched: f64,
    /// Whether it is an artifact: a header, a footer, a hyphen.
    pub artifact: bool,
    /// The element of [`PdfFacts::nodes`] that holds it.
    pub node: Option<usize>,
    /// The least contrast with what lies under it, 1 to 21; none where that is a picture or a pattern.
    pub contrast: Option<f64>,
    /// Whether something that was painted later hides a part of it.
    pub covered: bool,
}

/// An annotation that is no link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Annotation {
    /// The page it stands on.
    pub page: usize,
    /// Its `/Subtype`.
    pub kind: String,
    /// Whether the structure tree names it.
    pub tagged: bool,
}

/// The smallest text of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Smallest {
    /// Effective size: the font's size through every matrix, those of forms included.
    pub size: f64,
    /// The run that has it, cut to 60 characters.
    pub text: String,
    /// Its font.
    pub font: String,
}

/// How many characters have a size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SizeCount {
    /// Effective size.
    pub size: f64,
    /// Glyphs painted at it, spaces left out.
    pub count: usize,
}

/// One bookmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutlineEntry {
    /// Depth, from 1.
    pub level: usize,
    /// Its words.
    pub title: String,
    /// The page it leads to.
    pub page: Option<usize>,
}

/// One link annotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// The page it stands on.
    pub page: usize,
    /// Where it leads.
    pub target: Target,
    /// `/Contents`: what a screen reader may say instead of the words.
    pub contents: Option<String>,
    /// The words of the structure element that holds it, cut to a thousand characters; `None` where the link is not
    /// tagged.
    pub text: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// An address outside the file.
    Uri(String),
    /// A page of the file.
    Page(usize),
    /// A destination that does not exist, or an action of another kind.
    Other,
}

/// One element of the structure tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Node {
    /// Standard structure type, after the role map: `H1`, `P`, `Figure`.
    pub tag: String,
    /// The type as written where the role map changed it, such as `Title`.
    pub role: Option<String>,
    /// Depth in the tree, from 0.
    pub depth: usize,
    /// The element above it, as a place in [`PdfFacts::nodes`].
    pub parent: Option<usize>,
    /// Alternative text.
    pub alt: Option<String>,
    /// Language of this element, where it differs.
    pub language: Option<String>,
    /// `/Scope` of a table header.
    pub scope: Option<String>,
    /// Rows and columns that a table cell spans.
    pub span: (usize, usize),
    /// Whether a data cell names its headers (`/Headers`).
    pub headers: bool,
    /// `/ID`, which a note must have, and no other may share.
    pub id: Option<String>,
    /// `/ActualText`, in place of its content.
    pub actual: Option<String>,
    /// How many annotations it holds itself.
    pub annotations: usize,
    /// The page its first content stands on.
    pub page: Option<usize>,
    /// Whether it holds content of its own, besides that of its children.
    pub own_text: bool,
    /// Bytes of [`PdfFacts::text`] that it and its children cover.
    pub range: Range<usize>,
}

/// One font.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FontFacts {
    /// PostScript name, without the subset's six letters.
    pub name: String,
    /// `Type0`, `TrueType`, `Type1` or `Type3`.
    pub kind: String,
    /// Whether the font's program is in the file.
    pub embedded: bool,
    /// Whether it is slanted, by its flags, angle or name.
    pub italic: bool,
    /// Whether it says which characters its glyphs are.
    pub to_unicode: bool,
}
