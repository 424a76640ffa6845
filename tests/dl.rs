//! The six-panel leaflet: what fits, what does not, and how evenly it is dealt out. Pages are generated, built and
//! read back from the files' bytes.

mod common;

use std::fmt::Write;

use common::{Folder, codes, options, text_of};
use everyleaf::diagnostic::{Diagnostic, Severity};
use everyleaf::inspect::pdf::{self, PdfFacts, Target};
use everyleaf::inspect::words;
use everyleaf::pipeline::{Options, Outcome};

const FRONT: &str = "+++\ntitle = \"Keeping warm\"\nlanguage = \"en-GB\"\nreviewed = 2026-03-01\n\
                     next-review = 2028-03-01\n";

/// Letters in every generated line, so that lines can be counted by their letters.
const LETTERS: usize = 20;

/// Lines on a panel: 191 mm at 12 point on 15.5.
const LINES: usize = 35;

/// A line that is told apart from every other; the next one stands under it.
fn line(number: usize) -> String {
    format!("line{number:04} abcdef ghijkl")
}

/// A paragraph of lines numbered from `first`.
fn paragraph(first: usize, lines: usize) -> String {
    (first..first + lines).map(line).collect::<Vec<_>>().join("\\\n") + "\n\n"
}

fn page(body: &str) -> String {
    format!("{FRONT}+++\n\n{body}")
}

fn only_dl() -> Options {
    Options { editions: vec!["dl".into()], ..options() }
}

fn built(page: &str) -> (Folder, Outcome) {
    let folder = Folder::with_page(page);
    let outcome = folder.build(only_dl());
    (folder, outcome)
}

fn facts(folder: &Folder) -> PdfFacts {
    pdf::inspect(&folder.bytes("output/warm/warm-dl.pdf")).unwrap()
}

/// How many generated lines stand on each of the four panels for text.
fn lines(facts: &PdfFacts) -> Vec<usize> {
    let count = |page: &pdf::PageFacts| page.sizes.iter().filter(|s| s.size == 12.0).map(|s| s.count).sum::<usize>();
    facts.pages[1..5].iter().map(|page| count(page) / LETTERS).collect()
}

fn complaint(outcome: &Outcome) -> Diagnostic {
    let all: Vec<&Diagnostic> =
        outcome.said.iter().flat_map(|said| said.sink.all()).filter(|d| d.severity == Severity::Error).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

/// Every word of the generated body stands there once, in order.
fn nothing_lost(folder: &Folder, body: &str) {
    let text = text_of("warm-dl.pdf", &folder.bytes("output/warm/warm-dl.pdf"));
    let source: Vec<String> = body.split_whitespace().map(|word| word.trim_end_matches('\\').to_string()).collect();
    let missing = words::in_order(&source, &words::words(&text));
    assert!(missing.is_clean(), "missing {:?}", missing.words.iter().map(|i| &source[*i]).collect::<Vec<_>>());
}

#[test]
fn a_page_that_is_exactly_full_fills_every_panel() {
    let body = paragraph(1, 4 * LINES);
    let (folder, outcome) = built(&page(&body));
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Note));
    let facts = facts(&folder);
    assert_eq!(lines(&facts), [LINES; 4]);
    nothing_lost(&folder, &body);
}

#[test]
fn a_line_less_is_dealt_out_evenly() {
    let body = paragraph(1, 4 * LINES - 1);
    let (folder, outcome) = built(&page(&body));
    assert_eq!(outcome.failed, 0);
    let lines = lines(&facts(&folder));
    assert_eq!(lines.iter().sum::<usize>(), 4 * LINES - 1);
    assert!(lines.iter().all(|n| (LINES - 3..=LINES).contains(n)), "{lines:?}");
    nothing_lost(&folder, &body);
}

#[test]
fn a_line_too_many_is_told_by_panel_and_line() {
    let body = paragraph(1, 4 * LINES + 1);
    let (folder, outcome) = built(&page(&body));
    assert_eq!(outcome.failed, 1);
    let complaint = complaint(&outcome);
    assert_eq!(complaint.code.as_str(), "L005");
    assert_eq!(complaint.message, "dl: panel 5: 1 line over; shorten lines 8–148 by about 5 words");
    assert!(complaint.span.is_some());
    assert!(!folder.path().join("output/warm/warm-dl.pdf").exists());
}

#[test]
fn a_page_too_long_is_left_out_with_the_reason_unless_it_was_named() {
    let long = paragraph(1, 300);
    let folder = Folder::with_page(&page(&long));
    let ran = folder.run(&["build", "--as-of", "2026-11-23"]).expect(0);
    assert!(ran.err.contains("L006") || ran.out.contains("L006"), "{}{}", ran.out, ran.err);
    let skipped = &folder.manifest()["skipped"][0];
    assert_eq!(skipped["edition"], "dl");
    let reason = skipped["reason"].as_str().unwrap();
    assert!(reason.starts_with("the text needs 8.6 panels; a DL leaflet has 4 for text"), "{reason}");
    let named = format!("{FRONT}editions = [\"dl\"]\n+++\n\n{long}");
    Folder::with_page(&named).run(&["build", "--as-of", "2026-11-23"]).expect(1);
    Folder::with_page(&page(&long)).run(&["build", "-e", "dl", "--as-of", "2026-11-23"]).expect(1);
}

#[test]
fn panels_are_even_where_the_text_allows() {
    for sections in 7..10 {
        let mut body = String::new();
        for section in 0..sections {
            let _ = write!(body, "## Part {section}\n\n");
            for n in 0..3 {
                body.push_str(&paragraph(section * 100 + n * 10, 2 + (section + n) % 3));
            }
        }
        let (folder, outcome) = built(&page(&body));
        assert_eq!(outcome.failed, 0);
        let facts = facts(&folder);
        nothing_lost(&folder, &body.replace("## ", ""));
        let text: Vec<usize> = lines(&facts).into_iter().filter(|n| *n > 4).collect();
        let (low, high) = (text.iter().min().unwrap(), text.iter().max().unwrap());
        assert!(high - low <= 5, "{sections}: {text:?}");
    }
}

#[test]
fn six_panels_in_the_order_of_reading() {
    let body = "## One\n\nA [link](https://example.org/a) and a note.[^n]\n\n\
                {.table caption=\"Names\"}\n| Who | What | When |\n|---|---|---|\n| GP | care | now |\n\n\
                > [!EMERGENCY]\n> Call 999.\n\n### Two\n\n- a\n- b\n\n{.fill-in label=\"Signs\" lines=2}\n\n\
                [^n]: A note with [more](https://example.org/b).\n";
    let source = "source = \"https://example.org/keeping-warm\"\nauthors = [\"Sample writers\"]\n+++\n";
    let (folder, outcome) = built(&page(body).replace("+++\n\n##", &format!("{source}\n##")));
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Note));
    let facts = facts(&folder);
    let widths: Vec<f64> = facts.pages.iter().map(|page| (page.width * 25.4 / 72.0).round()).collect();
    assert_eq!(widths, [100.0, 100.0, 100.0, 97.0, 97.0, 100.0]);
    assert!(facts.pages.iter().all(|page| page.outside.is_empty() && (page.height * 25.4 / 72.0).round() == 210.0));
    assert!(facts.smallest().unwrap() >= 12.0);
    assert!(facts.untagged.is_empty(), "{}", facts.untagged);
    // no numbers, since no list of links; the links are live, and the code's address stands in words
    assert!(!facts.text.contains("(link 1)"), "{}", facts.text);
    for address in ["https://example.org/a", "https://example.org/b", "https://example.org/keeping-warm"] {
        assert!(facts.links.iter().any(|link| link.target == Target::Uri(address.into())), "{address}");
    }
    assert!(facts.text.contains("example.org/keeping-warm"));
    // what is left is room to write
    assert!(facts.text.contains("Questions to ask") && facts.text.contains("My notes"));
    let headings: Vec<&str> =
        facts.nodes.iter().filter(|n| n.tag.starts_with('H')).map(|node| node.tag.as_str()).collect();
    assert_eq!(headings.first(), Some(&"H1"));
    assert_eq!(headings.iter().filter(|tag| **tag == "H1").count(), 1);
}

#[test]
fn a_paragraph_that_goes_on_is_one_element() {
    let (folder, outcome) = built(&page(&paragraph(1, 4 * LINES)));
    assert_eq!(outcome.failed, 0);
    let facts = facts(&folder);
    let holding = facts.nodes.iter().filter(|node| node.tag == "P" && facts.text_of(node).contains("line0001")).count();
    assert_eq!(holding, 1);
    let whole = facts.nodes.iter().find(|node| node.tag == "P" && facts.text_of(node).contains("line0001")).unwrap();
    assert!(facts.text_of(whole).contains("line0140"), "the lines of four panels are one paragraph");
}

#[test]
fn what_no_panel_can_hold_is_told() {
    let tall: String = (0..40).map(|n| format!("> {}\\\n", line(n))).collect();
    let (_, outcome) = built(&page(&format!("Words.\n\n> [!NOTE]\n{}\n", tall.trim_end_matches("\\\n"))));
    let complaint = complaint(&outcome);
    assert_eq!(complaint.code.as_str(), "L005");
    assert!(complaint.message.contains("taller than a panel"), "{}", complaint.message);
}

/// A page with links, one of them twice, one in a note; and a film, whose address stands beside its code.
const LINKED: &str = "## One\n\n{.video url=\"https://video.example/watch/7\" title=\"How to sit\"}\n\n\
                      A [first](https://one.example/a/long/way/to/the/first-page-of-all) link, a \
                      [second](https://two.example/b), the [first](https://one.example/a/long/way/to/the/first-page-of-all) \
                      again, and a note.[^n]\n\n- Write to [us](mailto:us@example.org)\n\n\
                      [^n]: A note with a [third](https://three.example/c).\n";

/// The words of a panel, without the white between them.
fn panel(facts: &PdfFacts, number: usize) -> String {
    let text: String = facts.pages[number - 1].runs.iter().map(|run| run.text.as_str()).collect();
    text.split_whitespace().collect()
}

#[test]
fn without_an_address_of_the_page_each_link_has_its_own() {
    let (folder, outcome) = built(&page(LINKED));
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Note));
    let facts = facts(&folder);
    let text: String = facts.text.split_whitespace().collect();
    let marks = ["first(link1)", "second(link2)", "first(link1)again", "third(link3)", "Links"];
    let entries = [
        "Link1:first,one.example/a/long/way/to/the/first-page-of-all",
        "Link2:second,two.example/b",
        "Link3:third,three.example/c",
    ];
    let mut from = 0;
    for wanted in marks.iter().chain(&entries) {
        let found = text[from..].find(wanted);
        assert!(found.is_some(), "{wanted} is missing behind {from} in {text}");
        from += found.unwrap() + 1;
    }
    // the film stands once, with its code
    assert_eq!(text.matches("video.example/watch/7").count(), 1, "{text}");
    assert!(!text.contains("link4"), "{text}");
    assert!(facts.untagged.is_empty(), "{}", facts.untagged);
}

#[test]
fn one_code_takes_the_place_of_the_list() {
    let coded = page(LINKED).replace("+++\n\n##", "source = \"https://example.org/sitting\"\n+++\n\n##");
    let (folder, outcome) = built(&coded);
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Note));
    let text = facts(&folder).text;
    assert!(text.contains("example.org/sitting") && !text.contains("one.example"), "{text}");
    assert!(!text.contains("link 1") && !text.contains("Links"), "{text}");
}

/// A page whose text has so many lines, and so many links in its last paragraph.
fn with_links(lines: usize, links: usize) -> String {
    let last: Vec<String> = (1..=links).map(|n| format!("[l{n}](https://l{n}.example/page)")).collect();
    page(&format!("{}{}\n", paragraph(1, lines), last.join("\\\n")))
}

#[test]
fn a_list_that_is_too_much_inside_stands_on_the_last_panel() {
    let inside = with_links(100, 2);
    let (folder, outcome) = built(&inside);
    assert_eq!(outcome.failed, 0);
    let facts_inside = facts(&folder);
    assert!(!panel(&facts_inside, 6).contains("l2.example/page"), "there is room behind the text");
    assert!((2..6).any(|number| panel(&facts_inside, number).contains("l2.example/page")));
    let (folder, outcome) = built(&with_links(4 * LINES - 4, 2));
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Note));
    let facts = facts(&folder);
    assert_eq!(facts.pages.len(), 6);
    let back = panel(&facts, 6);
    assert!(back.contains("Link1:l1,l1.example/page") && back.contains("Link2:l2,l2.example/page"), "{back}");
    assert!(facts.pages.iter().all(|page| page.outside.is_empty()));
}

#[test]
fn links_that_find_no_room_are_told_with_what_to_do() {
    let long = with_links(4 * LINES - 32, 30);
    let (folder, outcome) = built(&long);
    // the page's own words go before the list
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Warning));
    let text = facts(&folder).text;
    assert!(text.contains("l30") && !text.contains("(link 30)") && !text.contains("l30.example"), "{text}");
    let said: Vec<_> =
        outcome.said.iter().flat_map(|said| said.sink.all()).filter(|d| d.code.as_str() == "L007").collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].message.contains("the addresses of its 30 links need"), "{}", said[0].message);
    let help = said[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("`source`") && help.contains("`a5`"), "{help}");
    // what the message says helps
    let coded = long.replacen("+++\n\n", "source = \"https://example.org/warm\"\n+++\n\n", 1);
    let (_, outcome) = built(&coded);
    assert_eq!(outcome.failed, 0);
    assert!(!codes(&outcome, Severity::Warning).contains("L007"));
}
