//! A publisher for health charities: one structured page goes in, and every
//! reader gets an edition.
//!
//! The flow runs one way, and so do the modules: each imports only from those
//! listed above it.

#![warn(missing_docs)]

pub mod date;
pub mod diagnostic;
pub mod document;
pub mod language;
pub mod page;
pub mod source;
pub mod strict;
