//! A press file turned into a proof: stamped, light, and without what would make it a press file.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};

use super::declare::name;
use super::finish::{Fault, save};

/// As many pixels the longer side of a picture keeps: some 150 to the inch across an A5 page.
const PIXELS: usize = 900;
/// Names among a page's resources: the word across it, the strips, and how thinly the word is laid on.
const WORD: &str = "EveryleafProof";
const STRIPS: &str = "EveryleafStrips";
const WASH: &str = "EveryleafWash";
/// So much of the word's colour hides what is below: seen at once, and read through.
const OPAQUE: f32 = 0.2;
/// No picture of ours is longer when unpacked, in bytes.
const MAX_PICTURE: usize = 320 << 20;

/// Stamps each page at its trim: `stamps` holds the word across each page, then the strips of each. Makes pictures small; shows the
/// trim alone; takes away the printing condition and the claim to be PDF/X.
///
/// # Errors
/// Where one of the two cannot be read, or has too few pages.
pub fn proof(press: &[u8], stamps: &[u8], title: &str) -> Result<Vec<u8>, Fault> {
    let mut document = Document::load_mem(press)?;
    let mut over = Document::load_mem(stamps)?;
    over.renumber_objects_with(document.max_id + 1);
    let stamps: Vec<Stream> = over.get_pages().values().map(|id| form(&over, *id)).collect::<Result<_, Fault>>()?;
    document.max_id = over.max_id;
    document.objects.extend(over.objects);
    let pages: Vec<ObjectId> = document.get_pages().values().copied().collect();
    let (words, strips) = stamps.split_at(pages.len().min(stamps.len()));
    if strips.len() < pages.len() {
        return Err(Fault("a page has no stamp".into()));
    }
    for (id, (word, strip)) in pages.into_iter().zip(words.iter().zip(strips)) {
        stamp_page(&mut document, id, word.clone(), strip.clone())?;
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            reduce(stream);
        }
    }
    if let Ok(catalog) = document.catalog_mut() {
        catalog.remove(b"OutputIntents");
        catalog.remove(b"Metadata");
    }
    let info = document.add_object(dictionary! { "Title" => text_string(title) });
    document.trailer.set("Info", info);
    document.prune_objects();
    document.renumber_objects();
    document.trailer.remove(b"ID");
    let bytes = save(&mut document)?;
    name(&mut document, &bytes);
    save(&mut document)
}

/// A page of the stamps as something that can be drawn.
fn form(over: &Document, id: ObjectId) -> Result<Stream, Fault> {
    let page = over.get_dictionary(id)?;
    let resources = page.get(b"Resources").cloned().unwrap_or_else(|_| Dictionary::new().into());
    let frame = page.get(b"MediaBox").cloned()?;
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => frame, "Resources" => resources,
        // its see-through letters are mixed with the page as one
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" },
    };
    let mut stream = Stream::new(dict, over.get_page_content(id));
    // what cannot be packed stays as it is
    let _ = stream.compress();
    Ok(stream)
}

fn stamp_page(document: &mut Document, id: ObjectId, word: Stream, strips: Stream) -> Result<(), Fault> {
    let (word, strips) = (document.add_object(word), document.add_object(strips));
    let page = document.get_dictionary(id)?.clone();
    let trim = page.get(b"TrimBox").and_then(Object::as_array)?;
    let edge = |i: usize| trim.get(i).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
    let (left, low) = (edge(0), edge(1));
    let mut resources = own(document, page.get(b"Resources").ok());
    let mut objects = own(document, resources.get(b"XObject").ok());
    objects.set(WORD, word);
    objects.set(STRIPS, strips);
    resources.set("XObject", objects);
    let mut states = own(document, resources.get(b"ExtGState").ok());
    states.set(WASH, dictionary! { "Type" => "ExtGState", "ca" => OPAQUE });
    resources.set("ExtGState", states);
    let before = document.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let draw = format!("\nQ q 1 0 0 1 {left} {low} cm q /{WASH} gs /{WORD} Do Q /{STRIPS} Do Q\n");
    let after = document.add_object(Stream::new(Dictionary::new(), draw.into_bytes()));
    let mut contents = vec![Object::Reference(before)];
    match page.get(b"Contents") {
        Ok(Object::Array(parts)) => contents.extend(parts.iter().cloned()),
        Ok(one) => contents.push(one.clone()),
        Err(_) => {}
    }
    contents.push(Object::Reference(after));
    let shown = trim.clone();
    let target = document.get_dictionary_mut(id)?;
    target.set("Resources", resources);
    target.set("Contents", contents);
    for key in [&b"MediaBox"[..], b"CropBox", b"BleedBox"] {
        target.set(key, shown.clone());
    }
    Ok(())
}

/// A copy of a dictionary that may stand elsewhere in the file.
fn own(document: &Document, object: Option<&Object>) -> Dictionary {
    let found = object.and_then(|object| document.dereference(object).ok());
    found.and_then(|(_, object)| object.as_dict().ok()).cloned().unwrap_or_default()
}

/// Makes a picture of eight bits and plain packing smaller, by whole numbers of pixels; leaves any other alone.
fn reduce(stream: &mut Stream) {
    if let Some(smaller) = smaller(stream) {
        *stream = smaller;
    }
}

fn smaller(stream: &Stream) -> Option<Stream> {
    let dict = &stream.dict;
    let number = |key: &[u8]| dict.get(key).and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
    if dict.get(b"Subtype").and_then(Object::as_name).ok()? != b"Image" || number(b"BitsPerComponent")? != 8 {
        return None;
    }
    let parts = match dict.get(b"ColorSpace").and_then(Object::as_name).ok()? {
        b"DeviceCMYK" => 4,
        b"DeviceGray" => 1,
        _ => return None,
    };
    let (width, height) = (number(b"Width")?, number(b"Height")?);
    let step = width.max(height).div_ceil(PIXELS);
    let plain = stream.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
    if step < 2 || !plain {
        return None;
    }
    let samples = stream.decompressed_content_with_limit(MAX_PICTURE).ok()?;
    let (wide, high) = (width.div_ceil(step), height.div_ceil(step));
    let mut out = Vec::with_capacity(wide * high * parts);
    for y in 0..high {
        for x in 0..wide {
            for part in 0..parts {
                let rows = y * step..((y + 1) * step).min(height);
                let places =
                    rows.flat_map(|row| (x * step..((x + 1) * step).min(width)).map(move |column| (row, column)));
                let (mut sum, mut count) = (0_usize, 0_usize);
                for (row, column) in places {
                    sum += usize::from(*samples.get((row * width + column) * parts + part)?);
                    count += 1;
                }
                out.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
            }
        }
    }
    let mut dict = dict.clone();
    dict.set("Width", i64::try_from(wide).ok()?);
    dict.set("Height", i64::try_from(high).ok()?);
    for key in [&b"Filter"[..], b"DecodeParms", b"Length"] {
        dict.remove(key);
    }
    let mut stream = Stream::new(dict, out);
    stream.compress().ok()?;
    Some(stream)
}
