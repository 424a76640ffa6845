//! Files that a print shop takes: PDF/X-4 as far as a file can show it (ISO 15930-7).
//!
//! The pages come typeset, with their bleed and marks, and leave with nothing but inks in them.
//!
//! - `finish`: one file through all of it
//! - `masks`: soft masks, apart from what is printed
//! - `walk`: every drawing, picture and gradient that the pages lead to, each once
//! - `drawing`, `picture`, `gradient`: one of them, with its colours as inks
//! - `space`: what a colour space means for the press
//! - [`Inks`]: a screen's colours as inks, by the brand and the printing condition
//! - `proof`: the same file, stamped and light, to be looked at
//! - `profile`: the printing condition, FOGRA39
//! - `declare`: what the file says of itself, and its name

mod declare;
mod drawing;
mod finish;
mod gradient;
mod inks;
mod masks;
mod picture;
mod profile;
mod proof;
mod space;
mod walk;

pub use declare::About;
pub use finish::{Fault, finish};
pub use inks::Inks;
pub use picture::Printed;
pub use profile::CONDITION;
pub use proof::proof;
