//! The way back from content to its element (the parent tree), and the role map.
//!
//! A screen reader that starts at a place on the page finds the element through the parent tree, one that starts at
//! the top goes down the structure tree. Both must meet (ISO 32000-1, 14.7.4.4).

use super::content::Mark;
use super::objects::Pdf;
use super::pages::{Page, collect};
use super::tree::Read;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

const MOST: usize = 20;

/// Where the parent tree and the structure tree disagree.
pub(super) fn astray<'a>(pdf: &Pdf<'a>, pages: &[Page<'a>], read: &Read) -> Vec<String> {
    let Some(root) = pdf.catalog().and_then(|catalog| pdf.dict(catalog, "StructTreeRoot")) else { return Vec::new() };
    let mut pairs = Vec::new();
    if let Some(tree) = pdf.dict(root, "ParentTree") {
        collect(pdf, tree, "Nums", 0, &mut pairs);
    }
    let number = |object: &Object| object.as_i64().ok();
    let parents: BTreeMap<i64, &Object> =
        pairs.into_iter().filter_map(|(key, value)| Some((number(key)?, value))).collect();
    let mut out = Vec::new();
    let mut last = None;
    for (mark, node) in &read.holders {
        if out.len() >= MOST {
            break;
        }
        let way = back(pdf, &parents, *mark);
        let own = read.ids.get(*node).copied().flatten();
        if own.is_some() && way != own && last != Some(mark.0) {
            last = Some(mark.0);
            let page = pages.iter().position(|page| page.id == mark.0).map(|index| index + 1);
            let place = page.map_or_else(String::new, |page| format!(" of page {page}"));
            let what = if way.is_none() { "has no way back to its tag" } else { "leads back to another tag" };
            out.push(format!("content{place} {what}"));
        }
    }
    for (annotation, node) in &read.annotations {
        if out.len() >= MOST {
            break;
        }
        let Some(Object::Dictionary(dict)) = pdf.object(*annotation) else { continue };
        let way =
            pdf.integer(dict, "StructParent").and_then(|key| parents.get(&key)).and_then(|o| o.as_reference().ok());
        if way != read.ids.get(*node).copied().flatten() {
            out.push("a link has no way back to its tag".into());
        }
    }
    out
}

/// The element that the parent tree names for a piece of content.
fn back(pdf: &Pdf, parents: &BTreeMap<i64, &Object>, (owner, number): Mark) -> Option<ObjectId> {
    let dict = match pdf.object(owner)? {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return None,
    };
    let list = pdf.resolve(parents.get(&dict.get(b"StructParents").ok()?.as_i64().ok()?)?)?.as_array().ok()?;
    list.get(usize::try_from(number).ok()?)?.as_reference().ok()
}

/// Names of the role map that lead back to themselves or to nothing standard.
pub(super) fn bad_roles(pdf: &Pdf) -> Vec<String> {
    let root = pdf.catalog().and_then(|catalog| pdf.dict(catalog, "StructTreeRoot"));
    let Some(roles) = root.and_then(|root| pdf.dict(root, "RoleMap")) else { return Vec::new() };
    let mut out: Vec<String> = roles
        .iter()
        .map(|(name, _)| String::from_utf8_lossy(name).into_owned())
        .filter(|name| is_standard(name) || !reaches(roles, name))
        .take(MOST)
        .collect();
    out.sort();
    out
}

fn reaches(roles: &Dictionary, name: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = name.to_string();
    while seen.insert(at.clone()) {
        if is_standard(&at) {
            return true;
        }
        let Some(next) = roles.get(at.as_bytes()).ok().and_then(|next| next.as_name().ok()) else { return false };
        at = String::from_utf8_lossy(next).into_owned();
    }
    false
}

/// The standard structure types (ISO 32000-1, 14.8.4).
pub fn is_standard(tag: &str) -> bool {
    const TYPES: [&str; 48] = [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
    ];
    TYPES.contains(&tag) || tag == "Form"
}
