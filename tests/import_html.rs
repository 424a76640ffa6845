//! The importer of HTML: cases in folders, pages and their crawls side by side, and laws that hold for every page.
//!
//! A case is a folder in `tests/import/` with an `input.html`, the `expected.md`
//! and the `receipt.json`; a refused one has `refused.txt` instead. Where there
//! is a `crawl.txt` as well, it is the crawl of the same page, and both give the
//! same source. `EVERYLEAF_BLESS=1 cargo test --test import_html` writes the
//! expected files anew.

use std::time::{Duration, Instant};

use everyleaf::diagnostic::Code;
use everyleaf::import::{Imported, Options, import};
use proptest::prelude::*;

mod common;

use common::import::{accounted, check, folders, marked, options, parsed};

fn bring(text: &str) -> Imported {
    import(text.as_bytes(), &options("a-page.html")).unwrap_or_else(|d| panic!("refused: {d:?}\n{text}"))
}

#[test]
fn cases() {
    let mut failures = Vec::new();
    let mut pairs = 0;
    for folder in folders("input.html") {
        let name = folder.file_name().unwrap().to_string_lossy().to_string();
        let input = std::fs::read(folder.join("input.html")).unwrap();
        let address = std::fs::read_to_string(folder.join("address.txt")).ok().map(|a| a.trim().to_string());
        let options = Options { address, ..options(&format!("{name}.html")) };
        match import(&input, &options) {
            Ok(page) => {
                check(&folder.join("expected.md"), &page.text, &mut failures);
                check(&folder.join("receipt.json"), &page.receipt.json(), &mut failures);
                parsed(&page, true);
                if let Ok(crawl) = std::fs::read(folder.join("crawl.txt")) {
                    pairs += 1;
                    let crawled = import(&crawl, &options).unwrap();
                    assert_eq!(crawled.text, page.text, "{name}: the crawl and the page differ");
                    accounted(&String::from_utf8_lossy(&crawl), &crawled);
                }
            }
            Err(reasons) => check(&folder.join("refused.txt"), &format!("{}\n", reasons[0].message), &mut failures),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(pairs >= 3, "{pairs} pairs");
}

/// A piece of a page; every `@` becomes a word that stands nowhere else.
fn piece() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => Just("<p>@ @ @ @ @ @ @ @ @ @.</p>".to_string()),
        2 => Just("@ @".to_string()),
        1 => Just("<br>".to_string()),
        1 => Just("@<br><br>@".to_string()),
        1 => Just("<h2 id=\"a\"><span>@</span> @</h2>".to_string()),
        1 => Just("<img src=\"/p.png\" alt=\"a picture\">".to_string()),
        1 => Just("<sup><a href=\"#a\">@</a></sup>".to_string()),
        1 => Just("<script>let a = 1;</script><style>p {}</style>".to_string()),
        1 => Just("<input value=\"a\"><button>@</button>".to_string()),
        1 => Just("<p>Page last reviewed: 1 May 2020</p>".to_string()),
        1 => Just("<p>&copy; @ @</p>".to_string()),
        1 => Just("<p>@ @ Close</p><p>Share</p><p>Related content</p>".to_string()),
        1 => Just("<dl><dt>@</dt><dd>@ @</dd><dt>@</dt><dd>@</dd><dd>@</dd></dl>".to_string()),
        1 => Just("<table><caption>@</caption><tr><th>@</th><th>@</th></tr><tr><td rowspan=2>@</td><td>@ | @</td></tr><tr><td>@</td></tr></table>".to_string()),
        1 => Just("<table><tr><th>@</th><td>@</td></tr></table>".to_string()),
        1 => Just("<figure><img src=x alt=y><figcaption>@</figcaption></figure>".to_string()),
        1 => Just("@ * [@](@) `@` <b>@</b>&amp;@ _@_ {{@}} !<a href=/x>@</a>".to_string()),
        1 => Just("<iframe src=\"https://www.youtube.com/embed/abc\" title=\"A film\">@</iframe>".to_string()),
    ];
    let around = prop::sample::select(vec![
        ("<div>", "</div>"),
        ("<p>", "</p>"),
        ("<section>", "</section>"),
        ("<ul><li>", "</li><li>@</li></ul>"),
        ("<ol start=3><li>", "<li>@</ol>"),
        ("<ol reversed><li>@</li><li>", "</li></ol>"),
        ("<b>", "</b>"),
        ("<a href=\"/x\">", "</a>"),
        ("<span lang=\"cy\">", "</span>"),
        ("<div lang=\"fr\">", "</div>"),
        ("<blockquote>", "<cite>@</cite></blockquote>"),
        ("<div class=\"warning\">", "</div>"),
        ("<div class=\"inset\"><h3>@</h3>", "</div>"),
        ("<details><summary>@</summary>", "</details>"),
        ("<nav>", "</nav>"),
        ("<aside>", "</aside>"),
        ("<form>", "</form>"),
        ("<header>", "</header>"),
        ("<footer>", "</footer>"),
        ("<div hidden>", "</div>"),
        ("<span class=\"sr-only\">", "</span>"),
        ("<h3>", "</h3>"),
        ("<table><tr><td>", "</td><td>@</td></tr></table>"),
        ("<table><tr><th>@</th><th>@</th></tr><tr><td>", "</td><td>@</td></tr></table>"),
        ("<dl><dt>@</dt><dd>", "</dd></dl>"),
        ("<noscript>", "</noscript>"),
        ("<div class=\"share\">", "</div>"),
        ("<main>", "</main>"),
        ("<article>", "</article>"),
        ("<b><p>", "</b>@</p>"),
        ("<table>@<tr>@<td>", "</table>@"),
        ("<ul>@<li><ul><li>", "</ul>@</ul>"),
        ("<p class=\"note\">", "</p>"),
        ("<figure>", "<figcaption>@</figcaption></figure>"),
    ]);
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (around.clone(), prop::collection::vec(inner, 1..5))
            .prop_map(|((a, b), inner)| format!("{a}{}{b}", inner.concat()))
    })
}

fn number(pieces: &[String], main: bool) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut text =
        String::from("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><title>Qtitle | Site</title></head>\n<body>");
    text.push_str(if main { "<main><h1>Qtitle</h1>\n" } else { "<h1>Qtitle</h1>\n" });
    for c in pieces.concat().chars() {
        if c == '@' {
            words.push(format!("q{}x", words.len()));
            text.push_str(words.last().unwrap());
        } else {
            text.push(c);
        }
    }
    text.push_str("</body></html>\n");
    (text, words)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn words_kept_and_dropped_are_the_words_of_the_page(main in any::<bool>(), pieces in prop::collection::vec(piece(), 1..8)) {
        let (text, words) = number(&pieces, main);
        let Ok(page) = import(text.as_bytes(), &options("a-page.html")) else { return Ok(()) };
        parsed(&page, true);
        let kept: Vec<String> = page.receipt.kept.iter().flat_map(|k| marked(&k.text)).collect();
        let dropped: Vec<String> = page.receipt.dropped.iter().flat_map(|d| marked(&d.text)).collect();
        for word in &words {
            let k = kept.iter().filter(|w| *w == word).count();
            let d = dropped.iter().filter(|w| *w == word).count();
            prop_assert!(k + d == 1, "{word}: kept {k}, dropped {d}\n{text}\n{}\n{}", page.text, page.receipt.json());
        }
        let body = page.text.splitn(3, "+++").nth(2).unwrap_or("");
        // the address of a place on the page is made of its heading's words
        let anchors = regex::Regex::new(r"\]\(#[^)]*\)").unwrap();
        let mut shown = marked(&anchors.replace_all(body, "]"));
        let mut said: Vec<String> = page.receipt.kept.iter().filter(|k| k.to == "body").flat_map(|k| marked(&k.text)).collect();
        shown.sort();
        said.sort();
        prop_assert_eq!(shown, said, "{}\n{}", text, page.text);
    }

    #[test]
    fn any_markup_is_imported_or_refused(text in "(</?(p|div|b|a|table|tr|td|ul|li|h2|main|svg|math|select|option|template|frameset|dl|dt|dd|blockquote)( (href|class|id)=\"?[a-z#]{0,4}\"?)?>|[a-z ]{1,9}|&[a-z]{1,4};|<!--|-->|<!|\n){0,60}") {
        let text = format!("<!DOCTYPE html><title>A page</title><h1>A page</h1><p>One sentence with enough words in it to be an article.</p>{text}");
        if let Ok(page) = import(text.as_bytes(), &options("a-page.html")) {
            parsed(&page, true);
        }
    }
}

const START: &str = "<!DOCTYPE html>\n<title>A page</title>\n<h1>A page</h1>\n<p>One sentence with enough words in it to be an article, and more.</p>\n";

#[test]
fn deep_and_long_markup_takes_linear_time() {
    let start = Instant::now();
    let many = |piece: &str, n: usize| piece.repeat(n);
    let distinct: String = (0..50_000).map(|n| format!("<b id=x{n}>w{n} ")).collect();
    let notes: String =
        (0..2_000).map(|n| format!("<a id=r{n} href=#n{n}>{n}</a> <p id=n{n}>note <a href=#r{n}>b</a></p>")).collect();
    for text in [
        format!("{}deep words{}", many("<div>", 100_000), many("</div>", 100_000)),
        format!("{}deep words", many("<div>", 100_000)),
        format!("{}misnested<p>words", many("<b><p>", 50_000)),
        distinct,
        many("<b>a</p>", 50_000),
        many("<p>an open paragraph", 50_000),
        many("<li>an open item", 50_000),
        many("<ul><li>deep", 50_000),
        many("<blockquote>deep ", 50_000),
        many("<table><tr><td>deep", 20_000),
        many("<details><summary>deep</summary>", 20_000),
        many("<section><h2>deep</h2>", 20_000),
        many("<span lang=cy>deep ", 50_000),
        many("<template>deep ", 50_000),
        many("<svg><g>deep ", 50_000),
        many("<dl><dt>deep<dd>", 20_000),
        many("<dt>flat<dd>words ", 30_000),
        many("<select><option>", 50_000),
        format!("<p title=\"{}\">words</p>", many("a", 1 << 20)),
        format!("<p class=\"{}\">words</p>", many("a ", 1 << 19)),
        format!("<table><tr>{}</tr></table>", many("<td colspan=1000 rowspan=65534>a</td>", 5_000)),
        many("<figure><img src=a alt=b>", 20_000),
        notes,
        "<!--".to_string(),
    ] {
        let one = Instant::now();
        let begin: String = text.chars().take(30).collect();
        let _ = import(format!("{START}{text}").as_bytes(), &options("a-page.html"));
        assert!(one.elapsed() < Duration::from_secs(20), "{begin}: {:?}", one.elapsed());
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn encodings_are_read_as_declared_or_known() {
    let page = |head: &[u8], body: &[u8]| {
        let start =
            b"<title>A page</title><h1>A page</h1><p>One sentence with enough words in it to be an article about "
                .as_slice();
        let bytes = [b"<!DOCTYPE html>".as_slice(), head, start, body, b".</p>"].concat();
        import(&bytes, &options("a-page.html")).map(|p| p.text).map_err(|d| d[0].message.clone())
    };
    assert!(page(b"", "a café".as_bytes()).unwrap().contains("café"));
    assert!(page(b"", b"a caf\xe9").unwrap().contains("café"));
    assert!(page(b"<meta charset=\"windows-1251\">", b"\xea\xee\xf8\xea\xe0").unwrap().contains("кошка"));
    assert!(
        page(b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", b"\x93a caf\xe9\x94")
            .unwrap()
            .contains("“a café”")
    );
    assert!(page(b"", &[0x81; 60]).is_err());
    let wide: Vec<u8> = "\u{feff}<!DOCTYPE html><title>Wide</title><h1>Wide</h1><p>One sentence with enough words in it to be a café.</p>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(import(&wide, &options("a-page.html")).unwrap().text.contains("café"));
}

#[test]
fn what_is_too_large_is_refused_with_its_size() {
    let large = vec![b'a'; (16 << 20) + (1 << 19)];
    let reasons = import(&large, &options("a-page.html")).unwrap_err();
    assert!(reasons[0].message.contains("16.5 MB") && reasons[0].message.contains("16 MB"), "{}", reasons[0].message);
}

#[test]
fn the_given_language_and_address_win() {
    let text = "<html lang=cy><link rel=canonical href=https://example.org/one><title>A page</title><h1>A page</h1><p>One sentence with enough words in it to be an article, and a <a href=two>link</a>.";
    let page = bring(text);
    assert!(page.text.contains("language = \"cy\"\nsource = \"https://example.org/one\""), "{}", page.text);
    assert!(page.text.contains("(https://example.org/two)"));
    let given = Options {
        language: Some("en-GB".into()),
        address: Some("https://example.com/x/y".into()),
        ..options("a-page.html")
    };
    let page = import(text.as_bytes(), &given).unwrap();
    assert!(page.text.contains("language = \"en-GB\"\nsource = \"https://example.com/x/y\""), "{}", page.text);
    assert!(page.text.contains("(https://example.com/x/two)"));
}

#[test]
fn dates_in_words_win_over_dates_in_data() {
    let page = |data: &str, words: &str| {
        let text = format!(
            "<html lang=en><title>A page</title>{data}<h1>A page</h1><p>One sentence with enough words in it to be an article.</p>{words}"
        );
        bring(&text)
    };
    let data = "<script type=application/ld+json>{\"lastReviewed\": \"2020-01-02\"}</script>";
    assert_eq!(page(data, "").receipt.dates.reviewed.as_deref(), Some("2020-01-02"));
    assert_eq!(page(data, "<p>Last reviewed: 5 May 2021").receipt.dates.reviewed.as_deref(), Some("2021-05-05"));
    let other = "<script type=application/ld+json>{\"lastReviewed\": \"2022-01-02\"}</script>";
    let both = page(&format!("{data}{other}"), "");
    assert_eq!(both.receipt.dates.reviewed, None);
    assert!(both.diagnostics.iter().any(|d| d.code == Code::IMPORT_DATE_UNSURE), "{:?}", both.diagnostics);
    let modified = page("<script type=application/ld+json>{\"dateModified\": \"2020-01-02\"}</script>", "");
    assert_eq!(modified.receipt.dates.reviewed, None);
}

#[test]
fn pictures_are_listed_with_their_words() {
    let page = bring(
        "<html lang=en><base href=https://example.org/a/><title>A page</title><h1>A page</h1><p>One sentence with enough words in it to be an article.</p>\n<figure><img src=x.png alt='A red scarf'><figcaption>It is warm</figcaption></figure><img src=/y.png alt=''><nav><img src=z.png alt=Logo></nav>",
    );
    let shown: Vec<_> = page
        .pictures
        .iter()
        .map(|p| (p.line, p.src.as_str(), p.alt.as_str(), p.caption.as_deref(), p.decorative))
        .collect();
    assert!(shown.contains(&(2, "https://example.org/a/x.png", "A red scarf", Some("It is warm"), false)), "{shown:?}");
    assert!(!shown.iter().any(|p| p.2 == "Logo"), "{shown:?}");
}
