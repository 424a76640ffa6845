//! Where the pages are.

use std::path::{Path, PathBuf};

use super::{Project, folder, name_of};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::language::is_tag;

/// A page's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageFile {
    /// The page's short name: its folder's, with the language for a translation.
    pub slug: String,
    /// Its file.
    pub path: PathBuf,
}

impl Project {
    /// Every page of the project: `sources/<page>/page.md` and its translations `page.<language>.md`.
    pub fn pages(&self) -> Vec<PageFile> {
        let Some(root) = self.root() else { return Vec::new() };
        let mut pages = Vec::new();
        for dir in folder(&root.join("sources")).into_iter().filter(|p| p.is_dir()) {
            for path in folder(&dir) {
                let is_page = name_of(&path).is_some_and(|name| page_language(&name).is_some());
                if is_page && let Some(slug) = slug_of(&path) {
                    pages.push(PageFile { slug, path });
                }
            }
        }
        pages.sort();
        pages
    }

    /// The pages that the command line names: by short name, folder or file.
    pub fn choose(&self, named: &[String], sink: &mut Sink) -> Vec<PageFile> {
        let known = self.pages();
        if named.is_empty() {
            return known;
        }
        let mut chosen: Vec<PageFile> = Vec::new();
        for name in named {
            let page = known.iter().find(|p| p.slug == *name).cloned().or_else(|| self.by_path(name));
            match page {
                Some(page) => {
                    if !chosen.iter().any(|c| c.path == page.path) {
                        chosen.push(page);
                    }
                }
                None => {
                    let slugs = known.iter().map(|p| p.slug.as_str());
                    let help = match nearest(name, slugs.clone()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None if known.is_empty() => "name a page's file, such as page.md".to_string(),
                        None => format!("the pages are: {}", slugs.collect::<Vec<_>>().join(", ")),
                    };
                    sink.push(Diagnostic::new(Code::PAGE_MISSING, format!("there is no page `{name}`")).help(help));
                }
            }
        }
        chosen
    }

    fn by_path(&self, name: &str) -> Option<PageFile> {
        let path = self.here().join(name);
        let path = if path.is_dir() { path.join("page.md") } else { path };
        let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
        (is_text && path.is_file()).then(|| slug_of(&path).map(|slug| PageFile { slug, path }))?
    }
}

/// The language of `page.cy.md`; empty for `page.md`.
fn page_language(name: &str) -> Option<String> {
    let rest = name.strip_prefix("page")?.strip_suffix(".md")?;
    if rest.is_empty() {
        return Some(String::new());
    }
    rest.strip_prefix('.').filter(|tag| is_tag(tag)).map(str::to_string)
}

/// The short name of a page's file: its folder's name for `page.md`, else its own.
pub fn slug_of(path: &Path) -> Option<String> {
    let name = name_of(path)?;
    let base = match page_language(&name) {
        Some(language) => {
            let dir = path.parent().and_then(|dir| dir.canonicalize().ok()).and_then(|dir| name_of(&dir));
            let dir = dir.unwrap_or_else(|| "page".into());
            if language.is_empty() { dir } else { format!("{dir}.{language}") }
        }
        None => path.file_stem()?.to_str()?.to_string(),
    };
    // names in addresses and on every disk: letters, digits, hyphens and full stops
    let clean: String = base.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let clean = clean.trim_matches(['-', '.']).to_string();
    Some(if clean.is_empty() { "page".into() } else { clean })
}
