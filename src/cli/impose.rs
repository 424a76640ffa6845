//! `everyleaf impose`

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Common, Ended, Stop};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::impose::{
    About, Binding, Blanks, Flip, Options, Plan, Refusal, Scheme, Sheet, Source, Stock, advise, draw, paint, plan,
};
use crate::manifest::sha256;
use crate::pipeline::{self, Said};
use crate::project::{Project, SheetSettings};
use crate::render::typst::{Fault, Templates, Typefaces};

/// Put the pages of a PDF on sheets to print, fold and cut: booklets, folded leaflets, cards.
///
/// Pages are never scaled. Without --scheme, A5 pages become a booklet on A4, six DL panels a folded leaflet, and A4
/// pages are printed on both sides. How to print and fold is said at the end. What `[sheets]` in everyleaf.toml says of
/// the paper and the printer holds here too, unless an option says otherwise.
#[derive(Debug, Args)]
pub(super) struct Impose {
    /// The PDF; - reads it from standard input
    #[arg(required_unless_present = "test_sheet")]
    file: Option<PathBuf>,
    /// How to fold and cut: saddle (a stapled booklet), trifold, duplex, 2-up, 4-up or repeat
    #[arg(long, value_name = "SCHEME", value_parser = scheme)]
    scheme: Option<Scheme>,
    /// The paper: a4, a3, sra4 or sra3; default: the smallest that holds the pages
    #[arg(long, value_name = "SHEET", value_parser = sheet)]
    sheet: Option<Sheet>,
    /// The edge at which your printer turns the paper: long or short; default: the one that suits the sheet
    #[arg(long, value_name = "EDGE", value_parser = flip)]
    flip: Option<Flip>,
    /// Where the booklet is bound: left, or right for Arabic, Hebrew, Urdu and the like
    #[arg(long, value_name = "SIDE", default_value = "left", value_parser = binding)]
    binding: Binding,
    /// The paper's weight, as on the packet; inner pages move towards the fold accordingly; default: 80
    #[arg(long, value_name = "GRAMS", value_parser = gsm)]
    gsm: Option<f64>,
    /// The paper's thickness in millimetres, in place of its weight: better for coated paper
    #[arg(long, value_name = "MM", conflicts_with = "gsm", value_parser = caliper)]
    caliper: Option<f64>,
    /// The most pages in one fold; a longer booklet is made in parts
    #[arg(long, value_name = "PAGES", default_value_t = 64, value_parser = clap::value_parser!(u16).range(4..=400))]
    signature: u16,
    /// Where blank pages go: end, or before-last to keep the last page on the outside; default: end
    #[arg(long, value_name = "PLACE", value_parser = blanks)]
    blanks: Option<Blanks>,
    /// How far pictures reach over the edge that is cut, in millimetres (3 is usual)
    #[arg(long, value_name = "MM", default_value_t = 0.0, value_parser = bleed)]
    bleed: f64,
    /// Draw crop, fold and registration marks, colour bars and a line that says what the sheet is
    #[arg(long)]
    marks: bool,
    /// That line's words: title, code, version, date; default: the file's title and date
    #[arg(long, value_name = "WORDS", requires = "marks")]
    slug: Option<String>,
    /// Where the sheets go; - writes them to standard output; default: FILE-sheets.pdf in this folder
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Also write a drawing that shows the sheets and the order of folding
    #[arg(long, value_name = "FILE")]
    order: Option<PathBuf>,
    /// Write a test sheet instead: does the printer turn the paper as you think, and do front and back meet?
    #[arg(long)]
    test_sheet: bool,
}

impl Impose {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        let Some(file) = self.file.as_deref().filter(|_| !self.test_sheet) else {
            return self.test(common, &project);
        };
        let shown = if is_dash(file) { "standard input".to_string() } else { file.display().to_string() };
        let refuse = |diagnostic: Diagnostic| -> Ended {
            let mut sink = Sink::default();
            sink.push(diagnostic.in_file(shown.clone()));
            common.say(&[Said { sink, ..Said::default() }])?;
            Ok(1)
        };
        let bytes = match read(&project, file) {
            Ok(bytes) => bytes,
            Err(error) => {
                let unreadable = Diagnostic::new(Code::INPUT_UNREADABLE, format!("the file cannot be read: {error}"));
                return refuse(unreadable);
            }
        };
        let source = match Source::read(&bytes) {
            Ok(source) => source,
            Err(refusal) => return refuse(refusal.complaint()),
        };
        let sizes = source.sizes();
        let Some(scheme) = self.scheme.or_else(|| Scheme::usual(&sizes)) else {
            let names = Scheme::names().join(", ");
            let sorts = sizes.first().map_or_else(String::new, |size| format!("{size}; "));
            return Err(Stop::CannotRun(format!(
                "the pages are {sorts}they are neither A5 nor A4 nor six panels, so it is not clear how to fold them; add \
                 --scheme with one of: {names}"
            )));
        };
        let (office, unread) = office(&project);
        if unread.sink.has_errors() {
            common.say(&[unread])?;
            return Ok(2);
        }
        let options = self.options(scheme, &sizes, office);
        let planned = match plan(&sizes, &options) {
            Ok(planned) => planned,
            Err(refusal) => return refuse(refusal.complaint()),
        };
        let mut sink = Sink::default();
        if let Some(page) = source.without_bleed(options.bleed) {
            let message = format!("page {page} has less than {} mm of bleed: a white edge may show", options.bleed);
            let help = "make the PDF with bleed, or leave out --bleed";
            sink.push(Diagnostic::new(Code::SHEETS_NO_BLEED, message).in_file(shown.clone()).help(help));
        }
        let title = source.title().unwrap_or_else(|| stem(file));
        let (pages, date) = (sizes.len(), source.date());
        let about = About {
            title: format!("{title} ({})", scheme.name()),
            language: None,
            date: date.clone(),
            source: sha256(&bytes),
        };
        let steps = advise::steps(&planned, &options);
        let painter = (options.marks || self.order.is_some()).then(|| Painter::new(&project));
        let slugs = match &painter {
            Some(painter) => {
                let words = self
                    .slug
                    .clone()
                    .unwrap_or_else(|| [Some(title), date].into_iter().flatten().collect::<Vec<_>>().join(", "));
                painter.slugs(&planned, &options, &words)?
            }
            None => None,
        };
        let made = match draw(source, &planned, &options, &about, slugs) {
            Ok(made) => made,
            Err(refusal) => return refuse(refusal.complaint()),
        };
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}-sheets.pdf", stem(file))));
        write(&project, &out, &made)?;
        if let (Some(order), Some(painter)) = (&self.order, &painter) {
            let drawn = painter.order(&planned, &about.title, &steps)?;
            write(&project, order, &drawn)?;
        }
        let said = [unread, Said { sink, ..Said::default() }];
        common.say(&said)?;
        let why = if self.scheme.is_none() { " (chosen by the size of the pages)" } else { "" };
        common.tell(&format!("{}{why}", advise::summary(&planned, &options, pages)))?;
        for (number, step) in steps.iter().enumerate() {
            common.tell(&format!("  {}. {step}", number + 1))?;
        }
        let written: Vec<String> = [Some(&out), self.order.as_ref()]
            .into_iter()
            .flatten()
            .filter(|path| !is_dash(path))
            .map(|path| path.display().to_string())
            .collect();
        if !written.is_empty() {
            let files = if written.len() == 1 { "1 file" } else { "2 files" };
            common.tell(&format!("{files} written: {}", written.join(", ")))?;
        }
        Ok(common.verdict(&said))
    }

    fn options(&self, scheme: Scheme, sizes: &[crate::impose::Size], office: SheetSettings) -> Options {
        let stock = self.caliper.map(Stock::Caliper).or(self.gsm.map(Stock::Gsm)).unwrap_or(office.stock);
        let on = |sheet: Sheet| Options {
            flip: self.flip.or(office.flip),
            binding: self.binding,
            stock,
            bleed: self.bleed,
            marks: self.marks,
            signature: usize::from(self.signature),
            blanks: self.blanks.unwrap_or(office.blanks),
            ..Options::new(scheme, sheet)
        };
        let larger = self.marks || self.bleed > 0.0;
        let fits = |sheet: Sheet| plan(sizes, &on(sheet)).is_ok();
        on(self.sheet.unwrap_or_else(|| scheme.usual_sheet(larger, fits)))
    }

    fn test(&self, common: &Common, project: &Project) -> Ended {
        let sheet = self.sheet.unwrap_or(Sheet::A4).size().turned();
        let (office, unread) = office(project);
        if unread.sink.has_errors() {
            common.say(&[unread])?;
            return Ok(2);
        }
        let flip = self.flip.or(office.flip).unwrap_or_else(|| Flip::upright(sheet));
        let painter = Painter::new(project);
        let bytes = paint::test_sheet(sheet, flip, &painter.faces, &painter.templates).map_err(cannot_draw)?;
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from("duplex-test-sheet.pdf"));
        write(project, &out, &bytes)?;
        common.tell(&format!(
            "Print {} on both sides, flip on the {} edge, at actual size (100 %). The sheet says what to look for.",
            if is_dash(&out) { "it".to_string() } else { out.display().to_string() },
            flip.name()
        ))?;
        Ok(0)
    }
}

/// What typst needs to set the slug line and the drawings.
struct Painter {
    faces: Typefaces,
    templates: Templates,
}

impl Painter {
    fn new(project: &Project) -> Self {
        Self { faces: pipeline::typefaces(&project.fonts()), templates: pipeline::templates(project) }
    }

    fn slugs(&self, plan: &Plan, options: &Options, words: &str) -> Result<Option<Source>, Stop> {
        let names = |index| paint::sheet_name(index, plan.sheets.len());
        let bytes = paint::slugs(plan, options, words, &names, &self.faces, &self.templates).map_err(cannot_draw)?;
        let read = |bytes: Vec<u8>| Source::read(&bytes);
        bytes.map(read).transpose().map_err(|refusal: Refusal| Stop::CannotRun(refusal.complaint().message))
    }

    fn order(&self, plan: &Plan, title: &str, steps: &[String]) -> Result<Vec<u8>, Stop> {
        paint::order(plan, title, steps, &self.faces, &self.templates).map_err(cannot_draw)
    }
}

/// What the project says of the office's paper and printer, and what is wrong in how it says it.
fn office(project: &Project) -> (SheetSettings, Said) {
    let mut said = Said::default();
    let sheets = project.settings(&mut said.sources, &mut said.sink).sheets;
    (sheets, said)
}

fn cannot_draw(fault: Fault) -> Stop {
    Stop::CannotRun(format!("the drawing could not be set: {}", fault.0.join("; ")))
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn stem(file: &Path) -> String {
    if is_dash(file) {
        return "pages".into();
    }
    file.file_stem().map_or_else(|| "pages".into(), |stem| stem.to_string_lossy().into_owned())
}

fn read(project: &Project, file: &Path) -> std::io::Result<Vec<u8>> {
    if is_dash(file) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    crate::project::read(&project.here().join(file))
}

fn write(project: &Project, out: &Path, bytes: &[u8]) -> Result<(), Stop> {
    if is_dash(out) {
        std::io::stdout().lock().write_all(bytes)?;
        return Ok(());
    }
    let path = project.here().join(out);
    crate::output::write(&path, bytes)
        .map_err(|error| Stop::CannotRun(format!("{} cannot be written: {error}", out.display())))
}

fn scheme(name: &str) -> Result<Scheme, String> {
    Scheme::parse(name).ok_or_else(|| format!("the schemes are: {}", Scheme::names().join(", ")))
}

fn sheet(name: &str) -> Result<Sheet, String> {
    let names = Sheet::ALL.map(Sheet::name).join(", ");
    Sheet::parse(name).ok_or_else(|| format!("the sheets are: {names}"))
}

fn flip(name: &str) -> Result<Flip, String> {
    match name {
        "long" => Ok(Flip::Long),
        "short" => Ok(Flip::Short),
        _ => Err("the edges are: long, short".into()),
    }
}

fn binding(name: &str) -> Result<Binding, String> {
    match name {
        "left" => Ok(Binding::Left),
        "right" => Ok(Binding::Right),
        _ => Err("the sides are: left, right".into()),
    }
}

fn blanks(name: &str) -> Result<Blanks, String> {
    match name {
        "end" => Ok(Blanks::End),
        "before-last" => Ok(Blanks::BeforeLast),
        _ => Err("the places are: end, before-last".into()),
    }
}

fn gsm(text: &str) -> Result<f64, String> {
    between(text, 30.0, 500.0, "grams per square metre")
}

fn caliper(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1.0, "millimetres")
}

fn bleed(text: &str) -> Result<f64, String> {
    between(text, 0.0, 10.0, "millimetres")
}

fn between(text: &str, low: f64, high: f64, unit: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| format!("give a number of {unit} from {low} to {high}"))
}
