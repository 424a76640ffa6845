//! Small documents, built object by object, and what damage does to them.

use super::*;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// What a test document is made of, besides its two pages' content.
struct Sample {
    document: Document,
    pages: Vec<ObjectId>,
    root: ObjectId,
    catalog: ObjectId,
}

fn name(text: &str) -> Object {
    Object::Name(text.into())
}

fn text(text: &str) -> Object {
    Object::string_literal(text)
}

/// A map for the codes 1 to 4: a, an fi ligature, a space, b.
const TO_UNICODE: &[u8] = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /T def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange
4 beginbfchar <0001> <0061> <0002> <00660069> <0003> <0020> <0004> <0062> endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end";

impl Sample {
    /// Pages with the given content, a simple font `S`, a composite font `C` and an empty structure tree.
    fn new(contents: &[&str]) -> Self {
        let mut document = Document::with_version("1.7");
        let map = document.add_object(Stream::new(Dictionary::new(), TO_UNICODE.to_vec()));
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "Flags" => 68, "ItalicAngle" => -10, "FontFile2" => map,
        });
        let cid = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 500, "FontDescriptor" => descriptor,
            "W" => vec![1.into(), Object::Array(vec![500.into(), 600.into()]), 3.into(), 4.into(), 250.into()],
        });
        let composite = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Slanted", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![cid.into()], "ToUnicode" => map,
        });
        let simple = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        });
        let tree = document.new_object_id();
        let pages: Vec<ObjectId> = contents
            .iter()
            .map(|content| {
                let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
                document.add_object(dictionary! {
                    "Type" => "Page", "Parent" => tree, "Contents" => content,
                    "Resources" => dictionary! { "Font" => dictionary! { "S" => simple, "C" => composite } },
                })
            })
            .collect();
        let kids: Vec<Object> = pages.iter().map(|id| (*id).into()).collect();
        let node = dictionary! {
            "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), 200.into(), 100.into()],
        };
        document.objects.insert(tree, node.into());
        let root = document.add_object(dictionary! { "Type" => "StructTreeRoot", "K" => Object::Array(vec![]) });
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root, "Lang" => text("en-GB"),
            "MarkInfo" => dictionary! { "Marked" => true },
        });
        document.trailer.set("Root", catalog);
        Self { document, pages, root, catalog }
    }

    /// Adds an element to the tree, its children in `kids`.
    fn element(&mut self, tag: &str, page: usize, kids: Vec<Object>) -> ObjectId {
        let page = self.pages[page];
        self.document.add_object(dictionary! { "Type" => "StructElem", "S" => name(tag), "Pg" => page, "K" => kids })
    }

    fn set(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) {
        self.document.get_dictionary_mut(id).unwrap().set(key, value);
    }

    fn top(&mut self, kids: Vec<ObjectId>) {
        let kids: Vec<Object> = kids.into_iter().map(Object::from).collect();
        self.set(self.root, "K", kids);
    }

    fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn facts(self) -> PdfFacts {
        inspect(&self.bytes()).unwrap()
    }
}

/// Two pages, painted in another order than they are read.
fn sample() -> Sample {
    let mut sample = Sample::new(&[
        "/P <</MCID 1>> BDC BT /S 10 Tf 10 50 Td (painted first,) Tj 0 -12 Td (read last) Tj ET EMC \
         /H1 <</MCID 0>> BDC BT /S 8 Tf 2 0 0 2 10 80 Tm (Title) Tj ET EMC \
         /Artifact BMC BT /S 6 Tf 10 5 Td (Footer 1) Tj ET EMC",
        "/P <</MCID 0>> BDC q 0.5 0 0 0.5 0 0 cm BT /C 20 Tf 20 100 Td [<00010002> -300 <0004>] TJ ET Q EMC \
         /P <</MCID 1>> BDC /Span <</ActualText (said instead)>> BDC BT /S 9 Tf 190 20 Td (shown) Tj ET EMC EMC \
         BT 3 Tr /S 1 Tf 10 10 Td (loose) Tj ET",
    ]);
    let heading = sample.element("Title", 0, vec![0.into()]);
    let first = sample.element("P", 0, vec![1.into()]);
    let marked = dictionary! { "Type" => "MCR", "MCID" => 1 };
    let link = sample.element("Link", 1, vec![0.into()]);
    let last = sample.element("P", 1, vec![link.into(), marked.into()]);
    sample.set(last, "Alt", text("described"));
    sample.top(vec![heading, last, first]);
    let roles = dictionary! { "Title" => "H1" };
    sample.set(sample.root, "RoleMap", roles);

    let page = sample.pages[1];
    let action = dictionary! { "S" => "URI", "URI" => text("https://example.org/") };
    let outside = sample.document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "A" => action, "Contents" => text("An example"),
    });
    let there = vec![Object::from(page), name("Fit")];
    let inside = dictionary! { "Subtype" => "Link", "Dest" => there.clone() };
    sample.set(page, "Annots", vec![outside.into(), inside.into()]);
    let object = dictionary! { "Type" => "OBJR", "Obj" => outside };
    sample.set(link, "K", vec![0.into(), object.into()]);

    let entry = sample.document.add_object(dictionary! { "Title" => text("Second page"), "Dest" => there });
    let outlines = sample.document.add_object(dictionary! { "First" => entry });
    sample.set(sample.catalog, "Outlines", outlines);
    let labels = dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "r" }.into(), 1.into(),
    dictionary! { "S" => "D", "P" => text("A-"), "St" => 7 }.into()] };
    sample.set(sample.catalog, "PageLabels", labels);
    let xmp = br#"<?xpacket begin=""?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description
        xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:part="1" xmlns:a="http://www.aiim.org/pdfa/ns/id/"><a:part>2</a:part>
        <a:conformance>A</a:conformance></r:Description></r:RDF>"#;
    let metadata = sample.document.add_object(Stream::new(Dictionary::new(), xmp.to_vec()));
    sample.set(sample.catalog, "Metadata", metadata);
    sample
}

#[test]
fn words_from_right_to_left_are_read_in_their_order() {
    let mut sample =
        Sample::new(&["/P <</MCID 0>> BDC BT /ReversedChars BMC /S 10 Tf 10 50 Td [(cb) -300 (a)] TJ EMC ET EMC"]);
    let paragraph = sample.element("P", 0, vec![0.into()]);
    sample.top(vec![paragraph]);
    assert_eq!(sample.facts().text.trim(), "abc");
}

#[test]
fn text_follows_the_tags_not_the_paint() {
    let facts = sample().facts();
    assert_eq!(facts.text, "Title\nafi b said instead\npainted first, read last");
    assert_eq!(
        facts.tree(),
        "H1 \"Title\"\nP alt \"described\" \"afi b said instead\"\n  Link \"afi b\"\nP \"painted first, read last\"\n"
    );
    assert_eq!(facts.nodes[0].role.as_deref(), Some("Title"));
    assert_eq!(facts.nodes.iter().map(|node| node.page).collect::<Vec<_>>(), [Some(1), Some(2), Some(2), Some(1)]);
    assert_eq!((facts.untagged.as_str(), facts.artifact_text().as_str()), ("loose", "Footer 1\n"));
}

#[test]
fn sizes_go_through_every_matrix_and_hidden_text_has_none() {
    let facts = sample().facts();
    let least = |page: usize| facts.pages[page].smallest.as_ref().map(|least| (least.size, least.text.as_str()));
    assert_eq!(least(0), Some((6.0, "Footer 1")));
    assert_eq!(least(1), Some((9.0, "shown")));
    let sizes: Vec<f64> = facts.pages[1].sizes.iter().map(|size| size.size).collect();
    assert_eq!((sizes, facts.smallest()), (vec![9.0, 10.0], Some(6.0)));
    assert_eq!(facts.pages[1].outside, ["shown"]);
    assert!(facts.pages[0].outside.is_empty() && facts.pages[0].turned.is_empty());
}

#[test]
fn labels_links_bookmarks_and_fonts_are_found() {
    let facts = sample().facts();
    let pages: Vec<_> = facts.pages.iter().map(|page| (page.label.as_str(), page.width, page.height)).collect();
    assert_eq!(pages, [("i", 200.0, 100.0), ("A-7", 200.0, 100.0)]);
    assert_eq!(facts.links[0].target, Target::Uri("https://example.org/".into()));
    assert_eq!(
        (facts.links[0].text.as_deref(), facts.links[0].contents.as_deref()),
        (Some("afi b"), Some("An example"))
    );
    assert_eq!((&facts.links[1].target, &facts.links[1].text), (&Target::Page(2), &None));
    assert_eq!(facts.outline, [OutlineEntry { level: 1, title: "Second page".into(), page: Some(2) }]);
    let fonts: Vec<_> = facts.fonts.iter().map(|f| (f.name.as_str(), f.embedded, f.italic, f.to_unicode)).collect();
    assert_eq!(fonts, [("Helvetica", false, false, false), ("Slanted", true, true, true)]);
    assert_eq!((facts.language.as_deref(), facts.marked, facts.display_doc_title), (Some("en-GB"), true, false));
    assert_eq!((facts.pdfua_part, facts.pdfa_part, facts.pdfa_conformance.as_deref()), (Some(1), Some(2), Some("A")));
}

#[test]
fn text_of_a_form_belongs_to_the_mark_around_it() {
    let mut sample = Sample::new(&["/Figure <</MCID 0>> BDC q 2 0 0 2 0 0 cm /F Do Q EMC"]);
    let page = sample.pages[0];
    let resources = sample.document.get_dictionary(page).unwrap().get(b"Resources").unwrap().clone();
    let dict = dictionary! {
        "Subtype" => "Form", "Resources" => resources,
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 5.into(), 5.into()],
    };
    let form = sample.document.add_object(Stream::new(dict, b"BT /S 6 Tf (in a form) Tj ET".to_vec()));
    sample.set(page, "Resources", dictionary! { "XObject" => dictionary! { "F" => form } });
    let figure = sample.element("Figure", 0, vec![0.into()]);
    sample.top(vec![figure]);
    let facts = sample.facts();
    assert_eq!((facts.text.as_str(), facts.smallest()), ("in a form", Some(12.0)));
}

#[test]
fn circles_end_and_depths_are_refused() {
    let mut sample = Sample::new(&["/P <</MCID 0>> BDC BT /S 10 Tf (once) Tj ET EMC /F Do"]);
    // An element below itself, a page tree below itself, bookmarks in a circle.
    let element = sample.element("P", 0, vec![0.into()]);
    sample.set(element, "K", vec![0.into(), element.into(), 0.into()]);
    sample.top(vec![element, element]);
    let tree = sample.document.get_dictionary(sample.pages[0]).unwrap().get(b"Parent").unwrap().clone();
    sample.set(sample.catalog, "Outlines", tree.clone());
    let kids = vec![Object::from(sample.pages[0]), tree.clone()];
    sample.set(tree.as_reference().unwrap(), "Kids", kids);
    sample.set(tree.as_reference().unwrap(), "First", tree.clone());
    let facts = inspect(&sample.bytes()).unwrap();
    assert_eq!((facts.text.as_str(), facts.pages.len()), ("once", 1));

    // A form that paints itself.
    let mut sample = Sample::new(&["/F Do"]);
    let form = sample.document.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "F" => form } };
    let dict = dictionary! { "Subtype" => "Form", "Resources" => resources.clone() };
    sample.document.objects.insert(form, Stream::new(dict, b"/F Do /F Do".to_vec()).into());
    sample.set(sample.pages[0], "Resources", resources);
    assert!(matches!(inspect(&sample.bytes()), Err(InspectError::TooLarge(_))));

    // Forms that paint each other many times over: few bytes, no end of work.
    let mut sample = Sample::new(&["/F Do"]);
    let mut form = sample.document.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, b"q Q".to_vec()));
    for _ in 0..10 {
        let resources = dictionary! { "XObject" => dictionary! { "F" => form } };
        let dict = dictionary! { "Subtype" => "Form", "Resources" => resources };
        form = sample.document.add_object(Stream::new(dict, b"/F Do ".repeat(30)));
    }
    sample.set(sample.pages[0], "Resources", dictionary! { "XObject" => dictionary! { "F" => form } });
    assert!(matches!(inspect(&sample.bytes()), Err(InspectError::TooLarge(_))));

    // Elements below elements, as deep as the file is long.
    let mut sample = Sample::new(&[""]);
    let mut element = sample.element("P", 0, vec![]);
    for _ in 0..5000 {
        element = sample.element("Sect", 0, vec![element.into()]);
    }
    sample.top(vec![element]);
    assert!(matches!(inspect(&sample.bytes()), Err(InspectError::TooLarge(_))));
}

#[test]
fn nested_brackets_do_not_end_the_program() {
    let mut sample = Sample::new(&["[".repeat(100_000).as_str()]);
    sample.set(sample.catalog, "Deep", name("Here"));
    let bytes = sample.bytes();
    let _ = inspect(&bytes);
    let at = bytes.windows(5).position(|window| window == b"/Here").unwrap();
    let mut deep = bytes.clone();
    deep.splice(at..at + 5, "[<<".repeat(50_000).into_bytes());
    let _ = inspect(&deep);
}

#[test]
fn damaged_bytes_are_errors_and_never_panics() {
    let bytes = sample().bytes();
    assert!(inspect(&bytes).is_ok());
    assert!(inspect(b"").is_err() && inspect(b"%PDF-1.7\n").is_err() && inspect(b"plain words").is_err());
    for end in (0..bytes.len()).step_by(41) {
        let _ = inspect(&bytes[..end]);
    }
    // A fixed sequence of changes, so that a failure can be seen again.
    let mut state = 1u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for _ in 0..300 {
        let mut changed = bytes.clone();
        for _ in 0..4 {
            let at = random() % changed.len();
            changed[at] = b"0123456789<>[]()/ R\xff"[random() % 20];
        }
        let _ = inspect(&changed);
    }
}
