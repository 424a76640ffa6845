//! Typesetting with typst: a template and data in, pages out.
//!
//! The document goes in as data (`/document.json`), never as markup, so no
//! page's text can become code. System fonts, packages and the clock are out of
//! reach, so every machine makes the same bytes.

mod facts;
mod logical;
mod measure;
mod outside;
mod pictures;
mod starts;
mod world;

pub use measure::{Band, Place, Sheet};
pub use outside::Outside;
pub use pictures::Printed;
pub use starts::Start;
pub use world::{Face, Typefaces};

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::date::Date;
use world::Room;

/// Gives a layout file's bytes by its path below `layouts/`.
pub type Templates = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// One thing to set.
pub struct Job<'a> {
    /// The template's path below `layouts/`.
    pub template: &'a str,
    /// The data, as JSON.
    pub data: Vec<u8>,
    /// Pictures by file name; they stand at `/assets/<name>`.
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

/// Pages, set.
pub struct Set(PagedDocument);

/// Why a job could not be set: what typst said, with the template's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Vec<String>);

/// Sets pages. Typst's warnings are faults: an unknown font, say, gives a blank page.
pub fn set(job: Job<'_>, faces: &Typefaces, templates: &Templates) -> Result<Set, Fault> {
    let room = Room::new(job, faces, templates)?;
    let result = typst::compile::<PagedDocument>(&room);
    let warnings: Vec<String> = result.warnings.iter().map(|w| room.describe(w)).collect();
    match result.output {
        Ok(document) if warnings.is_empty() => Ok(Set(document)),
        Ok(_) => Err(Fault(warnings)),
        Err(errors) => Err(Fault(errors.iter().map(|e| room.describe(e)).collect())),
    }
}

/// Frees what typst remembers of earlier jobs; call it between batches.
pub fn forget(age: usize) {
    typst::comemo::evict(age);
}

impl Set {
    /// The pages as a PDF: tagged, PDF/UA-1 and PDF/A-2a in one file.
    ///
    /// `ident` names the file for good; `date` is the only date in it.
    pub fn pdf(&self, ident: &str, creator: &str, date: Date) -> Result<Vec<u8>, Fault> {
        let plain = |text: &str| Fault(vec![text.to_string()]);
        let standards =
            PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).map_err(|error| plain(error.message()))?;
        let moment = Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0);
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_string()),
            creator: Smart::Custom(Some(creator.to_string())),
            timestamp: moment.map(Timestamp::new_utc),
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        let ordered = logical::ordered(&self.0);
        typst_pdf::pdf(ordered.as_ref().unwrap_or(&self.0), &options)
            .map_err(|errors| Fault(errors.iter().map(|e| e.message.to_string()).collect()))
    }

    /// The pages as a plain PDF without tags, to be drawn on other pages.
    pub fn parts(&self, ident: &str) -> Result<Vec<u8>, Fault> {
        let options = PdfOptions { ident: Smart::Custom(ident.to_string()), tagged: false, ..PdfOptions::default() };
        typst_pdf::pdf(&self.0, &options)
            .map_err(|errors| Fault(errors.iter().map(|e| e.message.to_string()).collect()))
    }

    /// A page as a PNG picture, `scale` pixels to the point; none if there is no such page.
    pub fn png(&self, page: usize, scale: f64) -> Option<Vec<u8>> {
        let page = self.0.pages().get(page)?;
        let options = typst_render::RenderOptions { pixel_per_pt: scale.into(), render_bleed: false };
        let mut picture = typst_render::render(page, &options);
        // a sheet without a colour of its own is clear; paper is white
        for pixel in picture.data_mut().chunks_exact_mut(4) {
            if let [red, green, blue, alpha] = pixel {
                let paper = u8::MAX - *alpha;
                for part in [red, green, blue] {
                    *part = part.saturating_add(paper);
                }
                *alpha = u8::MAX;
            }
        }
        picture.encode_png().ok()
    }

    /// How high a page is, in points; none if there is no such page.
    pub fn height(&self, page: usize) -> Option<f64> {
        self.0.pages().get(page).map(|page| page.frame.height().to_pt())
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// Words that stand outside their page, with the number of the block they belong to.
    pub fn outside(&self) -> Vec<Outside> {
        outside::find(&self.0)
    }

    /// The pictures made of dots, with the size at which they are printed.
    pub fn pictures(&self) -> Vec<Printed<'_>> {
        pictures::find(&self.0)
    }

    /// Where each page begins, by the blocks of the body.
    pub fn starts(&self) -> Vec<Start> {
        starts::find(&self.0)
    }

    /// The bands of a page (counted from 0), from top to bottom; none if there is no such page.
    pub fn bands(&self, page: usize) -> Vec<Band> {
        self.0.pages().get(page).map(measure::bands).unwrap_or_default()
    }

    /// The same with one page cut into several: a place for each of its bands, a sheet for each new page.
    pub fn cut(&self, page: usize, places: &[Place], sheets: &[Sheet]) -> Self {
        Self(measure::cut(&self.0, page, places, sheets))
    }

    /// The numbers that the layout reports under a label, `#metadata((1, 2)) <name>`; empty where there are none.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        facts::numbers(&self.0, name)
    }
}

fn bytes(data: impl AsRef<[u8]> + Send + Sync + 'static) -> Bytes {
    Bytes::new(data)
}
