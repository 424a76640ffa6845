//! What a printing press would do with a PDF: each thing painted, with its place, its colour as written and how it is
//! laid on; and what the file says of itself to a printer.
//!
//! - `colour`: colour spaces, down to the inks
//! - `walk`: the content streams, step by step, with `sheet` for the page so far
//! - `paint`: shapes, gradients, pictures and how they are laid on; `letters` for text, `glyphs` for drawn letters
//! - `tiles`: what is painted with a pattern, and masks
//! - `inline`: pictures written in the midst of the content
//! - `paths`: how far a path reaches
//! - `image`: pictures: pixels, inks, resolution; with `jpeg` for those packed as JPEG
//! - `paper`: boxes, annotations and the file's own statements

mod colour;
mod glyphs;
mod image;
mod inline;
mod jpeg;
mod letters;
mod paint;
mod paper;
mod paths;
mod sheet;
mod tiles;
mod walk;

use super::objects::{self, Pdf};
use super::{FontFacts, pages};
use crate::inspect::InspectError;

/// Left, low, right and high edge, in points from the page's own corner.
pub type Area = [f64; 4];

/// Everything that was found.
#[derive(Debug, Clone, Default)]
pub struct InkFacts {
    /// PDF version of the header, such as `1.6`.
    pub version: String,
    /// `GTS_PDFXVersion` of the XMP metadata, such as `PDF/X-4`.
    pub pdfx: Option<String>,
    /// `/Trapped` of the information dictionary, or of the XMP where that has none: `True`, `False` or `Unknown`.
    pub trapped: Option<String>,
    /// Whether the file has an identifier of two parts.
    pub identified: bool,
    /// The output intent for printing, if there is one.
    pub intent: Option<Intent>,
    /// The fonts that paint text, each with the page, from 1, that uses it first.
    pub fonts: Vec<(FontFacts, usize)>,
    /// What no paper can hold, each with its page; none: the file as a whole.
    pub extras: Vec<(Option<usize>, Extra)>,
    /// The pages in order.
    pub pages: Vec<InkPage>,
}

/// Something in the file that is nothing to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// A program.
    Script,
    /// Something that happens when the file or a page is opened.
    Action,
    /// Another file within this one.
    File,
}

/// What the file says it was made to be printed on (`/S /GTS_PDFX`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intent {
    /// The name of the condition, such as `FOGRA39`.
    pub condition: Option<String>,
    /// How many inks its profile has; none where no profile is in the file.
    pub inks: Option<i64>,
    /// Whether the profile begins as a printer's one does.
    pub is_output_profile: bool,
}

/// One page. Lengths are in points, whatever the page's own unit is.
#[derive(Debug, Clone, Default)]
pub struct InkPage {
    /// Its number as the page labels give it.
    pub label: String,
    /// The paper; where none is written, how far the other boxes reach.
    pub media: Area,
    /// Whether the paper's size is written.
    pub has_media: bool,
    /// What is shown of the paper, where it is written.
    pub crop: Option<Area>,
    /// How many points the page's own unit is: 1, but for very large pages.
    pub unit: f64,
    /// What is left after cutting, where it is written.
    pub trim: Option<Area>,
    /// How far the artwork reaches, where it is written.
    pub bleed: Option<Area>,
    /// What is painted, in its order.
    pub marks: Vec<Mark>,
    /// Annotations: their kind and place.
    pub annotations: Vec<(String, Area)>,
    /// The colour space in which the page's transparency is mixed, where it is none of a press.
    pub blending: Option<String>,
    /// Colours that are none of a press in masks, which shape what is seen and put on no ink; grey is left out.
    pub masks: Vec<(String, Area)>,
    /// Names in its content that lead nowhere: the kind of resource and the name.
    pub lost: Vec<(&'static str, String)>,
    /// Whether its content makes no sense from some place on, and was not looked at from there.
    pub broken: bool,
}

/// One thing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it is.
    pub kind: Kind,
    /// What of it can be seen.
    pub area: Area,
    /// Its colour.
    pub ink: Ink,
    /// Whether it is laid over what is below without knocking it out.
    pub overprint: bool,
    /// Whether it lets what is below show through, or is mixed with it.
    pub transparent: bool,
}

/// What a mark is. Lengths are in points on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Letters.
    Text {
        /// Effective size.
        size: f64,
        /// The run's words.
        text: String,
    },
    /// A filled shape; the least of its width and height.
    Fill {
        /// For hairlines.
        thinnest: f64,
    },
    /// A line.
    Stroke {
        /// Its width; 0 is as thin as the device can.
        width: f64,
    },
    /// A gradient.
    Shading {
        /// The most ink of any of its colours, in percent; none where it cannot be told.
        most_ink: Option<f64>,
    },
    /// A picture.
    Picture {
        /// Pixels to the inch as printed, the lower of the two directions.
        resolution: f64,
        /// Whether it has two tones only.
        line_art: bool,
        /// The most ink of any of its pixels, in percent; none where it cannot be told.
        most_ink: Option<f64>,
        /// Its width and height in pixels.
        pixels: (u32, u32),
        /// Whether it is one colour all over; nothing of it can look coarse.
        flat: bool,
    },
}

/// A colour as the file writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// Cyan, magenta, yellow and black, 0 to 100 each.
    Cmyk([f64; 4]),
    /// Named inks and their tint, 0 to 100, and what stands in for them in cyan, magenta, yellow and black, where the
    /// file says it plainly. `All` prints on every plate.
    Spot {
        /// The inks.
        names: Vec<String>,
        /// Their tints.
        tints: Vec<f64>,
        /// What stands in for them at these tints.
        process: Option<[f64; 4]>,
    },
    /// A space of a press whose single values are no one colour: a picture or a gradient.
    Many {
        /// What the space is called.
        space: String,
    },
    /// A space that is none of a press, such as `DeviceRGB`.
    Foreign {
        /// What the space is called.
        space: String,
        /// Whether it is white.
        white: bool,
    },
}

impl Ink {
    /// What is painted with a pattern.
    fn pattern() -> Self {
        Self::Many { space: "Pattern".into() }
    }

    /// Whether it leaves the paper bare.
    pub fn is_white(&self) -> bool {
        match self {
            Self::Cmyk(parts) => parts.iter().all(|part| *part < 0.5),
            Self::Spot { tints, .. } => tints.iter().all(|tint| *tint < 0.5),
            Self::Many { .. } => false,
            Self::Foreign { white, .. } => *white,
        }
    }

    /// The sum of all inks, in percent, where it is one colour of a press.
    pub fn total(&self) -> Option<f64> {
        match self {
            Self::Cmyk(parts) => Some(parts.iter().sum()),
            Self::Spot { names, tints, .. } => {
                let plates = |name: &String| if name == "All" { 4.0 } else { 1.0 };
                Some(names.iter().zip(tints).map(|(name, tint)| plates(name) * tint).sum())
            }
            Self::Many { .. } | Self::Foreign { .. } => None,
        }
    }

    /// The colour in the four inks, where it can be told.
    pub fn process(&self) -> Option<[f64; 4]> {
        match self {
            Self::Cmyk(parts) => Some(*parts),
            Self::Spot { process, .. } => *process,
            Self::Many { .. } | Self::Foreign { .. } => None,
        }
    }
}

/// Reads what a PDF puts on its pages.
///
/// # Errors
/// As [`super::inspect`].
pub fn inspect(bytes: &[u8]) -> Result<InkFacts, InspectError> {
    let document = objects::load(bytes)?;
    let pdf = Pdf::new(&document);
    let pages = pages::pages(&pdf)?;
    let labels = pages::labels(&pdf, pages.len());
    let mut facts = InkFacts { version: document.version.clone(), ..InkFacts::default() };
    paper::file(&pdf, &mut facts)?;
    facts.extras = paper::extras(&pdf, &pages);
    let mut walker = walk::Walker::new(&pdf);
    for (number, (page, label)) in pages.iter().zip(labels).enumerate() {
        let mut found = paper::page(&pdf, page, label);
        walker.page(number + 1, page, &mut found)?;
        facts.pages.push(found);
    }
    facts.fonts = walker.fonts();
    Ok(facts)
}

/// What two areas share; none where they do not meet.
pub(crate) fn shared(a: Area, b: Area) -> Option<Area> {
    let [al, ab, ar, at] = a;
    let [bl, bb, br, bt] = b;
    let both = [al.max(bl), ab.max(bb), ar.min(br), at.min(bt)];
    (both[0] <= both[2] && both[1] <= both[3]).then_some(both)
}
