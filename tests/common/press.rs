//! Small files for a printing press, and the same with one fault planted.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

use everyleaf::preflight::{Limits, Palette};

use super::press_more as more;
use super::sheets::{MM, locked, numbers};

/// The faults that stand in plain sight; `press_more` has the others.
const FAULTS: &[(&str, &str)] = &[
    ("cut-off", "X001"),
    ("no-trim", "X002"),
    ("trim-outside-paper", "X002"),
    ("no-bleed-box", "X003"),
    ("missing-bleed", "X003"),
    ("bare-edge", "X004"),
    ("bare-strip", "X004"),
    ("text-2mm-from-trim", "X005"),
    ("text-across-trim", "X005"),
    ("odd-pages", "X006"),
    ("two-sizes", "X007"),
    ("rgb-image", "X008"),
    ("rgb-text", "X008"),
    ("grey-text", "X008"),
    ("icc-shape", "X008"),
    ("rgb-in-form", "X008"),
    ("rgb-pattern", "X008"),
    ("rgb-group", "X008"),
    ("ink-shape", "X009"),
    ("ink-picture", "X009"),
    ("ink-gradient", "X009"),
    ("ink-jpeg", "X009"),
    ("ink-jpeg-ycck", "X009"),
    ("jpeg", "X010"),
    ("stranger", "X011"),
    ("strange-spot", "X011"),
    ("rich-black", "X012"),
    ("registration-text", "X012"),
    ("white-overprint", "X013"),
    ("150dpi", "X014"),
    ("line-art-300dpi", "X014"),
    ("hairline", "X015"),
    ("thin-shape", "X015"),
    ("type-4pt", "X016"),
    ("reversed-5pt", "X017"),
    ("font-outside", "X018"),
    ("link", "X019"),
    ("no-intent", "X020"),
    ("rgb-intent", "X020"),
    ("no-version", "X021"),
    ("pdf-1.7", "X021"),
    ("no-trapped", "X022"),
    ("no-id", "X023"),
    ("half-shade", "X024"),
];

const WIDTH: f64 = 148.0;
const HEIGHT: f64 = 210.0;
/// The paper reaches this far beyond the trim, in millimetres.
const ROOM: f64 = 10.0;

/// What stands on one page.
pub struct Sheet {
    pub content: String,
    pub resources: Dictionary,
}

impl Sheet {
    /// Draws a line of content; lengths in it are points.
    pub fn draw(&mut self, text: &str) {
        self.content.push_str(text);
        self.content.push('\n');
    }

    /// A rectangle, in millimetres from the trim's lower left corner.
    pub fn box_at(&mut self, colour: &str, [x, y, w, h]: [f64; 4]) {
        let [x, y] = [x + ROOM, y + ROOM].map(|n| n * MM);
        self.draw(&format!("{colour} {x} {y} {} {} re f", w * MM, h * MM));
    }

    /// Words, in millimetres from the trim's lower left corner.
    pub fn words(&mut self, colour: &str, size: f64, [x, y]: [f64; 2], text: &str) {
        let [x, y] = [x + ROOM, y + ROOM].map(|n| n * MM);
        self.draw(&format!("BT {colour} /F {size} Tf {x} {y} Td ({text}) Tj ET"));
    }

    /// A picture by its name, in millimetres.
    pub fn place(&mut self, name: &str, [x, y, w, h]: [f64; 4]) {
        let [x, y] = [x + ROOM, y + ROOM].map(|n| n * MM);
        self.draw(&format!("q {} 0 0 {} {x} {y} cm /{name} Do Q", w * MM, h * MM));
    }

    pub fn resource(&mut self, kind: &str, name: &str, object: impl Into<Object>) {
        let mut group = self.resources.get(kind.as_bytes()).and_then(Object::as_dict).cloned().unwrap_or_default();
        group.set(name, object);
        self.resources.set(kind, group);
    }
}

fn spot(document: &mut Document, name: &str) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => numbers(&[0.0, 1.0]), "N" => 1,
        "C0" => numbers(&[0.0; 4]), "C1" => numbers(&[1.0, 0.4, 0.45, 0.45]),
    };
    let tint = document.add_object(tint);
    Object::Array(vec!["Separation".into(), name.into(), "DeviceCMYK".into(), tint.into()])
}

/// A picture of one colour, but for its first dot.
pub fn picture(document: &mut Document, pixels: i64, space: impl Into<Object>, bits: i64, sample: &[u8]) -> ObjectId {
    let count = if bits == 1 { (pixels + 7) / 8 * pixels } else { pixels * pixels } as usize;
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => pixels, "Height" => pixels,
        "BitsPerComponent" => bits, "ColorSpace" => space.into(),
    };
    let mut samples = sample.repeat(count);
    samples[0] /= 2;
    let mut stream = Stream::new(dict, samples);
    stream.compress().unwrap();
    document.add_object(stream)
}

/// A square of 240 dots in four inks, packed as JPEG; turned round as some programs write them, or not.
pub fn photograph(document: &mut Document, sheet: &mut Sheet, bytes: &[u8], turned: bool) {
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 240, "Height" => 240, "BitsPerComponent" => 8,
        "ColorSpace" => "DeviceCMYK", "Filter" => "DCTDecode",
    };
    if turned {
        dict.set("Decode", numbers(&[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]));
    }
    let jpeg = document.add_object(Stream::new(dict, bytes.to_vec()));
    sheet.resource("XObject", "Planted", jpeg);
    sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
}

/// Every fault that can be planted, with its code.
pub fn faults() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    FAULTS.iter().chain(more::FAULTS)
}

/// The limits for these files: the usual ones, and the colours that they use.
pub fn limits() -> Limits {
    let process =
        vec![[100.0, 40.0, 45.0, 45.0], [12.0, 0.0, 5.0, 0.0], [100.0, 100.0, 100.0, 50.0], [60.0, 40.0, 40.0, 100.0]];
    Limits { palette: Some(Palette { process, spots: vec!["HOUSE BLUE".into(), "All".into()] }), ..Limits::default() }
}

/// A clean file of four A5 pages: bleed, a band with white words, black words, a picture, a spot colour.
pub fn clean() -> Vec<u8> {
    planted("")
}

/// The clean file with one fault, by name.
pub fn planted(fault: &str) -> Vec<u8> {
    let is = |name: &str| fault == name;
    let mut document = Document::with_version(if is("pdf-1.7") { "1.7" } else { "1.6" });
    let root = document.new_object_id();
    let font = font(&mut document, !is("font-outside"));
    let mut kids = Vec::new();
    let count = if is("odd-pages") { 3 } else { 4 };
    for number in 1..=count {
        let mut sheet = Sheet { content: String::new(), resources: Dictionary::new() };
        sheet.resource("Font", "F", font);
        common(&mut document, &mut sheet, is("bare-edge") && number == 2);
        if number == 2 {
            plant(&mut document, &mut sheet, fault);
            more::plant(&mut document, &mut sheet, fault);
        }
        let second = |name: &str| is(name) && number == 2;
        let content = document.add_object(Stream::new(Dictionary::new(), sheet.content.into_bytes()));
        let height = if second("two-sizes") { HEIGHT - 10.0 } else { HEIGHT };
        let frame = |by: f64| {
            numbers(&[ROOM - by, ROOM - by, ROOM + WIDTH + by, ROOM + height + by].map(|millimetres| millimetres * MM))
        };
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => root, "Contents" => content, "Resources" => sheet.resources,
            "MediaBox" => frame(if second("trim-outside-paper") { -2.0 } else { ROOM }),
        };
        if !second("no-trim") {
            page.set("TrimBox", frame(0.0));
        }
        if !second("no-bleed-box") {
            page.set("BleedBox", frame(if second("missing-bleed") { 1.0 } else { 3.0 }));
        }
        if second("link") {
            let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => frame(-30.0) };
            page.set("Annots", vec![document.add_object(link).into()]);
        }
        if second("rgb-group") {
            page.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" });
        }
        if number == 2 {
            more::on_page(&mut page, fault);
        }
        kids.push(Object::Reference(document.add_object(page)));
    }
    document.objects.insert(root, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }.into());
    declare(&mut document, root, fault);
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, SaveOptions::default()).unwrap();
    if is("cut-off") {
        bytes.truncate(bytes.len() / 3);
    }
    if is("locked-without-password") { locked(&bytes, "") } else { bytes }
}

fn font(document: &mut Document, inside: bool) -> ObjectId {
    let mut descriptor = dictionary! { "Type" => "FontDescriptor", "FontName" => "Sample", "Flags" => 32 };
    if inside {
        let program = document.add_object(Stream::new(Dictionary::new(), b"a font's program".to_vec()));
        descriptor.set("FontFile2", program);
    }
    let descriptor = document.add_object(descriptor);
    document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Sample", "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 32, "Widths" => Object::Array(vec![500.into(); 96]), "FontDescriptor" => descriptor,
    })
}

/// What stands on every page.
fn common(document: &mut Document, sheet: &mut Sheet, bare: bool) {
    let left = if bare { -1.0 } else { -3.0 };
    sheet.box_at("1 .4 .45 .45 k", [left, 180.0, WIDTH + 3.0 - left, 33.0]);
    sheet.words("0 0 0 0 k", 18.0, [20.0, 190.0], "White words on the band");
    sheet.words("0 0 0 1 k", 12.0, [20.0, 150.0], "Black words on bare paper");
    let picture = picture(document, 240, "DeviceCMYK", 8, &[60, 20, 20, 10]);
    sheet.resource("XObject", "Picture", picture);
    sheet.place("Picture", [20.0, 60.0, 20.0, 20.0]);
    let named = spot(document, "HOUSE BLUE");
    sheet.resource("ColorSpace", "House", named);
    sheet.box_at("/House cs .5 scn", [60.0, 60.0, 20.0, 20.0]);
    sheet.draw("0 0 0 1 K 0.5 w 100 100 m 200 100 l S");
    // two parts of one artwork: the second carries the first across the trim
    sheet.box_at(".12 0 .05 0 k", [0.0, 20.0, 10.0, 20.0]);
    sheet.box_at(".12 0 .05 0 k", [-3.0, 20.0, 3.0, 20.0]);
    // fold marks stand outside the trim, in all inks
    let all = spot(document, "All");
    sheet.resource("ColorSpace", "Everywhere", all);
    sheet.draw("/Everywhere CS 1 SCN 0.1 w 0 0 m 0 10 l S");
}

fn plant(document: &mut Document, sheet: &mut Sheet, fault: &str) {
    let state = |document: &mut Document, sheet: &mut Sheet, dict: Dictionary| {
        let dict = document.add_object(dict);
        sheet.resource("ExtGState", "State", dict);
        sheet.draw("/State gs");
    };
    match fault {
        "bare-strip" => sheet.box_at(".12 0 .05 0 k", [140.0, 100.0, 8.0, 10.0]),
        "text-2mm-from-trim" => sheet.words("0 0 0 1 k", 10.0, [2.0, 120.0], "Too near"),
        "text-across-trim" => sheet.words("0 0 0 1 k", 10.0, [130.0, 120.0], "Cut by the knife at the edge"),
        "rgb-image" => {
            let picture = picture(document, 240, "DeviceRGB", 8, &[200, 100, 50]);
            sheet.resource("XObject", "Planted", picture);
            sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
        }
        "rgb-text" => sheet.words("0 0 1 rg", 12.0, [20.0, 120.0], "Blue for a screen"),
        "grey-text" => sheet.words("0 g", 12.0, [20.0, 120.0], "Grey for a screen"),
        "icc-shape" => {
            let profile = document.add_object(Stream::new(dictionary! { "N" => 1 }, b"a profile".to_vec()));
            sheet.resource("ColorSpace", "Icc", Object::Array(vec!["ICCBased".into(), profile.into()]));
            sheet.box_at("/Icc cs 0.5 sc", [20.0, 100.0, 20.0, 20.0]);
        }
        "rgb-in-form" => {
            let dict =
                dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 1.0, 1.0]) };
            let form = document.add_object(Stream::new(dict, b"1 0 0 rg 0 0 1 1 re f".to_vec()));
            sheet.resource("XObject", "Planted", form);
            sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
        }
        "rgb-pattern" => {
            let dict = dictionary! {
                "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1,
                "BBox" => numbers(&[0.0, 0.0, 500.0, 500.0]), "XStep" => 500, "YStep" => 500,
                "Resources" => Dictionary::new(),
            };
            let tile = document.add_object(Stream::new(dict, b"1 0 0 rg 0 0 500 500 re f".to_vec()));
            sheet.resource("Pattern", "Tile", tile);
            sheet.box_at("/Pattern cs /Tile scn", [20.0, 100.0, 20.0, 20.0]);
        }
        "ink-shape" => sheet.box_at("1 1 1 .5 k", [20.0, 100.0, 20.0, 20.0]),
        "ink-picture" => {
            let picture = picture(document, 240, "DeviceCMYK", 8, &[250, 240, 230, 90]);
            sheet.resource("XObject", "Planted", picture);
            sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
        }
        "ink-gradient" => {
            let run = dictionary! {
                "FunctionType" => 2, "Domain" => numbers(&[0.0, 1.0]), "N" => 1,
                "C0" => numbers(&[0.0; 4]), "C1" => numbers(&[0.9, 0.9, 0.9, 0.9]),
            };
            let shading = dictionary! {
                "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Coords" => numbers(&[0.0, 0.0, 100.0, 0.0]),
                "Function" => run,
            };
            let shading = document.add_object(shading);
            sheet.resource("Shading", "Planted", shading);
            sheet.draw("q 100 300 100 100 re W n /Planted sh Q");
        }
        "jpeg" => photograph(document, sheet, b"\xff\xd8 a jpeg", false),
        "ink-jpeg" => photograph(document, sheet, include_bytes!("../preflight_pictures/cmyk-345.jpg"), true),
        "ink-jpeg-ycck" => photograph(document, sheet, include_bytes!("../preflight_pictures/ycck-345.jpg"), false),
        "fine-jpeg" => photograph(document, sheet, include_bytes!("../preflight_pictures/cmyk-180.jpg"), true),
        "fine-jpeg-ycck" => photograph(document, sheet, include_bytes!("../preflight_pictures/ycck-180.jpg"), false),
        "stranger" => sheet.box_at("1 0 0 0 k", [20.0, 100.0, 20.0, 20.0]),
        "strange-spot" => {
            let named = spot(document, "OTHER RED");
            sheet.resource("ColorSpace", "Other", named);
            sheet.box_at("/Other cs 1 scn", [20.0, 100.0, 20.0, 20.0]);
        }
        "rich-black" => sheet.words(".6 .4 .4 1 k", 12.0, [20.0, 120.0], "Rich black words"),
        "registration-text" => sheet.words("/Everywhere cs .7 scn", 12.0, [20.0, 120.0], "On all plates"),
        "white-overprint" => {
            state(document, sheet, dictionary! { "OP" => true, "op" => true, "OPM" => 1 });
            sheet.words("0 0 0 0 k", 12.0, [20.0, 200.0], "Gone");
        }
        "150dpi" => {
            let picture = picture(document, 118, "DeviceCMYK", 8, &[60, 20, 20, 10]);
            sheet.resource("XObject", "Planted", picture);
            sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
        }
        "line-art-300dpi" => {
            let dict = dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 240, "Height" => 240, "BitsPerComponent" => 1,
                "ImageMask" => true,
            };
            let drawing = document.add_object(Stream::new(dict, vec![0x55; 30 * 240]));
            sheet.resource("XObject", "Planted", drawing);
            sheet.draw("0 0 0 1 k");
            sheet.place("Planted", [20.0, 100.0, 20.0, 20.0]);
        }
        "hairline" => sheet.draw("0 0 0 1 K 0 w 100 300 m 200 300 l S"),
        "thin-shape" => sheet.draw("0 0 0 1 k 100 300 100 0.1 re f"),
        "type-4pt" => sheet.words("0 0 0 1 k", 4.0, [20.0, 120.0], "Hardly legible"),
        "reversed-5pt" => sheet.words("0 0 0 0 k", 5.0, [20.0, 200.0], "Small and white on the band"),
        "half-shade" => {
            state(document, sheet, dictionary! { "ca" => 0.5 });
            sheet.box_at("0 0 0 1 k", [20.0, 100.0, 20.0, 20.0]);
        }
        _ => {}
    }
}

/// What the file says of itself.
fn declare(document: &mut Document, root: ObjectId, fault: &str) {
    let is = |name: &str| fault == name;
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => root };
    let packet = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">{}</rdf:Description>\
         </rdf:RDF></x:xmpmeta>",
        if is("no-version") { "" } else { "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" }
    );
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = document.add_object(Stream::new(dict, packet.into_bytes()));
    catalog.set("Metadata", packet);
    if !is("no-intent") {
        let mut profile = vec![0; 128];
        profile[12..16].copy_from_slice(if is("rgb-intent") { b"mntr" } else { b"prtr" });
        profile[36..40].copy_from_slice(b"acsp");
        let inks = if is("rgb-intent") { 3 } else { 4 };
        let profile = document.add_object(Stream::new(dictionary! { "N" => inks }, profile));
        let intent = dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "DestOutputProfile" => profile,
            "OutputConditionIdentifier" => Object::string_literal("FOGRA39"),
        };
        catalog.set("OutputIntents", vec![intent.into()]);
    }
    more::declare(document, &mut catalog, root, fault);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    if !is("no-trapped") {
        let info = document.add_object(dictionary! { "Trapped" => "False" });
        document.trailer.set("Info", info);
    }
    if !is("no-id") {
        let part = Object::String(vec![7; 16], StringFormat::Hexadecimal);
        document.trailer.set("ID", vec![part.clone(), part]);
    }
}
