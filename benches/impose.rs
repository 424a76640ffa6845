//! How long a booklet of 64 pages takes, beside what the library alone takes to read and write it: `cargo bench`.

use std::path::Path;

use everyleaf::impose::{About, Options, Scheme, Sheet, Source, draw, plan};
use lopdf::Document;

#[path = "../tests/common/sheets.rs"]
#[allow(dead_code, reason = "a bench makes pages and reads none")]
mod sheets;

fn main() {
    divan::main();
}

/// A real leaflet, where `EVERYLEAF_BENCH_PDF` names one; else pages with a number each.
fn booklet() -> Vec<u8> {
    match std::env::var_os("EVERYLEAF_BENCH_PDF") {
        Some(path) => std::fs::read(Path::new(&path)).expect("the PDF to impose"),
        None => sheets::numbered(&[sheets::page(148.0, 210.0); 64]),
    }
}

#[divan::bench]
fn impose(bencher: divan::Bencher<'_, '_>) {
    let bytes = booklet();
    let options = Options::new(Scheme::Saddle, Sheet::A4);
    bencher.bench_local(|| {
        let source = Source::read(&bytes).expect("a PDF");
        let plan = plan(&source.sizes(), &options).expect("a plan");
        draw(source, &plan, &options, &About::default(), None).expect("sheets").len()
    });
}

#[divan::bench]
fn load_and_save(bencher: divan::Bencher<'_, '_>) {
    let bytes = booklet();
    bencher.bench_local(|| {
        let mut document = Document::load_mem(&bytes).expect("a PDF");
        let mut out = Vec::new();
        document.save_to(&mut out).expect("bytes");
        out.len()
    });
}
