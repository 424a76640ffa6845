//! Files for a print shop, read back from their bytes.

mod common;

use std::collections::BTreeSet;

use common::paint::{self, Kind, Mark};
use common::sheets::MM;
use common::{Folder, PAGE, codes, options, picture};
use everyleaf::date::Date;
use everyleaf::diagnostic::Severity;
use everyleaf::manifest::Override;
use everyleaf::pipeline::Options;
use lopdf::{Document, Object};

/// Bleed, then the room for marks, in millimetres.
const BLEED: f64 = 3.0;
const MARKS: f64 = 4.0;
const ROOM: f64 = BLEED + MARKS;

/// The brand's colours in hundredths of ink.
const MAIN: [i64; 4] = [100, 40, 45, 45];
const ACCENT: [i64; 4] = [10, 88, 95, 45];
const BLACK: [i64; 4] = [0, 0, 0, 100];
const PAPER: [i64; 4] = [0, 0, 0, 0];
const MIST: [i64; 4] = [12, 0, 5, 0];

fn named(editions: &[&str]) -> Options {
    Options { editions: editions.iter().map(|name| (*name).to_string()).collect(), ..options() }
}

/// A page long enough for several pages, with links and a callout.
fn long_page() -> String {
    let mut page = PAGE.replace("Keeping warm", "Keeping warm in winter");
    for n in 1..12 {
        page.push_str(&format!(
            "\n## Part {n}\n\nWarm air is [kinder](https://example.org/part-{n}) to the lungs than cold air, so close \
             the door of part {n} behind you and wait until your breath is calm. Then go on.\n\n\
             > [!IMPORTANT]\n> Call 0300 222 5800 if you are worried.\n\n- a scarf\n- a hat\n- gloves\n"
        ));
    }
    page
}

fn built(page: &str, editions: &[&str]) -> Folder {
    let folder = Folder::with_page(page);
    let outcome = folder.build(named(editions));
    let said: Vec<String> = outcome.said.iter().flat_map(|s| s.sink.all()).map(|d| d.message.clone()).collect();
    assert_eq!(outcome.failed, 0, "{said:?}");
    folder
}

fn numbers(document: &Document, object: &Object) -> [f64; 4] {
    let (_, array) = document.dereference(object).unwrap();
    let all: Vec<f64> = array.as_array().unwrap().iter().map(|n| f64::from(n.as_float().unwrap()) / MM).collect();
    all.try_into().unwrap()
}

#[track_caller]
fn near(found: [f64; 4], wanted: [f64; 4]) {
    assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.1), "{found:?} for {wanted:?}");
}

/// A drawing that is shown and a soft mask besides: shown it is ink, as a mask it stays light, and no name in it leads
/// nowhere.
#[test]
fn what_shows_and_masks_at_once_is_printed() {
    let folder = Folder::with_page(&PAGE.replace("product-code", "editions = [\"press-a5\"]\nproduct-code"));
    let page = std::fs::read_to_string(folder.path().join("sources/warm/page.md")).unwrap();
    folder.put("sources/warm/page.md", format!("{page}\n\n![Two fields that grow lighter](fields.svg)\n"));
    folder.put(
        "sources/warm/fields.svg",
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
        <defs><linearGradient id="g"><stop offset="0" stop-color="#004d58"/><stop offset="1" stop-color="#8d2f13"/>
        </linearGradient><mask id="m"><rect width="200" height="100" fill="url(#g)"/>
        <rect x="20" y="20" width="60" height="60" fill="#888888"/></mask></defs>
        <rect width="90" height="90" fill="url(#g)"/><rect x="100" width="90" height="90" fill="#004d58" mask="url(#m)"/>
        </svg>"##,
    );
    folder.run(&["build", "--as-of", "2026-11-23"]).expect(0);
    let document = Document::load_mem(&folder.bytes("output/warm/warm-press-a5.pdf")).unwrap();
    let mut masks = 0;
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Form")) {
            let content = lopdf::content::Content::decode(&stream.get_plain_content().unwrap()).unwrap();
            let resources = stream.dict.get(b"Resources").and_then(|r| document.dereference(r)).unwrap().1;
            let spaces = resources.as_dict().unwrap().get(b"ColorSpace").and_then(|s| document.dereference(s));
            for operation in content.operations.iter().filter(|o| matches!(o.operator.as_str(), "cs" | "CS")) {
                let name = operation.operands[0].as_name().unwrap();
                let known = name == b"Pattern"
                    || spaces.as_ref().is_ok_and(|(_, spaces)| spaces.as_dict().unwrap().get(name).is_ok());
                assert!(known, "{} leads nowhere", String::from_utf8_lossy(name));
            }
            let group = stream.dict.get(b"Group").and_then(|g| document.dereference(g));
            let light = group.is_ok_and(|(_, g)| {
                g.as_dict().unwrap().get(b"CS").is_ok_and(|cs| cs.as_name().is_ok_and(|cs| cs == b"DeviceGray"))
            });
            masks += usize::from(light);
        }
    }
    assert!(masks > 0, "the mask is there");
}

#[test]
fn every_page_has_its_boxes() {
    let folder = built(&long_page(), &["press-a5", "press-large-print"]);
    let short = built(PAGE, &["press-dl"]);
    for (bytes, width, height) in [
        (folder.bytes("output/warm/warm-press-a5.pdf"), 148.0, 210.0),
        (folder.bytes("output/warm/warm-press-large-print.pdf"), 210.0, 297.0),
        (short.bytes("output/warm/warm-press-dl.pdf"), 297.0, 210.0),
    ] {
        let document = Document::load_mem(&bytes).unwrap();
        let pages = document.get_pages();
        assert!(pages.len().is_multiple_of(if width == 297.0 { 2 } else { 4 }), "{} pages", pages.len());
        for id in pages.into_values() {
            let page = document.get_dictionary(id).unwrap();
            let frame = |by: f64| [ROOM - by, ROOM - by, ROOM + width + by, ROOM + height + by];
            near(numbers(&document, page.get(b"MediaBox").unwrap()), frame(ROOM));
            near(numbers(&document, page.get(b"BleedBox").unwrap()), frame(BLEED));
            near(numbers(&document, page.get(b"TrimBox").unwrap()), frame(0.0));
            // what a reader shows is all of it, marks too
            near(numbers(&document, page.get(b"CropBox").unwrap_or(page.get(b"MediaBox").unwrap())), frame(ROOM));
            assert!(!page.has(b"ArtBox") && !page.has(b"Rotate") && !page.has(b"UserUnit"));
        }
    }
}

/// Every colour space that a file names or paints in, soft masks and the printing condition left out.
fn spaces(bytes: &[u8]) -> BTreeSet<String> {
    let document = Document::load_mem(bytes).unwrap();
    let mut all = BTreeSet::new();
    let mut masks = BTreeSet::new();
    for object in document.objects.values() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        if let Ok(Object::Reference(id)) = dict.get(b"SMask") {
            masks.insert(*id);
        }
    }
    for (id, object) in &document.objects {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        if let Ok(space) = dict.get(b"ColorSpace").map(|space| document.dereference(space).unwrap().1)
            && !masks.contains(id)
        {
            match space {
                Object::Dictionary(names) => {
                    all.extend(names.iter().map(|(_, space)| paint::space_name(&document, space)));
                }
                space => {
                    all.insert(paint::space_name(&document, space));
                }
            }
        }
        if let Ok(Object::Dictionary(group)) = dict.get(b"Group")
            && let Ok(space) = group.get(b"CS")
        {
            all.insert(paint::space_name(&document, space));
        }
    }
    for mark in paint::pages(bytes).into_iter().flatten() {
        all.insert(mark.colour.0);
    }
    all
}

#[test]
fn nothing_but_inks_is_left() {
    let folder = built(&long_page(), &["press-a5", "press-large-print"]);
    let short = built(PAGE, &["press-dl"]);
    for bytes in [
        folder.bytes("output/warm/warm-press-a5.pdf"),
        folder.bytes("output/warm/warm-press-large-print.pdf"),
        short.bytes("output/warm/warm-press-dl.pdf"),
    ] {
        let spaces = spaces(&bytes);
        let wanted = ["DeviceCMYK", "Separation All/DeviceCMYK"].map(String::from);
        assert_eq!(spaces, wanted.into_iter().collect());
        for mark in paint::pages(&bytes).into_iter().flatten().filter(|m| m.kind == Kind::Words) {
            let brand = [MAIN, ACCENT, BLACK, PAPER];
            assert!(brand.iter().any(|inks| mark.colour.1 == inks), "{mark:?}");
        }
    }
    // running text is black ink alone
    let pages = paint::pages(&folder.bytes("output/warm/warm-press-a5.pdf"));
    let body: Vec<&Mark> = pages.iter().flatten().filter(|m| m.words.contains("your breath is calm")).collect();
    assert!(body.len() >= 5 && body.iter().all(|m| m.colour.1 == BLACK), "{body:?}");
}

#[test]
fn the_file_says_what_it_is() {
    let folder = built(PAGE, &["press-a5"]);
    let bytes = folder.bytes("output/warm/warm-press-a5.pdf");
    let document = Document::load_mem(&bytes).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.6"));
    let catalog = document.catalog().unwrap();
    let (_, metadata) = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
    let metadata = metadata.as_stream().unwrap();
    assert!(metadata.filters().is_err(), "a reader of metadata need not unpack it");
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    for part in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
        "<pdf:Trapped>False<",
        "Keeping warm (press-a5)",
        "<xmp:ModifyDate>2026-03-01T",
        "<xmp:MetadataDate>2026-03-01T",
        "<xmpMM:DocumentID>uuid:",
        "<xmpMM:RenditionClass>default<",
        "<xmpMM:VersionID>1<",
    ] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
    let info = document.dereference(document.trailer.get(b"Info").unwrap()).unwrap().1.as_dict().unwrap();
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
    let [intent] = intents.as_slice() else { panic!("{intents:?}") };
    let intent = document.dereference(intent).unwrap().1.as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    assert_eq!(intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap(), b"FOGRA39");
    let (_, profile) = document.dereference(intent.get(b"DestOutputProfile").unwrap()).unwrap();
    let profile = profile.as_stream().unwrap();
    let shipped = std::fs::read(common::root().join("profiles/FOGRA39L_coated.icc")).unwrap();
    assert!(paint::plain(profile) == shipped, "the profile is the one that is shipped with its licence");
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 4);
    let id = document.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert!(id.len() == 2 && id.iter().all(|part| part.as_str().unwrap().len() == 16));
    // nothing to click, nothing that runs, no tags that lead nowhere; every typeface comes along
    let mut typefaces = 0;
    for object in document.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        for key in [&b"Annots"[..], b"StructTreeRoot", b"JavaScript", b"JS", b"AA", b"OpenAction", b"Dests"] {
            assert!(!dict.has(key), "{dict:?}");
        }
        if dict.get_type().is_ok_and(|kind| kind == b"FontDescriptor") {
            typefaces += 1;
            assert!([&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| dict.has(key)), "{dict:?}");
        }
    }
    assert!(typefaces >= 2);
}

#[test]
fn the_same_page_gives_the_same_bytes_and_another_another_name() {
    let name = |page: &str| {
        let bytes = built(page, &["press-a5"]).bytes("output/warm/warm-press-a5.pdf");
        let document = Document::load_mem(&bytes).unwrap();
        let id = document.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec();
        (bytes, id)
    };
    let (one, again, other) = (name(PAGE), name(PAGE), name(&PAGE.replace("a scarf", "a hat")));
    assert!(one.0 == again.0, "built twice, the bytes differ");
    assert_eq!(one.1, again.1);
    assert_ne!(one.1, other.1);
}

/// The words of each page, from the top left corner of its trim.
fn words(bytes: &[u8], room: f64) -> Vec<Vec<(String, i64, i64)>> {
    let tenths = |n: f64| (n * 10.0).round() as i64;
    let word = |m: Mark| (m.words, tenths(m.at[0] - room), tenths(m.at[1] - room));
    let inside = |m: &Mark| m.kind == Kind::Words && m.at[1] > room;
    paint::pages(bytes).into_iter().map(|page| page.into_iter().filter(inside).map(word).collect()).collect()
}

#[test]
fn the_leaflet_for_print_breaks_exactly_as_the_readers_does() {
    let folder = built(&long_page(), &["a5", "press-a5"]);
    let readers = words(&folder.bytes("output/warm/warm-a5.pdf"), 0.0);
    let press = words(&folder.bytes("output/warm/warm-press-a5.pdf"), ROOM);
    assert!(readers.len() > 8, "{} pages", readers.len());
    assert_eq!(readers.len(), press.len());
    for (number, (readers, press)) in readers.iter().zip(&press).enumerate() {
        assert!(!readers.is_empty());
        let said = |page: &[(String, i64, i64)]| page.iter().map(|w| w.0.clone()).collect::<Vec<_>>();
        assert_eq!(said(readers), said(press), "page {}", number + 1);
        // words in a band at the foot are lifted a little, to keep clear of the cut
        let lifted = |a: &(String, i64, i64), b: &(String, i64, i64)| a.2 < 250 && (7..=9).contains(&(b.2 - a.2));
        let moved = |(a, b): (&(String, i64, i64), &(String, i64, i64))| {
            (a.1 - b.1).abs() > 1 || ((a.2 - b.2).abs() > 1 && !lifted(a, b))
        };
        assert_eq!(readers.iter().zip(press).find(|pair| moved(*pair)), None, "page {}", number + 1);
    }
}

/// Whether one area of that colour covers a rectangle.
fn covered(page: &[Mark], colour: [i64; 4], [left, low, right, high]: [f64; 4]) -> bool {
    let near = 0.02;
    page.iter().any(|m| {
        let [a, b, c, d] = m.at;
        m.kind == Kind::Area
            && m.colour.1 == colour
            && a <= left + near
            && b <= low + near
            && c >= right - near
            && d >= high - near
    })
}

#[test]
fn the_artwork_fills_the_bleed() {
    let folder = built(PAGE, &["press-a5", "press-dl", "press-large-print"]);
    for (name, width, height) in [("press-a5", 148.0, 210.0), ("press-large-print", 210.0, 297.0)] {
        let pages = paint::pages(&folder.bytes(&format!("output/warm/warm-{name}.pdf")));
        let (left, right) = (ROOM - BLEED, ROOM + width + BLEED);
        let (foot, head) = (ROOM - BLEED, ROOM + height + BLEED);
        let (first, last) = (&pages[0], &pages[pages.len() - 1]);
        // the cover: the band at the head, the field in the middle, the helpline at the foot
        assert!(covered(first, MAIN, [left, head - BLEED - 10.0, right, head]), "{name}: head");
        assert!(covered(first, ACCENT, [left, foot, right, foot + BLEED + 10.0]), "{name}: foot");
        let field = |m: &Mark| m.colour.1 == MIST && m.at[0] <= left + 0.02 && m.at[2] >= right - 0.02;
        assert!(first.iter().any(field), "{name}: field");
        // the back: the band at the foot
        assert!(covered(last, MAIN, [left, foot, right, foot + BLEED + 10.0]), "{name}: back");
    }
    let flat = paint::pages(&folder.bytes("output/warm/warm-press-dl.pdf"));
    let (right, head) = (ROOM + 297.0 + BLEED, ROOM + 210.0 + BLEED);
    // the front is the outside's right panel; its fold is at 197 mm
    assert!(covered(&flat[0], MAIN, [ROOM + 197.0, head - 13.0, right, head]), "front");
    assert!(covered(&flat[0], ACCENT, [ROOM + 197.0, MARKS, right, MARKS + 13.0]), "front's foot");
    assert!(covered(&flat[0], MAIN, [ROOM + 97.0, MARKS, ROOM + 197.0, MARKS + 13.0]), "back's foot");
}

#[test]
fn words_keep_five_millimetres_from_the_cut() {
    let folder = built(&long_page(), &["press-a5", "press-large-print"]);
    let short = built(PAGE, &["press-dl"]);
    for (bytes, width, height) in [
        (folder.bytes("output/warm/warm-press-a5.pdf"), 148.0, 210.0),
        (folder.bytes("output/warm/warm-press-large-print.pdf"), 210.0, 297.0),
        (short.bytes("output/warm/warm-press-dl.pdf"), 297.0, 210.0),
    ] {
        for mark in paint::pages(&bytes).into_iter().flatten().filter(|m| m.kind == Kind::Words) {
            let [x, y, ..] = mark.at;
            let slug = y < MARKS;
            let quiet = x >= ROOM + 5.0 && x <= ROOM + width - 5.0 && y >= ROOM + 5.0 && y <= ROOM + height - 5.0;
            assert!(slug || quiet, "{mark:?}");
        }
    }
}

#[test]
fn the_flat_has_its_panels_and_fold_marks_outside_the_trim() {
    let folder = built(PAGE, &["press-dl"]);
    let pages = paint::pages(&folder.bytes("output/warm/warm-press-dl.pdf"));
    let [outside, inside] = pages.as_slice() else { panic!("{} pages", pages.len()) };
    let all_plates = |m: &&Mark| m.kind == Kind::Line && m.colour.0 == "Separation All/DeviceCMYK";
    for (page, folds) in [(outside, [97.0, 197.0]), (inside, [100.0, 200.0])] {
        for fold in folds {
            let x = ROOM + fold;
            let found: Vec<&Mark> = page
                .iter()
                .filter(all_plates)
                .filter(|m| (m.at[0] - x).abs() < 0.1 && (m.at[2] - x).abs() < 0.1)
                .collect();
            assert_eq!(found.len(), 2, "a mark at head and foot of the fold at {fold}");
        }
        for mark in page.iter().filter(all_plates) {
            let [a, b, c, d] = mark.at;
            let outer = c <= ROOM || a >= ROOM + 297.0 || d <= ROOM || b >= ROOM + 210.0;
            assert!(outer, "a mark inside the trim: {mark:?}");
        }
    }
    let place = |page: &[Mark], words: &str| page.iter().find(|m| m.words.contains(words)).unwrap().at[0] - ROOM;
    assert!((197.0..297.0).contains(&place(outside, "Helpline")), "the front is on the right");
    assert!((97.0..197.0).contains(&place(outside, "Page last reviewed")), "the back is in the middle");
    assert!((0.0..100.0).contains(&place(inside, "Cold air")), "the text begins inside, on the left");
}

#[test]
fn blank_pages_are_planned_and_said() {
    let folder = Folder::with_page(PAGE);
    let outcome = folder.build(named(&["press-large-print", "large-print"]));
    assert!(codes(&outcome, Severity::Note).contains("M008"));
    let pages = |name: &str| paint::pages(&folder.bytes(&format!("output/warm/warm-{name}.pdf")));
    let (press, readers) = (pages("press-large-print"), pages("large-print-18pt"));
    assert!(press.len().is_multiple_of(4) && press.len() > readers.len());
    let blank = |page: &[Mark]| !page.iter().any(|m| m.kind == Kind::Words && m.at[1] > ROOM);
    let blanks: Vec<usize> = (0..press.len()).filter(|n| blank(&press[*n])).collect();
    assert_eq!(blanks, (readers.len() - 1..press.len() - 1).collect::<Vec<_>>(), "before the last page");
    // a leaflet fills its pages itself
    let outcome = folder.build(named(&["press-a5"]));
    assert!(!codes(&outcome, Severity::Note).contains("M008"));
}

fn overdue() -> String {
    PAGE.replace("next-review = 2028-03-01", "next-review = 2026-04-01")
}

#[test]
fn what_is_out_of_date_is_refused_or_put_on_record() {
    let undated = PAGE.replace("next-review = 2028-03-01\n", "");
    for (page, code) in [(overdue(), "R002"), (undated, "R003")] {
        let folder = Folder::with_page(&page);
        let outcome = folder.build(named(&["press-a5", "press-dl", "press-large-print", "a5"]));
        assert_eq!((outcome.failed, outcome.written.len()), (3, 1), "readers' editions are made all the same");
        assert!(codes(&outcome, Severity::Error).contains(code));
        let failed = folder.manifest()["failed"].clone();
        assert_eq!(failed.as_array().unwrap().len(), 3);
        assert!(failed[0]["codes"].to_string().contains(code), "{failed}");
        let by = Override { reason: "Reprint for the clinic".into(), by: "Ann Example".into() };
        let outcome = folder.build(Options { allow_overdue: Some(by), ..named(&["press-a5", "a5"]) });
        assert_eq!((outcome.failed, outcome.written.len()), (0, 2));
        assert!(codes(&outcome, Severity::Warning).contains(code), "it is said who lets it through");
        let manifest = folder.manifest();
        let entry = |edition: &str| {
            let all = manifest["artifacts"].as_array().unwrap();
            all.iter().find(|entry| entry["edition"] == edition).unwrap().clone()
        };
        assert_eq!(entry("press-a5")["override"]["reason"], "Reprint for the clinic");
        assert_eq!(entry("press-a5")["override"]["by"], "Ann Example");
        assert_eq!(entry("a5")["override"].is_null(), code == "R003", "an undated page is no matter for readers");
    }
    // the day itself is not past
    let folder = Folder::with_page(&overdue());
    let day = Date { year: 2026, month: 4, day: 1 };
    assert_eq!(folder.build(Options { as_of: day, ..named(&["press-a5"]) }).failed, 0);
}

#[test]
fn the_command_asks_for_reason_and_name() {
    let folder = Folder::with_page(&overdue());
    let line = ["build", "warm", "-e", "press-a5", "--as-of", "2026-11-23"];
    let ran = folder.run(&line).expect(1);
    assert!(ran.err.contains("error[R002]") && ran.err.contains("--allow-overdue"), "{}", ran.err);
    assert!(!folder.path().join("output/warm/warm-press-a5.pdf").exists());
    folder.run(&[&line[..], &["--allow-overdue", "Reprint"]].concat()).expect(2);
    folder.run(&[&line[..], &["--by", "Ann Example"]].concat()).expect(2);
    let ran = folder.run(&[&line[..], &["--allow-overdue", "Reprint", "--by", "Ann Example"]].concat()).expect(0);
    assert!(ran.err.contains("Ann Example lets it through: Reprint"), "{}", ran.err);
    assert!(folder.path().join("output/warm/warm-press-a5.pdf").exists());
}

#[test]
fn nobody_overrides_a_missing_picture() {
    let folder = Folder::with_page(&format!("{PAGE}\n![A red scarf](scarf.png){{.figure missing}}\n"));
    let by = Override { reason: "In a hurry".into(), by: "Ann Example".into() };
    let outcome = folder.build(Options { allow_overdue: Some(by), ..named(&["press-a5", "a5"]) });
    assert_eq!((outcome.failed, outcome.written.len()), (1, 1));
    assert!(codes(&outcome, Severity::Error).contains("A007"));
}

/// A picture whose dots differ.
fn dots(width: u32, height: u32) -> image::RgbaImage {
    image::RgbaImage::from_fn(width, height, |x, y| {
        let part = |n: u32, of: u32| (n * 255 / of) as u8;
        image::Rgba([part(x, width), part(y, height), part(x + y, width + height), part(y, height)])
    })
}

fn as_file(picture: image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff" stop-opacity=".3"/></linearGradient>
<radialGradient id="b"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#004D58"/></radialGradient>
<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#cc8800"/></pattern>
</defs><rect width="100" height="100" fill="url(#a)"/><rect x="110" width="100" height="100" fill="url(#b)" stroke="black"/>
<rect x="220" width="100" height="100" fill="url(#p)"/><g opacity=".5" style="mix-blend-mode:multiply">
<circle cx="350" cy="50" r="30" fill="#ff8800"/><circle cx="370" cy="50" r="30" fill="#808080"/></g>
<line x1="0" y1="110" x2="400" y2="110" stroke="#000000" stroke-width="2"/></svg>"##;

#[test]
fn pictures_and_drawings_become_inks() {
    use image::DynamicImage::{self, ImageRgba8};
    use image::ImageFormat::{Jpeg, Png};
    let clear = ImageRgba8(dots(1500, 800));
    let grey = DynamicImage::ImageLuma8(clear.to_luma8());
    let fine = DynamicImage::ImageRgb16(clear.to_rgb16());
    let files = [
        ("clear.png", as_file(clear.clone(), Png)),
        ("plain.png", as_file(DynamicImage::ImageRgb8(clear.to_rgb8()), Png)),
        ("fine.png", as_file(fine, Png)),
        ("grey.png", as_file(grey.clone(), Png)),
        ("photo.jpg", as_file(DynamicImage::ImageRgb8(clear.to_rgb8()), Jpeg)),
        ("grey.jpg", as_file(grey, Jpeg)),
        ("drawing.svg", DRAWING.as_bytes().to_vec()),
    ];
    let mut page = PAGE.to_string();
    for (name, _) in &files {
        page.push_str(&format!("\n![A picture of many colours, {name}]({name})\n"));
    }
    let folder = Folder::with_page(&page);
    for (name, bytes) in &files {
        folder.put(&format!("sources/warm/{name}"), bytes);
    }
    let outcome = folder.build(named(&["press-a5"]));
    let said: Vec<&String> = outcome.said.iter().flat_map(|s| s.sink.all()).map(|d| &d.message).collect();
    assert_eq!(outcome.failed, 0, "{said:?}");
    let bytes = folder.bytes("output/warm/warm-press-a5.pdf");
    let wanted =
        ["DeviceCMYK", "Pattern", "Separation All/DeviceCMYK", "Separation Black/DeviceCMYK"].map(String::from);
    // a mask's light is no colour; what draws it is left out with it
    let found: BTreeSet<String> = spaces(&bytes).into_iter().filter(|space| space != "DeviceGray").collect();
    assert_eq!(found, wanted.into_iter().collect());
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("ICCBased") && !text.contains("DeviceRGB") && !text.contains("CalRGB"));
    let pictures: Vec<Mark> = paint::pages(&bytes).into_iter().flatten().filter(|m| m.kind == Kind::Picture).collect();
    assert_eq!(pictures.iter().filter(|m| m.colour.0 == "DeviceCMYK").count(), 4);
    assert_eq!(pictures.iter().filter(|m| m.colour.0.starts_with("Separation Black")).count(), 2);
    let document = Document::load_mem(&bytes).unwrap();
    let clear = document.objects.values().filter_map(|o| o.as_stream().ok()).filter(|s| s.dict.has(b"SMask")).count();
    assert_eq!(clear, 1, "what shines through still does");
    // no dot bears more ink than paper takes
    for stream in document.objects.values().filter_map(|o| o.as_stream().ok()) {
        if stream.dict.get(b"ColorSpace").and_then(Object::as_name).is_ok_and(|name| name == b"DeviceCMYK")
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        {
            let most = paint::plain(stream).chunks(4).map(|d| d.iter().map(|i| u32::from(*i)).sum::<u32>()).max();
            assert!(most.unwrap() <= 765, "{most:?}");
        }
    }
}

#[test]
fn a_coarse_picture_is_refused_with_its_place_and_what_would_do() {
    let folder = Folder::with_page(&format!("{PAGE}\n![A red scarf](scarf.png)\n"));
    folder.put("sources/warm/scarf.png", picture(600, 300));
    let outcome = folder.build(named(&["press-a5"]));
    assert_eq!(outcome.failed, 1);
    let all: Vec<_> = outcome.said.iter().flat_map(|s| s.sink.all()).filter(|d| d.code.as_str() == "A008").collect();
    let [found] = all.as_slice() else { panic!("{all:?}") };
    for part in ["press-a5", "`scarf.png`", "page ", "dots to the inch"] {
        assert!(found.message.contains(part), "{}", found.message);
    }
    assert!(
        found.help.as_ref().is_some_and(|help| help.contains(" pixels (this one has 600 by 300")),
        "{:?}",
        found.help
    );
    assert!(found.span.is_some(), "it leads back to the line");
    // at twice the size it passes
    folder.put("sources/warm/scarf.png", picture(1400, 700));
    assert_eq!(folder.build(named(&["press-a5"])).failed, 0);
    // the cover's picture counts too
    let cover = PAGE.replace("topic =", "cover = \"scarf.png\"\ncover-alt = \"A red scarf\"\ntopic =");
    let folder = Folder::with_page(&cover);
    folder.put("sources/warm/scarf.png", picture(900, 600));
    let outcome = folder.build(named(&["press-a5"]));
    assert!(outcome.failed == 1 && codes(&outcome, Severity::Error).contains("A008"));
}

#[test]
fn an_ink_of_its_own_has_its_own_plate() {
    let folder = Folder::with_page(PAGE);
    let brand = folder.text("layouts/brand.toml");
    let spot = brand.replace("cmyk = [100, 40, 45, 45]", "cmyk = [100, 40, 45, 45]\nspot = \"PANTONE 3165 C\"");
    folder.put("layouts/brand.toml", &spot);
    let outcome = folder.build(named(&["press-a5", "a5"]));
    assert_eq!(outcome.failed, 0);
    let bytes = folder.bytes("output/warm/warm-press-a5.pdf");
    let spaces = spaces(&bytes);
    assert!(spaces.contains("Separation PANTONE 3165 C/DeviceCMYK"), "{spaces:?}");
    let pages = paint::pages(&bytes);
    let own = |m: &&Mark| m.colour.0.contains("PANTONE") && m.colour.1 == [100];
    assert!(pages[0].iter().filter(own).any(|m| m.kind == Kind::Area), "the band");
    assert!(pages[0].iter().filter(own).any(|m| m.words.contains("Keeping")), "the title");
    assert!(pages.iter().flatten().all(|m| m.colour.1 != MAIN), "nothing is left of the four inks");
    // a reader's file knows nothing of it
    let readers = folder.bytes("output/warm/warm-a5.pdf");
    folder.put("layouts/brand.toml", brand);
    folder.build(named(&["a5"]));
    assert!(readers == folder.bytes("output/warm/warm-a5.pdf"));
}

/// The rests of the long word that begin a line, each with its page and panel.
fn divided(bytes: &[u8]) -> Vec<(usize, i64)> {
    let pages = paint::pages(bytes);
    let rest = |m: &&Mark| m.words.starts_with("ographically");
    let panel = |m: &Mark| ((m.at[0] - ROOM) / 100.0).floor() as i64;
    pages.iter().enumerate().flat_map(|(n, page)| page.iter().filter(rest).map(move |m| (n, panel(m)))).collect()
}

const LONG_WORD: &str = "\nYour heart will be read electrocardiographically by your team.\n";

#[test]
fn words_are_divided_only_in_narrow_columns_for_print() {
    let page =
        format!("{PAGE}{LONG_WORD}\n## Electrocardiographically electrocardiographically speaking\n\nThis is it.\n");
    let folder = Folder::with_page(&page);
    let outcome = folder.build(named(&["press-dl", "dl", "press-a5", "press-large-print"]));
    assert_eq!(outcome.failed, 0);
    let notes: Vec<String> = outcome
        .said
        .iter()
        .flat_map(|s| s.sink.all())
        .filter(|d| d.code.as_str() == "M009")
        .map(|d| d.message.clone())
        .collect();
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert!(note.contains("1 word is divided") && note.contains("electrocardi-ographically"), "{note}");
    let found = divided(&folder.bytes("output/warm/warm-press-dl.pdf"));
    assert_eq!(found.len(), 1, "{found:?}");
    for name in ["dl", "press-a5", "press-large-print"] {
        let bytes = folder.bytes(&format!("output/warm/warm-{name}.pdf"));
        assert!(paint::pages(&bytes).iter().flatten().all(|m| !m.words.contains('\u{ad}')), "{name}");
        assert_eq!(divided(&bytes), [], "{name}");
    }
    // it can be turned off
    folder.put("everyleaf.toml", "[press]\ndivide-words = false\n");
    let outcome = folder.build(named(&["press-dl"]));
    assert!(!codes(&outcome, Severity::Note).contains("M009"));
    assert_eq!(divided(&folder.bytes("output/warm/warm-press-dl.pdf")), []);
}

#[test]
fn no_more_than_two_words_are_divided_on_a_panel() {
    let folder = Folder::with_page(&format!("{PAGE}{}", LONG_WORD.repeat(6)));
    let outcome = folder.build(named(&["press-dl"]));
    assert_eq!(outcome.failed, 0);
    let found = divided(&folder.bytes("output/warm/warm-press-dl.pdf"));
    let on = |place: &(usize, i64)| found.iter().filter(|other| *other == place).count();
    assert!(found.len() >= 2 && found.iter().all(|place| on(place) <= 2), "{found:?}");
}

#[test]
fn they_are_made_only_by_name() {
    let folder = Folder::with_page(PAGE);
    folder.build(options());
    let made = common::files(&folder.path().join("output"));
    assert!(made.len() > 5 && made.keys().all(|name| !name.contains("press")), "{:?}", made.keys());
    // nor has anything that people read on a screen a place to divide a word
    let folder = Folder::with_page(&format!("{PAGE}{LONG_WORD}"));
    folder.build(options());
    for (path, bytes) in common::files(&folder.path().join("output")) {
        if path.ends_with(".pdf") || path.ends_with(".epub") || path.ends_with(".html") {
            let text = common::text_of(&path, &bytes);
            assert!(text.contains("electrocardiographically") && !text.contains('\u{ad}'), "{path}");
        }
    }
}

#[test]
fn a_tinted_page_is_tinted_to_the_bleed_in_inks() {
    let folder = Folder::with_page(PAGE);
    folder.put("everyleaf.toml", "[editions.cream]\nbase = \"press-large-print\"\npaper = \"#FFF8E7\"\n");
    assert_eq!(folder.build(named(&["cream"])).failed, 0);
    let bytes = folder.bytes("output/warm/warm-cream.pdf");
    let wanted = ["DeviceCMYK", "Separation All/DeviceCMYK"].map(String::from);
    assert_eq!(spaces(&bytes), wanted.into_iter().collect());
    let pages = paint::pages(&bytes);
    let (right, head) = (ROOM + 210.0 + BLEED, ROOM + 297.0 + BLEED);
    let tint = |m: &Mark| {
        let pale = m.colour.1.iter().sum::<i64>();
        let whole =
            m.at[0] <= MARKS + 0.02 && m.at[1] <= MARKS + 0.02 && m.at[2] >= right - 0.02 && m.at[3] >= head - 0.02;
        m.kind == Kind::Area && whole && (1..25).contains(&pale)
    };
    assert!(pages[1].iter().any(tint), "{:?}", pages[1].first());
}

#[test]
fn what_is_read_from_the_right_is_bound_there() {
    let folder = built(&PAGE.replace("en-GB", "he"), &["press-dl", "press-a5"]);
    let flat = paint::pages(&folder.bytes("output/warm/warm-press-dl.pdf"));
    // the front is the outside's left panel, and the folds stand the other way round
    assert!(covered(&flat[0], ACCENT, [MARKS, MARKS, ROOM + 100.0, MARKS + 13.0]), "front's foot");
    let fold = |page: &[Mark], x: f64| {
        let near = |at: f64| (at - x).abs() < 0.1;
        page.iter().filter(|m| m.colour.0.starts_with("Separation All") && near(m.at[0]) && near(m.at[2])).count()
    };
    assert_eq!((fold(&flat[0], ROOM + 200.0), fold(&flat[0], ROOM + 197.0)), (2, 0));
    let pages = paint::pages(&folder.bytes("output/warm/warm-press-a5.pdf"));
    assert!(pages[0].iter().any(|m| m.words.contains("bound on the right")), "the slug line tells the print shop");
}

#[test]
fn a_photograph_has_no_more_dots_than_a_press_can_show() {
    let folder = Folder::with_page(&format!("{PAGE}\n![A pattern](photo.jpg)\n\n![A drawing](drawing.png)\n"));
    let picture = image::DynamicImage::ImageRgb8(image::DynamicImage::ImageRgba8(dots(3000, 2000)).to_rgb8());
    folder.put("sources/warm/photo.jpg", as_file(picture.clone(), image::ImageFormat::Jpeg));
    folder.put("sources/warm/drawing.png", as_file(picture, image::ImageFormat::Png));
    assert_eq!(folder.build(named(&["press-a5"])).failed, 0);
    let bytes = folder.bytes("output/warm/warm-press-a5.pdf");
    let document = Document::load_mem(&bytes).unwrap();
    let mut found: Vec<(i64, usize)> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image"))
        .map(|s| (s.dict.get(b"Width").unwrap().as_i64().unwrap(), paint::plain(s).len()))
        .collect();
    found.sort_unstable();
    let [(photo, inks), (drawing, _)] = found.as_slice() else { panic!("{found:?}") };
    let height = (*photo as f64 * 2.0 / 3.0).ceil() as usize;
    assert_eq!(*inks, *photo as usize * height * 4, "all dots are there");
    assert_eq!(*drawing, 3000, "a drawing keeps its edges");
    let marks = paint::pages(&bytes).into_iter().flatten().filter(|m| m.kind == Kind::Picture);
    let widest = marks.map(|m| m.at[2] - m.at[0]).fold(0.0, f64::max);
    let dpi = *photo as f64 / (widest / 25.4);
    assert!((440.0..460.0).contains(&dpi), "{dpi}");
}

#[test]
fn a_mistake_in_the_list_of_breaks_is_said_with_its_place() {
    let folder = Folder::with_page(PAGE);
    folder.put("layouts/hyphen/house.txt", "ther-apy\nnot one word\n");
    let ran = folder.run(&["build", "-e", "press-dl", "--as-of", "2026-11-23"]).expect(1);
    assert!(ran.err.contains("house.txt:2:1: error[B003]") && ran.err.contains("not one word"), "{}", ran.err);
}
