//! Faults of tags and metadata, planted in the clear-print PDF.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::pdf::{at, change, destination, op, operations, page, spanning};
use super::{Change, Fault};

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().unwrap()
}

fn root(document: &mut Document) -> &mut Dictionary {
    let root = catalog(document).get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    document.get_dictionary_mut(root).unwrap()
}

/// The elements with a tag, in the order of the tree.
fn elements(document: &Document, tag: &str) -> Vec<ObjectId> {
    fn walk(document: &Document, object: &Object, tag: &str, out: &mut Vec<ObjectId>) {
        if let Object::Array(all) = object {
            return all.iter().for_each(|kid| walk(document, kid, tag, out));
        }
        let Ok((id, Object::Dictionary(dict))) = document.dereference(object) else { return };
        if dict.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|s| s == tag.as_bytes()))
            && let Some(id) = id
        {
            out.push(id);
        }
        if let Ok(kids) = dict.get(b"K") {
            walk(document, kids, tag, out);
        }
    }
    let mut out = Vec::new();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    walk(document, root, tag, &mut out);
    out
}

/// Changes the element of that tag and number.
fn element(tag: &'static str, number: usize, edit: fn(&mut Dictionary)) -> Change {
    Box::new(move |bytes| {
        change(bytes, |document| {
            let id = elements(document, tag)[number];
            edit(document.get_dictionary_mut(id).unwrap());
        })
    })
}

fn document(edit: fn(&mut Document)) -> Change {
    Box::new(move |bytes| change(bytes, edit))
}

/// Changes the XMP metadata.
fn xmp(from: &'static str, to: &'static str) -> Change {
    Box::new(move |bytes| {
        change(bytes, |document| {
            let id = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
            let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
            let text = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
            assert!(text.contains(from), "{text}");
            let (before, rest) = text.split_once(from).unwrap();
            // an element goes with all that is in it
            let rest = match from.strip_prefix('<').filter(|_| to.is_empty()) {
                Some(name) => rest.split_once(&format!("</{name}")).unwrap().1.split_once('>').unwrap().1,
                None => rest,
            };
            stream.set_plain_content(format!("{before}{to}{rest}").into_bytes());
        })
    })
}

fn annotations(document: &mut Document) -> impl Iterator<Item = &mut Dictionary> {
    let all = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    all.filter(|dict| dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Link")))
}

/// The bookmark of that title.
fn bookmark(document: &Document, title: &str) -> ObjectId {
    let is = |dict: &Dictionary| {
        let own = dict.get(b"Title").ok().and_then(|title| lopdf::decode_text_string(title).ok());
        dict.has(b"Parent") && own.as_deref() == Some(title)
    };
    let mut entries = document.objects.iter().filter(|(_, object)| object.as_dict().is_ok_and(is));
    *entries.next().expect("a bookmark").0
}

pub fn faults() -> Vec<Fault> {
    let fault = |name, codes, change: Change| Fault::new(name, "a4", codes, change);
    let mut all = vec![
        fault("no title", &["V008"], xmp("<dc:title", "")),
        fault(
            "another title",
            &["V008"],
            document(|document| {
                let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
                document.get_dictionary_mut(info).unwrap().set("Title", Object::string_literal("Untitled"));
            }),
        ),
        fault("no language", &["V009"], document(|document| drop(catalog(document).remove(b"Lang")))),
        fault(
            "the wrong language",
            &["V009"],
            document(|document| {
                catalog(document).set("Lang", Object::string_literal("cy"));
            }),
        ),
        fault("not marked as tagged", &["V030"], document(|document| drop(catalog(document).remove(b"MarkInfo")))),
        fault(
            "tags that are suspect",
            &["V030"],
            document(|document| {
                catalog(document).set("MarkInfo", dictionary! { "Marked" => true, "Suspects" => true });
            }),
        ),
        fault("no sign of PDF-UA", &["V030"], xmp("<pdfuaid:part>1</pdfuaid:part>", " ")),
        fault(
            "the file name as the title",
            &["V030"],
            document(|document| {
                catalog(document).set("ViewerPreferences", dictionary! { "DisplayDocTitle" => false });
            }),
        ),
        fault(
            "words without a tag",
            &["V031", "V006"],
            Box::new(at("Look at the weather", |all, at| {
                let tag = all[..at].iter().rposition(|op| op.operator == "BDC").unwrap();
                all[tag] = op("BMC", vec!["Span".into()]);
            })),
        ),
        fault(
            "decoration inside a tag",
            &["V031"],
            Box::new(at("Look at the weather", |all, at| {
                let tag = all[..at].iter().rposition(|op| op.operator == "BDC").unwrap();
                all.splice(tag + 1..tag + 1, [op("BMC", vec!["Artifact".into()]), op("EMC", vec![])]);
            })),
        ),
        fault(
            "a line without a tag",
            &["V031"],
            document(|document| {
                operations(document, 2, |all| {
                    all.extend([
                        op("m", vec![70.into(), 30.into()]),
                        op("l", vec![90.into(), 30.into()]),
                        op("S", vec![]),
                    ]);
                });
            }),
        ),
        fault(
            "words in another order",
            &["V006"],
            document(|document| {
                let top = elements(document, "Document")[0];
                let list = elements(document, "L");
                let kids = document.get_dictionary_mut(top).unwrap().get_mut(b"K").unwrap().as_array_mut().unwrap();
                let at = kids.iter().position(|kid| kid.as_reference().is_ok_and(|id| list.contains(&id))).unwrap();
                kids.swap(at, at + 1);
            }),
        ),
        fault(
            "words that are not painted",
            &["V006"],
            Box::new(at("Look at the weather", |all, at| {
                let show = at + all[at..].iter().position(|op| matches!(op.operator.as_str(), "TJ" | "Tj")).unwrap();
                all.remove(show);
            })),
        ),
        fault("a level skipped", &["V032"], element("H2", 1, |dict| dict.set("S", "H4"))),
        fault("a first heading of level two", &["V032"], element("H1", 0, |dict| dict.set("S", "H2"))),
        fault("a header without a scope", &["V033"], element("TH", 0, |dict| drop(dict.remove(b"A")))),
        fault("a row that is too wide", &["V034"], element("TD", 0, |dict| dict.set("A", spanning(2)))),
        fault("a picture without a description", &["V035"], element("Figure", 0, |dict| drop(dict.remove(b"Alt")))),
        fault(
            "a link without words",
            &["V036"],
            document(|document| {
                annotations(document).next().unwrap().remove(b"Contents");
            }),
        ),
        fault(
            "a link without a tag",
            &["V036"],
            document(|document| {
                let link = *elements(document, "Link").last().unwrap();
                let kids = document.get_dictionary(link).unwrap().get(b"K").unwrap().as_array().unwrap().clone();
                let is = |kid: &Object| {
                    let dict = document.dereference(kid).ok().and_then(|(_, object)| object.as_dict().ok());
                    dict.is_some_and(|dict| dict.has_type(b"OBJR"))
                };
                let kept: Vec<Object> = kids.into_iter().filter(|kid| !is(kid)).collect();
                document.get_dictionary_mut(link).unwrap().set("K", kept);
            }),
        ),
        fault(
            "roles in a circle",
            &["V037"],
            document(|document| {
                root(document).set(
                    "RoleMap",
                    dictionary! {
                        "One" => "Two", "Two" => "One", "Title" => "P", "Strong" => "Span", "Em" => "Span",
                        "Datetime" => "Span", "Terms" => "Part",
                    },
                );
            }),
        ),
        fault("a tag that nobody knows", &["V037"], element("P", 4, |dict| dict.set("S", "Para"))),
        fault("items without a list", &["V038"], element("L", 0, |dict| dict.set("S", "Div"))),
        fault("an item without a body", &["V038"], element("LBody", 0, |dict| dict.set("S", "P"))),
        fault(
            "a bookmark that leads elsewhere",
            &["V039"],
            document(|document| {
                let first = page(document, 1);
                let entry = bookmark(document, "Get help");
                let dict = document.get_dictionary_mut(entry).unwrap();
                dict.remove(b"A");
                dict.set("Dest", destination(first));
            }),
        ),
        fault("no bookmarks", &["V039"], document(|document| drop(catalog(document).remove(b"Outlines")))),
        fault(
            "labels that differ from the numbers",
            &["V040", "V022"],
            document(|document| {
                let range = Object::Dictionary(dictionary! { "S" => "r" });
                catalog(document).set("PageLabels", dictionary! { "Nums" => vec![0.into(), range] });
            }),
        ),
        fault(
            "a tab key that jumps",
            &["V041"],
            document(|document| {
                for page in document.get_pages().into_values() {
                    document.get_dictionary_mut(page).unwrap().remove(b"Tabs");
                }
            }),
        ),
        fault("no way back to the tags", &["V042"], document(|document| drop(root(document).remove(b"ParentTree")))),
        fault(
            "a way back to another tag",
            &["V042"],
            document(|document| {
                let (one, two) = (page(document, 2), page(document, 3));
                let key = |page: ObjectId, document: &Document| {
                    document.get_dictionary(page).unwrap().get(b"StructParents").unwrap().clone()
                };
                let (first, second) = (key(one, document), key(two, document));
                document.get_dictionary_mut(one).unwrap().set("StructParents", second);
                document.get_dictionary_mut(two).unwrap().set("StructParents", first);
            }),
        ),
    ];
    all.push(fault(
        "a note without a name",
        &["V043"],
        document(|document| {
            let paragraph = *elements(document, "P").last().unwrap();
            document.get_dictionary_mut(paragraph).unwrap().set("S", "Note");
        }),
    ));
    all
}
