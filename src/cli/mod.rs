//! The command line: one short file a command.

mod build;
mod check;
mod evidence;
mod explain;
mod import;
mod impose;
mod init;
mod list;
mod new;
mod preflight;
mod preview;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::date::Date;
use crate::diagnostic::{Severity, Sink};
use crate::manifest::Override;
use crate::pipeline::Said;
use crate::project::{PageFile, Project};
use crate::report::{self, Format};

/// Publishes health information: one page in, an edition for every reader out.
#[derive(Debug, Parser)]
#[command(name = "everyleaf", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The project's folder; default: the nearest one above with an everyleaf.toml
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,
    /// How messages are written: human, short, plain (for screen readers), json, sarif or github
    #[arg(long, global = true, value_name = "FORMAT", env = "EVERYLEAF_MESSAGE_FORMAT", default_value = "human", value_parser = format)]
    message_format: Format,
    /// Exit with 1 where there are warnings, too
    #[arg(long, global = true)]
    deny_warnings: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a project in a new or empty folder, or copy a layout into one to change it
    Init(init::Init),
    /// Start a page in the project
    New(new::New),
    /// Turn a saved web page into a source
    Import(import::Import),
    /// Judge pages without making anything
    Check(check::Check),
    /// Make editions
    Build(build::Build),
    /// Put a PDF's pages on sheets to print, fold and cut
    Impose(impose::Impose),
    /// Look at a finished PDF as a printer's check would
    Preflight(preflight::Preflight),
    /// Draw an edition's pages as pictures
    Preview(preview::Preview),
    /// Show the project's pages and editions
    List(list::List),
    /// Explain a message by its code, such as F002
    Explain(explain::Explain),
}

/// How review dates are judged.
#[derive(Debug, Args)]
struct Judging {
    /// The day by which reviews are judged, such as 2026-03-01; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Build overdue pages although the project forbids it, and print pages that are overdue or have no review dates; record why
    #[arg(long, value_name = "REASON", requires = "by")]
    allow_overdue: Option<String>,
    /// Who takes that on themselves
    #[arg(long, value_name = "NAME", requires = "allow_overdue")]
    by: Option<String>,
}

impl Judging {
    /// Flags beat the environment; the clock is read once, here.
    fn as_of(&self) -> Result<Date, String> {
        if let Some(date) = self.as_of {
            return Ok(date);
        }
        let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(text) => text
                .trim()
                .parse::<i64>()
                .map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds"))?,
            Err(_) => std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .ok()
                .and_then(|d| i64::try_from(d.as_secs()).ok())
                .unwrap_or(0),
        };
        let day =
            time::OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| "the clock cannot be read".to_string())?;
        let year = u16::try_from(day.year()).map_err(|_| "the clock cannot be read".to_string())?;
        Date::new(year, u8::from(day.month()), day.day()).ok_or_else(|| "the clock cannot be read".to_string())
    }

    fn allowed(&self) -> Result<Option<Override>, String> {
        let (Some(reason), Some(by)) = (&self.allow_overdue, &self.by) else { return Ok(None) };
        if reason.trim().is_empty() || by.trim().is_empty() {
            return Err("--allow-overdue needs a reason, and --by a name".into());
        }
        Ok(Some(Override { reason: reason.trim().to_string(), by: by.trim().to_string() }))
    }
}

fn format(name: &str) -> Result<Format, String> {
    Format::parse(name).ok_or_else(|| format!("the formats are: {}", Format::NAMES.join(", ")))
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write the date as year-month-day, such as 2026-03-01".to_string())
}

/// Why a command ended before its work was judged.
#[derive(Debug)]
enum Stop {
    /// The tool could not run; why.
    CannotRun(String),
    /// Whoever reads our output has gone.
    Pipe,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::CannotRun(error.to_string()) }
    }
}

impl From<String> for Stop {
    fn from(why: String) -> Self {
        Self::CannotRun(why)
    }
}

type Ended = Result<u8, Stop>;

/// Runs a command line and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // where nobody reads the help there is nothing to do
            let _ = error.print();
            return code;
        }
    };
    let Cli { command, common } = cli;
    let ended = match command {
        Command::Init(command) => command.run(&common),
        Command::New(command) => command.run(&common),
        Command::Import(command) => command.run(&common),
        Command::Check(command) => command.run(&common),
        Command::Build(command) => command.run(&common),
        Command::Impose(command) => command.run(&common),
        Command::Preflight(command) => command.run(&common),
        Command::Preview(command) => command.run(&common),
        Command::List(command) => command.run(&common),
        Command::Explain(command) => command.run(),
    };
    match ended {
        Ok(code) => code,
        Err(Stop::Pipe) => 0,
        Err(Stop::CannotRun(why)) => {
            let _ = writeln!(io::stderr(), "everyleaf: {why}");
            2
        }
    }
}

impl Common {
    fn project(&self) -> Result<Project, Stop> {
        let here = std::env::current_dir().map_err(|e| format!("the current folder cannot be opened: {e}"))?;
        Ok(Project::find(&here, self.project.as_deref())?)
    }

    /// The project, and the pages of it that were named; none, and it is said why, where one is not there.
    fn choose(&self, named: &[String]) -> Result<Option<(Project, Vec<PageFile>)>, Stop> {
        let mut project = self.project()?;
        // a page named by its file brings its own project along
        if project.root().is_none()
            && let [only] = named
        {
            project = project.around(std::path::Path::new(only));
        }
        let mut sink = Sink::default();
        let pages = project.choose(named, &mut sink);
        if sink.has_errors() {
            self.say(&[Said { sink, ..Said::default() }])?;
            return Ok(None);
        }
        Ok(Some((project, pages)))
    }

    /// Writes what was said: for machines on stdout, else on stderr.
    fn say(&self, said: &[Said]) -> Result<(), Stop> {
        let format = self.message_format;
        if format.is_for_machines() {
            report::write(&mut io::stdout().lock(), said, format, false)?;
        } else {
            let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
            let mut text = Vec::new();
            report::write(&mut text, said, format, colour)?;
            io::stderr().lock().write_all(&text)?;
        }
        Ok(())
    }

    /// A line that is not a complaint; machines do not get it.
    fn tell(&self, words: &str) -> Result<(), Stop> {
        if !self.message_format.is_for_machines() && !words.is_empty() {
            writeln!(io::stderr().lock(), "{words}")?;
        }
        Ok(())
    }

    /// The exit code for what was said.
    fn verdict(&self, said: &[Said]) -> u8 {
        let count = |severity| said.iter().map(|s| s.sink.count(severity)).sum::<usize>();
        let bad = count(Severity::Error) > 0 || (self.deny_warnings && count(Severity::Warning) > 0);
        u8::from(bad)
    }
}
