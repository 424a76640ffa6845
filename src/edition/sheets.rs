//! Printed sheets for the office: another edition's pages, put together to fold, staple and cut.

use super::{Edition, Input, Made, Outcome, Request, needed, read_from_right};
use crate::diagnostic::Sink;
use crate::impose::{About, Binding, Options, Scheme, Sheet, Source, draw, plan};
use crate::manifest::sha256;
use crate::project::SheetSettings;

/// An edition that takes another's pages.
pub(super) struct Sheets {
    name: &'static str,
    about: &'static str,
    from: [&'static str; 1],
    scheme: Scheme,
    sheet: Sheet,
    /// For an office without larger paper that says so in its settings: how to print on A4.
    on_a4: Option<Scheme>,
}

/// The leaflet as a booklet on A4.
pub(super) const A5: Sheets = Sheets {
    name: "sheets-a5",
    about: "the A5 leaflet on A4 sheets, to fold and staple in the office (PDF)",
    from: ["a5"],
    scheme: Scheme::Saddle,
    sheet: Sheet::A4,
    on_a4: None,
};

/// The six panels as an A4 flat.
pub(super) const DL: Sheets = Sheets {
    name: "sheets-dl",
    about: "the six-panel leaflet on one A4 sheet, to fold twice in the office (PDF)",
    from: ["dl"],
    scheme: Scheme::Trifold,
    sheet: Sheet::A4,
    on_a4: None,
};

/// Large print as a booklet on A3, or leaf by leaf on A4: never scaled.
pub(super) const LARGE_PRINT: Sheets = Sheets {
    name: "sheets-large-print",
    about: "large print on A3 sheets, to fold and staple in the office, or on A4 (PDF)",
    from: ["large-print"],
    scheme: Scheme::Saddle,
    sheet: Sheet::A3,
    on_a4: Some(Scheme::Duplex),
};

impl Edition for Sheets {
    fn name(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn layout(&self) -> &str {
        self.from[0]
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn needs(&self) -> &[&'static str] {
        &self.from
    }

    fn needs_all(&self) -> bool {
        true
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        match request.size {
            Some(size) if request.name == self.name => format!("{slug}-{}-{size}pt.pdf", request.name),
            _ => format!("{slug}-{}.pdf", request.name),
        }
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["blank pages to fill the last sheet"]
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let from = self.from[0];
        let pages = match needed(input, from, sink) {
            Ok(pages) => pages,
            Err(outcome) => return outcome,
        };
        let meta = &input.document.meta;
        let binding = if read_from_right(input) { Binding::Right } else { Binding::Left };
        let office = input.sheets;
        let (scheme, sheet) = match self.on_a4.filter(|_| office.large_print_on_a4) {
            Some(scheme) => (scheme, Sheet::A4),
            None => (self.scheme, self.sheet),
        };
        let SheetSettings { stock, flip, blanks, .. } = office;
        let options = Options { binding, stock, flip, blanks, ..Options::new(scheme, sheet) };
        let about = About {
            title: format!("{} ({})", meta.title, self.name),
            language: Some(meta.language.clone()),
            date: Some(input.date().to_string()),
            source: sha256(&pages.bytes),
        };
        let made = Source::read(&pages.bytes).and_then(|source| {
            let plan = plan(&source.sizes(), &options)?;
            draw(source, &plan, &options, &about, None)
        });
        match made {
            Ok(bytes) => Outcome::Made(Made { bytes, ..Made::default() }),
            Err(refusal) => {
                let mut complaint = refusal.complaint().in_file(format!("page {}", input.document.slug));
                complaint.message = format!("{}: {}", input.request.name, complaint.message);
                sink.push(complaint);
                Outcome::Failed
            }
        }
    }
}
