//! Engines that draw. They know no edition and no project: what they need is handed to them.

pub mod epub;
pub mod qr;
pub mod typst;
pub mod xhtml;
