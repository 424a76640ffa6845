//! Golden cases: each folder in `tests/golden` is a page and what it gave when somebody last looked.
//! A case needs no Rust: add a folder with a `page.md` (pictures, `brand.toml` and `everyleaf.toml` if it wants them).
//! `EVERYLEAF_BLESS=1 cargo test --release --test golden` writes what is expected; read the difference before keeping it.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Folder, files, on_threads, options, root};
use everyleaf::inspect::{epub, html, pdf};
use everyleaf::manifest::sha256;
use everyleaf::pipeline::{self, Options, Plan};

/// Pixels to the point of the page pictures: small, to show that something moved, not what.
const SCALE: f64 = 0.35;

/// Everything that a case gives, by file name.
fn given(case: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = Folder::new();
    folder.put("everyleaf.toml", std::fs::read(case.join("everyleaf.toml")).unwrap_or_default());
    let brand = case.join("brand.toml");
    let brand = if brand.is_file() { brand } else { root().join("layouts/brand.toml") };
    if !case.join("neutral").exists() {
        folder.put("layouts/brand.toml", std::fs::read(brand).unwrap());
    }
    for (name, bytes) in files(case) {
        if !name.contains('/') && !name.ends_with(".toml") {
            folder.put(&format!("sources/case/{name}"), bytes);
        }
    }
    let outcome = folder.build(options());
    let mut given = BTreeMap::new();
    let said: String = outcome
        .said
        .iter()
        .flat_map(|said| said.sink.all())
        .map(|d| format!("{}[{}]: {}\n", d.severity.word(), d.code, d.message))
        .collect();
    given.insert("said.txt".into(), said.into_bytes());
    let mut hashes = String::new();
    for (path, bytes) in files(&folder.path().join("output")) {
        let Some(name) = path.strip_prefix("case/") else { continue };
        hashes.push_str(&format!("{} {:>7} {name}\n", sha256(&bytes), bytes.len()));
        match name.rsplit('.').next() {
            Some("pdf") => {
                let facts = pdf::inspect(&bytes).unwrap();
                given.insert(format!("{name}.text.txt"), (facts.text.clone() + "\n").into_bytes());
                given.insert(format!("{name}.tags.txt"), facts.tree().into_bytes());
            }
            Some("epub") => {
                let book = epub::inspect(&bytes).unwrap();
                given.insert(format!("{name}.text.txt"), (book.text() + "\n").into_bytes());
                for (inner, text) in texts(&bytes) {
                    given.insert(format!("epub/{}", inner.replace('/', "-")), text);
                }
            }
            Some("html") => {
                given.insert(format!("{name}.text.txt"), (html::inspect(&bytes).unwrap().text + "\n").into_bytes());
            }
            _ => {}
        }
    }
    given.insert("hashes.txt".into(), hashes.into_bytes());
    for (number, picture) in pictures(&folder, "a4").into_iter().enumerate() {
        given.insert(format!("a4-{:02}.png", number + 1), picture);
    }
    given
}

fn pictures(folder: &Folder, edition: &str) -> Vec<Vec<u8>> {
    let project = folder.project();
    let pages = project.pages();
    let options = Options { editions: vec![edition.into()], ..options() };
    let Ok(plan) = Plan::new(&project, options) else { return Vec::new() };
    let draw = || pages.first().and_then(|page| pipeline::preview(&project, page, plan, edition, SCALE).1);
    on_threads(draw).unwrap_or_default()
}

/// The text files of an e-book, the style sheet left out: it has its own place in `layouts/`.
fn texts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_string();
        if [".xhtml", ".opf", ".ncx", "container.xml"].iter().any(|end| name.ends_with(end)) {
            let mut text = Vec::new();
            file.read_to_end(&mut text).unwrap();
            all.insert(name, text);
        }
    }
    all
}

/// The first line at which two texts differ.
fn difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let mut number = 1;
    let (mut left, mut right) = (expected.lines(), found.lines());
    loop {
        match (left.next(), right.next()) {
            (a, b) if a == b && a.is_some() => number += 1,
            (None, None) => return "the line ends differ".into(),
            (a, b) => {
                let show = |line: Option<&str>| line.unwrap_or("(nothing)").chars().take(160).collect::<String>();
                return format!("line {number}\n    expected: {}\n    found:    {}", show(a), show(b));
            }
        }
    }
}

#[test]
fn cases_give_what_they_gave() {
    let bless = std::env::var_os("EVERYLEAF_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut cases = 0;
    let mut folders: Vec<_> =
        std::fs::read_dir(root().join("tests/golden")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for case in folders.iter().filter(|path| path.is_dir()) {
        cases += 1;
        let name = case.file_name().unwrap().to_string_lossy();
        let expected_dir = case.join("expected");
        let given = given(case);
        if bless {
            let _ = std::fs::remove_dir_all(&expected_dir);
            for (file, bytes) in &given {
                let path = expected_dir.join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, bytes).unwrap();
            }
            continue;
        }
        let expected = files(&expected_dir);
        for file in expected.keys().filter(|file| !given.contains_key(*file)) {
            wrong.push(format!("{name}: {file} is expected, but was not made"));
        }
        for (file, bytes) in &given {
            match expected.get(file) {
                None => wrong.push(format!("{name}: {file} was made, but is not expected")),
                Some(known) if known == bytes => {}
                Some(_) if file.ends_with(".png") => wrong.push(format!("{name}: the picture {file} differs")),
                Some(known) => wrong.push(format!("{name}: {file}: {}", difference(known, bytes))),
            }
        }
    }
    assert!(cases >= 5, "only {cases} cases were found");
    assert!(wrong.is_empty(), "{}\nEVERYLEAF_BLESS=1 keeps what was found", wrong.join("\n"));
}
