//! A finished file as the rules see it, and how they speak of it.

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::inspect::epub::EpubFacts;
use crate::inspect::html::HtmlFacts;
use crate::inspect::pdf::PdfFacts;
use crate::inspect::{InspectError, epub, html, pdf};

/// What was read back from a file.
#[derive(Debug, Clone)]
pub enum Facts {
    /// A PDF.
    Pdf(Box<PdfFacts>),
    /// An e-book.
    Epub(Box<EpubFacts>),
    /// A web page.
    Html(Box<HtmlFacts>),
    /// A picture, or data for programs: it has no words to read.
    Other,
}

impl Facts {
    /// Reads a file's bytes back.
    ///
    /// # Errors
    /// Those of the inspectors, and one for a media type that none of them knows.
    pub fn read(media_type: &str, bytes: &[u8]) -> Result<Self, InspectError> {
        match media_type {
            "application/pdf" => Ok(Self::Pdf(Box::new(pdf::inspect(bytes)?))),
            "application/epub+zip" => Ok(Self::Epub(Box::new(epub::inspect(bytes)?))),
            "text/html" => Ok(Self::Html(Box::new(html::inspect(bytes)?))),
            "image/png" | "image/webp" | "application/json" => Ok(Self::Other),
            other => Err(InspectError::Broken(format!("nothing here can read `{other}`"))),
        }
    }

    /// The text in reading order, headers and footers of pages left out.
    pub fn text(&self) -> String {
        match self {
            Self::Pdf(facts) => facts.text.clone(),
            Self::Epub(facts) => facts.text(),
            Self::Html(facts) => facts.text.clone(),
            Self::Other => String::new(),
        }
    }

    /// How many pages it has; none where it has no pages.
    pub fn pages(&self) -> Option<usize> {
        if let Self::Pdf(facts) = self { Some(facts.pages.len()) } else { None }
    }
}

/// What kind of promise an edition makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A leaflet or a page to print at home: clear print.
    ClearPrint,
    /// Large print.
    LargePrint,
    /// A project's own layout: its type may be small, so that guidelines of print are only warnings.
    Own,
    /// Pages put on sheets for a printer: nobody reads them as a file.
    Sheets,
    /// For a print shop: its preflight judges it. A ticket, a proof and a cover's picture are of this kind too.
    Press,
    /// An e-book or a web page.
    Flowing,
}

/// What is known of an edition before its file is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Its kind.
    pub class: Class,
    /// The sizes that its pages may have, width and height in millimetres; empty: not known.
    pub pages: Vec<(f64, f64)>,
    /// Whether it is one sheet, folded: its panels have no numbers.
    pub folded: bool,
    /// The page's language tag.
    pub language: String,
    /// The page's title; none where the source is not at hand.
    pub title: Option<String>,
    /// Whether a person's evaluation is on record, so that the file may say what it conforms to.
    pub evaluated: bool,
}

/// One finished file.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its edition's name.
    pub edition: &'a str,
    /// Its path as messages show it.
    pub path: &'a str,
    /// What is known of it.
    pub expected: &'a Expected,
    /// What was read back.
    pub facts: &'a Facts,
}

impl File<'_> {
    /// A finding about this file.
    pub(crate) fn fault(&self, code: Code, message: impl std::fmt::Display) -> Diagnostic {
        Diagnostic::new(code, format!("{}: {message}", self.edition)).in_file(self.path)
    }

    pub(crate) fn say(&self, sink: &mut Sink, code: Code, message: impl std::fmt::Display) {
        sink.push(self.fault(code, message));
    }

    /// One finding for many places alike: the first is told, the rest are counted.
    pub(crate) fn say_first(&self, sink: &mut Sink, code: Code, found: &[String]) {
        self.say_first_as(sink, code, code.info().severity, found);
    }

    pub(crate) fn say_first_as(&self, sink: &mut Sink, code: Code, severity: Severity, found: &[String]) {
        let Some(first) = found.first() else { return };
        let more = match found.len() {
            1 => String::new(),
            2 => "; 1 more like it".to_string(),
            n => format!("; {} more like it", n - 1),
        };
        sink.push(self.fault(code, format!("{first}{more}")).severity(severity));
    }
}

/// Some words, quoted and cut short.
pub(crate) fn quoted(words: &str) -> String {
    let words = words.trim();
    let mut short: String = words.chars().take(40).collect();
    if words.chars().count() > 40 {
        short.push('…');
    }
    format!("“{short}”")
}
