//! `everyleaf import`

use clap::Args;

use super::{Common, Ended, Stop};

/// Turn a saved web page into a source.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The saved pages
    #[arg(required = true)]
    files: Vec<std::path::PathBuf>,
}

impl Import {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let _ = (common, &self.files);
        Err(Stop::CannotRun("import is not there yet".into()))
    }
}
