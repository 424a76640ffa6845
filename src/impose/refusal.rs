//! Why sheets cannot be made.

use crate::diagnostic::{Code, Diagnostic};
use crate::paper::{Sheet, Size};

/// Why sheets cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The file is encrypted, with or without a password to open it.
    Locked,
    /// The file cannot be read; what was found wrong.
    Damaged(String),
    /// The file has no pages.
    Empty,
    /// A page, counted from 1, is not as large as it must be.
    Sizes {
        /// The page.
        page: usize,
        /// How large it is.
        found: Size,
        /// How large it must be.
        wanted: Size,
    },
    /// The sheet is too small for what must stand on it.
    Paper {
        /// The sheet.
        sheet: Size,
        /// What is needed.
        needed: Size,
        /// Whether bleed or marks take part of it.
        marked: bool,
    },
    /// The fold needs another number of pages.
    Count {
        /// How many there are.
        found: usize,
        /// How many there must be.
        wanted: usize,
    },
}

impl Refusal {
    /// The reason as a complaint.
    pub fn complaint(&self) -> Diagnostic {
        match self {
            Self::Locked => Diagnostic::new(Code::SHEETS_LOCKED, "the PDF is locked (encrypted)")
                .help("ask whoever made it for a copy that is not locked; a lock without a password counts too"),
            Self::Damaged(what) => Diagnostic::new(Code::SHEETS_DAMAGED, format!("the PDF cannot be read: {what}"))
                .help("make the file again, or fetch it again, and try with the new one"),
            Self::Empty => Diagnostic::new(Code::SHEETS_EMPTY, "the PDF has no pages")
                .help("check that this is the file that you meant"),
            Self::Sizes { page, found, wanted } => {
                let message = format!("page {page} is {found}, but it must be {wanted}");
                Diagnostic::new(Code::SHEETS_SIZES, message)
                    .help("pages are never scaled: make all of them the same size, or print the file as it is")
            }
            Self::Paper { sheet, needed, marked } => {
                let with = if *marked { " with bleed and marks" } else { "" };
                let message = format!("the pages need {needed}{with}, but the sheet is {sheet}");
                let larger = Sheet::ALL.into_iter().find(|sheet| sheet.size().holds(*needed));
                let help = match (larger, marked) {
                    (Some(larger), true) => {
                        format!("choose a larger sheet: --sheet {}; or leave out --bleed and --marks", larger.name())
                    }
                    (Some(larger), false) => format!("choose a larger sheet: --sheet {}", larger.name()),
                    (None, _) => {
                        "no sheet that is offered is so large: choose another --scheme, such as duplex, or have \
                                  it printed by a print shop"
                            .into()
                    }
                };
                Diagnostic::new(Code::SHEETS_PAPER, message).help(help)
            }
            Self::Count { found, wanted } => {
                let message = format!("the file has {found} pages, but this fold needs {wanted}");
                Diagnostic::new(Code::SHEETS_COUNT, message).help("choose another --scheme, such as saddle or duplex")
            }
        }
    }
}
