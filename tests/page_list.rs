//! The e-book's page-list names the A5 leaflet's pages, and its marks stand where those pages begin:
//! both read back from the files' bytes.

mod common;

use everyleaf::inspect::{epub, pdf};
use everyleaf::pipeline::Options;
use everyleaf::project::Project;
use tempfile::TempDir;

/// The next words, without what an edition adds to a page's own: "(link 3)", "(note 1)", "(page 7)".
fn own_words(text: &str, count: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text.split_whitespace().peekable();
    while let Some(word) = rest.next() {
        let aside = matches!(word, "(link" | "(note" | "(page");
        if aside && rest.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
            rest.next();
            continue;
        }
        // signs of lists and boxes are drawn on paper
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if !word.is_empty() {
            words.push(word.to_lowercase());
        }
        if words.len() == count {
            break;
        }
    }
    words
}

fn build(folder: &Project) -> TempDir {
    let out = TempDir::new().unwrap();
    let editions = ["a5", "epub"].map(str::to_string).to_vec();
    let outcome = common::build(folder, Options { editions, ..common::options() }, out.path());
    assert_eq!(outcome.failed, 0);
    out
}

#[test]
fn labels_and_places_are_the_leaflet_s() {
    let root = common::root();
    let out = build(&Project::find(&root, Some(&root)).unwrap());
    let files = common::files(out.path());
    let mut compared = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".epub")) {
        let book = epub::inspect(bytes).unwrap();
        let leaflet = pdf::inspect(&files[&path.replace(".epub", "-a5.pdf")]).unwrap();
        let printed: Vec<&str> = leaflet.pages.iter().map(|page| page.label.as_str()).collect();
        let listed: Vec<&str> = book.page_list.iter().map(|entry| entry.label.as_str()).collect();
        assert_eq!(listed, printed, "{path}: the labels");
        assert_eq!(printed.len() % 4, 0, "{path}: a booklet has a multiple of four pages");
        assert!(book.faults.is_empty(), "{path}: {:?}", book.faults);
        let source = book.values("pageBreakSource").collect::<Vec<_>>().join(" ");
        assert!(source.ends_with(", A5"), "{path}: {source}");
        let mut marked = Vec::new();
        for file in &book.spine {
            for (label, at) in file.facts.page_breaks.iter().zip(&file.facts.page_break_places) {
                marked.push(label.as_str());
                // what stands before and after the body has no one place in the book
                if !file.path.contains("section-") {
                    continue;
                }
                let index = printed.iter().position(|page| page == label).unwrap();
                let start = leaflet.page_starts[index].unwrap_or_else(|| panic!("{path}: page {label} has text"));
                let (on_paper, in_book) = (own_words(&leaflet.text[start..], 5), own_words(&file.facts.text[*at..], 5));
                // the book's file may end before five words have come
                let common = on_paper.len().min(in_book.len());
                assert_eq!(in_book[..common], on_paper[..common], "{path}: page {label}");
                compared += 1;
            }
        }
        assert_eq!(marked, printed, "{path}: a mark for each page, in order");
    }
    assert!(compared >= 10, "only {compared} places were compared");
}

#[test]
fn a_page_without_a_leaflet_has_no_page_list() {
    let folder = common::Folder::with_page(&common::PAGE.replacen("+++\n", "+++\neditions = [\"epub\"]\n", 1));
    folder.build(common::options());
    let book = epub::inspect(&folder.bytes("output/warm/warm.epub")).unwrap();
    assert!(book.page_list.is_empty());
    assert_eq!(book.values("pageBreakSource").collect::<Vec<_>>(), ["none"]);
}

#[test]
fn the_book_is_the_same_whether_the_leaflet_is_asked_for_or_not() {
    let folder = common::Folder::with_page(common::PAGE);
    folder.build(common::options());
    let with = folder.bytes("output/warm/warm.epub");
    std::fs::remove_dir_all(folder.path().join("output")).unwrap();
    folder.build(Options { editions: vec!["epub".into()], ..common::options() });
    assert!(!folder.path().join("output/warm/warm-a5.pdf").exists(), "nobody asked for the leaflet");
    assert_eq!(with, folder.bytes("output/warm/warm.epub"));
}
