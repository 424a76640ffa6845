//! `everyleaf preflight`

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Common, Ended};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::pipeline::Said;
use crate::preflight::{Binding, Limits, Palette, Report, preflight};

/// Look at a finished PDF as a printer's check would, before you send it.
///
/// It finds what usually goes wrong: pictures too coarse, colours that are not printing inks, missing bleed, words too
/// near the cut, and more. `everyleaf explain X004` explains a finding. It is no proof that a printer will accept the
/// file: ask for a proof all the same.
#[derive(Debug, Args)]
pub(super) struct Preflight {
    /// The PDF; - reads it from standard input
    file: PathBuf,
    /// How it is held together: saddle (stapled: a multiple of 4 pages), flat (folded or cut: a multiple of 2), any
    #[arg(long, value_name = "BINDING", default_value = "flat", value_parser = binding)]
    binding: Binding,
    /// How far artwork must reach beyond the trim, in millimetres
    #[arg(long, value_name = "MM", default_value_t = 3.0, value_parser = millimetres)]
    bleed: f64,
    /// How far words must keep from the trim, in millimetres
    #[arg(long, value_name = "MM", default_value_t = 5.0, value_parser = millimetres)]
    quiet_zone: f64,
    /// Pixels to the inch that pictures need; line drawings need twice as many
    #[arg(long, value_name = "DPI", default_value_t = 300.0, value_parser = dpi)]
    resolution: f64,
    /// Allow colours that are none of the brand's
    #[arg(long)]
    any_colour: bool,
    /// Also write the rules and what each of them found, as JSON; - writes them to standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Preflight {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        let from_input = self.file.as_os_str() == "-";
        let shown = if from_input { "standard input".to_string() } else { self.file.display().to_string() };
        let bytes = if from_input {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            crate::project::read(&project.here().join(&self.file))
        };
        let mut said = Said::default();
        // only a project's own brand has colours to keep to
        let mut palette = None;
        if !self.any_colour && project.root().is_some() {
            let brand = project.brand(&mut said.sources, &mut Sink::default());
            palette = (!brand.neutral).then(|| Palette::of(&brand.colours));
        }
        let limits = Limits {
            binding: self.binding,
            bleed: self.bleed,
            quiet: self.quiet_zone,
            resolution: self.resolution,
            line_art: self.resolution * 2.0,
            palette,
            ..Limits::default()
        };
        let report = match bytes {
            Err(error) => Err(Diagnostic::new(Code::INPUT_UNREADABLE, format!("the file cannot be read: {error}"))),
            Ok(bytes) => preflight(&bytes, &limits).map_err(|error| Report::unreadable(&error)),
        };
        let report = match report {
            Ok(report) => report,
            Err(diagnostic) => {
                said.sink.push(diagnostic.in_file(shown));
                let said = [said];
                common.say(&said)?;
                return Ok(common.verdict(&said));
            }
        };
        for complaint in report.complaints(&shown) {
            said.sink.push(complaint);
        }
        let said = [said];
        common.say(&said)?;
        if let Some(path) = &self.report {
            let json = report.to_json().map_err(|error| error.to_string())?;
            if path.as_os_str() == "-" {
                std::io::stdout().lock().write_all(&json)?;
            } else {
                crate::output::write(&project.here().join(path), &json)?;
            }
        }
        common.tell(&report.summary())?;
        Ok(common.verdict(&said))
    }
}

fn binding(name: &str) -> Result<Binding, String> {
    let found = Binding::ALL.iter().find(|(known, _)| *known == name).map(|(_, binding)| *binding);
    found.ok_or_else(|| format!("the bindings are: {}", Binding::ALL.map(|(name, _)| name).join(", ")))
}

fn millimetres(text: &str) -> Result<f64, String> {
    between(text, 0.0, 50.0, "millimetres")
}

fn dpi(text: &str) -> Result<f64, String> {
    between(text, 72.0, 2400.0, "pixels to the inch")
}

fn between(text: &str, low: f64, high: f64, unit: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| format!("give a number of {unit} from {low} to {high}"))
}
