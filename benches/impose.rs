//! How long a booklet of 64 pages takes, beside what the library alone takes to read and write it: `cargo bench`.

use std::fmt::Write;
use std::path::Path;

use everyleaf::date::Date;
use everyleaf::impose::{About, Options, Scheme, Sheet, Source, draw, plan};
use everyleaf::pipeline;
use everyleaf::project::Project;
use lopdf::Document;

#[path = "../tests/common/sheets.rs"]
#[allow(dead_code, reason = "a bench makes pages and reads none")]
mod sheets;

/// A booklet as people have it, and one with next to nothing on its pages, where the sheets are all the work.
const BOOKLETS: [&str; 2] = ["typeset", "a number a page"];

fn main() {
    divan::main();
}

/// A PDF of the reader's own, where `EVERYLEAF_BENCH_PDF` names one; else the booklet of that kind.
fn booklet(kind: &str) -> Vec<u8> {
    match std::env::var_os("EVERYLEAF_BENCH_PDF") {
        Some(path) => std::fs::read(Path::new(&path)).expect("the PDF to impose"),
        None if kind == "typeset" => typeset(),
        None => sheets::numbered(&[sheets::page(148.0, 210.0); 64]),
    }
}

/// The A5 leaflet of a page as long as a book.
fn typeset() -> Vec<u8> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-booklet");
    let page = root.join("sources/long/page.md");
    std::fs::create_dir_all(root.join("sources/long")).expect("a folder");
    std::fs::write(root.join("everyleaf.toml"), "").expect("a project");
    std::fs::write(page, text()).expect("a page");
    let project = Project::find(&root, Some(&root)).expect("the project");
    let options = pipeline::Options {
        editions: vec!["a5".into()],
        size: None,
        as_of: Date { year: 2026, month: 11, day: 23 },
        allow_overdue: None,
        quantity: None,
    };
    let plan = pipeline::Plan::new(&project, options).expect("a plan");
    let out = root.join("output");
    pipeline::build(&project, &project.pages(), plan, &out).expect("a build");
    let bytes = std::fs::read(out.join("long/long-a5.pdf")).expect("the booklet");
    let pages = Document::load_mem(&bytes).expect("a PDF").get_pages().len();
    assert_eq!(pages, 64, "pages, blanks included");
    bytes
}

/// Sections of short paragraphs, no two of them alike.
fn text() -> String {
    const WORDS: [&str; 24] = [
        "lung", "breath", "care", "nurse", "walk", "slow", "rest", "warm", "water", "help", "doctor", "inhaler", "air",
        "plan", "smoke", "cough", "sleep", "stairs", "food", "winter", "chest", "pillow", "drink", "house",
    ];
    let mut out = String::from(
        "+++\ntitle = \"A long booklet\"\nlanguage = \"en-GB\"\nreviewed = 2026-03-01\nnext-review = 2028-03-01\n\
         product-code = \"LONG-1\"\nsource = \"https://example.org/long\"\n+++\n",
    );
    let mut state: u32 = 7;
    let mut word = || {
        // Numerical Recipes' generator: any will do that gives the same words every time
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(state >> 16) as usize % WORDS.len()]
    };
    for part in 1..=PARTS {
        let _ = write!(out, "\n## Part {part} of the booklet\n");
        for _ in 0..4 {
            let words: Vec<&str> = (0..34).map(|_| word()).collect();
            let _ = write!(out, "\nRead {}.\n", words.join(" "));
        }
    }
    out
}

/// As many as fill 64 pages.
const PARTS: usize = 81;

#[divan::bench(args = BOOKLETS)]
fn impose(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let bytes = booklet(kind);
    let options = Options::new(Scheme::Saddle, Sheet::A4);
    bencher.bench_local(|| {
        let source = Source::read(&bytes).expect("a PDF");
        let plan = plan(&source.sizes(), &options).expect("a plan");
        draw(source, &plan, &options, &About::default(), None).expect("sheets").len()
    });
}

#[divan::bench(args = BOOKLETS)]
fn load_and_save(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let bytes = booklet(kind);
    bencher.bench_local(|| {
        let mut document = Document::load_mem(&bytes).expect("a PDF");
        let mut out = Vec::new();
        document.save_to(&mut out).expect("bytes");
        out.len()
    });
}
