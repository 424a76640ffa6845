//! Page -> Document: references, pictures, languages and headings resolved.

mod asset;
mod model;
mod resolve;
#[cfg(test)]
mod tests;
mod unbroken;

pub use crate::date::Date;
pub use crate::language::{direction, is_tag, primary};
pub use crate::page::{Align, CalloutKind, Evaluation};
pub(crate) use asset::facts;
pub use model::*;
pub use resolve::{Context, Load, LoadError, plain, resolve, shorten, slugify};
