//! A project's files: the only reader of the disk.
//!
//! Built-in layouts, fonts and the neutral brand are embedded; a project's own
//! file of the same path wins, file by file.

mod page_files;
mod settings;
mod sheets;

pub use page_files::{PageFile, slug_of};
pub use settings::{Settings, Variant};
pub use sheets::SheetSettings;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::brand::{Brand, Imprint};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::document::LoadError;
use crate::hyphen::Exceptions;
use crate::language::{is_tag, primary};
use crate::source::{FileId, Sources};
use crate::words::Words;

static LAYOUTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
static FONTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// The file that marks a project's root and holds its settings.
pub const SETTINGS_FILE: &str = "everyleaf.toml";
/// The largest file that is read, in bytes: a page is a few KB, a picture a few MB.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A project, or the lack of one.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder; none where a page is built on its own.
    root: Option<PathBuf>,
    /// Where the user stands; paths in messages are relative to it.
    here: PathBuf,
}

impl Project {
    /// The project at `folder`, or the nearest one above `here`.
    pub fn find(here: &Path, folder: Option<&Path>) -> Result<Self, String> {
        let here = here.canonicalize().unwrap_or_else(|_| here.to_path_buf());
        let root = match folder {
            Some(folder) => {
                let root = folder
                    .canonicalize()
                    .map_err(|e| format!("the project folder {} cannot be opened: {e}", folder.display()))?;
                if !root.is_dir() {
                    return Err(format!("{} is not a folder", folder.display()));
                }
                Some(root)
            }
            None => here.ancestors().find(|dir| is_root(dir)).map(Path::to_path_buf),
        };
        Ok(Self { root, here })
    }

    /// The project that a page's own file stands in, where no project was found or named.
    pub fn around(&self, file: &Path) -> Self {
        let full = self.here.join(file);
        let full = full.canonicalize().unwrap_or(full);
        let root = full.parent().and_then(|dir| dir.ancestors().find(|dir| is_root(dir))).map(Path::to_path_buf);
        Self { root: self.root.clone().or(root), here: self.here.clone() }
    }

    /// The project's folder, if there is one.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Where outputs go unless `-o` says otherwise.
    pub fn output(&self) -> PathBuf {
        self.root.as_deref().unwrap_or(&self.here).join("output")
    }

    /// Where the user stands.
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// A path as messages show it.
    pub fn display(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.here).unwrap_or(path);
        shown.to_string_lossy().replace('\\', "/")
    }

    /// Reads a text file; bytes that are not UTF-8 are a complaint with their line.
    pub fn read_text(&self, path: &Path, sources: &mut Sources, sink: &mut Sink) -> Option<FileId> {
        let shown = self.display(path);
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("{shown} cannot be read: {error}");
                sink.push(Diagnostic::new(Code::PAGE_MISSING, message).in_file(shown));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            // Windows line ends count as one, so that every stage sees one kind
            Ok(text) => Some(sources.add(shown, text.replace("\r\n", "\n"))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = error.as_bytes().get(..valid).unwrap_or(&[]);
                let line = before.iter().filter(|b| **b == b'\n').count() + 1;
                sink.push(
                    Diagnostic::new(Code::NOT_UTF8, format!("line {line} holds bytes that are not UTF-8 text"))
                        .in_file(format!("{shown}:{line}"))
                        .help("open the file in an editor and save it again with the encoding UTF-8"),
                );
                None
            }
        }
    }

    /// Reads a picture that a page in `dir` names; it must lie inside the project.
    pub fn picture(&self, dir: &Path, path: &str) -> Result<Arc<[u8]>, LoadError> {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().to_string();
        let fence = self.root.as_deref().unwrap_or(dir);
        let fence = fence.canonicalize().map_err(|e| LoadError::Unreadable(e.to_string()))?;
        for name in [path, decoded.as_str()] {
            let wanted = Path::new(name);
            if name.contains("://") || wanted.is_absolute() || escapes(dir, wanted, &fence) {
                return Err(LoadError::Outside);
            }
            let full = dir.join(wanted);
            // a link inside the project may still lead out of it
            let Ok(real) = full.canonicalize() else { continue };
            if !real.starts_with(&fence) {
                return Err(LoadError::Outside);
            }
            return read(&real).map(Arc::from).map_err(|e| LoadError::Unreadable(e.to_string()));
        }
        Err(LoadError::Missing)
    }

    /// The bytes of a layout file, the project's own first.
    pub fn layout(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let clean = Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
        if clean
            && let Some(root) = &self.root
            && let own = root.join("layouts").join(path)
            && within(&own, root)
            && let Ok(bytes) = read(&own)
        {
            return Some(Cow::Owned(bytes));
        }
        LAYOUTS.get_file(path).map(|file| Cow::Borrowed(file.contents()))
    }

    /// The text of a layout file, added to the sources under the name people can find it by.
    pub fn layout_text(&self, path: &str, sources: &mut Sources) -> Option<FileId> {
        let bytes = self.layout(path)?;
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let own = self.root.as_ref().map(|root| root.join("layouts").join(path)).filter(|p| p.is_file());
        let shown = own.map_or_else(|| format!("layouts/{path}"), |own| self.display(&own));
        Some(sources.add(shown, text))
    }

    /// The names of the layouts' folders: built-in ones, then the project's own.
    pub fn layout_names(&self) -> Vec<String> {
        let mut names: BTreeSet<String> = LAYOUTS.dirs().filter_map(|dir| name_of(dir.path())).collect();
        if let Some(root) = &self.root {
            names.extend(folder(&root.join("layouts")).into_iter().filter(|p| p.is_dir()).filter_map(|p| name_of(&p)));
        }
        names.into_iter().filter(|name| self.layout(&format!("{name}/layout.toml")).is_some()).collect()
    }

    /// The importers' rules, built-in ones and the project's own, by file name.
    pub fn import_rules(&self) -> Vec<(String, String)> {
        let mut names: BTreeSet<String> = LAYOUTS
            .get_dir("import")
            .into_iter()
            .flat_map(|dir| dir.files())
            .filter_map(|file| name_of(file.path()))
            .collect();
        if let Some(root) = &self.root {
            names.extend(folder(&root.join("layouts/import")).iter().filter_map(|p| name_of(p)));
        }
        names
            .into_iter()
            .filter(|name| name.ends_with(".toml"))
            .filter_map(|name| {
                let bytes = self.layout(&format!("import/{name}"))?;
                Some((name, String::from_utf8_lossy(&bytes).into_owned()))
            })
            .collect()
    }

    /// The typefaces' bytes, by path: built-in ones, then those of the project's `fonts/`.
    pub fn fonts(&self) -> Vec<(String, Cow<'static, [u8]>)> {
        let mut all: Vec<(String, Cow<'static, [u8]>)> = Vec::new();
        let mut folders = vec![&FONTS];
        while let Some(dir) = folders.pop() {
            folders.extend(dir.dirs());
            for file in dir.files().filter(|f| is_font(f.path())) {
                all.push((file.path().to_string_lossy().replace('\\', "/"), Cow::Borrowed(file.contents())));
            }
        }
        if let Some(root) = &self.root {
            let base = root.join("fonts");
            let mut folders = vec![base.clone()];
            while let Some(dir) = folders.pop() {
                for path in folder(&dir) {
                    if path.is_dir() {
                        folders.push(path);
                    } else if is_font(&path)
                        && let Ok(bytes) = read(&path)
                    {
                        let name = path.strip_prefix(&base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                        all.retain(|(known, _)| *known != name);
                        all.push((name, Cow::Owned(bytes)));
                    }
                }
            }
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// The project's brand; the neutral one, with a warning, where there is none.
    pub fn brand(&self, sources: &mut Sources, sink: &mut Sink) -> Brand {
        let own = self.root.as_ref().map(|root| root.join("layouts/brand.toml")).filter(|path| path.is_file());
        if let Some(path) = own
            && let Some(file) = self.read_text(&path, sources, sink)
        {
            return Brand::parse(sources.get(file).text(), file, false, sink);
        }
        sink.push(
            Diagnostic::new(
                Code::BRAND_NEUTRAL,
                "there is no brand here, so the editions carry no charity's name or numbers",
            )
            .help("build inside a project that has layouts/brand.toml; `everyleaf init` writes one"),
        );
        let Some(file) = self.layout_text("neutral-brand.toml", sources) else {
            return Brand::parse("", sources.add("layouts/neutral-brand.toml", ""), true, &mut Sink::default());
        };
        Brand::parse(sources.get(file).text(), file, true, sink)
    }

    /// The logo's bytes and file name.
    pub fn logo(&self, brand: &Brand, sink: &mut Sink) -> Option<(String, Arc<[u8]>)> {
        let name = brand.logo.as_deref()?;
        let dir = self.root.as_ref()?.join("layouts");
        match self.picture(&dir, name) {
            Ok(bytes) => {
                let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or("png").to_lowercase();
                Some((format!("logo.{extension}"), bytes))
            }
            Err(_) => {
                let path = self.display(&dir.join("brand.toml"));
                sink.push(
                    Diagnostic::new(Code::BRAND_INVALID, format!("the logo `{name}` cannot be read"))
                        .in_file(path)
                        .help("put the file beside brand.toml, or delete the `logo` line to print the drawn wordmark"),
                );
                None
            }
        }
    }

    /// The imprint's rules.
    pub fn imprint(&self, sources: &mut Sources, sink: &mut Sink) -> Imprint {
        let Some(file) = self.layout_text("imprint.toml", sources) else { return Imprint::default() };
        Imprint::parse(sources.get(file).text(), file, sink)
    }

    /// The furniture's words in a language; English, with a warning, where there are none.
    pub fn words(&self, language: &str, sources: &mut Sources, sink: &mut Sink) -> Words {
        let base = primary(language).to_ascii_lowercase();
        let own = self.layout_text(&format!("words/{base}.toml"), sources).map(|file| (file, language));
        let found = own.or_else(|| {
            sink.push(
                Diagnostic::new(
                    Code::WORDS_MISSING,
                    format!("there are no furniture words in `{language}`; English serves"),
                )
                .help(format!("add layouts/words/{base}.toml with the keys of layouts/words/en.toml")),
            );
            self.layout_text("words/en.toml", sources).map(|file| (file, "en-GB"))
        });
        let Some((file, language)) = found else { return Words::default() };
        Words::parse(sources.get(file).text(), language, file, sink)
    }

    /// The words whose breaks a list gives: those of the language, then the house's own.
    pub fn hyphen_exceptions(&self, language: &str, sources: &mut Sources, sink: &mut Sink) -> Exceptions {
        let base = primary(language).to_ascii_lowercase();
        let mut all = Exceptions::default();
        for name in [base.as_str(), "house"] {
            if let Some(file) = self.layout_text(&format!("hyphen/{name}.txt"), sources) {
                all.extend(Exceptions::parse(sources.get(file).text(), file, sink));
            }
        }
        all
    }

    /// The languages for which the project has words of its own to look for: `layouts/check/<language>.toml`.
    pub fn own_check_languages(&self) -> Vec<String> {
        let files = self.root.as_ref().map(|root| folder(&root.join("layouts/check"))).unwrap_or_default();
        let tag = |path: &PathBuf| name_of(path)?.strip_suffix(".toml").map(str::to_string);
        files.iter().filter_map(tag).filter(|tag| is_tag(tag) && primary(tag) == tag).collect()
    }

    /// The built-in text of a layout's file and the project's own, where there is one.
    pub fn layout_pair(&self, path: &str, sources: &mut Sources) -> (Option<FileId>, Option<FileId>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let built_in = Self::built_in(path).map(|bytes| sources.add(format!("layouts/{path}"), text(bytes)));
        let own = self.root.as_ref().map(|root| root.join("layouts").join(path)).filter(|own| own.is_file());
        let own = own.and_then(|own| read(&own).ok().map(|bytes| sources.add(self.display(&own), text(&bytes))));
        (built_in, own)
    }

    /// The text of a file in the project's own folder, if it is there.
    pub fn own_text(&self, name: &str, sources: &mut Sources, sink: &mut Sink) -> Option<FileId> {
        let path = self.root.as_ref()?.join(name);
        if path.is_file() { self.read_text(&path, sources, sink) } else { None }
    }

    /// The project's settings.
    pub fn settings(&self, sources: &mut Sources, sink: &mut Sink) -> Settings {
        let own = self.root.as_ref().map(|root| root.join(SETTINGS_FILE)).filter(|path| path.is_file());
        let Some(file) = own.and_then(|path| self.read_text(&path, sources, sink)) else { return Settings::default() };
        Settings::parse(sources.get(file).text(), file, sink)
    }

    /// Complains of the project's layout files that replace nothing and belong to no layout of its own.
    pub fn judge_overrides(&self, sink: &mut Sink) {
        let Some(root) = &self.root else { return };
        let base = root.join("layouts");
        let mut known: Vec<String> = Vec::new();
        let mut folders = vec![&LAYOUTS];
        while let Some(dir) = folders.pop() {
            folders.extend(dir.dirs());
            known.extend(dir.files().map(|f| f.path().to_string_lossy().replace('\\', "/")));
        }
        let mut judge = |path: &Path, relative: &str| {
            if known.iter().any(|k| k == relative) {
                return;
            }
            let mut warning =
                Diagnostic::new(Code::OVERRIDE_UNUSED, "this file replaces no built-in file of that name")
                    .in_file(self.display(path));
            if let Some(near) = nearest(relative, known.iter().map(String::as_str)) {
                warning = warning.help(format!("did you mean layouts/{near}?"));
            }
            sink.push(warning);
        };
        for path in folder(&base) {
            let Some(name) = name_of(&path).filter(|name| !name.starts_with('.')) else { continue };
            if path.is_file() {
                // a logo may have any name
                if name.ends_with(".toml") {
                    judge(&path, &name);
                }
                continue;
            }
            // a folder of the project's own, for its own templates, or rules for another site
            if LAYOUTS.get_dir(&name).is_none() || name == "import" {
                continue;
            }
            for path in folder(&path).into_iter().filter(|p| p.is_file()) {
                let Some(file) = name_of(&path).filter(|file| !file.starts_with('.')) else { continue };
                // words are looked up by language alone, whatever the region
                let language = file.strip_suffix(".toml").is_some_and(|tag| is_tag(tag) && primary(tag) == tag);
                if !(matches!(name.as_str(), "words" | "check") && language) {
                    judge(&path, &format!("{name}/{file}"));
                }
            }
        }
    }

    /// The files of a built-in layout's folder, by path below `layouts/`.
    pub fn built_in_folder(name: &str) -> Vec<(String, &'static [u8])> {
        let plain = Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
        let folder = if plain { LAYOUTS.get_dir(name) } else { None };
        let path = |file: &include_dir::File<'_>| file.path().to_string_lossy().replace('\\', "/");
        folder.into_iter().flat_map(|dir| dir.files()).map(|file| (path(file), file.contents())).collect()
    }

    /// The names of the built-in folders of layouts.
    pub fn built_in_layouts() -> Vec<String> {
        LAYOUTS.dirs().filter_map(|dir| name_of(dir.path())).collect()
    }

    /// The whole of an embedded layout file, for `init`.
    pub fn built_in(path: &str) -> Option<&'static [u8]> {
        LAYOUTS.get_file(path).map(|file| file.contents())
    }
}

fn is_root(dir: &Path) -> bool {
    dir.join(SETTINGS_FILE).is_file()
}

/// Whether the path climbs out of the fence by its `..` alone, whether or not a file is there.
fn escapes(dir: &Path, path: &Path, fence: &Path) -> bool {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    let mut at = dir;
    for part in path.components() {
        match part {
            Component::ParentDir => {
                at.pop();
            }
            Component::Normal(name) => at.push(name),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
        if !at.starts_with(fence) {
            return true;
        }
    }
    false
}

/// Whether a file that is there lies inside a folder, links followed: a template must not show what lies elsewhere.
fn within(path: &Path, fence: &Path) -> bool {
    path.canonicalize().ok().zip(fence.canonicalize().ok()).is_some_and(|(path, fence)| path.starts_with(fence))
}

/// Reads a whole file, refusing what is too large to be one of ours.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, std::io::Error> {
    let facts = std::fs::metadata(path)?;
    if !facts.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    if facts.len() > LARGEST {
        return Err(std::io::Error::other("it is larger than 64 MB"));
    }
    std::fs::read(path)
}

/// What a folder holds, in the order of names; nothing if it cannot be read.
pub(crate) fn folder(dir: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    all.sort();
    all
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name().and_then(|n| n.to_str()).map(str::to_string)
}

fn is_font(path: &Path) -> bool {
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| matches!(e.to_ascii_lowercase().as_str(), "ttf" | "otf"))
}
