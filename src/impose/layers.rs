//! Layers: each kind of mark can be hidden or printed on its own.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use super::copy::Copier;

/// A kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Crop,
    Fold,
    Register,
    Bars,
    Slug,
}

impl Layer {
    pub const ALL: [Self; 5] = [Self::Crop, Self::Fold, Self::Register, Self::Bars, Self::Slug];

    /// Its name in a reader's list of layers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Crop => "Crop marks",
            Self::Fold => "Fold marks",
            Self::Register => "Registration marks",
            Self::Bars => "Colour bars",
            Self::Slug => "Slug line",
        }
    }

    /// Its name in a sheet's resources.
    pub fn key(self) -> &'static str {
        match self {
            Self::Crop => "LCrop",
            Self::Fold => "LFold",
            Self::Register => "LRegister",
            Self::Bars => "LBars",
            Self::Slug => "LSlug",
        }
    }
}

/// Makes the layers; the dictionary names them for a sheet's resources.
pub(super) fn make(document: &mut Document, bars: bool) -> (Dictionary, Vec<ObjectId>) {
    let mut names = Dictionary::new();
    let mut all = Vec::new();
    for layer in Layer::ALL.into_iter().filter(|layer| bars || *layer != Layer::Bars) {
        let mut group = Dictionary::new();
        group.set("Type", "OCG");
        group.set("Name", Object::String(layer.title().as_bytes().to_vec(), StringFormat::Literal));
        let id = document.add_object(group);
        names.set(layer.key(), id);
        all.push(id);
    }
    (names, all)
}

/// The layers that the pages themselves have, and which of them are hidden.
pub(super) fn of_pages(copier: &Copier<'_>) -> (Vec<ObjectId>, Vec<ObjectId>) {
    let nothing = (Vec::new(), Vec::new());
    let properties = copier.catalog().and_then(|catalog| catalog.get(b"OCProperties").ok());
    let Some(properties) = properties.and_then(|object| copier.dict(object)) else { return nothing };
    let ids = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let items = dict.get(key).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| item.as_reference().ok()).collect()
    };
    let all = ids(properties, b"OCGs");
    let usual = properties.get(b"D").ok().and_then(|object| copier.dict(object));
    let hidden = match usual {
        Some(usual) if usual.get(b"BaseState").and_then(Object::as_name).is_ok_and(|state| state == b"OFF") => {
            let on = ids(usual, b"ON");
            all.iter().copied().filter(|id| !on.contains(id)).collect()
        }
        Some(usual) => ids(usual, b"OFF"),
        None => Vec::new(),
    };
    let went = |ids: Vec<ObjectId>| ids.into_iter().filter_map(|id| copier.went(id)).collect();
    (went(all), went(hidden))
}

/// What the catalog says of all layers.
pub(super) fn properties(all: &[ObjectId], hidden: &[ObjectId]) -> Dictionary {
    let list = |ids: &[ObjectId]| Object::Array(ids.iter().map(|id| Object::Reference(*id)).collect());
    let mut usual = Dictionary::new();
    usual.set("Name", Object::string_literal("Layers"));
    usual.set("Order", list(all));
    usual.set("OFF", list(hidden));
    let mut out = Dictionary::new();
    out.set("OCGs", list(all));
    out.set("D", usual);
    out
}
