//! What the typeset editions share: data in, PDF out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::data::Data;
use super::{Input, Made, Outcome};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Block;
use crate::manifest::GENERATOR;
use crate::render::typst::{Job, Set, set};
use crate::source::Span;

/// What every paged edition prints beyond the page's own blocks.
pub(super) const BEYOND: &[&str] =
    &["contents", "notes moved to the end", "list of links", "repeated table headers", "furniture"];

/// Sets the edition's layout as a PDF. `title` is the label on the cover.
pub(super) fn pdf(input: &Input<'_>, title: Option<&str>, sink: &mut Sink) -> Outcome {
    let Some(pages) = own_pages(input, title, sink) else { return Outcome::Failed };
    export(input, &pages, sink)
}

/// Sets the edition's own layout.
pub(super) fn own_pages(input: &Input<'_>, title: Option<&str>, sink: &mut Sink) -> Option<Set> {
    pages(input, &input.layout.template, title, sink)
}

/// Writes set pages as a PDF, unless words stand outside a page.
pub(super) fn export(input: &Input<'_>, pages: &Set, sink: &mut Sink) -> Outcome {
    if !whole(input, pages, sink) {
        return Outcome::Failed;
    }
    match pages.pdf(&ident(input), GENERATOR, input.date()) {
        Ok(bytes) => Outcome::Made(Made { bytes, ..Made::default() }),
        Err(fault) => {
            complain(input, &fault.0, sink);
            Outcome::Failed
        }
    }
}

/// The same for a print shop: no tags and no links, since it is a stage and no file that anybody reads.
pub(super) fn artwork(input: &Input<'_>, pages: &Set, sink: &mut Sink) -> Option<Vec<u8>> {
    if !whole(input, pages, sink) {
        return None;
    }
    pages.parts(&ident(input)).map_err(|fault| complain(input, &fault.0, sink)).ok()
}

/// What names the file for good.
fn ident(input: &Input<'_>) -> String {
    let size = input.request.size.map(|size| format!("/{size}")).unwrap_or_default();
    format!("everyleaf/{}/{}{size}", input.document.slug, input.request.name)
}

/// Whether all words stand on their pages.
fn whole(input: &Input<'_>, pages: &Set, sink: &mut Sink) -> bool {
    let mut whole = true;
    for outside in pages.outside() {
        whole = false;
        let message =
            format!("{}: words run off page {}: “{}”", input.request.name, outside.page, outside.words.trim());
        let mut complaint = Diagnostic::new(Code::LAYOUT_OUTSIDE, message)
            .help("shorten the longest word of this block, or write it as two words");
        match outside.block.and_then(|id| span_of(&input.document.blocks, id)) {
            Some(span) => complaint = complaint.at(span),
            None => complaint = complaint.in_file(format!("page {}", input.document.slug)),
        }
        sink.push(complaint);
    }
    whole
}

/// Sets a template of the edition.
pub(super) fn pages(input: &Input<'_>, template: &str, title: Option<&str>, sink: &mut Sink) -> Option<Set> {
    set_data(input, template, &Data::new(input, title), sink)
}

/// Sets a template of the edition with what it is to know.
pub(super) fn set_data(input: &Input<'_>, template: &str, data: &Data<'_>, sink: &mut Sink) -> Option<Set> {
    let data = match serde_json::to_vec(data) {
        Ok(data) => data,
        Err(error) => {
            complain(input, &[error.to_string()], sink);
            return None;
        }
    };
    let mut assets: BTreeMap<String, Arc<[u8]>> =
        input.document.assets.iter().map(|asset| (asset.name.clone(), asset.bytes.clone())).collect();
    if let Some((name, bytes)) = input.logo {
        assets.insert(name.clone(), bytes.clone());
    }
    match set(Job { template, data, assets }, input.typefaces, input.templates) {
        Ok(pages) => Some(pages),
        Err(fault) => {
            complain(input, &fault.0, sink);
            None
        }
    }
}

pub(super) fn complain(input: &Input<'_>, said: &[String], sink: &mut Sink) {
    for words in said {
        sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the layout could not be set: {words}")));
    }
}

/// The place of a block, however deep it stands.
fn span_of(blocks: &[Block], id: usize) -> Option<Span> {
    use crate::document::Kind;
    for block in blocks {
        if block.id == id {
            return Some(block.span);
        }
        let inner = match &block.kind {
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => span_of(blocks, id),
            Kind::List { items, .. } => items.iter().find_map(|item| span_of(&item.blocks, id)),
            Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).find_map(|meaning| span_of(meaning, id))
            }
            _ => None,
        };
        if inner.is_some() {
            return inner;
        }
    }
    None
}
