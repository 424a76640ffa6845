//! What every page of a run shares: settings, brand, typefaces, and which editions are asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Options, Said};
use crate::brand::{Brand, Imprint};
use crate::check::{self, Allowances, House, Lists, Profile, Reach, Thresholds};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::edition::{EDITIONS, FontFile, Layout, Registry, Request};
use crate::page;
use crate::project::{PageFile, Project, Settings};
use crate::render::typst::{Face, Templates, Typefaces};
use crate::source::Sources;

/// The family that leads every list; a project's own fonts follow it.
const FIRST_FAMILY: &str = "Atkinson Hyperlegible Next";

/// The typefaces that typst sets in.
pub(crate) fn typefaces(files: &[(String, Cow<'static, [u8]>)]) -> Typefaces {
    Typefaces::new(files.iter().map(|(_, bytes)| bytes.clone()).collect(), FIRST_FAMILY)
}

/// A project's layout files, for typst.
pub(crate) fn templates(project: &Project) -> Templates {
    let project = project.clone();
    Arc::new(move |path: &str| project.layout(path).map(Cow::into_owned))
}

/// A run, prepared.
pub struct Plan {
    pub(super) shared: Shared,
    pub(super) said: Said,
    /// Whether the project's own files allow a build.
    pub usable: bool,
}

/// What all pages use.
pub(super) struct Shared {
    pub(super) options: Options,
    pub(super) settings: Settings,
    pub(super) brand: Brand,
    pub(super) imprint: Imprint,
    pub(super) logo: Option<(String, Arc<[u8]>)>,
    pub(super) registry: Registry,
    /// Descriptions by the name of the layout's folder.
    pub(super) layouts: BTreeMap<String, Layout>,
    pub(super) typefaces: Typefaces,
    pub(super) fonts: Vec<FontFile>,
    pub(super) templates: Templates,
    pub(super) judging: Judging,
}

/// What the checks judge by.
pub(super) struct Judging {
    /// Words to look for, by language.
    lists: BTreeMap<String, Lists>,
    no_lists: Lists,
    pub(super) house: House,
    pub(super) thresholds: Thresholds,
    pub(super) allowances: Allowances,
    /// Tries addresses, where that is asked for.
    pub(super) reach: Option<Arc<Reach>>,
}

/// The languages whose words the checks know, by name.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("cy", "Welsh")];
/// The rule profiles.
const PROFILES: [&str; 5] = ["ukaaf-large-print", "clear-print", "pdf-ua-1", "epub-a11y-1.1", "health-information"];

impl Judging {
    fn read(project: &Project, sources: &mut Sources, sink: &mut Sink) -> Self {
        let mut lists = BTreeMap::new();
        let own = project.own_check_languages();
        for language in LANGUAGES.iter().map(|(tag, _)| (*tag).to_string()).chain(own) {
            if let Some(file) = project.layout_text(&format!("check/{language}.toml"), sources) {
                lists.insert(language, Lists::parse(sources.get(file).text(), file, sink));
            }
        }
        let house = project.layout_text("check/house.toml", sources);
        let house = house.map_or_else(House::default, |file| House::parse(sources.get(file).text(), file, sink));
        let profiles = PROFILES.map(|name| {
            let (built_in, own) = project.layout_pair(&format!("profiles/{name}.toml"), sources);
            let mut read = |file: Option<crate::source::FileId>| {
                file.map_or_else(Profile::default, |file| Profile::parse(sources.get(file).text(), file, sink))
            };
            let (mut profile, own) = (read(built_in), read(own));
            profile.tighten(own, sink);
            profile
        });
        let allow = project.own_text(check::ALLOW_FILE, sources, sink);
        let allowances =
            allow.map_or_else(Allowances::default, |file| Allowances::parse(sources.get(file).text(), file, sink));
        let thresholds = Thresholds::of(profiles);
        Self { lists, no_lists: Lists::default(), house, thresholds, allowances, reach: None }
    }

    /// The words to look for in a language; none where nobody wrote them.
    pub(super) fn lists(&self, language: &str) -> &Lists {
        self.lists.get(&crate::language::primary(language).to_ascii_lowercase()).unwrap_or(&self.no_lists)
    }

    /// The other languages that a passage may be in, with their commonest words.
    pub(super) fn others(&self, language: &str) -> Vec<(&'static str, Vec<String>)> {
        let own = crate::language::primary(language).to_ascii_lowercase();
        let other = LANGUAGES.iter().filter(|(tag, _)| *tag != own);
        other.filter_map(|(tag, name)| Some((*name, self.lists.get(*tag)?.common().to_vec()))).collect()
    }
}

/// Why a run cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError(pub String);

impl Plan {
    /// Reads what pages share. What is wrong with the project's files is in what the plan says.
    pub fn new(project: &Project, options: Options) -> Result<Self, PlanError> {
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let settings = project.settings(&mut sources, &mut sink);
        let brand = project.brand(&mut sources, &mut sink);
        let imprint = project.imprint(&mut sources, &mut sink);
        let logo = project.logo(&brand, &mut sink);
        project.judge_overrides(&mut sink);
        let mut layouts = BTreeMap::new();
        let mut names = project.layout_names();
        names.extend(EDITIONS.iter().map(|edition| edition.layout().to_string()));
        for name in names {
            let path = format!("{name}/layout.toml");
            let layout = match project.layout(&path) {
                Some(bytes) => {
                    let file = sources.add(format!("layouts/{path}"), String::from_utf8_lossy(&bytes).into_owned());
                    Layout::parse(&name, sources.get(file).text(), file, &mut sink)
                }
                None => Layout::flowing(),
            };
            layouts.insert(name, layout);
        }
        let judging = Judging::read(project, &mut sources, &mut sink);
        let registry = Registry::new(layouts.iter().map(|(name, layout)| (name.as_str(), layout)));
        let files = project.fonts();
        let typefaces = typefaces(&files);
        let fonts = carried(&typefaces, &files);
        let templates = templates(project);
        let usable = !sink.has_errors();
        let shared =
            Shared { options, settings, brand, imprint, logo, registry, layouts, typefaces, fonts, templates, judging };
        let plan = Self { shared, said: Said { sources, sink, allowed: Vec::new() }, usable };
        plan.judge_variants()?;
        Ok(plan)
    }

    /// The thresholds that the checks judge by.
    pub fn thresholds(&self) -> &Thresholds {
        &self.shared.judging.thresholds
    }

    /// Lets the checks try addresses.
    pub fn reach(&mut self, reach: Arc<Reach>) {
        self.shared.judging.reach = Some(reach);
    }

    /// Judges the brand and its imprint, for `check`.
    pub(super) fn judge_project(&mut self) {
        let Shared { options, brand, judging, .. } = &self.shared;
        let shared = check::Shared {
            brand,
            file: brand.file,
            sources: &self.said.sources,
            as_of: options.as_of,
            thresholds: &judging.thresholds,
        };
        check::check_project(&shared, &mut self.said.sink);
    }

    /// Judges the project's pages side by side, for `check`; `named` are the pages that are judged.
    pub(super) fn judge_pages(&mut self, project: &Project, named: &[PageFile]) {
        let said = &mut self.said;
        let mut fronts = Vec::new();
        for page in project.pages() {
            // what is wrong with each is said where it is judged
            let mut quiet = Sink::default();
            if let Some(id) = project.read_text(&page.path, &mut said.sources, &mut quiet) {
                fronts.push((page.slug, page::parse(id, &said.sources, &mut quiet).front));
            }
        }
        let judged = |slug: &str| named.iter().any(|page| page.slug == slug);
        check::check_pages(fronts.iter().map(|(slug, front)| (slug.as_str(), front)), judged, &mut said.sink);
    }

    /// Takes out what the project allows of its own files.
    pub(super) fn allow(&mut self) {
        let Self { shared, said, .. } = self;
        said.allow(&shared.judging.allowances, "", shared.options.as_of);
    }

    /// What was said of the project's own files.
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Gives up the plan for what it said.
    pub fn into_said(self) -> Said {
        self.said
    }

    /// The typefaces' families, in order.
    pub fn families(&self) -> &[String] {
        self.shared.typefaces.families()
    }

    fn judge_variants(&self) -> Result<(), PlanError> {
        for name in &self.shared.options.editions {
            self.shared.request(name, true).map_err(PlanError)?;
        }
        if let Some(size) = self.shared.options.size {
            let named = &self.shared.options.editions;
            if named.is_empty() {
                return Err(PlanError("--size needs an edition: add `-e large-print`".into()));
            }
            for name in named {
                let request = self.shared.request(name, true).map_err(PlanError)?;
                self.shared.judge_size(&request, size).map_err(PlanError)?;
            }
        }
        Ok(())
    }
}

impl Shared {
    /// How an edition or a variant of that name is made.
    pub(super) fn request(&self, name: &str, named: bool) -> Result<Request, String> {
        let size = self.options.size;
        if let Some(edition) = self.registry.find(name) {
            return Ok(Request {
                name: name.to_string(),
                edition: name.to_string(),
                size,
                paper: None,
                on_request: size.is_some() || (named && !edition.for_readers()),
                named,
            });
        }
        let Some(variant) = self.settings.variants.iter().find(|v| v.name == name) else {
            let known: Vec<&str> = self
                .registry
                .all()
                .map(|e| e.name())
                .chain(self.settings.variants.iter().map(|v| v.name.as_str()))
                .collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the editions are: {}", known.join(", ")),
            };
            return Err(format!("there is no edition `{name}`; {help}"));
        };
        if self.registry.find(&variant.base).is_none() {
            return Err(format!(
                "the variant `{name}` in everyleaf.toml varies `{}`, which is no edition",
                variant.base
            ));
        }
        let request = Request {
            name: name.to_string(),
            edition: variant.base.clone(),
            size: size.or(variant.size),
            paper: variant.paper.clone(),
            on_request: size.is_some() || !variant.readers,
            named,
        };
        if let Some(size) = request.size {
            self.judge_size(&request, size)?;
        }
        self.judge_paper(&request)?;
        Ok(request)
    }

    fn judge_size(&self, request: &Request, size: f64) -> Result<(), String> {
        let layout = self.registry.find(&request.edition).and_then(|edition| self.layouts.get(edition.layout()));
        match layout.and_then(|l| l.sizes) {
            Some((low, high)) if (low..=high).contains(&size) && size.fract() == 0.0 => Ok(()),
            Some((low, high)) => {
                Err(format!("`{}` can be set at whole sizes from {low} to {high} point, not {size}", request.name))
            }
            None => Err(format!("the size of `{}` cannot be chosen; large print can: -e large-print", request.name)),
        }
    }

    /// Text keeps 7:1 on the paper asked for (WCAG 1.4.6; standards 12).
    fn judge_paper(&self, request: &Request) -> Result<(), String> {
        let Some(paper) = &request.paper else { return Ok(()) };
        let colours = &self.brand.colours;
        for (name, colour) in [("ink", &colours.ink), ("main", &colours.main), ("accent", &colours.accent)] {
            let ratio = crate::colour::contrast(&colour.rgb, paper);
            if ratio < 7.0 {
                return Err(format!(
                    "on the paper {paper} of `{}`, the brand's `{name}` has a contrast of {ratio:.1} to 1; large print needs 7 to 1",
                    request.name
                ));
            }
        }
        Ok(())
    }

    /// The editions of a page: named on the command line, else by the page, else the readers'.
    pub(super) fn requests(&self, page_file: &crate::page::Front, sink: &mut Sink) -> Vec<Request> {
        if self.options.editions.is_empty() {
            return self.usual(page_file, sink);
        }
        let mut out: Vec<Request> = Vec::new();
        for request in self.options.editions.iter().filter_map(|name| self.request(name, true).ok()) {
            if !out.iter().any(|known| known.name == request.name) {
                out.push(request);
            }
        }
        out
    }

    /// The editions of a page when nobody names any: its own, else the readers'.
    pub(super) fn usual(&self, page_file: &crate::page::Front, sink: &mut Sink) -> Vec<Request> {
        let mut out: Vec<Request> = Vec::new();
        let mut add = |request: Request| {
            if !out.iter().any(|known| known.name == request.name) {
                out.push(request);
            }
        };
        if !page_file.editions.is_empty() {
            for name in &page_file.editions {
                match self.request(&name.value, true) {
                    Ok(request) => add(request),
                    Err(why) => sink.push(Diagnostic::new(Code::EDITION_UNKNOWN, why).at(name.span)),
                }
            }
            return out;
        }
        let readers = EDITIONS.iter().filter(|e| e.for_readers()).map(|e| e.name().to_string());
        let variants = self.settings.variants.iter().filter(|v| v.readers).map(|v| v.name.clone());
        for name in readers.chain(variants) {
            match self.request(&name, false) {
                Ok(request) => add(request),
                Err(why) => sink.push(Diagnostic::new(Code::EDITION_UNKNOWN, why)),
            }
        }
        out
    }
}

/// The faces that e-book and web page carry: upright, regular and bold, of the first family.
fn carried(typefaces: &Typefaces, files: &[(String, Cow<'static, [u8]>)]) -> Vec<FontFile> {
    let wanted = |face: &&Face| face.family == FIRST_FAMILY && face.upright && matches!(face.weight, 400 | 700);
    let file = |face: &Face| {
        let (path, bytes) = files.get(face.file)?;
        let name = path.rsplit('/').next().unwrap_or(path).to_string();
        Some(FontFile { name, family: face.family.clone(), weight: face.weight, bytes: bytes.clone() })
    };
    typefaces.faces().iter().filter(wanted).filter_map(file).collect()
}
