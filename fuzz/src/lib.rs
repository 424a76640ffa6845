//! What the fuzz targets call: the parsers and inspectors of everyleaf, without its typesetter.
//!
//! Each target answers one promise: no bytes make this reader panic, take more than a second, or more than 500 MB.

#![allow(missing_docs, dead_code, unused_imports)]

#[path = "../../src"]
mod everyleaf {
    pub mod source;
    pub mod diagnostic;
    pub mod date;
    pub mod language;
    pub mod colour;
    pub mod strict;
    pub mod page;
    pub mod document;
    pub mod furniture;
    pub mod words;
    pub mod brand;
    pub mod inspect;
    pub mod import;
}
pub use everyleaf::{brand, colour, date, diagnostic, document, furniture, import, inspect, language, page, source, strict, words};

#[path = "../../src/edition/layout.rs"]
pub mod layout;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::Sink;
use crate::document::{Context, LoadError};
use crate::import::{Options, Rules};
use crate::source::Sources;

static RULES: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    let general = include_str!("../../layouts/import/general.toml");
    Rules::parse(general, "general.toml").into_iter().collect()
});

/// Imports bytes under a name; where a page comes of it, its source is read again, as a build would.
pub fn take_import(name: &str, bytes: &[u8]) {
    let options = Options { name: name.into(), rules: RULES.clone(), ..Options::default() };
    if let Ok(imported) = import::import(bytes, &options) {
        take_page(&imported.text);
    }
}

/// Reads a page's source and resolves it; every complaint must point into the text.
pub fn take_page(text: &str) {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file = sources.add("page.md", text);
    let page = page::parse(file, &sources, &mut sink);
    let values = BTreeMap::from([("helpline.phone".to_string(), "0300 222 5800".to_string())]);
    let load = |_: &str| Err(LoadError::Missing);
    let context = Context { slug: "page", sources: &sources, values: &values, load: &load };
    let _ = document::resolve(&page, &[], &context, &mut sink);
    for said in sink.all() {
        if let Some(span) = said.span {
            assert!(span.start <= span.end && span.end <= text.len(), "{}: {span:?}", said.message);
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{}", said.message);
        }
    }
}

/// A file of its own, to read from.
pub fn file(text: &str) -> (source::FileId, Sink) {
    let mut sources = Sources::default();
    (sources.add("file.toml", text), Sink::default())
}

/// Reads a picture's kind and size.
pub fn take_picture(bytes: &[u8]) {
    let _ = document::facts(bytes);
}
