//! Pictures: what they are, by their bytes, and whether every edition can show them.

mod drawing;
mod photo;
#[cfg(test)]
mod tests;

use std::fmt;

/// What a picture's bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) media_type: &'static str,
    pub(crate) extension: &'static str,
    /// Pixels; for SVG its user units.
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Why a picture is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The bytes are no picture, or not a whole one.
    Broken(String),
    /// A whole picture that not every edition can show: why, and how to mend it.
    Unfit(String, &'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(why) | Self::Unfit(why, _) => f.write_str(why),
        }
    }
}

/// The largest file of a picture, in bytes.
const LARGEST: usize = 50 << 20;

/// Reads a picture's kind and size from its bytes, and decodes it to be sure that it is whole.
///
/// # Errors
/// [`Refused`], with words for the person who has the picture.
pub(crate) fn facts(bytes: &[u8]) -> Result<Facts, Refused> {
    if bytes.len() > LARGEST {
        let size = bytes.len() >> 20;
        let why = format!("its file has {size} MB, and the most is {} MB", LARGEST >> 20);
        return Err(Refused::Unfit(why, "save the picture again with fewer pixels, or as JPEG"));
    }
    if drawing::is_drawing(bytes) { drawing::facts(bytes) } else { photo::facts(bytes) }
}
