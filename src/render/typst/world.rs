//! The room typst works in: templates, data, pictures and typefaces, and nothing else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontStyle};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use super::{Fault, Job, Templates, bytes};

/// The typefaces and typst's library, made once for a run.
pub struct Typefaces {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    faces: Vec<Face>,
    families: Vec<String>,
    /// Templates that were parsed before, by path.
    sources: Mutex<BTreeMap<String, Source>>,
}

impl Typefaces {
    /// Reads font files. The family `first` leads the list; the others follow by name.
    pub fn new(files: Vec<Cow<'static, [u8]>>, first: &str) -> Self {
        let mut fonts: Vec<Font> = Vec::new();
        let mut faces = Vec::new();
        for (file, data) in files.into_iter().enumerate() {
            let data = match data {
                Cow::Borrowed(embedded) => bytes(embedded),
                Cow::Owned(own) => bytes(own),
            };
            for font in Font::iter(data) {
                let info = font.info();
                let upright = info.variant.style == FontStyle::Normal;
                let (family, weight) = (info.family.to_string(), info.variant.weight.to_number());
                faces.push(Face { file, family, weight, upright });
                fonts.push(font);
            }
        }
        let names: BTreeSet<String> = fonts.iter().map(|f| f.info().family.to_string()).collect();
        let (mut families, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == first);
        families.extend(others);
        // row headers need the accessibility extras (typst 0.15)
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            faces,
            families,
            sources: Mutex::default(),
        }
    }

    /// The families, in order of preference.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// What each face is.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Whether any face has the character.
    pub fn covers(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(c as u32))
    }
}

/// What a typeface says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Which of the files holds it, from 0.
    pub file: usize,
    /// Its family.
    pub family: String,
    /// Its weight, 100 to 900.
    pub weight: u16,
    /// Whether it stands upright.
    pub upright: bool,
}

/// One job's world.
pub(super) struct Room<'a> {
    faces: &'a Typefaces,
    templates: &'a Templates,
    main: FileId,
    data: Bytes,
    assets: BTreeMap<String, Bytes>,
}

impl<'a> Room<'a> {
    pub(super) fn new(job: Job<'_>, faces: &'a Typefaces, templates: &'a Templates) -> Result<Self, Fault> {
        let path = format!("/layouts/{}", job.template);
        let path = VirtualPath::new(&path).map_err(|_| Fault(vec![format!("{path} is not a path")]))?;
        Ok(Self {
            faces,
            templates,
            main: FileId::new(RootedPath::new(VirtualRoot::Project, path)),
            data: bytes(job.data),
            assets: job.assets.into_iter().map(|(name, data)| (name, bytes(data))).collect(),
        })
    }

    fn read(&self, id: FileId) -> FileResult<Vec<u8>> {
        let path = id.get().vpath().get_without_slash();
        let template = path.strip_prefix("layouts/").filter(|_| *id.get().root() == VirtualRoot::Project);
        template.and_then(|path| (self.templates)(path)).ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }

    /// What typst says, with the template's line.
    pub(super) fn describe(&self, said: &SourceDiagnostic) -> String {
        let mut text = said.message.to_string();
        for hint in &said.hints {
            text.push_str("; ");
            text.push_str(&hint.v);
        }
        let place = said.span.id().and_then(|id| {
            let range = typst::WorldExt::range(self, said.span)?;
            let source = self.source(id).ok()?;
            let line = source.lines().byte_to_line(range.start)? + 1;
            Some(format!("{}:{line}: ", id.get().vpath().get_without_slash()))
        });
        format!("{}{text}", place.unwrap_or_default())
    }
}

impl World for Room<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.faces.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.faces.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.get().vpath().get_without_slash().to_string();
        if let Ok(known) = self.faces.sources.lock()
            && let Some(source) = known.get(&path)
        {
            return Ok(source.clone());
        }
        let text = String::from_utf8(self.read(id)?).map_err(|_| FileError::InvalidUtf8)?;
        let source = Source::new(id, text);
        if let Ok(mut known) = self.faces.sources.lock() {
            known.insert(path, source.clone());
        }
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_without_slash();
        if path == "document.json" {
            return Ok(self.data.clone());
        }
        if let Some(name) = path.strip_prefix("assets/") {
            return self.assets.get(name).cloned().ok_or_else(|| FileError::NotFound(PathBuf::from(path)));
        }
        self.read(id).map(bytes)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
