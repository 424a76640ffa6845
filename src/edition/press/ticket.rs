//! The job ticket: what the print shop must know of a press file, on one page and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Bound, Press, flight, needed, read_from_right};
use crate::diagnostic::{Code, Sink};
use crate::edition::{Edition, Extra, Input, Made, Outcome, Request};
use crate::impose::Source;
use crate::manifest::{GENERATOR, Override, sha256};
use crate::preflight::Verdict;
use crate::press::CONDITION;
use crate::render::typst::{Job, Set, set};

/// The ticket of a press edition.
pub(in crate::edition) struct Ticket {
    name: &'static str,
    about: &'static str,
    press: &'static Press,
    needs: [&'static str; 1],
}

/// Of the leaflet.
pub(in crate::edition) const A5: Ticket = Ticket {
    name: "press-a5-ticket",
    about: "the job ticket of press-a5, for the print shop (PDF and JSON)",
    press: &super::A5,
    needs: ["press-a5"],
};

/// Of the six panels.
pub(in crate::edition) const DL: Ticket = Ticket {
    name: "press-dl-ticket",
    about: "the job ticket of press-dl, for the print shop (PDF and JSON)",
    press: &super::DL,
    needs: ["press-dl"],
};

/// Of large print.
pub(in crate::edition) const LARGE_PRINT: Ticket = Ticket {
    name: "press-large-print-ticket",
    about: "the job ticket of press-large-print, for the print shop (PDF and JSON)",
    press: &super::LARGE_PRINT,
    needs: ["press-large-print"],
};

const TEMPLATE: &str = "press/ticket.typ";
/// Sizes of the text that are tried until all stands on one page, in points.
const SIZES: [f64; 4] = [11.0, 10.5, 10.0, 9.0];

/// What the ticket says. Lengths are in millimetres.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Ticketed<'a> {
    title: &'a str,
    edition: &'a str,
    product_code: Option<&'a str>,
    version: Option<&'a str>,
    language: &'a str,
    published: Option<String>,
    reviewed: Option<String>,
    next_review: Option<String>,
    /// The day of the ticket: that of the build.
    as_of: String,
    quantity: Option<u32>,
    pages: usize,
    /// The finished thing.
    trim: [f64; 2],
    /// The sheet before it is folded.
    flat: [f64; 2],
    bleed: f64,
    binding: &'static str,
    colours: Vec<String>,
    printing_condition: &'static str,
    stock: &'static str,
    file: File,
    approved_by: Option<&'a str>,
    reviewers: &'a [String],
    r#override: Option<&'a Override>,
    overdue: bool,
    /// Words divided at the end of a line.
    words_divided: Vec<String>,
    preflight: Preflight,
    generator: &'static str,
}

#[derive(Debug, Serialize)]
struct File {
    name: String,
    bytes: usize,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Preflight {
    summary: String,
    rules: Vec<Verdict>,
}

impl Edition for Ticket {
    fn name(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn layout(&self) -> &str {
        self.press.layout()
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn for_press(&self) -> bool {
        true
    }

    fn needs(&self) -> &[&'static str] {
        &self.needs
    }

    fn needs_all(&self) -> bool {
        true
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["the job ticket alone"]
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let made = match needed(input, self.needs[0], sink) {
            Ok(made) => made,
            Err(outcome) => return outcome,
        };
        match self.write(input, made) {
            Ok((bytes, json)) => {
                let json = Extra { ending: ".json".into(), media_type: "application/json", bytes: json };
                Outcome::Made(Made { bytes, more: vec![json], ..Made::default() })
            }
            Err(why) => {
                sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the job ticket could not be set: {why}")));
                Outcome::Failed
            }
        }
    }
}

impl Ticket {
    fn write(&self, input: &Input<'_>, made: &Made) -> Result<(Vec<u8>, Vec<u8>), String> {
        let job = self.job(input, made)?;
        let mut json = serde_json::to_vec_pretty(&job).map_err(|error| error.to_string())?;
        json.push(b'\n');
        for size in SIZES {
            let pages = sheet(input, &job, size)?;
            if pages.pages() == 1 {
                let ident = format!("everyleaf/{}/{}", input.document.slug, self.name);
                let bytes = pages.pdf(&ident, GENERATOR, input.date()).map_err(|fault| fault.0.join("; "))?;
                return Ok((bytes, json));
            }
        }
        Err("it does not fit on one page".into())
    }

    fn job<'a>(&self, input: &'a Input<'_>, made: &'a Made) -> Result<Ticketed<'a>, String> {
        let meta = &input.document.meta;
        let source = Source::read(&made.bytes).map_err(|refusal| refusal.complaint().message)?;
        let sizes = source.sizes();
        let page = sizes.first().ok_or("the press file has no pages")?;
        let whole = |length: f64| (length * 10.0).round() / 10.0;
        let (width, height) = (whole(page.width), whole(page.height));
        let (trim, flat) = match self.press.bound {
            Bound::Stitched => ([width, height], [width * 2.0, height]),
            // the widest of the three panels (standard 57)
            Bound::Folded => ([100.0, height], [width, height]),
        };
        let report = flight::look(input, self.press.bound, &made.bytes).map_err(|error| error.to_string())?;
        let day = |date: Option<crate::date::Date>| date.map(|date| date.to_string());
        let of = Request { name: self.needs[0].into(), edition: self.needs[0].into(), ..input.request.clone() };
        Ok(Ticketed {
            title: &meta.title,
            edition: self.press.name,
            product_code: meta.product_code.as_deref(),
            version: meta.version.as_deref(),
            language: &meta.language,
            published: day(meta.published),
            reviewed: day(meta.reviewed),
            next_review: day(meta.next_review),
            as_of: input.as_of.to_string(),
            quantity: input.quantity,
            pages: sizes.len(),
            trim,
            flat,
            bleed: super::BLEED,
            binding: self.binding(input, sizes.len()),
            colours: colours(input),
            printing_condition: CONDITION,
            stock: self.stock(),
            file: File {
                name: self.press.file_name(&input.document.slug, &of),
                bytes: made.bytes.len(),
                sha256: sha256(&made.bytes),
            },
            approved_by: meta.approved_by.as_deref(),
            reviewers: &meta.reviewers,
            r#override: input
                .allowed
                .filter(|_| input.overdue || meta.reviewed.is_none() || meta.next_review.is_none()),
            overdue: input.overdue,
            words_divided: made.divided.clone(),
            preflight: Preflight { summary: report.summary(), rules: report.rules },
            generator: GENERATOR,
        })
    }

    fn binding(&self, input: &Input<'_>, pages: usize) -> &'static str {
        match self.press.bound {
            Bound::Stitched if pages <= 4 => "one fold, no staples needed",
            Bound::Stitched if read_from_right(input) => {
                "one fold, saddle stitched: two staples in the fold; read from right to left, bound on the right"
            }
            Bound::Stitched => "one fold, saddle stitched: two staples in the fold",
            Bound::Folded => {
                "two folds, rolled inwards; outside, left to right: 97 (flap), 100 (back), 100 (front) mm; print both sides, \
                 turned on the short edge"
            }
        }
    }

    /// Shine is the enemy of reading; large print must lie flat (standard 16).
    fn stock(&self) -> &'static str {
        match (self.press.bound, self.press.name) {
            (Bound::Folded, _) => "matt coated, 150 to 170 g/m², grain along the folds",
            (_, "press-large-print") => {
                "matt, never gloss: uncoated or matt coated, 100 to 120 g/m², opaque; the booklet must lie flat"
            }
            _ => "matt or silk coated, 120 to 150 g/m², opaque",
        }
    }
}

/// The plates: the four inks, and the brand's own.
fn colours(input: &Input<'_>) -> Vec<String> {
    let colours = &input.furniture.brand.colours;
    let all = [&colours.main, &colours.accent, &colours.ink, &colours.mist, &colours.sand, &colours.paper];
    let mut plates: Vec<String> = ["Cyan", "Magenta", "Yellow", "Black"].map(String::from).to_vec();
    for spot in all.into_iter().filter_map(|colour| colour.spot.clone()) {
        if !plates.contains(&spot) {
            plates.push(spot);
        }
    }
    plates
}

fn sheet(input: &Input<'_>, job: &Ticketed<'_>, size: f64) -> Result<Set, String> {
    #[derive(Serialize)]
    struct Data<'a> {
        job: &'a Ticketed<'a>,
        size: f64,
        fonts: &'a [String],
        main: &'a str,
        tint: &'a str,
    }
    let colours = &input.furniture.brand.colours;
    let (fonts, main, tint) = (input.typefaces.families(), colours.main.rgb.as_str(), colours.mist.rgb.as_str());
    let data = serde_json::to_vec(&Data { job, size, fonts, main, tint }).map_err(|error| error.to_string())?;
    let job = Job { template: TEMPLATE, data, assets: BTreeMap::new() };
    set(job, input.typefaces, input.templates).map_err(|fault| fault.0.join("; "))
}
