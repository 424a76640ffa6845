//! Imposition, proved by content: sheets are read back from their bytes, and every page's place is compared with a rule
//! that is written here and knows nothing of the program's own.

mod common;

use std::process::Command;

use common::sheets::{Found, Page, locked, numbered, page, sides};
use common::{Folder, PAGE, on_threads};
use everyleaf::impose::{
    About, Binding, Blanks, Flip, Options, Refusal, Scheme, Sheet, Size, Source, Stock, draw, plan,
};
use lopdf::Document;

fn impose(bytes: &[u8], options: &Options) -> Result<Vec<u8>, Refusal> {
    let source = Source::read(bytes)?;
    let plan = plan(&source.sizes(), options)?;
    let about = About { title: "Sheets".into(), date: Some("2026-03-01".into()), ..About::default() };
    draw(source, &plan, options, &about, None)
}

/// Where a page must be: its number, and its trim's left, low, right and high edge in millimetres; turned or not.
struct Wanted {
    number: usize,
    trim: [f64; 4],
    turned: bool,
}

#[track_caller]
fn compare(found: &[Found], wanted: &[Wanted], what: &str) {
    let numbers: Vec<usize> = wanted.iter().map(|w| w.number).collect();
    assert_eq!(found.iter().map(|f| f.number).collect::<Vec<_>>(), numbers, "{what}: the order of pages");
    for (found, wanted) in found.iter().zip(wanted) {
        let [left, low, right, high] = wanted.trim;
        let corners = if wanted.turned { [right, high, left, low] } else { [left, low, right, high] };
        let real = [found.foot[0], found.foot[1], found.head[0], found.head[1]];
        for (real, corner) in real.into_iter().zip(corners) {
            assert!((real - corner).abs() < 0.1, "{what}, page {}: {real} is not {corner}", found.number);
        }
    }
}

/// The rule for booklets: sheet s of n pages has [n - 2s, 2s + 1] outside and [2s + 2, n - 2s - 1] inside, counted from
/// 0 and 1; each page is moved towards the fold by s times the paper's thickness.
fn booklet(count: usize, size: [f64; 2], sheet: [f64; 2], caliper: f64, right: bool, over: bool) -> Vec<Vec<Wanted>> {
    let n = count.div_ceil(4) * 4;
    let ([w, h], [sheet_w, sheet_h]) = (size, sheet);
    let mut all = Vec::new();
    for s in 0..n / 4 {
        let creep = caliper * s as f64;
        for (back, mut pair) in [(false, [n - 2 * s, 2 * s + 1]), (true, [2 * s + 2, n - 2 * s - 1])] {
            if right {
                pair.reverse();
            }
            let (middle, low) = (sheet_w / 2.0, (sheet_h - h) / 2.0);
            let mut side = Vec::new();
            for (number, left) in [(pair[0], middle - w + creep), (pair[1], middle - creep)] {
                let mut trim = [left, low, left + w, low + h];
                if back && over {
                    trim = [sheet_w - trim[2], sheet_h - trim[3], sheet_w - trim[0], sheet_h - trim[1]];
                }
                if number <= count {
                    side.push(Wanted { number, trim, turned: back && over });
                }
            }
            all.push(side);
        }
    }
    all
}

#[test]
fn every_page_of_a_booklet_is_where_the_rule_says() {
    for count in [1, 3, 8, 12, 16, 40, 64] {
        for (binding, flip) in
            [(Binding::Left, Flip::Short), (Binding::Left, Flip::Long), (Binding::Right, Flip::Short)]
        {
            let options = Options {
                binding,
                flip: Some(flip),
                stock: Stock::Caliper(0.12),
                ..Options::new(Scheme::Saddle, Sheet::A4)
            };
            let made = impose(&numbered(&vec![page(148.0, 210.0); count]), &options).unwrap();
            let right = binding == Binding::Right;
            let wanted = booklet(count, [148.0, 210.0], [297.0, 210.0], 0.12, right, flip == Flip::Long);
            let found = sides(&made, 0.0);
            assert_eq!(found.len(), wanted.len(), "{count} pages");
            for (index, ((_, found), wanted)) in found.iter().zip(&wanted).enumerate() {
                compare(found, wanted, &format!("{count} pages, {binding:?}, {flip:?}, side {}", index + 1));
            }
        }
    }
}

#[test]
fn bleed_is_shown_to_the_edge_and_never_over_the_fold() {
    let one = Page { bleed: 3.0, ..page(148.0, 210.0) };
    let options = Options { bleed: 3.0, marks: true, ..Options::new(Scheme::Saddle, Sheet::Sra4) };
    let made = impose(&numbered(&[one; 8]), &options).unwrap();
    let wanted = booklet(8, [148.0, 210.0], [320.0, 225.0], 0.1, false, false);
    for (index, ((_, found), wanted)) in sides(&made, 3.0).iter().zip(&wanted).enumerate() {
        compare(found, wanted, &format!("side {}", index + 1));
        let creep = 0.1 * (index / 2) as f64;
        for (found, shown) in found
            .iter()
            .zip([[160.0 - 148.0 + creep - 3.0, 4.5, 160.0, 220.5], [160.0, 4.5, 160.0 + 148.0 - creep + 3.0, 220.5]])
        {
            assert!(found.shown.iter().zip(shown).all(|(a, b)| (a - b).abs() < 0.05), "{:?} {shown:?}", found.shown);
        }
    }
    let document = Document::load_mem(&made).unwrap();
    let layers = document.catalog().unwrap().get(b"OCProperties").unwrap().as_dict().unwrap();
    let names: Vec<String> = layers
        .get(b"OCGs")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|id| {
            let group = document.get_dictionary(id.as_reference().unwrap()).unwrap();
            String::from_utf8(group.get(b"Name").unwrap().as_str().unwrap().to_vec()).unwrap()
        })
        .collect();
    assert_eq!(names, ["Crop marks", "Fold marks", "Registration marks", "Colour bars", "Slug line"]);
}

#[test]
fn signatures_follow_each_other() {
    // 24 pages in folds of at most 8: three booklets of 8, one behind the other
    let options = Options { signature: 8, stock: Stock::Caliper(0.1), ..Options::new(Scheme::Saddle, Sheet::A4) };
    let made = impose(&numbered(&[page(148.0, 210.0); 24]), &options).unwrap();
    let found = sides(&made, 0.0);
    for part in 0..3 {
        let mut wanted = booklet(8, [148.0, 210.0], [297.0, 210.0], 0.1, false, false);
        for (side, (_, found)) in wanted.iter_mut().zip(&found[4 * part..]) {
            side.iter_mut().for_each(|wanted| wanted.number += 8 * part);
            compare(found, side, &format!("part {}", part + 1));
        }
    }
    assert_eq!(found.len(), 12);
}

#[test]
fn blanks_may_stand_before_the_back_cover() {
    let options = Options { blanks: Blanks::BeforeLast, ..Options::new(Scheme::Saddle, Sheet::A4) };
    let made = impose(&numbered(&[page(148.0, 210.0); 6]), &options).unwrap();
    let numbers: Vec<Vec<usize>> =
        sides(&made, 0.0).iter().map(|(_, side)| side.iter().map(|found| found.number).collect()).collect();
    assert_eq!(numbers, [vec![6, 1], vec![2], vec![3], vec![4, 5]]);
}

#[test]
fn panels_of_a_flat_lie_back_to_back() {
    let pages = [100.0, 100.0, 100.0, 97.0, 97.0, 100.0].map(|width| page(width, 210.0));
    let made = impose(&numbered(&pages), &Options::new(Scheme::Trifold, Sheet::A4)).unwrap();
    let found = sides(&made, 0.0);
    let row = |pages: [(usize, f64, f64); 3]| {
        pages.map(|(number, left, right)| Wanted { number, trim: [left, 0.0, right, 210.0], turned: false })
    };
    compare(&found[0].1, &row([(5, 0.0, 97.0), (6, 97.0, 197.0), (1, 197.0, 297.0)]), "outside");
    compare(&found[1].1, &row([(2, 0.0, 100.0), (3, 100.0, 200.0), (4, 200.0, 297.0)]), "inside");
}

#[test]
fn turned_pages_stand_upright() {
    // pages that lie in the file and are turned for looking at
    for turn in [90, 180, 270] {
        let one = if turn == 180 { page(148.0, 210.0) } else { page(210.0, 148.0) };
        let made = impose(&numbered(&[Page { turn, ..one }; 4]), &Options::new(Scheme::Saddle, Sheet::A4)).unwrap();
        let (_, outside) = &sides(&made, 0.0)[0];
        let first = outside[1];
        // the corner that the page's own foot and left edge make, seen after turning with the clock
        let (foot, head) = match turn {
            90 => ([148.5, 210.0], [296.5, 0.0]),
            180 => ([296.5, 210.0], [148.5, 0.0]),
            _ => ([296.5, 0.0], [148.5, 210.0]),
        };
        for (real, wanted) in [first.foot, first.head].concat().into_iter().zip([foot, head].concat()) {
            assert!((real - wanted).abs() < 0.1, "turned by {turn}: {first:?}");
        }
    }
}

#[test]
fn leaves_are_cut_and_stacked() {
    let numbers = |count: usize, scheme, sheet| -> Vec<Vec<usize>> {
        let made = impose(&numbered(&vec![page(105.0, 148.0); count]), &Options::new(scheme, sheet)).unwrap();
        sides(&made, 0.0).iter().map(|(_, side)| side.iter().map(|found| found.number).collect()).collect()
    };
    assert_eq!(numbers(8, Scheme::FourUp, Sheet::A4), [[1, 3, 5, 7], [2, 4, 6, 8]]);
    assert_eq!(numbers(8, Scheme::TwoUp, Sheet::A4), [[1, 5], [2, 6], [3, 7], [4, 8]]);
    assert_eq!(numbers(2, Scheme::Repeat, Sheet::A4), [[1; 4], [2; 4]]);
    assert_eq!(numbers(3, Scheme::Duplex, Sheet::A4), [vec![1], vec![2], vec![3], vec![]]);
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let bytes = numbered(&[page(148.0, 210.0); 12]);
    let options = Options { marks: true, ..Options::new(Scheme::Saddle, Sheet::Sra4) };
    assert_eq!(impose(&bytes, &options).unwrap(), impose(&bytes, &options).unwrap());
}

#[test]
fn what_cannot_be_imposed_is_refused_with_its_reason() {
    let options = Options::new(Scheme::Saddle, Sheet::A4);
    let whole = numbered(&[page(148.0, 210.0); 8]);
    assert!(matches!(impose(b"no PDF at all", &options), Err(Refusal::Damaged(_))));
    assert!(matches!(impose(&whole[..whole.len() / 2], &options), Err(Refusal::Damaged(_))));
    assert!(matches!(impose(&numbered(&[]), &options), Err(Refusal::Empty)));
    let mixed = numbered(&[page(148.0, 210.0), page(210.0, 297.0)]);
    assert!(matches!(impose(&mixed, &options), Err(Refusal::Sizes { page: 2, .. })));
    let wide = numbered(&[page(210.0, 297.0); 4]);
    assert!(matches!(impose(&wide, &options), Err(Refusal::Paper { .. })));
    let flat = Options::new(Scheme::Trifold, Sheet::A4);
    assert!(matches!(impose(&whole, &flat), Err(Refusal::Count { found: 8, wanted: 6 })));
    // a lock without a password to open it is a lock
    for password in ["", "secret"] {
        assert_eq!(impose(&locked(&whole, password), &options), Err(Refusal::Locked), "{password:?}");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let whole = numbered(&[page(148.0, 210.0); 4]);
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] = broken[at].wrapping_add(13);
        // whatever comes of it
        let _ = impose(&broken, &Options::new(Scheme::Saddle, Sheet::A4));
    }
}

#[test]
fn the_command_chooses_says_and_refuses() {
    let folder = Folder::new();
    folder.put("leaflet.pdf", numbered(&[page(148.0, 210.0); 10]));
    let ran = folder.run(&["impose", "leaflet.pdf", "--order", "order.pdf"]).expect(0);
    for words in ["10 pages on 3 sheets of A4", "flip on the short edge", "staple", "2 blank pages", "actual size"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    assert_eq!(sides(&folder.bytes("leaflet-sheets.pdf"), 0.0).len(), 6);
    assert!(folder.bytes("order.pdf").starts_with(b"%PDF"));
    folder.put("wide.pdf", numbered(&[page(297.0, 210.0), page(120.0, 120.0)]));
    // pages of differing sizes fit no fold, named or not
    for named in [&[][..], &["--scheme", "duplex"]] {
        let sizes = folder.run(&[&["impose", "wide.pdf", "--message-format", "short"], named].concat()).expect(1);
        assert!(sizes.err.contains("error[M004]") && sizes.err.contains("page 2"), "{}", sizes.err);
    }
    folder.put("odd.pdf", numbered(&[page(120.0, 120.0); 3]));
    let odd = folder.run(&["impose", "odd.pdf"]).expect(2);
    assert!(odd.err.contains("120 by 120 mm") && odd.err.contains("--scheme"), "{}", odd.err);
    folder.put("huge.pdf", numbered(&[page(297.0, 420.0); 4]));
    let huge = folder.run(&["impose", "huge.pdf", "--scheme", "saddle"]).expect(1);
    assert!(huge.err.contains("no sheet that is offered"), "{}", huge.err);
    folder.run(&["impose", "nothing.pdf"]).expect(1);
    folder.run(&["impose"]).expect(2);
    let marks =
        ["impose", "leaflet.pdf", "--marks", "--bleed", "3", "--slug", "Keeping warm, WARM-1", "--out", "marks.pdf"];
    let ran = folder.run(&[&marks[..], &["--message-format", "short"]].concat()).expect(0);
    assert!(ran.err.contains("warning[M007]") && ran.err.contains("SRA4"), "{}", ran.err);
    let first = folder.bytes("marks.pdf");
    folder.run(&marks).expect(0);
    assert_eq!(first, folder.bytes("marks.pdf"));
    for flip in ["long", "short"] {
        folder.run(&["impose", "--test-sheet", "--flip", flip, "--out", "test.pdf"]).expect(0);
        assert!(folder.bytes("test.pdf").starts_with(b"%PDF"));
    }
}

#[test]
fn sheets_are_editions_made_by_name() {
    let folder = Folder::with_page(PAGE);
    folder.run(&["build", "--as-of", "2026-11-23"]).expect(0);
    let leaflet = folder.bytes("output/warm/warm-a5.pdf");
    let alone = common::files(&folder.path().join("output/warm"));
    assert!(alone.keys().all(|name| !name.contains("sheets")), "{:?}", alone.keys());
    let names = "sheets-a5,sheets-dl,sheets-large-print";
    folder.run(&["build", "--as-of", "2026-11-23", "-e", names]).expect(0);
    let made = common::files(&folder.path().join("output/warm"));
    for (name, bytes) in &alone {
        assert_eq!(bytes, &made[name], "{name} changed");
    }
    let pages = Source::read(&leaflet).unwrap().sizes().len();
    let paper = |name: &str| -> Vec<Size> {
        let facts = everyleaf::inspect::pdf::inspect(&made[name]).unwrap();
        let millimetres = |points: f64| points / common::sheets::MM;
        facts.pages.iter().map(|page| Size::new(millimetres(page.width), millimetres(page.height))).collect()
    };
    let sheets = paper("warm-sheets-a5.pdf");
    assert_eq!(sheets.len(), pages / 2);
    assert!(sheets.iter().all(|size| size.is(Size::new(297.0, 210.0))));
    assert_eq!(paper("warm-sheets-dl.pdf").len(), 2);
    let large = paper("warm-sheets-large-print.pdf");
    assert!(large.iter().all(|size| size.is(Size::new(420.0, 297.0))));
    assert!(made["warm-sheets-a5.pdf"].len() * 2 <= leaflet.len() * 3);
    // the page may leave the leaflet out, and the sheets are made all the same
    let page = PAGE.replace("product-code", "editions = [\"html\"]\nproduct-code");
    let bare = Folder::with_page(&page);
    bare.run(&["build", "--as-of", "2026-11-23", "-e", "sheets-a5"]).expect(0);
    assert_eq!(bare.bytes("output/warm/warm-sheets-a5.pdf"), made["warm-sheets-a5.pdf"]);
    assert!(!bare.path().join("output/warm/warm-a5.pdf").exists());
}

#[test]
fn a_page_too_long_for_panels_has_no_sheet_of_them() {
    let folder = Folder::with_page(&format!("{PAGE}{}", "Keep warm, and wear a scarf in the wind.\n\n".repeat(300)));
    let ran = folder.run(&["build", "--as-of", "2026-11-23", "-e", "sheets-dl", "--message-format", "short"]).expect(0);
    assert!(ran.err.contains("note[L006]") && ran.err.contains("sheets-dl: not made"), "{}", ran.err);
    assert_eq!(folder.manifest()["skipped"][0]["edition"], "sheets-dl");
}

/// How long it takes is measured by `cargo bench --bench impose`.
#[test]
fn a_long_booklet_stays_small() {
    let text = "Cold air can make you cough. Cover your nose and mouth, and wear a scarf. ".repeat(12);
    let folder = Folder::with_page(&format!("{PAGE}{}", format!("## Part\n\n{text}\n\n").repeat(150)));
    on_threads(|| folder.run(&["build", "--as-of", "2026-11-23", "-e", "a5"]).expect(0));
    let bytes = folder.bytes("output/warm/warm-a5.pdf");
    let pages = Source::read(&bytes).unwrap().sizes().len();
    assert!(pages >= 40, "{pages} pages");
    let made = impose(&bytes, &Options::new(Scheme::Saddle, Sheet::A4)).unwrap();
    assert!(made.len() * 2 <= bytes.len() * 3, "{} against {}", made.len(), bytes.len());
}

/// What the office's settings change: the paper of large print, the edge at which the printer turns, the creep.
#[test]
fn the_office_says_what_its_printer_does() {
    let folder = Folder::with_page(PAGE);
    let build = |names: &str| folder.run(&["build", "--as-of", "2026-11-23", "-e", names]);
    let sheets = |name: &str| Document::load_mem(&folder.bytes(&format!("output/warm/warm-{name}.pdf"))).unwrap();
    let turned = |document: &Document| -> String {
        let printing = document.catalog().unwrap().get(b"ViewerPreferences").unwrap().as_dict().unwrap();
        String::from_utf8_lossy(printing.get(b"Duplex").unwrap().as_name().unwrap()).into_owned()
    };
    build("sheets-a5,sheets-large-print,large-print").expect(0);
    assert_eq!(turned(&sheets("sheets-a5")), "DuplexFlipShortEdge");
    let usual = folder.bytes("output/warm/warm-sheets-a5.pdf");

    folder.put("everyleaf.toml", "[sheets]\nlarge-print = \"a4-duplex\"\nflip = \"long\"\ncaliper = 0.3\n");
    build("sheets-a5,sheets-large-print").expect(0);
    assert_eq!(turned(&sheets("sheets-a5")), "DuplexFlipLongEdge");
    assert_ne!(folder.bytes("output/warm/warm-sheets-a5.pdf"), usual);
    let (large, pages) = (sheets("sheets-large-print"), sheets("large-print-18pt").get_pages().len());
    assert_eq!(large.get_pages().len(), pages.next_multiple_of(2), "a page on each side");
    for id in large.get_pages().into_values() {
        let frame = common::sheets::numbers(&[0.0, 0.0, 210.0 * common::sheets::MM, 297.0 * common::sheets::MM]);
        let found = large.get_dictionary(id).unwrap().get(b"MediaBox").unwrap();
        let near = found.as_array().unwrap().iter().zip(frame.as_array().unwrap());
        assert!(near.into_iter().all(|(a, b)| (a.as_float().unwrap() - b.as_float().unwrap()).abs() < 0.01));
    }

    // any other PDF is put on the same paper, unless the command says otherwise
    folder.put("pages.pdf", numbered(&[page(148.0, 210.0); 16]));
    folder.run(&["impose", "pages.pdf", "--out", "office.pdf"]).expect(0);
    folder.run(&["impose", "pages.pdf", "--caliper", "0.3", "--flip", "long", "--out", "said.pdf"]).expect(0);
    folder.run(&["impose", "pages.pdf", "--gsm", "80", "--flip", "short", "--out", "other.pdf"]).expect(0);
    assert_eq!(folder.bytes("office.pdf"), folder.bytes("said.pdf"));
    assert_ne!(folder.bytes("office.pdf"), folder.bytes("other.pdf"));

    for wrong in ["flip = \"up\"", "weight = 3", "caliper = 9", "large-print = \"a6\"", "blanks = 2", "paper = 1"] {
        folder.put("everyleaf.toml", format!("[sheets]\n{wrong}\n"));
        let ran = build("sheets-a5").expect(2);
        assert!(ran.err.contains("everyleaf.toml:2:"), "{wrong}: {}", ran.err);
        for command in [&["impose", "pages.pdf", "--out", "no.pdf"][..], &["impose", "--test-sheet", "--out", "no.pdf"]]
        {
            let ran = folder.run(command).expect(2);
            assert!(ran.err.contains("everyleaf.toml:2:") && !folder.path().join("no.pdf").exists(), "{}", ran.err);
        }
    }
}

/// Where qpdf is at hand, it finds nothing wrong.
#[test]
fn qpdf_finds_nothing_wrong() {
    if Command::new("qpdf").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::new();
    let one = Page { bleed: 3.0, ..page(148.0, 210.0) };
    let options = Options { bleed: 3.0, marks: true, ..Options::new(Scheme::Saddle, Sheet::Sra4) };
    folder.put("sheets.pdf", impose(&numbered(&[one; 8]), &options).unwrap());
    let out = Command::new("qpdf").arg("--check").arg(folder.path().join("sheets.pdf")).output().unwrap();
    let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
    assert!(out.status.success() && !said.contains("WARNING"), "{said}");
}

#[test]
fn nothing_of_the_test_is_the_programs_own() {
    // the reader of sheets sees what is there: a page moved by hand is found moved
    let made = impose(&numbered(&[page(148.0, 210.0); 4]), &Options::new(Scheme::Saddle, Sheet::A4)).unwrap();
    let mut document = Document::load_mem(&made).unwrap();
    let (id, before) = sides(&made, 0.0).remove(0);
    let content = document.get_page_content(id);
    let moved = [b"1 0 0 1 10 0 cm ".to_vec(), content].concat();
    document.change_page_content(id, moved).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let (_, after) = sides(&bytes, 0.0).remove(0);
    assert!((after[0].foot[0] - before[0].foot[0] - 10.0 / common::sheets::MM).abs() < 0.01);
}
