//! Faults planted in the e-book.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Fault;

/// The files of a book, in their order, and how the first is packed.
pub struct Book {
    names: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
    packed: bool,
}

impl Book {
    /// Swaps words in the first file whose name ends so and that has them.
    pub fn swap(&mut self, ending: &str, from: &str, to: &str) {
        for name in &self.names {
            if name.ends_with(ending) {
                let text = String::from_utf8(self.files[name].clone()).unwrap();
                if text.contains(from) {
                    self.files.insert(name.clone(), text.replacen(from, to, 1).into_bytes());
                    return;
                }
            }
        }
        panic!("no {ending} has {from:?}");
    }

    /// Cuts what stands between two marks, the marks too.
    fn cut(&mut self, ending: &str, from: &str, to: &str) {
        for name in self.names.clone() {
            let text = String::from_utf8_lossy(&self.files[&name]).into_owned();
            if name.ends_with(ending)
                && let Some((before, rest)) = text.split_once(from)
            {
                let (_, after) = rest.split_once(to).unwrap();
                self.files.insert(name, format!("{before}{after}").into_bytes());
                return;
            }
        }
        panic!("no {ending} has {from:?}");
    }
}

/// A book with something changed in it.
pub fn change(bytes: &[u8], edit: impl Fn(&mut Book)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut book = Book { names: Vec::new(), files: BTreeMap::new(), packed: false };
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        book.names.push(entry.name().to_string());
        book.files.insert(entry.name().to_string(), bytes);
    }
    edit(&mut book);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for name in book.names.iter().filter(|name| book.files.contains_key(*name)) {
        let stored = name == "mimetype" && !book.packed;
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
        out.start_file(name.as_str(), options).unwrap();
        out.write_all(&book.files[name]).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn fault(name: &'static str, codes: &'static [&'static str], edit: fn(&mut Book)) -> Fault {
    Fault::new(name, "epub", codes, move |bytes| change(bytes, edit))
}

fn meta(name: &str, value: &str) -> String {
    format!("<meta property=\"{name}\">{value}</meta>")
}

pub fn faults() -> Vec<Fault> {
    vec![
        fault("book, media type packed", &["V050"], |book| book.packed = true),
        fault("book, media type last", &["V050"], |book| book.names.rotate_left(1)),
        fault("book, a picture that is not there", &["V050"], |book| {
            let name = book.names.iter().find(|name| name.contains("images/")).unwrap().clone();
            book.files.remove(&name);
        }),
        fault("book, a file that is not named", &["V050"], |book| {
            book.names.push("OEBPS/left-over.txt".into());
            book.files.insert("OEBPS/left-over.txt".into(), b"left over".to_vec());
        }),
        fault("book, no identifier", &["V050"], |book| {
            book.swap(".opf", "unique-identifier=\"epub-id-1\"", "unique-identifier=\"none\"")
        }),
        fault("book, no contents", &["V051", "V055"], |book| {
            book.swap("nav.xhtml", "epub:type=\"toc\" id=\"toc\" role=\"doc-toc\"", "id=\"toc\"")
        }),
        fault("book, an entry that leads nowhere", &["V051", "V036"], |book| {
            book.swap("nav.xhtml", "#on-windy-days", "#on-quiet-days")
        }),
        fault("book, an entry with other words", &["V051"], |book| {
            book.swap("nav.xhtml", ">On windy days<", ">On quiet days<")
        }),
        fault("book, entries in another order", &["V051"], |book| {
            book.swap("nav.xhtml", "section-01.xhtml\">Before you go out", "section-02.xhtml\">What helps#");
            book.swap("nav.xhtml", "section-02.xhtml\">What helps<", "section-01.xhtml\">Before you go out<");
            book.swap("nav.xhtml", "What helps#", "What helps");
        }),
        fault("book, a page that the list leaves out", &["V052"], |book| {
            book.cut("nav.xhtml", "<li><a href=\"title.xhtml#ui.page-2\">", "</li>")
        }),
        fault("book, a page that leads nowhere", &["V052"], |book| {
            book.swap("nav.xhtml", "#ui.page-3\"", "#ui.page-33\"")
        }),
        fault("book, no source of its pages", &["V052"], |book| {
            book.cut(".opf", "<meta property=\"pageBreakSource\">", "</meta>")
        }),
        fault("book, no start of the text", &["V053"], |book| {
            book.cut("nav.xhtml", "<li><a epub:type=\"bodymatter\"", "</li>")
        }),
        fault("book, a landmark that leads nowhere", &["V053"], |book| {
            book.swap("nav.xhtml", "#ui.start", "#ui.begin")
        }),
        fault("book, no hazards stated", &["V054"], |book| {
            book.swap(".opf", &meta("schema:accessibilityHazard", "none"), "")
        }),
        fault("book, no modes stated", &["V054", "V055"], |book| {
            book.swap(".opf", &meta("schema:accessMode", "textual"), "");
            book.swap(".opf", &meta("schema:accessMode", "visual"), "");
        }),
        fault("book, a mode that is none", &["V054"], |book| {
            book.swap(".opf", &meta("schema:accessMode", "textual"), &meta("schema:accessMode", "text"))
        }),
        fault("book, a feature that is none", &["V054"], |book| book.swap(".opf", "readingOrder", "goodReading")),
        fault("book, pictures that are not stated", &["V055"], |book| {
            book.swap(".opf", &meta("schema:accessMode", "visual"), "")
        }),
        fault("book, no hazards and one", &["V055"], |book| {
            let none = meta("schema:accessibilityHazard", "none");
            book.swap(".opf", &none, &format!("{none}{}", meta("schema:accessibilityHazard", "flashing")));
        }),
        fault("book, a claim of conformance", &["V056"], |book| {
            let claim = meta("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
            book.swap(".opf", "  </metadata>", &format!("{claim}</metadata>"));
        }),
        fault("book, type in pixels", &["V057", "V055"], |book| {
            book.swap(".css", "h1 {", "p { font-size: 12px }\nh1 {")
        }),
        fault("book, a fixed height", &["V057", "V055"], |book| {
            book.swap(".css", "h1 {", "section { height: 40em }\nh1 {")
        }),
        fault("book, slanted stress", &["V057", "V055"], |book| {
            book.swap(".css", "h1 {", "em { font-style: italic }\nh1 {")
        }),
        fault("book, a background alone", &["V057", "V055"], |book| {
            book.swap(".css", "h1 {", ".keep { background: #fff8e7 }\nh1 {")
        }),
        fault("book, a direction in the style sheet", &["V057"], |book| {
            book.swap(".css", "h1 {", ".number { direction: ltr }\nh1 {")
        }),
        fault("book, a script", &["V058", "V055"], |book| {
            book.swap("section-01.xhtml", "</head>", "<script>let a = 1;</script></head>")
        }),
        fault("book, a picture from elsewhere", &["V058"], |book| {
            book.swap(
                "section-01.xhtml",
                "</section>",
                "<p><img src=\"https://example.org/dot.png\" alt=\"\"/></p></section>",
            )
        }),
        fault("book, a name twice", &["V059"], |book| {
            book.swap("section-01.xhtml", "<p>", "<p id=\"before-you-go-out\">")
        }),
        fault("book, a picture without a description", &["V035", "V055"], |book| {
            book.swap("section-02.xhtml", " alt=\"A woman winds a red scarf round her nose and mouth\"", "")
        }),
        fault("book, a header without a scope", &["V033"], |book| book.swap("section-02.xhtml", " scope=\"col\"", "")),
        fault("book, a row that is too short", &["V034", "V006", "V007"], |book| {
            book.cut("section-02.xhtml", "<td role=\"cell\" data-label=\"How long\"><span class=\"nb\">10", "</td>")
        }),
        fault("book, a level skipped", &["V032"], |book| {
            book.swap("section-02.xhtml", "<h2 id=\"on-windy-days\">", "<h3 id=\"on-windy-days\">");
            book.swap("section-02.xhtml", "On windy days</h2>", "On windy days</h3>");
        }),
        fault("book, the wrong language", &["V009"], |book| book.swap(".opf", "<dc:language>en-GB", "<dc:language>cy")),
        fault("book, a page without a language", &["V009"], |book| {
            book.swap("section-01.xhtml", " lang=\"en-GB\" xml:lang=\"en-GB\"", "")
        }),
        fault("book, another title", &["V008"], |book| {
            book.swap(".opf", "<dc:title>Keeping well in the cold", "<dc:title>Untitled")
        }),
        fault("book, a link without words", &["V036", "V006"], |book| {
            book.swap("section-01.xhtml", ">staying warm at home</a>", "></a>")
        }),
        fault("book, a number changed", &["V007", "V006"], |book| book.swap("title.xhtml", "20 minutes", "30 minutes")),
        fault("book, a paragraph left out", &["V006"], |book| book.cut("section-02.xhtml", "<p>Stay at home", "</p>")),
    ]
}
