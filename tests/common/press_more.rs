//! Faults of press files that stand behind something: in a tile, a drawn letter, a mask, a picture within the content.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::press::{Sheet, photograph, picture};
use super::sheets::{MM, numbers};

/// What can be planted, with its code.
pub const FAULTS: &[(&str, &str)] = &[
    ("locked-without-password", "X001"),
    ("trim-without-size", "X002"),
    ("no-media", "X002"),
    ("crop-small", "X002"),
    ("tile-rgb", "X008"),
    ("tile-rgb-picture", "X008"),
    ("tile-plain-rgb", "X008"),
    ("tile-line-rgb", "X008"),
    ("tile-words-rgb", "X008"),
    ("inline-rgb", "X008"),
    ("inline-rgb-packed", "X008"),
    ("spot-rgb", "X008"),
    ("drawn-letters-rgb", "X008"),
    ("default-cmyk", "X008"),
    ("feigned-letter", "X008"),
    ("tile-ink", "X009"),
    ("spot-ink", "X009"),
    ("tile-words-rich", "X012"),
    ("rich-outline", "X012"),
    ("tile-150dpi", "X014"),
    ("inline-150dpi", "X014"),
    ("inline-packed-coarse", "X014"),
    ("jpeg-claims", "X014"),
    ("tile-hairline", "X015"),
    ("tile-words-near-trim", "X005"),
    ("open-action", "X019"),
    ("page-action", "X019"),
    ("script", "X019"),
    ("attached-file", "X019"),
    ("lost-colour", "X025"),
    ("lost-picture", "X025"),
    ("lost-font", "X025"),
    ("lost-state", "X025"),
    ("lost-pattern", "X025"),
    ("lost-gradient", "X025"),
    ("no-resources", "X025"),
    ("broken-content", "X025"),
];

/// Faults that belong to the whole file.
pub const WHOLE: &[&str] = &["open-action", "script", "attached-file"];

/// The same without a fault: nothing is found.
pub const TWINS: &[&str] = &[
    "tile-fine",
    "tile-words-fine",
    "tile-often",
    "inline-fine",
    "inline-end-within",
    "spot-lab",
    "drawn-letters-fine",
    "drawn-letters-coloured",
    "plain-outline",
    "opens-at-page",
    "flat-picture",
];

/// Masks and things that cannot be seen: they show through, which is a note by itself.
pub const SOFT: &[(&str, &[&str])] = &[
    ("mask-grey", &["X024"]),
    ("mask-rgb", &["X008", "X024"]),
    ("mask-rgb-picture", &["X008", "X024"]),
    ("mask-rgb-group", &["X008", "X024"]),
    ("mask-lost", &["X024", "X025"]),
    ("mask-in-itself", &["X024"]),
    ("unseen", &[]),
];

/// A tile of this size, in points, with these resources.
fn tile(document: &mut Document, content: &str, side: f64, plain: bool, resources: Dictionary) -> ObjectId {
    let dict = dictionary! {
        "Type" => "Pattern", "PatternType" => 1, "PaintType" => if plain { 2 } else { 1 }, "TilingType" => 1,
        "BBox" => numbers(&[0.0, 0.0, side, side]), "XStep" => side, "YStep" => side, "Resources" => resources,
    };
    document.add_object(Stream::new(dict, content.as_bytes().to_vec()))
}

const SQUARE: [f64; 4] = [20.0, 100.0, 20.0, 20.0];

/// A font of one letter, `a`, that draws it.
fn drawn(document: &mut Document, content: &str) -> ObjectId {
    let letter = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0.0, 0.0, 500.0, 500.0]),
        "FontMatrix" => numbers(&[0.001, 0.0, 0.0, 0.001, 0.0, 0.0]), "CharProcs" => dictionary! { "a" => letter },
        "Encoding" => dictionary! { "Differences" => Object::Array(vec![97.into(), "a".into()]) },
        "FirstChar" => 97, "LastChar" => 97, "Widths" => numbers(&[500.0]), "Resources" => Dictionary::new(),
    })
}

fn mask(document: &mut Document, content: &str, space: &str, resources: Dictionary) -> Dictionary {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 500.0, 700.0]),
        "Group" => dictionary! { "S" => "Transparency", "CS" => space }, "Resources" => resources,
    };
    let group = document.add_object(Stream::new(dict, content.as_bytes().to_vec()));
    dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => group } }
}

fn spot(document: &mut Document, name: &str, stand_in: &str, full: &[f64]) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => numbers(&[0.0, 1.0]), "N" => 1,
        "C0" => numbers(&vec![0.0; full.len()]), "C1" => numbers(full),
    };
    let tint = document.add_object(tint);
    let space = match stand_in {
        "Lab" => {
            let white = dictionary! { "WhitePoint" => numbers(&[0.95, 1.0, 1.08]) };
            Object::Array(vec!["Lab".into(), white.into()])
        }
        other => other.into(),
    };
    Object::Array(vec!["Separation".into(), name.into(), space, tint.into()])
}

/// Plants what the list above names; anything else is let be.
pub fn plant(document: &mut Document, sheet: &mut Sheet, fault: &str) {
    match fault.split('-').next() {
        Some("tile") => tiles(document, sheet, fault),
        Some("inline") => inline(sheet, fault),
        Some("mask") => masks(document, sheet, fault),
        Some("lost") => lost(sheet, fault),
        _ => others(document, sheet, fault),
    }
}

fn tiles(document: &mut Document, sheet: &mut Sheet, fault: &str) {
    let pixels = if fault == "tile-150dpi" { 83 } else { 170 };
    let space = if fault == "tile-rgb-picture" { "DeviceRGB" } else { "DeviceCMYK" };
    let sample: &[u8] = if space == "DeviceRGB" { &[200, 100, 50] } else { &[60, 20, 20, 10] };
    let picture = picture(document, pixels, space, 8, sample);
    let content = match fault {
        "tile-rgb-picture" | "tile-150dpi" => "40 0 0 40 0 0 cm /I Do",
        "tile-plain-rgb" => "0 0 20 20 re f",
        "tile-ink" => "1 1 1 .5 k 0 0 20 20 re f",
        "tile-words-rich" => ".6 .4 .4 1 k 0 0 40 40 re f",
        "tile-words-fine" => "0 0 0 1 k 0 0 40 40 re f",
        "tile-hairline" => "0 0 0 1 K 0.1 w 0 0 m 40 40 l S",
        "tile-words-near-trim" => "BT 0 0 0 1 k /F 10 Tf 34 300 Td (Too near) Tj ET",
        "tile-fine" | "tile-often" => ".12 0 .05 0 k 0 0 20 20 re f q 40 0 0 40 0 0 cm /I Do Q",
        _ => "1 0 0 rg 0 0 20 20 re f",
    };
    let side = if fault == "tile-words-near-trim" { 1000.0 } else { 40.0 };
    let fonts = sheet.resources.get(b"Font").unwrap().clone();
    let own = dictionary! { "XObject" => dictionary! { "I" => picture }, "Font" => fonts };
    let plain = fault == "tile-plain-rgb";
    let tile = tile(document, content, side, plain, own);
    sheet.resource("Pattern", "Tile", tile);
    match fault {
        "tile-plain-rgb" => {
            sheet.resource("ColorSpace", "Under", Object::Array(vec!["Pattern".into(), "DeviceRGB".into()]));
            sheet.box_at("/Under cs 1 0 0 /Tile scn", SQUARE);
        }
        "tile-line-rgb" => {
            let [x, y, ..] = SQUARE.map(|n| (n + 10.0) * MM);
            sheet.draw(&format!("/Pattern CS /Tile SCN 20 w {x} {y} 100 100 re S"));
        }
        "tile-words-rgb" | "tile-words-rich" | "tile-words-fine" => {
            sheet.words("/Pattern cs /Tile scn", 18.0, [20.0, 120.0], "Words of tiles");
        }
        "tile-words-near-trim" => sheet.box_at("/Pattern cs /Tile scn", [2.0, 60.0, 80.0, 60.0]),
        "tile-often" => (0..10_000).for_each(|_| sheet.box_at("/Pattern cs /Tile scn", SQUARE)),
        _ => sheet.box_at("/Pattern cs /Tile scn", SQUARE),
    }
}

fn inline(sheet: &mut Sheet, fault: &str) {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>() + ">";
    let wide = |pixels: usize, parts: usize| {
        let samples: Vec<u8> = (0..pixels * parts).map(|i| b'(' + (i % 7) as u8).collect();
        String::from_utf8(samples).unwrap()
    };
    let picture = match fault {
        // 20 mm with 240 dots a row would be 305 dots to the inch; a strip is as good as a square
        "inline-rgb" => format!("/W 240 /H 240 /BPC 8 /CS /RGB ID {}", wide(240 * 240, 3)),
        "inline-150dpi" => format!("/W 118 /H 118 /BPC 8 /CS /CMYK ID {}", wide(118 * 118, 4)),
        "inline-rgb-packed" => {
            let data = [200, 10, 10].repeat(240 * 240);
            format!("/W 240 /H 240 /BPC 8 /CS /RGB /F /AHx ID {}", hex(&data))
        }
        "inline-packed-coarse" => {
            let mut data = [100, 10, 10, 0].repeat(16);
            data[0] = 50;
            format!("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter [/AHx] ID\n{}", hex(&data))
        }
        "inline-end-within" => {
            let mut data = wide(240 * 240, 4);
            data.replace_range(4000..4004, " EI ");
            format!("/W 240 /H 240 /BPC 8 /CS /CMYK ID {data}")
        }
        _ => format!("/W 240 /H 240 /BPC 8 /CS /CMYK /D [0 1 0 1 0 1 0 1] ID {}", wide(240 * 240, 4)),
    };
    let [x, y, w, h] = [30.0, 110.0, 20.0, 20.0].map(|n| n * MM);
    sheet.draw(&format!("q {w} 0 0 {h} {x} {y} cm (a BI in a string) pop BI {picture}\nEI Q"));
    // what comes after it is looked at as well
    sheet.words("0 0 0 1 k", 12.0, [20.0, 90.0], "After the picture");
}

fn masks(document: &mut Document, sheet: &mut Sheet, fault: &str) {
    let (content, space) = match fault {
        "mask-rgb" => ("1 0 0 rg 0 0 400 400 re f", "DeviceGray"),
        "mask-rgb-picture" => ("q 400 0 0 400 0 0 cm /I Do Q", "DeviceGray"),
        "mask-rgb-group" => (".5 g 0 0 400 400 re f", "DeviceRGB"),
        "mask-lost" => ("/c0 cs .5 sc 0 0 400 400 re f", "DeviceGray"),
        "mask-in-itself" => ("/State gs .5 g 0 0 400 400 re f", "DeviceGray"),
        _ => (".5 g 0 0 400 400 re f", "DeviceGray"),
    };
    let picture = picture(document, 8, "DeviceRGB", 8, &[200, 100, 50]);
    let own = dictionary! { "XObject" => dictionary! { "I" => picture } };
    let state = mask(document, content, space, own);
    let state = document.add_object(state);
    if fault == "mask-in-itself" {
        let dict = document.get_dictionary(state).unwrap().get(b"SMask").unwrap().as_dict().unwrap().clone();
        let group = dict.get(b"G").unwrap().as_reference().unwrap();
        let own = document.get_object_mut(group).and_then(Object::as_stream_mut).unwrap();
        own.dict.set("Resources", dictionary! { "ExtGState" => dictionary! { "State" => state } });
    }
    sheet.resource("ExtGState", "State", state);
    sheet.draw("q /State gs");
    sheet.box_at(".12 0 .05 0 k", SQUARE);
    sheet.draw("Q");
}

fn lost(sheet: &mut Sheet, fault: &str) {
    match fault {
        "lost-colour" => sheet.box_at("/c0 cs 1 scn", SQUARE),
        "lost-picture" => sheet.draw("/Nowhere Do"),
        "lost-font" => sheet.draw("BT /Nofont 12 Tf 100 300 Td (Nothing) Tj ET"),
        "lost-state" => sheet.draw("/Nostate gs"),
        "lost-pattern" => sheet.box_at("/Pattern cs /Notile scn", SQUARE),
        "lost-gradient" => sheet.draw("q 100 300 50 50 re W n /Noshade sh Q"),
        _ => {}
    }
}

fn others(document: &mut Document, sheet: &mut Sheet, fault: &str) {
    match fault {
        "spot-rgb" | "spot-ink" | "spot-lab" => {
            let (space, full): (_, &[f64]) = match fault {
                "spot-rgb" => ("DeviceRGB", &[1.0, 0.0, 0.0]),
                "spot-lab" => ("Lab", &[50.0, 20.0, 20.0]),
                _ => ("DeviceCMYK", &[1.0, 1.0, 1.0, 0.5]),
            };
            let spot = spot(document, "HOUSE BLUE", space, full);
            sheet.resource("ColorSpace", "Planted", spot);
            sheet.box_at("/Planted cs 1 scn", SQUARE);
        }
        "drawn-letters-rgb" | "drawn-letters-fine" | "drawn-letters-coloured" => {
            let (content, colour) = match fault {
                "drawn-letters-rgb" => ("500 0 d0 1 0 0 rg 0 0 400 500 re f", "0 0 0 1 k"),
                // grey for screens is what letters are set in until a colour is chosen
                "drawn-letters-coloured" => ("500 0 d0 1 .4 .45 .45 k 0 0 400 500 re f 100 0 1 500 re f", "0 g"),
                _ => ("500 0 0 0 500 500 d1 1 0 0 rg 0 0 400 500 re f 450 0 1 500 re f", "0 0 0 1 k"),
            };
            let font = drawn(document, content);
            sheet.resource("Font", "Drawn", font);
            let [x, y, ..] = [30.0, 130.0].map(|n| n * MM);
            sheet.draw(&format!("BT {colour} /Drawn 12 Tf {x} {y} Td (aaa) Tj ET"));
        }
        "default-cmyk" => {
            let profile = document.add_object(Stream::new(dictionary! { "N" => 4 }, b"a profile".to_vec()));
            sheet.resource("ColorSpace", "DefaultCMYK", Object::Array(vec!["ICCBased".into(), profile.into()]));
        }
        "rich-outline" => sheet.words("2 Tr .6 .4 .4 1 K 0 0 0 1 k", 18.0, [20.0, 120.0], "Outlined"),
        "plain-outline" => sheet.words("2 Tr 0.1 w 0 0 0 1 K 0 0 0 1 k", 18.0, [20.0, 120.0], "Outlined"),
        "jpeg-claims" => {
            photograph(document, sheet, include_bytes!("../preflight_pictures/cmyk-180.jpg"), true);
            let at = sheet.resources.get(b"XObject").unwrap().as_dict().unwrap().get(b"Planted").unwrap();
            let dict = &mut document.get_object_mut(at.as_reference().unwrap()).unwrap().as_stream_mut().unwrap().dict;
            dict.set("Width", 480);
            dict.set("Height", 480);
            sheet.place("Planted", [60.0, 100.0, 40.0, 40.0]);
        }
        "flat-picture" => {
            let dict = dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 2, "BitsPerComponent" => 8,
                "ColorSpace" => "DeviceCMYK",
            };
            let flat = document.add_object(Stream::new(dict, [60, 20, 20, 10].repeat(4)));
            sheet.resource("XObject", "Planted", flat);
            sheet.place("Planted", SQUARE);
        }
        "unseen" => {
            let state = document.add_object(dictionary! { "ca" => 0.0, "CA" => 0 });
            sheet.resource("ExtGState", "State", state);
            sheet.draw("q /State gs");
            sheet.box_at("1 1 1 1 k", SQUARE);
            sheet.draw("Q");
        }
        "feigned-letter" => sheet.box_at("500 0 0 0 500 500 d1 1 0 0 rg", SQUARE),
        "broken-content" => sheet.draw("0 0 0 1 k ) 100 300 50 50 re f"),
        _ => {}
    }
}

/// What is planted in the catalog.
pub fn declare(document: &mut Document, catalog: &mut Dictionary, root: ObjectId, fault: &str) {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    match fault {
        "open-action" => catalog.set("OpenAction", dictionary! { "S" => "Named", "N" => "Print" }),
        "script" => {
            let names = Object::Array(vec![Object::string_literal("one"), script.into()]);
            catalog.set("Names", dictionary! { "JavaScript" => dictionary! { "Names" => names } });
        }
        "attached-file" => {
            let file = document.add_object(dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a") });
            let names = Object::Array(vec![Object::string_literal("a"), file.into()]);
            catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
        }
        "opens-at-page" => catalog.set("OpenAction", Object::Array(vec![root.into(), "Fit".into()])),
        _ => {}
    }
}

/// What is planted in the dictionary of the second page.
pub fn on_page(page: &mut Dictionary, fault: &str) {
    match fault {
        "trim-without-size" => page.set("TrimBox", numbers(&[0.0; 4])),
        "no-media" => {
            page.remove(b"MediaBox");
        }
        "crop-small" => page.set("CropBox", numbers(&[100.0, 100.0, 200.0, 200.0])),
        "user-unit" => page.set("UserUnit", 2),
        "no-resources" => {
            page.remove(b"Resources");
        }
        "page-action" => {
            let act = dictionary! { "S" => "Named", "N" => "Print" };
            page.set("AA", dictionary! { "O" => act });
        }
        _ => {}
    }
}
