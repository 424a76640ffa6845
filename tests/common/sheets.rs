//! PDFs with a number on each page, and sheets read back from their bytes.

use lopdf::content::Content;
use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, SaveOptions, Stream,
    StringFormat,
};

pub const MM: f64 = 72.0 / 25.4;

/// A page to make: width, height and bleed in millimetres, and how it is turned.
#[derive(Clone, Copy)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub bleed: f64,
    pub turn: i64,
}

pub fn page(width: f64, height: f64) -> Page {
    Page { width, height, bleed: 0.0, turn: 0 }
}

/// Numbers as a PDF has them.
pub fn numbers(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|n| Object::Real(*n as f32)).collect())
}

/// A PDF whose pages bear "page 1", "page 2" and so on.
pub fn numbered(pages: &[Page]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let root = document.new_object_id();
    let mut font = Dictionary::new();
    for (key, value) in [("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica")] {
        font.set(key, value);
    }
    let font = document.add_object(font);
    let mut fonts = Dictionary::new();
    fonts.set("F", font);
    let mut resources = Dictionary::new();
    resources.set("Font", fonts);
    // inherited, to see that they come along
    let mut kids = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (w, h, b) = (page.width * MM, page.height * MM, page.bleed * MM);
        let text = format!("BT /F 40 Tf {} {} Td (page {}) Tj ET", b + 20.0, b + h / 2.0, index + 1);
        let frame = format!("0.8 1 0.8 rg 0 0 {} {} re f 0 0 0 rg 1 w {b} {b} {w} {h} re S ", w + 2.0 * b, h + 2.0 * b);
        let mut contents = Stream::new(Dictionary::new(), (frame + &text).into_bytes());
        contents.compress().unwrap();
        let contents = document.add_object(contents);
        let mut dict = Dictionary::new();
        dict.set("Type", "Page");
        dict.set("Parent", root);
        dict.set("MediaBox", numbers(&[0.0, 0.0, w + 2.0 * b, h + 2.0 * b]));
        dict.set("TrimBox", numbers(&[b, b, b + w, b + h]));
        dict.set("Rotate", page.turn);
        dict.set("Contents", contents);
        kids.push(Object::Reference(document.add_object(dict)));
    }
    let mut tree = Dictionary::new();
    tree.set("Type", "Pages");
    tree.set("Count", kids.len() as i64);
    tree.set("Kids", kids);
    tree.set("Resources", resources);
    document.objects.insert(root, tree.into());
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", root);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, SaveOptions::default()).unwrap();
    bytes
}

/// A page as it stands on a sheet, found by its number: the corners of its trim, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    pub number: usize,
    /// Its lower left and upper right corner as the page itself is read.
    pub foot: [f64; 2],
    pub head: [f64; 2],
    /// What of it is shown: left, low, right, high.
    pub shown: [f64; 4],
}

fn times(a: [f64; 6], b: [f64; 6]) -> [f64; 6] {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn at(m: [f64; 6], x: f64, y: f64) -> [f64; 2] {
    [(m[0] * x + m[2] * y + m[4]) / MM, (m[1] * x + m[3] * y + m[5]) / MM]
}

fn reals(object: &Object) -> Vec<f64> {
    let number = |n: &Object| n.as_float().map(f64::from).unwrap();
    object.as_array().unwrap().iter().map(number).collect()
}

/// The pages on every side, read from the drawings' own operators.
pub fn sides(bytes: &[u8], bleed: f64) -> Vec<(ObjectId, Vec<Found>)> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().into_values().map(|id| (id, side(&document, id, bleed))).collect()
}

fn side(document: &Document, id: ObjectId, bleed: f64) -> Vec<Found> {
    let page = document.get_dictionary(id).unwrap();
    let resources = document.dereference(page.get(b"Resources").unwrap()).unwrap().1.as_dict().unwrap();
    let objects = resources.get(b"XObject").unwrap().as_dict().unwrap();
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let start = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.0; 4]);
    let (mut now, mut stack, mut found) = (start, Vec::new(), Vec::new());
    let mut last = [0.0; 4];
    for operation in content.operations {
        let values: Vec<f64> = operation.operands.iter().filter_map(|o| o.as_float().ok().map(f64::from)).collect();
        match operation.operator.as_str() {
            "q" => stack.push(now),
            "Q" => now = stack.pop().unwrap(),
            "cm" => now.0 = times(values.try_into().unwrap(), now.0),
            "re" => last = values.try_into().unwrap(),
            "W" => now.1 = [last[0], last[1], last[0] + last[2], last[1] + last[3]].map(|n| n / MM),
            "Do" => {
                let name = operation.operands[0].as_name().unwrap();
                if name == b"Slug" {
                    continue;
                }
                let form = document.get_object(objects.get(name).unwrap().as_reference().unwrap()).unwrap();
                let form = form.as_stream().unwrap();
                let text = String::from_utf8(form.get_plain_content().unwrap()).unwrap();
                let number = text.split("(page ").nth(1).unwrap().split(')').next().unwrap().parse().unwrap();
                // the resources came along
                let own = form.dict.get(b"Resources").unwrap();
                let own = document.dereference(own).unwrap().1.as_dict().unwrap();
                assert!(own.get(b"Font").is_ok(), "page {number} lost its fonts");
                let matrix = times(reals(form.dict.get(b"Matrix").unwrap()).try_into().unwrap(), now.0);
                let frame = reals(form.dict.get(b"BBox").unwrap());
                let b = bleed * MM;
                let (foot, head) = (at(matrix, frame[0] + b, frame[1] + b), at(matrix, frame[2] - b, frame[3] - b));
                found.push(Found { number, foot, head, shown: now.1 });
            }
            _ => {}
        }
    }
    found
}

/// The same PDF, encrypted; with an empty password it opens without asking.
pub fn locked(bytes: &[u8], password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}
