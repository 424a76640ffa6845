//! `everyleaf init`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Common, Ended, Stop};
use crate::diagnostic::nearest;
use crate::project::{Project, SETTINGS_FILE};

/// Start a project in a new or empty folder.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder
    #[arg(required_unless_present = "eject")]
    dir: Option<PathBuf>,
    /// Copy a built-in layout, such as a4, into the project's layouts/ to change it there
    #[arg(long, value_name = "LAYOUT", conflicts_with = "dir")]
    eject: Option<String>,
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
    pub(super) fn run(&self, common: &Common) -> Ended {
        match (&self.eject, &self.dir) {
            (Some(name), _) => eject(common, name),
            (None, Some(dir)) => start(common, dir),
            (None, None) => Err(Stop::CannotRun("name the folder for the project".into())),
        }
    }
}

/// Copies a layout's own folder; what it shares with others stays built in until it is copied too.
fn eject(common: &Common, name: &str) -> Ended {
    let project = common.project()?;
    let Some(root) = project.root() else {
        return Err(Stop::CannotRun("there is no project here; start one with `everyleaf init DIR`".into()));
    };
    let files = Project::built_in_folder(name);
    if files.is_empty() {
        let names = Project::built_in_layouts();
        let near = nearest(name, names.iter().map(String::as_str));
        let help =
            near.map_or_else(|| format!("the layouts are: {}", names.join(", ")), |n| format!("did you mean `{n}`?"));
        return Err(Stop::CannotRun(format!("there is no layout `{name}`; {help}")));
    }
    let there: Vec<String> = files
        .iter()
        .map(|(path, _)| root.join("layouts").join(path))
        .filter(|path| path.exists())
        .map(|path| project.display(&path))
        .collect();
    if !there.is_empty() {
        return Err(Stop::CannotRun(format!("{} is there already; nothing was changed", there.join(", "))));
    }
    for (path, bytes) in &files {
        let path = root.join("layouts").join(path);
        crate::output::write(&path, bytes).map_err(|e| format!("{} cannot be written: {e}", path.display()))?;
    }
    common.tell(&format!("layouts/{name} was copied into the project; docs/layouts.md explains its files"))?;
    Ok(0)
}

/// Starts a project.
fn start(common: &Common, dir: &Path) -> Ended {
    let cannot = |e: std::io::Error| Stop::CannotRun(format!("{} cannot be written: {e}", dir.display()));
    if dir.exists() {
        let mut inside = std::fs::read_dir(dir)
            .map_err(|e| Stop::CannotRun(format!("{} is not a folder that can be opened: {e}", dir.display())))?;
        if inside.next().is_some() {
            let why = format!("{} is not empty; name a new folder, so that nothing of yours is changed", dir.display());
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
    common.tell(&format!(
        "A project was started in {0}.\n  \
         layouts/brand.toml   the charity's names, colours and numbers: check them first\n  \
         sources/             one folder for each page, with a sample\n\
         Next: cd {0} && everyleaf build",
        dir.display()
    ))?;
    Ok(0)
}
