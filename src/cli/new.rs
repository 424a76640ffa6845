//! `everyleaf new`

use clap::Args;

use super::{Common, Ended, Stop};
use crate::document::slugify;

/// Start a page in the project.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The page's title, or its short name
    name: String,
    /// The page's language
    #[arg(long, default_value = "en-GB", value_name = "TAG")]
    language: String,
}

impl New {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        let Some(root) = project.root() else {
            let why = "there is no project here; start one with `everyleaf init DIR`";
            return Err(Stop::CannotRun(why.into()));
        };
        if !crate::language::is_tag(&self.language) {
            return Err(Stop::CannotRun(format!("`{}` is not a language tag; use one such as en-GB", self.language)));
        }
        let title = self.name.trim();
        let slug = slugify(title);
        if title.is_empty() || slug == "s-" {
            return Err(Stop::CannotRun("give the page a name with letters in it".into()));
        }
        let path = root.join("sources").join(&slug).join("page.md");
        if path.exists() {
            return Err(Stop::CannotRun(format!("{} is there already", project.display(&path))));
        }
        let quoted = toml::Value::String(title.to_string());
        let text = format!(
            "+++\n\
             title = {quoted}\n\
             language = \"{}\"\n\
             # summary = \"One or two sentences that say what the page is for.\"\n\
             # source = \"https://…\"\n\
             # product-code = \"…\"\n\
             # version = \"1\"\n\
             # published = 2026-01-31\n\
             # reviewed = 2026-01-31\n\
             # next-review = 2029-01-31\n\
             # authors = [\"…\"]\n\
             # reviewers = [\"…\"]\n\
             # approved-by = \"…\"\n\
             +++\n\n\
             Write the first paragraph here.\n\n\
             ## A heading\n\n\
             Write on.\n",
            self.language
        );
        crate::output::write(&path, text.as_bytes())?;
        common.tell(&format!("{} was started; docs/source-format.md explains its forms", project.display(&path)))?;
        Ok(0)
    }
}
