//! Files that a print shop takes: PDF/X-4 as far as a file can show it (ISO 15930-7).
//!
//! The pages come typeset, with their bleed and marks, and leave with nothing but inks in them.
//!
//! - [`mod@finish`]: one file through all of it
//! - `declare`: what the file says of itself, for whom it is printed, and its name
//! - `profile`: the printing condition, FOGRA39

mod declare;
mod finish;
mod profile;

pub use declare::About;
pub use finish::finish;
pub use profile::CONDITION;
