//! The data that a template receives, `/document.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Input;
use crate::document::{Block, Document, Kind, Meta};
use crate::furniture::Furniture;
use crate::render::qr;

/// All that a template receives.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Data<'a> {
    document: &'a Document,
    edition: About<'a>,
    #[serde(flatten)]
    furniture: &'a Furniture,
    qr: Option<Code>,
    video_qr: BTreeMap<&'a str, Vec<String>>,
}

/// What a template knows of its edition.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct About<'a> {
    name: &'a str,
    /// The label on the cover, such as "Large print, 18 point".
    title: Option<&'a str>,
    /// Body size in points.
    size: f64,
    /// The page's colour; none: white.
    paper: Option<&'a str>,
    /// Whether it is for a print shop: bleed, and colours as inks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    press: bool,
    /// The factor on the gaps between blocks; 1: the layout's own.
    fit: f64,
    /// Heights in points of the room to write that is wanted, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fill: Vec<f64>,
    /// Whether the list of links is to stand on the last panel, where that can hold it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    links_behind: bool,
}

/// The page's own address as a QR code.
#[derive(Serialize)]
struct Code {
    href: String,
    short: String,
    rows: Vec<String>,
}

impl Code {
    fn of(meta: &Meta) -> Option<Self> {
        let (href, short) = meta.source.as_ref().zip(meta.source_short.as_ref())?;
        Some(Self { href: href.clone(), short: short.clone(), rows: qr::rows(href)? })
    }
}

/// Whether the page has a code that leads to it, and so to its links.
pub(super) fn coded(meta: &Meta) -> bool {
    Code::of(meta).is_some()
}

impl<'a> Data<'a> {
    pub(super) fn new(input: &'a Input<'a>, title: Option<&'a str>) -> Self {
        let mut video_qr = BTreeMap::new();
        videos(&input.document.blocks, &mut video_qr);
        Self {
            document: input.document,
            edition: About {
                name: &input.request.name,
                title,
                size: input.request.size.unwrap_or(input.layout.size),
                paper: input.request.paper.as_deref(),
                press: input.press,
                fit: 1.0,
                fill: Vec::new(),
                links_behind: false,
            },
            furniture: input.furniture,
            qr: Code::of(&input.document.meta),
            video_qr,
        }
    }

    /// The same with room to write, of these heights in points.
    pub(super) fn filled(mut self, heights: Vec<f64>) -> Self {
        self.edition.fill = heights;
        self
    }

    /// The same with the list of links on the last panel, or not.
    pub(super) fn behind(mut self, links: bool) -> Self {
        self.edition.links_behind = links;
        self
    }

    /// The same with tighter or looser gaps.
    pub(super) fn fitted(mut self, fit: f64) -> Self {
        self.edition.fit = fit;
        self
    }
}

fn videos<'a>(blocks: &'a [Block], out: &mut BTreeMap<&'a str, Vec<String>>) {
    for block in blocks {
        match &block.kind {
            Kind::Video { url, .. } => {
                if let Some(rows) = qr::rows(url) {
                    out.insert(url, rows);
                }
            }
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => videos(blocks, out),
            Kind::List { items, .. } => items.iter().for_each(|item| videos(&item.blocks, out)),
            Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).for_each(|meaning| videos(meaning, out));
            }
            _ => {}
        }
    }
}
