//! `everyleaf init`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Ended, Stop};
use crate::project::{Project, SETTINGS_FILE};

/// Start a project in a new or empty folder.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder
    dir: PathBuf,
}

const SETTINGS: &str = "\
# The settings of this project. It may stay empty.
# overdue = \"error\"    # a page past its review date is an error, not a warning

# A variant of an edition is a few lines:
# [editions.large-print-24-cream]
# base = \"large-print\"
# size = 24
# paper = \"#FFF8E7\"
";

const SAMPLE: &str = include_str!("../../sources/aatd-at-a-glance/page.md");
const IGNORE: &str = "/output/\n";

impl Init {
    pub(super) fn run(&self) -> Ended {
        let dir = &self.dir;
        let cannot = |e: std::io::Error| Stop::CannotRun(format!("{} cannot be written: {e}", dir.display()));
        if dir.exists() {
            let mut inside = std::fs::read_dir(dir)
                .map_err(|e| Stop::CannotRun(format!("{} is not a folder that can be opened: {e}", dir.display())))?;
            if inside.next().is_some() {
                let why =
                    format!("{} is not empty; name a new folder, so that nothing of yours is changed", dir.display());
                return Err(Stop::CannotRun(why));
            }
        }
        let brand = Project::built_in("brand.toml").unwrap_or_default();
        let files: [(&str, &[u8]); 4] = [
            ("layouts/brand.toml", brand),
            ("sources/aatd-at-a-glance/page.md", SAMPLE.as_bytes()),
            (".gitignore", IGNORE.as_bytes()),
            // the settings mark the project's root, so they come last
            (SETTINGS_FILE, SETTINGS.as_bytes()),
        ];
        for (path, bytes) in files {
            crate::output::write(&dir.join(Path::new(path)), bytes).map_err(cannot)?;
        }
        eprintln!("A project was started in {}.", dir.display());
        eprintln!("  layouts/brand.toml   the charity's names, colours and numbers: check them first");
        eprintln!("  sources/             one folder for each page, with a sample");
        eprintln!("Next: cd {} && everyleaf build", dir.display());
        Ok(0)
    }
}
