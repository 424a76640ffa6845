//! Faults of type and page, planted in the clear-print PDF.

use everyleaf::inspect::pdf::{PdfFacts, TextRun, inspect};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId, dictionary};

use super::{Change, Fault};

/// A PDF with something changed in its objects.
pub fn change(bytes: &[u8], edit: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    edit(&mut document);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

pub fn page(document: &Document, number: usize) -> ObjectId {
    document.get_pages()[&u32::try_from(number).unwrap()]
}

pub fn operations(document: &mut Document, number: usize, edit: impl FnOnce(&mut Vec<Operation>)) {
    let page = page(document, number);
    let mut content = Content::decode(&document.get_page_content(page)).unwrap();
    edit(&mut content.operations);
    let bytes = content.encode().unwrap();
    document.change_page_content(page, bytes).unwrap();
}

/// The first run that begins so, its page, and whether it is a header or footer.
fn run<'a>(facts: &'a PdfFacts, start: &str) -> (usize, &'a TextRun) {
    let pages = facts.pages.iter().enumerate();
    let mut runs = pages.flat_map(|(index, page)| page.runs.iter().map(move |run| (index + 1, run)));
    runs.find(|(_, run)| run.text.starts_with(start)).unwrap_or_else(|| panic!("no run begins with {start:?}"))
}

/// Where a run's own matrix stands among the page's operations.
fn place(operations: &[Operation], run: &TextRun) -> usize {
    let near = |object: &Object, wanted: f64| object.as_float().is_ok_and(|n| (f64::from(n) - wanted).abs() < 0.2);
    let is = |op: &Operation| {
        op.operator == "cm"
            && op.operands.len() == 6
            && near(&op.operands[4], run.start.0)
            && near(&op.operands[5], run.start.1)
    };
    // the same place may be the start of a panel: the text's own matrix is followed by `BT`
    let text = |at: &usize| operations[*at..].iter().take(8).any(|op| op.operator == "BT");
    (0..operations.len())
        .filter(|at| is(&operations[*at]))
        .find(text)
        .unwrap_or_else(|| panic!("no matrix for {:?}", run.text))
}

fn next(operations: &[Operation], from: usize, names: &[&str]) -> usize {
    from + operations[from..].iter().position(|op| names.contains(&op.operator.as_str())).expect("an operator")
}

fn before(operations: &[Operation], from: usize, names: &[&str]) -> usize {
    operations[..from].iter().rposition(|op| names.contains(&op.operator.as_str())).expect("an operator")
}

/// A fault at the run that begins with some words: the operations of its page, the place of its matrix.
pub fn at(
    words: &'static str,
    edit: impl Fn(&mut Vec<Operation>, usize) + 'static,
) -> impl Fn(&[u8]) -> Vec<u8> + 'static {
    move |bytes| {
        let facts = inspect(bytes).unwrap();
        let (number, run) = run(&facts, words);
        let run = run.clone();
        change(bytes, |document| {
            operations(document, number, |all| {
                let place = place(all, &run);
                edit(all, place);
            });
        })
    }
}

fn moved(across: f32, up: f32) -> impl Fn(&mut Vec<Operation>, usize) {
    move |all, at| {
        for (slot, by) in [(4, across), (5, up)] {
            let old = all[at].operands[slot].as_float().unwrap();
            all[at].operands[slot] = Object::Real(old + by);
        }
    }
}

pub fn op(name: &str, operands: Vec<Object>) -> Operation {
    Operation::new(name, operands)
}

fn artifact(drawing: Vec<Operation>) -> Vec<Operation> {
    let mut all = vec![op("BMC", vec!["Artifact".into()]), op("q", vec![])];
    all.extend(drawing);
    all.extend([op("Q", vec![]), op("EMC", vec![])]);
    all
}

/// The second line of the first paragraph begins so; both stand in clear print at 14 point.
fn second_line(bytes: &[u8]) -> String {
    let facts = inspect(bytes).unwrap();
    let (number, first) = run(&facts, "Cold air can");
    let page = &facts.pages[number - 1];
    let below = page.runs.iter().find(|run| run.start.1 < first.start.1 - 5.0 && run.node == first.node);
    below.expect("a second line").text.clone()
}

fn at_second_line(edit: fn(&mut Vec<Operation>, usize)) -> impl Fn(&[u8]) -> Vec<u8> {
    move |bytes| {
        let words: &'static str = second_line(bytes).leak();
        at(words, edit)(bytes)
    }
}

/// A page that has a picture, and the picture's name there.
fn pictured(document: &Document) -> (usize, Vec<u8>) {
    for (number, page) in document.get_pages() {
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        let resources = document.get_dict_in_dict(document.get_dictionary(page).unwrap(), b"Resources").unwrap();
        let Ok(objects) = document.get_dict_in_dict(resources, b"XObject") else { continue };
        for op in content.operations.iter().filter(|op| op.operator == "Do") {
            let name = op.operands[0].as_name().unwrap();
            let object = document.dereference(objects.get(name).unwrap()).unwrap().1;
            if object.as_stream().unwrap().dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Image" {
                return (number as usize, name.to_vec());
            }
        }
    }
    panic!("no page has a picture");
}

fn behind(bytes: &[u8]) -> Vec<u8> {
    let facts = inspect(bytes).unwrap();
    change(bytes, |document| {
        let (number, name) = pictured(document);
        let run = facts.pages[number - 1].runs.iter().find(|run| !run.artifact && run.text.len() > 8).unwrap().clone();
        operations(document, number, |all| {
            let tag = before(all, place(all, &run), &["BDC"]);
            let (x, y) = (run.start.0 as f32 - 10.0, run.start.1 as f32 - 10.0);
            let numbers = [300.0, 0.0, 0.0, 30.0, x, y].map(Object::Real).to_vec();
            let drawing = artifact(vec![op("cm", numbers), op("Do", vec![Object::Name(name.clone())])]);
            all.splice(tag..tag, drawing);
        });
    })
}

fn hidden(bytes: &[u8]) -> Vec<u8> {
    let facts = inspect(bytes).unwrap();
    let (number, run) = run(&facts, "Look at the weather");
    change(bytes, |document| {
        operations(document, number, |all| {
            let at = place(all, run);
            let space = all[next(all, at, &["cs"])].clone();
            let white = op("scn", vec![1.into(), 1.into(), 1.into()]);
            let (x, y) = (run.start.0 as f32 + 10.0, run.start.1 as f32 - 4.0);
            let panel = op("re", vec![Object::Real(x), Object::Real(y), 300.into(), 20.into()]);
            all.extend(artifact(vec![space, white, panel, op("f", vec![])]));
        });
    })
}

fn descriptors(document: &mut Document, edit: impl Fn(&mut lopdf::Dictionary)) {
    for object in document.objects.values_mut() {
        if let Object::Dictionary(dict) = object
            && dict.has_type(b"FontDescriptor")
        {
            edit(dict);
        }
    }
}

pub fn faults() -> Vec<Fault> {
    let fault = |name, codes, change: Change| Fault::new(name, "a4", codes, change);
    vec![
        fault(
            "type of seven point",
            &["V010"],
            Box::new(at("Look at the weather", |all, at| {
                let size = next(all, at, &["Tf"]);
                all[size].operands[1] = 7.into();
            })),
        ),
        fault("lines too close", &["V011"], Box::new(at_second_line(|all, at| moved(0.0, 4.0)(all, at)))),
        fault("a line that starts inside", &["V012"], Box::new(at_second_line(|all, at| moved(8.0, 0.0)(all, at)))),
        fault(
            "slanted letters",
            &["V014"],
            Box::new(at("Look at the weather", |all, at| {
                all[at].operands[2] = Object::Real(-0.25);
            })),
        ),
        fault(
            "a typeface without its program",
            &["V015"],
            Box::new(|bytes| {
                change(bytes, |document| {
                    descriptors(document, |dict| {
                        for key in ["FontFile", "FontFile2", "FontFile3"] {
                            dict.remove(key.as_bytes());
                        }
                    });
                })
            }),
        ),
        fault(
            "a typeface without its characters",
            &["V015", "V006", "V007", "V008", "V022", "V031", "V032", "V039", "V040", "V021"],
            Box::new(|bytes| {
                change(bytes, |document| {
                    for object in document.objects.values_mut() {
                        if let Object::Dictionary(dict) = object
                            && dict.has_type(b"Font")
                        {
                            dict.remove(b"ToUnicode");
                        }
                    }
                })
            }),
        ),
        fault(
            "a letter that the typeface lacks",
            &["V015", "V006"],
            Box::new(at("Look at the weather", |all, at| {
                let show = next(all, at, &["TJ", "Tj"]);
                let first = match &mut all[show].operands[0] {
                    Object::Array(parts) => parts.iter_mut().find(|part| matches!(part, Object::String(..))).unwrap(),
                    part => part,
                };
                let Object::String(codes, _) = first else { panic!("no string") };
                codes[..2].copy_from_slice(&[0, 0]);
            })),
        ),
        fault(
            "pale letters",
            &["V016"],
            Box::new(at("Look at the weather", |all, at| {
                let colour = next(all, at, &["scn"]);
                all[colour].operands = vec![Object::Real(0.72), Object::Real(0.72), Object::Real(0.72)];
            })),
        ),
        fault("words on a picture", &["V017"], Box::new(behind)),
        fault("a panel over words", &["V018"], Box::new(hidden)),
        fault(
            "a page of another size",
            &["V019"],
            Box::new(|bytes| {
                change(bytes, |document| {
                    let page = page(document, 2);
                    let dict = document.get_dictionary_mut(page).unwrap();
                    dict.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 842.into()]);
                })
            }),
        ),
        fault("a page number that moved", &["V021"], Box::new(at_number)),
        fault(
            "an entry that leads elsewhere",
            &["V022"],
            Box::new(|bytes| {
                change(bytes, |document| {
                    let first = page(document, 1);
                    let links = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
                    let mut inner = links.filter(|dict| {
                        dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"Link"))
                            && dict.has(b"Dest")
                    });
                    inner.next().unwrap().set("Dest", vec![first.into(), "Fit".into()]);
                })
            }),
        ),
        fault("words off the page", &["V023"], Box::new(at("What helps", moved_twice))),
    ]
}

/// The words stand in the contents first.
fn moved_twice(all: &mut Vec<Operation>, at: usize) {
    moved(450.0, 0.0)(all, at);
}

fn at_number(bytes: &[u8]) -> Vec<u8> {
    let facts = inspect(bytes).unwrap();
    let last = facts.pages.len() - 1;
    let run =
        facts.pages[last - 1].runs.iter().find(|run| run.artifact && run.text.trim() == last.to_string()).unwrap();
    change(bytes, |document| {
        operations(document, last, |all| {
            let at = place(all, run);
            moved(0.0, 12.0)(all, at);
        });
    })
}

/// A dictionary for a place in the file.
pub fn destination(page: ObjectId) -> Object {
    Object::Array(vec![page.into(), "Fit".into()])
}

/// A table cell's attributes: as many columns.
pub fn spanning(columns: i64) -> Object {
    Object::Dictionary(dictionary! { "O" => "Table", "ColSpan" => columns })
}
