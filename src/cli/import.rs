//! `everyleaf import`

use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::{Common, Ended, Stop};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::import::{self, Imported, Options, Receipt, Rules};
use crate::pipeline::Said;
use crate::project::Project;
use crate::report::tally;
use crate::source::Sources;

/// Turn a saved web page into a source.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Saved pages; `-` reads one from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The address the page came from
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// The page's short name; default: from the address, the file's name or the title
    #[arg(long = "as", value_name = "SLUG")]
    slug: Option<String>,
    /// Where the receipt goes, as JSON: what became of every line; `-` for standard output
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// The page's language; default: what the page itself says, else en-GB
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

impl Import {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        if self.files.len() > 1 && (self.address.is_some() || self.slug.is_some()) {
            return Err(Stop::CannotRun("--address and --as name one page; import the files one by one".into()));
        }
        if let Some(tag) = self.language.as_deref().filter(|tag| !crate::language::is_tag(tag)) {
            return Err(Stop::CannotRun(format!("`{tag}` is not a language tag; use one such as en-GB")));
        }
        let mut rules = Vec::new();
        for (name, text) in project.import_rules() {
            match Rules::parse(&text, &format!("layouts/import/{name}")) {
                Ok(read) => rules.push(read),
                Err(fault) => {
                    let mut said = Said::default();
                    said.sink.push(*fault);
                    common.say(&[said])?;
                    return Ok(2);
                }
            }
        }
        let root = project.root().map_or_else(|| project.here().to_path_buf(), std::path::Path::to_path_buf);
        let mut said = Vec::new();
        let mut receipts: Vec<Receipt> = Vec::new();
        for file in &self.files {
            let mut sink = Sink::default();
            if let Some(done) = self.one(&project, &root, file, &rules, &mut sink)? {
                common.tell(&summary(&done.receipt))?;
                receipts.push(done.receipt);
            }
            said.push(Said { sources: Sources::default(), sink });
        }
        common.say(&said)?;
        if let Some(path) = &self.receipt {
            write_receipts(path, &receipts)?;
        }
        let count = |s| said.iter().map(|part| part.sink.count(s)).sum();
        let tally = tally(count(Severity::Error), count(Severity::Warning));
        if self.files.len() > 1 {
            let failed = self.files.len() - receipts.len();
            common.tell(&format!("{} pages imported, {failed} refused", receipts.len()))?;
        }
        common.tell(&tally)?;
        Ok(common.verdict(&said))
    }

    fn one(
        &self,
        project: &Project,
        root: &std::path::Path,
        file: &std::path::Path,
        rules: &[Rules],
        sink: &mut Sink,
    ) -> Result<Option<Imported>, Stop> {
        let (name, bytes) = if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            ("standard-input.txt".to_string(), bytes)
        } else {
            let bytes = crate::project::read(&project.here().join(file))
                .map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
            (file.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes)
        };
        let options = Options {
            name: name.clone(),
            address: self.address.clone(),
            slug: self.slug.clone(),
            rules: rules.to_vec(),
            language: self.language.clone(),
        };
        let done = match import::import(&bytes, &options) {
            Ok(done) => done,
            Err(faults) => {
                faults.into_iter().for_each(|fault| sink.push(fault));
                return Ok(None);
            }
        };
        let path = root.join("sources").join(&done.slug).join("page.md");
        match std::fs::read(&path) {
            Ok(there) if there != done.text.as_bytes() => {
                let message = format!("{} is there already and differs; nothing was changed", project.display(&path));
                sink.push(
                    Diagnostic::new(Code::IMPORT_EXISTS, message)
                        .in_file(name)
                        .help("give the import another name with --as, or move the page away first"),
                );
                return Ok(None);
            }
            _ => crate::output::write(&path, done.text.as_bytes())
                .map_err(|e| format!("{} cannot be written: {e}", project.display(&path)))?,
        }
        done.diagnostics.iter().cloned().for_each(|d| sink.push(d));
        Ok(Some(done))
    }
}

/// One receipt as an object, several as a list.
fn write_receipts(path: &std::path::Path, receipts: &[Receipt]) -> Result<(), Stop> {
    let text = match receipts {
        [one] => serde_json::to_string_pretty(one),
        all => serde_json::to_string_pretty(all),
    };
    let mut text = text.map_err(|e| e.to_string())?;
    text.push('\n');
    if path.as_os_str() == "-" {
        use std::io::Write;
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(());
    }
    Ok(crate::output::write(path, text.as_bytes()).map_err(|e| format!("{} cannot be written: {e}", path.display()))?)
}

/// What a person should know of an import, in a few lines.
fn summary(receipt: &Receipt) -> String {
    let mut text = receipt.summary().trim_end().to_string();
    for (name, place) in &receipt.facts {
        text.push_str(&format!("\n  found beside the article: {name}: {}", place.text));
    }
    text
}
