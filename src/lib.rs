//! A publisher for health charities: one structured page goes in, and every
//! reader gets an edition.
//!
//! The flow runs one way, and so do the modules: each imports only from those
//! listed above it. `tests/modules.rs` keeps it so.

#![warn(missing_docs)]

pub mod source;
pub mod diagnostic;
pub mod date;
pub mod language;
pub mod colour;
pub mod paper;
pub mod hyphen;
pub mod strict;
pub mod page;
pub mod document;
pub mod furniture;
pub mod words;
pub mod brand;
pub mod project;
pub mod furnish;
pub mod check;
pub mod render;
pub mod inspect;
pub mod preflight;
pub mod output;
pub mod manifest;
pub mod judge;
pub mod impose;
pub mod press;
pub mod edition;
pub mod pipeline;
pub mod import;
pub mod intake;
pub mod report;
pub mod cli;
