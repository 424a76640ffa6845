//! What is asked of a file.

use crate::furniture::Colours;

/// Millimetres in points.
pub(super) const MM: f64 = 72.0 / 25.4;

/// How the finished thing is held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Folded and stapled through the fold: four pages to a sheet.
    Saddle,
    /// Printed on both sides, then folded or left flat: two pages to a sheet.
    Flat,
    /// One side alone, or not known: any number.
    Any,
}

impl Binding {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 3] = [("saddle", Self::Saddle), ("flat", Self::Flat), ("any", Self::Any)];

    /// The name that people write.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, binding)| *binding == self).map_or("", |(name, _)| name)
    }

    /// How many pages go together; the count is a multiple of it.
    pub fn pages(self) -> usize {
        match self {
            Self::Saddle => 4,
            Self::Flat => 2,
            Self::Any => 1,
        }
    }
}

/// The limits, with what British commercial printers usually ask for as the default (standards 54 to 56).
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// How it is bound. Default: flat, so that an odd number of pages is found.
    pub binding: Binding,
    /// How far the artwork reaches beyond the trim, in millimetres. Default: 3.
    pub bleed: f64,
    /// How far words keep from the trim, in millimetres. Default: 5.
    pub quiet: f64,
    /// The most ink in one place, in percent. Default: 300.
    pub ink: f64,
    /// Pixels to the inch of a picture at its printed size. Default: 300.
    pub resolution: f64,
    /// The same of line art, which has two tones. Default: 600.
    pub line_art: f64,
    /// The smallest type, in points. Default: 5, about what stays legible in print at all.
    pub smallest: f64,
    /// The smallest type that is lighter than its ground, in points. Default: 6.
    pub reversed: f64,
    /// The thinnest line, in points. Default: 0.25.
    pub hairline: f64,
    /// The brand's colours in cyan, magenta, yellow and black, 0 to 100 each, and the names of its spot colours. None:
    /// any colour may stand. White and tints of black are always allowed.
    pub palette: Option<Palette>,
}

/// The colours that a brand prints with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Palette {
    /// In the four inks.
    pub process: Vec<[f64; 4]>,
    /// Spot colours by name.
    pub spots: Vec<String>,
}

impl Palette {
    /// The colours of a brand.
    pub fn of(colours: &Colours) -> Self {
        let Colours { main, accent, ink, mist, sand, paper } = colours;
        let all = [main, accent, ink, mist, sand, paper];
        let spots = all.iter().filter_map(|colour| colour.spot.clone()).collect();
        Self { process: all.map(|colour| colour.cmyk).to_vec(), spots }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            binding: Binding::Flat,
            bleed: 3.0,
            quiet: 5.0,
            ink: 300.0,
            resolution: 300.0,
            line_art: 600.0,
            smallest: 5.0,
            reversed: 6.0,
            hairline: 0.25,
            palette: None,
        }
    }
}
