//! How long an import takes: all cases of the tests in one go, and a page of 1 MB, as a crawl and as HTML.

use std::path::Path;

use everyleaf::import::{Options, Rules, import};

fn main() {
    divan::main();
}

fn options(name: &str) -> Options {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/import");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let rules = files.map(|f| Rules::parse(&std::fs::read_to_string(&f).unwrap(), &f.to_string_lossy()).unwrap());
    Options { name: name.into(), rules: rules.collect(), ..Options::default() }
}

#[divan::bench(sample_count = 10)]
fn all_cases(bencher: divan::Bencher) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let cases = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let inputs: Vec<Vec<u8>> = cases
        .flat_map(|case| ["input.txt", "input.html"].map(|name| case.join(name)))
        .filter_map(|path| std::fs::read(path).ok())
        .collect();
    let options = options("page.txt");
    // some of them are refused, which is an answer too
    bencher.bench(|| inputs.iter().filter(|input| import(input, &options).is_ok()).count());
}

/// About 1 MB of parts with words, a list and a table.
fn page(part: &str) -> Vec<u8> {
    part.repeat((1 << 20) / part.len()).into_bytes()
}

#[divan::bench(sample_count = 5)]
fn crawl_of_1_mb(bencher: divan::Bencher) {
    let part = "## A part of it\nWords with **weight** and [a link](https://example.org/a), enough of them for a line.\n* one\n* two\n| A | B |\n| --- | --- |\n| 1 | 2 |\n";
    let mut input = b"A long page | A site\n# A long page\n".to_vec();
    input.extend(page(part));
    let options = options("long.txt");
    bencher.bench(|| import(&input, &options).unwrap());
}

#[divan::bench(sample_count = 5)]
fn html_of_1_mb(bencher: divan::Bencher) {
    let part = "<h2>A part of it</h2><p>Words with <b>weight</b> and <a href='https://example.org/a'>a link</a>, enough of them for a line.</p><ul><li>one<li>two</ul><table><tr><th>A<th>B<tr><td>1<td>2</table>\n";
    let mut input = b"<!doctype html><title>A long page</title><main><h1>A long page</h1>".to_vec();
    input.extend(page(part));
    let options = options("long.html");
    bencher.bench(|| import(&input, &options).unwrap());
}
