//! Every drawing, picture and gradient that the pages lead to, each once.

use std::collections::{BTreeMap, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::inks::Inks;
use super::picture::Printed;
use super::{Fault, drawing, gradient, picture};

/// What colours are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paints {
    /// To be printed.
    Ink,
    /// To say how clear something is; it is light, and no press sees it (ISO 32000-1, 11.5.3).
    Mask,
}

/// Turns everything that the pages paint into inks.
pub(super) fn recolour(document: &mut Document, inks: &Inks, printed: &[Printed]) -> Result<(), Fault> {
    let mut walk = Walk { inks, printed, known: BTreeMap::new(), waiting: VecDeque::new() };
    for page in document.get_pages().into_values() {
        walk.page(document, page)?;
    }
    while let Some((id, paints)) = walk.waiting.pop_front() {
        walk.object(document, id, paints)?;
    }
    Ok(())
}

struct Walk<'a> {
    inks: &'a Inks,
    printed: &'a [Printed],
    known: BTreeMap<ObjectId, Paints>,
    waiting: VecDeque<(ObjectId, Paints)>,
}

impl Walk<'_> {
    fn meet(&mut self, object: &Object, paints: Paints) {
        if let Ok(id) = object.as_reference()
            && !self.known.contains_key(&id)
        {
            self.known.insert(id, paints);
            self.waiting.push_back((id, paints));
        }
    }

    /// A page's own drawing is ours: it places forms and draws marks, in inks. What is drawn before any colour is
    /// chosen is black ink.
    fn page(&mut self, document: &mut Document, id: ObjectId) -> Result<(), Fault> {
        let mut content = b"0 0 0 1 k 0 0 0 1 K\n".to_vec();
        content.extend(document.get_page_content(id));
        document.change_page_content(id, content)?;
        self.resources(document, id, Paints::Ink)?;
        if let Ok(Object::Dictionary(page)) = document.get_object_mut(id) {
            page.remove(b"Annots");
            blend_in_inks(page, Paints::Ink);
        }
        Ok(())
    }

    fn object(&mut self, document: &mut Document, id: ObjectId, paints: Paints) -> Result<(), Fault> {
        let Some(object) = document.objects.get(&id) else { return Ok(()) };
        match object {
            Object::Stream(stream) => {
                let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
                if kind == b"Image" {
                    return picture::turn(document, id, self.inks, self.printed, paints);
                }
                self.drawing(document, id, paints)
            }
            // a shading pattern, or how things are painted
            Object::Dictionary(dict) => {
                if let Ok(shading) = dict.get(b"Shading").cloned() {
                    gradient::turn(document, &shading, id, self.inks, paints)?;
                } else if let Ok(mask) = dict.get(b"SMask").cloned() {
                    self.mask(document, &mask);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn drawing(&mut self, document: &mut Document, id: ObjectId, paints: Paints) -> Result<(), Fault> {
        let Some(Object::Stream(stream)) = document.objects.get(&id) else { return Ok(()) };
        let packed = stream.filters().is_ok_and(|filters| !filters.is_empty());
        let content = if packed { stream.decompressed_content()? } else { stream.content.clone() };
        let resources = own_resources(document, &stream.dict).map(|(_, resources)| resources);
        let spaces = resources.as_ref().and_then(|resources| part(document, resources, b"ColorSpace"));
        let new = drawing::recoloured(&content, document, spaces.as_ref(), self.inks, paints)?;
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            if let Some(new) = new {
                stream.set_plain_content(new);
                // what cannot be packed stays as it is
                let _ = stream.compress();
            }
            blend_in_inks(&mut stream.dict, paints);
        }
        self.resources(document, id, paints)
    }

    /// What a page's, a form's or a pattern's drawing may name.
    fn resources(&mut self, document: &mut Document, owner: ObjectId, paints: Paints) -> Result<(), Fault> {
        let dict = match document.objects.get(&owner) {
            Some(Object::Stream(stream)) => &stream.dict,
            Some(Object::Dictionary(dict)) => dict,
            _ => return Ok(()),
        };
        let Some((place, mut resources)) = own_resources(document, dict) else { return Ok(()) };
        // resources that several share are looked at once
        if place.is_some_and(|place| self.known.insert(place, paints).is_some()) {
            return Ok(());
        }
        for kind in [&b"XObject"[..], b"Pattern", b"ExtGState", b"Shading"] {
            let Some(entries) = part(document, &resources, kind) else { continue };
            for (_, entry) in &entries {
                match entry {
                    // what stands here itself and is no object of its own
                    Object::Dictionary(dict) if kind == b"ExtGState" => {
                        if let Ok(mask) = dict.get(b"SMask").cloned() {
                            self.mask(document, &mask);
                        }
                    }
                    Object::Reference(id) if kind == b"Shading" => {
                        gradient::turn(document, entry, *id, self.inks, paints)?;
                    }
                    _ => self.meet(entry, paints),
                }
            }
        }
        // the spaces that nothing names any more go
        if let Some(spaces) = part(document, &resources, b"ColorSpace") {
            let stays = |space: &Object| super::space::Space::read(document, space, None).stays();
            let left: Dictionary = spaces
                .iter()
                .filter(|(_, space)| stays(space))
                .map(|(name, space)| (name.clone(), space.clone()))
                .collect();
            if left.is_empty() {
                resources.remove(b"ColorSpace");
            } else {
                resources.set("ColorSpace", left);
            }
        }
        resources.remove(b"ProcSet");
        match (place, document.objects.get_mut(&place.unwrap_or(owner))) {
            (Some(_), Some(Object::Dictionary(whole))) => *whole = resources,
            (None, Some(Object::Dictionary(dict))) => dict.set("Resources", resources),
            (None, Some(Object::Stream(stream))) => stream.dict.set("Resources", resources),
            _ => {}
        }
        Ok(())
    }

    /// A soft mask's drawing is light.
    fn mask(&mut self, document: &mut Document, mask: &Object) {
        let place = mask.as_reference().ok();
        let Ok((_, Object::Dictionary(dict))) = document.dereference(mask) else { return };
        let dict = dict.clone();
        if let Ok(group) = dict.get(b"G") {
            self.meet(group, Paints::Mask);
        }
        // its ground is white or black whatever the space; black is what none means
        if let Some(Object::Dictionary(dict)) = place.and_then(|id| document.objects.get_mut(&id)) {
            let light = dict
                .get(b"BC")
                .and_then(Object::as_array)
                .is_ok_and(|parts| parts.iter().all(|part| part.as_float().is_ok_and(|part| part > 0.5)));
            if dict.remove(b"BC").is_some() && light {
                dict.set("BC", vec![Object::Integer(1)]);
            }
        }
    }
}

/// Resources, and where they stand where that is an object of their own.
fn own_resources(document: &Document, dict: &Dictionary) -> Option<(Option<ObjectId>, Dictionary)> {
    let resources = dict.get(b"Resources").ok()?;
    let (place, resources) = document.dereference(resources).ok()?;
    Some((place, resources.as_dict().ok()?.clone()))
}

/// One kind of resources.
fn part(document: &Document, resources: &Dictionary, kind: &[u8]) -> Option<Dictionary> {
    let (_, part) = document.dereference(resources.get(kind).ok()?).ok()?;
    part.as_dict().ok().cloned()
}

/// Colours that shine through mix as inks do.
fn blend_in_inks(dict: &mut Dictionary, paints: Paints) {
    let space = if paints == Paints::Mask { "DeviceGray" } else { "DeviceCMYK" };
    if let Ok(Object::Dictionary(group)) = dict.get_mut(b"Group")
        && (group.has(b"CS") || paints == Paints::Mask)
    {
        group.set("CS", space);
    }
}
