//! Finished files, read back from their bytes alone.
//!
//! Nothing here knows how an edition is made: an inspector gets bytes and
//! states facts, so that a fault of the renderer cannot hide from the check
//! that should find it.
//!
//! - [`pdf`]: pages, tag tree, text in reading order, sizes, fonts, links
//! - [`epub`]: spine, navigation, metadata, and each page through [`html`]
//! - [`html`]: text, headings, links and pictures of an XHTML page
//! - [`words`]: texts as words, and which of one are missing from another
//!
//! Every inspector answers broken or hostile bytes with an [`InspectError`],
//! never with a panic, and works within fixed limits.

pub mod epub;
pub mod html;
pub mod pdf;
pub mod words;
mod xml;

use std::fmt;

/// Why a file could not be read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InspectError {
    /// The bytes are not what they should be; the text says what was found wrong.
    Broken(String),
    /// The file is larger or more deeply nested than any edition of ours; the text names the limit.
    TooLarge(&'static str),
}

impl fmt::Display for InspectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(what) => write!(f, "the file cannot be read back: {what}"),
            Self::TooLarge(what) => write!(f, "the file cannot be read back: it has {what}"),
        }
    }
}

impl std::error::Error for InspectError {}
