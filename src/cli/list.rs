//! `everyleaf list`

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::{Common, Ended};
use crate::diagnostic::Sink;
use crate::edition::{EDITIONS, Layout, Registry};
use crate::page;
use crate::report::Format;
use crate::source::Sources;

/// Show the project's pages and editions.
#[derive(Debug, Args)]
pub(super) struct List {}

impl List {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        let mut out = std::io::stdout().lock();
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let settings = project.settings(&mut sources, &mut sink);
        let json_lines = common.message_format == Format::Json;
        if !json_lines {
            writeln!(out, "Pages")?;
        }
        let pages = project.pages();
        for page in &pages {
            let mut quiet = Sink::default();
            let id = project.read_text(&page.path, &mut sources, &mut quiet);
            let front = id.map(|id| page::parse(id, &sources, &mut quiet).front).unwrap_or_default();
            let title = front.title.map(|t| t.value).unwrap_or_default();
            let due = front.next_review.map(|d| d.value.to_string());
            if json_lines {
                let line = json!({"type": "page", "page": page.slug, "title": title, "path": project.display(&page.path), "next-review": due});
                writeln!(out, "{line}")?;
            } else {
                let due = due.map(|d| format!("; next review due {d}")).unwrap_or_default();
                writeln!(out, "  {}  {title}{due}", page.slug)?;
            }
        }
        if pages.is_empty() && !json_lines {
            writeln!(out, "  none yet; `everyleaf new NAME` starts one")?;
        }
        if !json_lines {
            writeln!(out, "Editions")?;
        }
        let layouts: Vec<(String, Layout)> = project
            .layout_names()
            .into_iter()
            .filter(|name| !EDITIONS.iter().any(|edition| edition.layout() == name))
            .filter_map(|name| {
                let text = project.layout(&format!("{name}/layout.toml"))?;
                let file = sources.add(name.clone(), String::from_utf8_lossy(&text).into_owned());
                let layout = Layout::parse(&name, sources.get(file).text(), file, &mut sink);
                Some((name, layout))
            })
            .collect();
        let registry = Registry::new(layouts.iter().map(|(name, layout)| (name.as_str(), layout)));
        for edition in registry.all() {
            if json_lines {
                let line = json!({"type": "edition", "edition": edition.name(), "about": edition.about(), "readers": edition.for_readers(), "base": null});
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "  {}  {}", edition.name(), edition.about())?;
            }
        }
        for variant in &settings.variants {
            if json_lines {
                let line = json!({"type": "edition", "edition": variant.name, "about": "a variant", "readers": variant.readers, "base": variant.base});
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "  {}  a variant of {}", variant.name, variant.base)?;
            }
        }
        Ok(0)
    }
}
