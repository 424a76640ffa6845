//! What the command line names -> the inputs, and their bytes.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use url::Url;

use super::LARGEST;
use super::fetch::{Kind, Limits, fetch};
use crate::diagnostic::{Code, Diagnostic, Sink};

/// One page to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its name in messages and records: the file's own, or its path below the folder that was named.
        name: String,
    },
    /// A page on the web.
    Address(Url),
}

/// An input's bytes, and where they came from.
#[derive(Debug)]
pub struct Bytes {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The address, where it was fetched: after all redirects.
    pub address: Option<String>,
    /// The charset that its server names.
    pub charset: Option<String>,
    /// The folder that a file lies in.
    pub folder: Option<PathBuf>,
}

impl Bytes {
    fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, address: None, charset: None, folder: None }
    }
}

/// How deep folders are searched.
const DEEP: usize = 32;

/// The endings of files that a folder's pages have.
const ENDINGS: [&str; 4] = ["txt", "md", "html", "htm"];

/// The inputs that are named; what cannot be found is said, and the rest goes on.
pub fn inputs(named: &[PathBuf], here: &Path, sink: &mut Sink) -> Vec<Input> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for name in named {
        let shown = name.to_string_lossy();
        if shown == "-" {
            all.push(Input::Standard);
        } else if let Some(scheme) = scheme(&shown).filter(|_| !here.join(name).exists()) {
            match Url::parse(shown.trim()).ok().filter(|url| url.has_host()) {
                Some(mut url) if matches!(scheme.as_str(), "http" | "https") => {
                    url.set_fragment(None);
                    all.push(Input::Address(url));
                }
                _ => sink.push(
                    Diagnostic::new(Code::INPUT_UNREADABLE, "this is not the address of a web page")
                        .in_file(shown)
                        .help("write it in full, such as https://www.example.org/a-page"),
                ),
            }
        } else {
            named_file(&here.join(name), &shown, &mut all, sink);
        }
    }
    // a file that is named twice, or named beside its folder, is one input
    all.retain(|input| match input {
        Input::Standard => seen.insert("-".to_string()),
        Input::Address(url) => seen.insert(url.to_string()),
        Input::File { path, .. } => {
            seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned())
        }
    });
    all
}

fn scheme(name: &str) -> Option<String> {
    let (scheme, _) = name.trim().split_once("://")?;
    let plain = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    plain.then(|| scheme.to_ascii_lowercase())
}

fn named_file(path: &Path, shown: &str, all: &mut Vec<Input>, sink: &mut Sink) {
    let complain = |message: String, help: &str| {
        Diagnostic::new(Code::INPUT_UNREADABLE, message).in_file(shown).help(help.to_string())
    };
    if !path.is_dir() {
        // what is not there, or is no file, is said when it is read
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.push(Input::File { path: path.to_path_buf(), name });
        return;
    }
    let before = (all.len(), sink.all().len());
    below(path, shown, "", 0, all, sink);
    if (all.len(), sink.all().len()) == before {
        let help =
            "name a folder with files that end in .txt, .md, .html or .htm; hidden ones and a README are left out";
        sink.push(complain("there are no pages in this folder".into(), help));
    }
}

/// A folder's pages, in the order of their names, with those of the folders in it.
fn below(dir: &Path, shown: &str, prefix: &str, depth: usize, all: &mut Vec<Input>, sink: &mut Sink) {
    let entries = std::fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries: Vec<std::fs::DirEntry> = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder cannot be read: {}", plain(&error));
            let complaint = Diagnostic::new(Code::INPUT_UNREADABLE, message).help("check who may open it");
            sink.push(complaint.in_file(format!("{}/{prefix}", shown.trim_end_matches('/'))));
            return;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let names: HashSet<String> = entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    // what a browser keeps beside a page that it saved whole
    let of_a_page = |name: &str| {
        let page = name.strip_suffix("_files");
        page.is_some_and(|page| ["html", "htm"].iter().any(|end| names.contains(&format!("{page}.{end}"))))
    };
    for entry in &entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        // a link to a folder is not followed: it may lead in a circle
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if depth < DEEP && !of_a_page(&name) {
                below(&path, shown, &format!("{prefix}{name}/"), depth + 1, all, sink);
            }
        } else if path.is_file()
            && !is_readme(&name)
            && path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
        {
            all.push(Input::File { path, name: format!("{prefix}{name}") });
        }
    }
}

/// Whether a file tells about the folder and not about health: `README`, with any ending.
fn is_readme(name: &str) -> bool {
    name.split('.').next().is_some_and(|name| name.eq_ignore_ascii_case("readme"))
}

impl Input {
    /// Its name in messages and records.
    pub fn name(&self) -> String {
        match self {
            Self::Standard => "stdin.txt".into(),
            Self::File { name, .. } => name.clone(),
            Self::Address(url) => url.to_string(),
        }
    }

    /// Reads or fetches it, refusing what is too large before it is read whole.
    ///
    /// # Errors
    /// If it cannot be read or fetched: why, and what to do.
    pub fn read(&self, limits: &Limits) -> Result<Bytes, Box<Diagnostic>> {
        let name = self.name();
        let unreadable = |why: String| {
            let complaint = Diagnostic::new(Code::INPUT_UNREADABLE, format!("this cannot be read: {why}"));
            Box::new(complaint.in_file(&name).help("check the name, and that it is a file which you may open"))
        };
        match self {
            Self::Address(url) => {
                let fetched = fetch(url, Kind::Page, limits)?;
                Ok(Bytes { address: Some(fetched.address), charset: fetched.charset, ..Bytes::of(fetched.bytes) })
            }
            Self::Standard => {
                let bytes = at_most(std::io::stdin().lock()).map_err(|e| unreadable(e.to_string()))?;
                Ok(Bytes::of(bytes.ok_or_else(|| Box::new(too_large(&name, LARGEST)))?))
            }
            Self::File { path, .. } => {
                let facts = std::fs::metadata(path).map_err(|e| unreadable(plain(&e)))?;
                if !facts.is_file() {
                    return Err(unreadable("it is neither a file nor a folder".into()));
                }
                if facts.len() > LARGEST {
                    return Err(Box::new(too_large(&name, LARGEST)));
                }
                let file = std::fs::File::open(path).map_err(|e| unreadable(plain(&e)))?;
                let bytes = at_most(file).map_err(|e| unreadable(plain(&e)))?;
                let bytes = bytes.ok_or_else(|| Box::new(too_large(&name, LARGEST)))?;
                Ok(Bytes { folder: path.parent().map(Path::to_path_buf), ..Bytes::of(bytes) })
            }
        }
    }
}

/// The bytes, unless there are too many.
pub(super) fn at_most(from: impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you may not open it".into(),
        _ => error.to_string(),
    }
}

pub(super) fn too_large(name: &str, limit: u64) -> Diagnostic {
    Diagnostic::new(Code::INPUT_TOO_LARGE, format!("this is larger than {} MB", limit >> 20))
        .in_file(name)
        .help("a page's text is a few KB; see that this is the page, and not a film or an archive")
}
