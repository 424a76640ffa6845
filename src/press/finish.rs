//! One file through all of it.

use lopdf::{Document, SaveOptions};

use super::declare::{About, declare, name};
use super::inks::Inks;
use super::masks;
use super::picture::Printed;
use super::walk::recolour;

/// Why a file could not be finished; it is a fault of ours, since the file is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub String);

impl From<lopdf::Error> for Fault {
    fn from(error: lopdf::Error) -> Self {
        Self(error.to_string())
    }
}

/// Makes a press file of placed pages. `printed`: how large their pictures are on paper.
pub fn finish(placed: &[u8], inks: &Inks, printed: &[Printed], about: &About) -> Result<Vec<u8>, Fault> {
    let mut document = Document::load_mem(placed)?;
    masks::part(&mut document);
    recolour(&mut document, inks, printed)?;
    declare(&mut document, about);
    document.prune_objects();
    document.renumber_objects();
    // the first round has no name yet: it is what the name is made from
    document.trailer.remove(b"ID");
    let bytes = save(&mut document)?;
    name(&mut document, &bytes);
    save(&mut document)
}

pub(super) fn save(document: &mut Document) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let packing = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    document.save_with_options(&mut bytes, packing).map_err(|error| Fault(error.to_string()))?;
    Ok(bytes)
}
