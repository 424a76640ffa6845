//! The printing condition: offset on coated paper, ISO 12647-2:2004, characterised as FOGRA39.
//!
//! `profiles/README.md` says whose profile it is and what its licence asks for.

/// The profile's bytes, version 2 of the ICC's format, CMYK.
pub(super) const PROFILE: &[u8] = include_bytes!("../../profiles/FOGRA39L_coated.icc");

/// The condition's name in the ICC's registry.
pub const CONDITION: &str = "FOGRA39";

/// The same in words.
pub(super) const CONDITION_WORDS: &str = "Coated FOGRA39 (ISO 12647-2:2004)";

/// Who registers such names.
pub(super) const REGISTRY: &str = "http://www.color.org";

/// How many inks it describes.
pub(super) const INKS: i64 = 4;
