//! What says how clear something is, apart from what is printed.
//!
//! A drawing or gradient may serve both: shown, and as another's soft mask. Shown it becomes inks, as a mask it stays
//! light (ISO 32000-1, 11.5.3), so each mask gets copies of its own before anything is turned.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Gives every soft mask's drawing, and all that it leads to, objects of its own.
pub(super) fn part(document: &mut Document) {
    let mut groups = Vec::new();
    document.objects.values().for_each(|object| find(object, &mut groups));
    groups.sort_unstable();
    groups.dedup();
    let copies: BTreeMap<ObjectId, ObjectId> =
        groups.into_iter().map(|group| (group, copy(document, group, &mut BTreeMap::new()))).collect();
    if !copies.is_empty() {
        document.objects.values_mut().for_each(|object| lead(object, &copies));
    }
}

/// The group of a soft mask's dictionary (ISO 32000-1, table 144).
fn group(dict: &Dictionary) -> Option<ObjectId> {
    let kind = dict.get(b"S").and_then(Object::as_name).ok()?;
    matches!(kind, b"Luminosity" | b"Alpha").then(|| dict.get(b"G").and_then(Object::as_reference).ok()).flatten()
}

fn find(object: &Object, out: &mut Vec<ObjectId>) {
    match object {
        Object::Dictionary(dict) => {
            out.extend(group(dict));
            dict.iter().for_each(|(_, value)| find(value, out));
        }
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| find(value, out)),
        Object::Array(items) => items.iter().for_each(|item| find(item, out)),
        _ => {}
    }
}

fn lead(object: &mut Object, copies: &BTreeMap<ObjectId, ObjectId>) {
    match object {
        Object::Dictionary(dict) => {
            if let Some(new) = group(dict).and_then(|old| copies.get(&old)) {
                dict.set("G", *new);
            }
            dict.iter_mut().for_each(|(_, value)| lead(value, copies));
        }
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| lead(value, copies)),
        Object::Array(items) => items.iter_mut().for_each(|item| lead(item, copies)),
        _ => {}
    }
}

/// A copy of an object and of what it leads to, each once. Fonts have no colours, and stay as they are.
fn copy(document: &mut Document, id: ObjectId, known: &mut BTreeMap<ObjectId, ObjectId>) -> ObjectId {
    if let Some(new) = known.get(&id) {
        return *new;
    }
    let Some(mut object) = document.objects.get(&id).cloned() else { return id };
    if object.as_dict().is_ok_and(|dict| dict.has_type(b"Font")) {
        return id;
    }
    let new = document.new_object_id();
    known.insert(id, new);
    renew(document, &mut object, known);
    document.objects.insert(new, object);
    new
}

fn renew(document: &mut Document, object: &mut Object, known: &mut BTreeMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => *id = copy(document, *id, known),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| renew(document, value, known)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| renew(document, value, known)),
        Object::Array(items) => items.iter_mut().for_each(|item| renew(document, item, known)),
        _ => {}
    }
}
