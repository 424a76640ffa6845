//! What the tests share: projects in temporary folders, built in process or by the program.

#![allow(dead_code, reason = "each test file uses its part")]

pub mod import;
pub mod paint;
pub mod press;
pub mod press_more;
pub mod server;
pub mod sheets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use everyleaf::date::Date;
use everyleaf::diagnostic::Severity;
use everyleaf::pipeline::{self, Options, Outcome, Plan};
use everyleaf::project::Project;
use tempfile::TempDir;

/// The day by which the tests judge reviews.
pub const AS_OF: Date = Date { year: 2026, month: 11, day: 23 };

/// A page that has all keys and nothing wrong.
pub const PAGE: &str = r#"+++
title = "Keeping warm"
summary = "How to stay well in cold weather."
language = "en-GB"
topic = "Living with a lung condition"
source = "https://example.org/keeping-warm"
product-code = "WARM-1"
version = "1"
published = 2025-03-01
reviewed = 2026-03-01
next-review = 2028-03-01
authors = ["Sample writers"]
reviewers = ["Sample readers"]
approved-by = "Sample editor"
+++

Cold air can make you cough. Cover your nose and mouth.

## Before you go out

Wear a scarf.
"#;

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Threads with the stack that the program gives them: typst goes deep.
static THREADS: LazyLock<rayon::ThreadPool> =
    LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(16 << 20).build().unwrap());

/// Runs something on threads that are fit for typesetting.
pub fn on_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    THREADS.install(work)
}

/// What to build: all the readers' editions on the tests' day, unless changed.
pub fn options() -> Options {
    Options { editions: Vec::new(), size: None, as_of: AS_OF, allow_overdue: None, quantity: None }
}

/// A project in a temporary folder.
pub struct Folder(pub TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A project with the charity's brand and a page called `warm`.
    pub fn with_page(page: &str) -> Self {
        let folder = Self::new();
        folder.put("everyleaf.toml", "");
        let brand = std::fs::read_to_string(root().join("layouts/brand.toml")).unwrap();
        // the tests' charity has looked at its imprint lately
        folder.put("layouts/brand.toml", brand.replace("verified-on = 2023-03-01", "verified-on = 2026-03-01"));
        folder.put("sources/warm/page.md", page);
        folder
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, making its folders.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, bytes).unwrap();
    }

    /// A file's bytes.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// A file's text.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// The folder as a project.
    pub fn project(&self) -> Project {
        Project::find(self.path(), Some(self.path())).unwrap()
    }

    /// Builds all its pages into its `output` folder, in process.
    pub fn build(&self, options: Options) -> Outcome {
        build(&self.project(), options, &self.path().join("output"))
    }

    /// The program, in this folder, with nothing of the tester's own settings.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_everyleaf"));
        command.current_dir(self.path());
        for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "EVERYLEAF_JOBS", "EVERYLEAF_MESSAGE_FORMAT"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command().args(arguments))
    }

    /// The manifest as it stands in `output`.
    pub fn manifest(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes("output/manifest.json")).unwrap()
    }
}

/// Builds all pages of a project into a folder, in process.
pub fn build(project: &Project, options: Options, out: &Path) -> Outcome {
    on_threads(|| {
        let plan = Plan::new(project, options).unwrap_or_else(|e| panic!("{}", e.0));
        assert!(plan.usable, "{:?}", plan.said().sink.all());
        pipeline::build(project, &project.pages(), plan, out).unwrap()
    })
}

/// The codes of all that was said, at a severity or worse.
pub fn codes(outcome: &Outcome, least: Severity) -> BTreeSet<String> {
    let all = outcome.said.iter().flat_map(|said| said.sink.all());
    all.filter(|d| d.severity >= least).map(|d| d.code.to_string()).collect()
}

/// What a run of the program gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// The same, where the exit code is the expected one.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

/// Every file below a folder, by its path there; names that begin with a full stop are left out.
pub fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, base: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                walk(&path, base, all);
            } else {
                let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
                all.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(dir, dir, &mut all);
    all
}

/// A PNG picture of one colour.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([0, 77, 88]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The text of an artifact in reading order, headers and footers left out, read back from its bytes.
pub fn text_of(path: &str, bytes: &[u8]) -> String {
    use everyleaf::inspect::{epub, html, pdf};
    match path.rsplit('.').next() {
        Some("pdf") => pdf::inspect(bytes).unwrap_or_else(|e| panic!("{path}: {e}")).text,
        Some("epub") => epub::inspect(bytes).unwrap_or_else(|e| panic!("{path}: {e}")).text(),
        Some("html") => html::inspect(bytes).unwrap_or_else(|e| panic!("{path}: {e}")).text,
        _ => panic!("{path} is no edition"),
    }
}

/// A text with its spaces and line breaks made one space each.
pub fn flat(text: &str) -> String {
    everyleaf::inspect::words::words(text).join(" ")
}
