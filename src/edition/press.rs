//! Files for a print shop: another edition's pages, set anew in inks and with bleed.
//!
//! They are set from the same page by the same layout, so they break where the readers' edition breaks.

pub(super) mod cover;
mod flight;
pub(super) mod proof;
mod refuse;
pub(super) mod ticket;

use super::{Edition, Input, Made, Outcome, Request, a5, dl, large_print, needed, paged, read_from_right};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::impose::plan::{Plan, open_flat, singles};
use crate::impose::{About, Binding, Options, Refusal, Scheme, Sheet, Size, Source, draw, paint};
use crate::manifest::sha256;
use crate::press;
use crate::render::typst::Set;

/// An edition for a print shop.
pub(super) struct Press {
    name: &'static str,
    about: &'static str,
    from: &'static dyn Edition,
    bound: Bound,
}

/// How the print shop binds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// Folded once and stapled: a multiple of four pages.
    Stitched,
    /// One sheet, folded twice.
    Folded,
}

/// How far the artwork reaches over the trim, in millimetres (standard 54).
const BLEED: f64 = 3.0;
/// Pages of a booklet come in fours (standard 56).
const LEAF: usize = 4;

/// The leaflet.
pub(super) const A5: Press = Press {
    name: "press-a5",
    about: "the A5 leaflet for a print shop: single pages, CMYK, bleed (PDF/X-4)",
    from: &a5::A5,
    bound: Bound::Stitched,
};

/// The six panels.
pub(super) const DL: Press = Press {
    name: "press-dl",
    about: "the six-panel leaflet for a print shop: outside and inside, CMYK, bleed (PDF/X-4)",
    from: &dl::Dl,
    bound: Bound::Folded,
};

/// Large print.
pub(super) const LARGE_PRINT: Press = Press {
    name: "press-large-print",
    about: "large print for a print shop: single pages, CMYK, bleed (PDF/X-4)",
    from: &large_print::LargePrint,
    bound: Bound::Stitched,
};

impl Edition for Press {
    fn name(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn layout(&self) -> &str {
        self.from.layout()
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn for_press(&self) -> bool {
        true
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        match request.size {
            Some(size) if request.name == self.name => format!("{slug}-{}-{size}pt.pdf", request.name),
            _ => format!("{slug}-{}.pdf", request.name),
        }
    }

    fn beyond(&self) -> &'static [&'static str] {
        self.from.beyond()
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        self.from.pages(&Input { press: true, ..*input }, sink)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let input = &Input { press: true, ..*input };
        if !refuse::page(input, sink) {
            return Outcome::Failed;
        }
        let set = match self.bound {
            Bound::Folded => dl::divided(input, sink),
            Bound::Stitched => self.from.pages(input, sink).map(|pages| (pages, Vec::new())),
        };
        let Some((pages, divided)) = set else { return Outcome::Failed };
        if !refuse::pictures(input, &pages, sink) {
            return Outcome::Failed;
        }
        let Some(artwork) = paged::artwork(input, &pages, sink) else { return Outcome::Failed };
        match self.file(input, &artwork, &printed(&pages), sink) {
            Ok(bytes) if !flight::passes(input, self.bound, &bytes, sink) => Outcome::Failed,
            Ok(bytes) => {
                if !divided.is_empty() {
                    let words = divided.join(", ");
                    let count =
                        if divided.len() == 1 { "1 word is".into() } else { format!("{} words are", divided.len()) };
                    let said = format_args!("{count} divided at the end of a line: {words}");
                    sink.push(input.fault(Code::PRESS_DIVIDED, said));
                }
                Outcome::Made(Made { bytes, divided, ..Made::default() })
            }
            Err(why) => {
                paged::complain(input, &[why], sink);
                Outcome::Failed
            }
        }
    }
}

impl Press {
    /// Places the pages, draws their marks and finishes the file.
    fn file(
        &self,
        input: &Input<'_>,
        artwork: &[u8],
        printed: &[press::Printed],
        sink: &mut Sink,
    ) -> Result<Vec<u8>, String> {
        let refused = |refusal: Refusal| refusal.complaint().message;
        // the scheme and the sheet of an office are not asked for: a print shop makes up its own
        let usual = Options::new(Scheme::Duplex, Sheet::A4);
        let binding = if read_from_right(input) { Binding::Right } else { Binding::Left };
        let options = Options { bleed: BLEED, marks: true, bars: false, binding, ..usual };
        let source = Source::read(artwork).map_err(refused)?;
        let sizes = source.sizes();
        let plan = self.plan(&sizes, &options).map_err(refused)?;
        if plan.blanks > 0 {
            sink.push(self.blanks(input, sizes.len(), plan.blanks));
        }
        let title = title(input);
        let about = About {
            title: title.clone(),
            language: Some(input.document.meta.language.clone()),
            date: Some(input.date().to_string()),
            source: sha256(artwork),
        };
        let slugs = self.slugs(input, &plan, &options)?;
        let placed = draw(source, &plan, &options, &about, slugs).map_err(refused)?;
        let about = press::About {
            title,
            language: input.document.meta.language.clone(),
            date: input.date().to_string(),
            ident: format!("everyleaf/{}/{}", input.document.slug, input.request.name),
        };
        let inks = press::Inks::new(&input.furniture.brand.colours).map_err(|fault| fault.0)?;
        press::finish(&placed, &inks, printed, &about).map_err(|fault| fault.0)
    }

    fn plan(&self, sizes: &[Size], options: &Options) -> Result<Plan, Refusal> {
        match self.bound {
            Bound::Stitched => singles(sizes, sizes.len().next_multiple_of(LEAF) - sizes.len(), options),
            Bound::Folded => open_flat(sizes, options),
        }
    }

    /// Blank pages are planned and said, never slipped in (standard 56).
    fn blanks(&self, input: &Input<'_>, pages: usize, blanks: usize) -> Diagnostic {
        let some = if blanks == 1 { "1 blank page stands".into() } else { format!("{blanks} blank pages stand") };
        let all = pages + blanks;
        let message = format_args!("{some} before the last, so that the booklet has {all} pages, a multiple of four");
        input.fault(Code::PRESS_BLANKS, message)
    }

    /// The line in the margin: what it is, and which page.
    fn slugs(&self, input: &Input<'_>, plan: &Plan, options: &Options) -> Result<Option<Source>, String> {
        let meta = &input.document.meta;
        let version = meta.version.as_ref().map(|version| format!("version {version}"));
        // a long title is cut off where the line ends, so what tells versions apart stands before it
        let parts = [meta.product_code.clone(), version, Some(input.date().to_string()), Some(meta.title.clone())];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let count = plan.sides().count();
        let name = |index: usize| match self.bound {
            Bound::Folded if index == 0 => "outside".to_string(),
            Bound::Folded => "inside".to_string(),
            Bound::Stitched if read_from_right(input) => format!("page {} of {count}, bound on the right", index + 1),
            Bound::Stitched => format!("page {} of {count}", index + 1),
        };
        let bytes = paint::slugs(plan, options, &words, &name, input.typefaces, input.templates)
            .map_err(|fault| fault.0.join("; "))?;
        let read = |bytes: Vec<u8>| Source::read(&bytes).map_err(|refusal| refusal.complaint().message);
        bytes.map(read).transpose()
    }
}

fn title(input: &Input<'_>) -> String {
    format!("{} ({})", input.document.meta.title, input.request.name)
}

/// How large the pictures are on paper.
fn printed(pages: &Set) -> Vec<press::Printed> {
    let one = |p: crate::render::typst::Printed<'_>| press::Printed {
        dots: [p.dots_wide, p.dots_high],
        width: (p.width / 72.0).max(p.height / 72.0 * f64::from(p.dots_wide) / f64::from(p.dots_high.max(1))),
    };
    pages.pictures().into_iter().map(one).collect()
}
