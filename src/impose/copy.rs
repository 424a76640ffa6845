//! Takes from a file what its pages need, and nothing else.

use std::collections::{BTreeMap, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::MM;
use super::refusal::Refusal;
use super::source::{MAX_CONTENT, Page, Source};

/// What a printed sheet has no use for: it points back into pages and tags that are left behind.
const DROPPED: [&[u8]; 7] =
    [b"StructParent", b"StructParents", b"PieceInfo", b"LastModified", b"Metadata", b"AF", b"OPI"];

/// Copies objects from one file into another, each once, in the order in which they are met.
pub(super) struct Copier<'a> {
    from: Document,
    to: &'a mut Document,
    known: BTreeMap<ObjectId, ObjectId>,
    waiting: VecDeque<(ObjectId, ObjectId)>,
    /// How many pages still want a drawing, by the drawing's object.
    wanted: BTreeMap<ObjectId, usize>,
}

impl<'a> Copier<'a> {
    pub fn new(source: Source, to: &'a mut Document) -> (Self, Vec<Page>) {
        let Source { document: from, pages } = source;
        let mut wanted: BTreeMap<ObjectId, usize> = BTreeMap::new();
        for page in &pages {
            let contents = from.get_dictionary(page.id).and_then(|dict| dict.get(b"Contents"));
            if let Ok(Object::Reference(id)) = contents {
                *wanted.entry(*id).or_default() += 1;
            }
        }
        let copier = Self { from, to, known: BTreeMap::new(), waiting: VecDeque::new(), wanted };
        (copier, pages)
    }

    /// A page as a form, upright, the lower left corner of its trim at the origin; `bleed` in millimetres is shown too.
    pub fn form(&mut self, page: &Page, number: usize, bleed: f64) -> Result<ObjectId, Refusal> {
        let group = self.group(page);
        let Stream { mut dict, content, .. } = self.drawing(page, number)?;
        // it may have been drawn and packed with these and nothing else that a form may have
        let mut form = Dictionary::new();
        for key in [&b"Filter"[..], b"DecodeParms"] {
            if let Some(value) = dict.remove(key) {
                form.set(key, self.take(value));
            }
        }
        form.set("Type", "XObject");
        form.set("Subtype", "Form");
        let bleed = bleed * MM / page.unit;
        let ([left, low, right, high], [a, b, c, d]) = (page.trim, page.media);
        let shown = [(left - bleed).max(a), (low - bleed).max(b), (right + bleed).min(c), (high + bleed).min(d)];
        form.set("BBox", numbers(&shown));
        form.set("Matrix", numbers(&upright(page)));
        let resources = page.resources.clone().unwrap_or_else(|| Dictionary::new().into());
        form.set("Resources", self.take(resources));
        if let Some(group) = group {
            form.set("Group", group);
        }
        let id = self.to.add_object(Stream::new(form, content));
        self.empty();
        Ok(id)
    }

    /// How the page's colours blend, if it says so.
    fn group(&mut self, page: &Page) -> Option<Object> {
        let group = self.from.get_dictionary(page.id).ok()?.get(b"Group").ok()?;
        let (_, group) = self.from.dereference(group).ok()?;
        let mut group = group.as_dict().ok()?.clone();
        // a page stands for itself, whatever lies beneath
        group.set("I", true);
        Some(self.take(group.into()))
    }

    /// What the page draws, as one stream; as packed as it was, where it was one.
    fn drawing(&mut self, page: &Page, number: usize) -> Result<Stream, Refusal> {
        let broken = || Refusal::Damaged(format!("page {number} cannot be unpacked"));
        let contents = self.from.get_dictionary(page.id).ok().and_then(|dict| dict.get(b"Contents").ok()).cloned();
        let Some(contents) = contents else { return Ok(Stream::new(Dictionary::new(), Vec::new())) };
        if let Object::Reference(id) = contents {
            let left = self.wanted.get(&id).copied().unwrap_or(0);
            if let Some(Object::Stream(stream)) = self.from.objects.get(&id) {
                unpacked(stream).ok_or_else(broken)?;
                self.wanted.insert(id, left.saturating_sub(1));
                if left > 1 {
                    return Ok(stream.clone());
                }
                if let Some(Object::Stream(stream)) = self.from.objects.remove(&id) {
                    return Ok(stream);
                }
            }
        }
        let (_, contents) = self.from.dereference(&contents).map_err(|_| broken())?;
        let parts: Vec<&Object> = match contents {
            Object::Array(parts) => parts.iter().collect(),
            Object::Null => Vec::new(),
            other => vec![other],
        };
        let mut whole = Vec::new();
        for part in parts {
            let (_, part) = self.from.dereference(part).map_err(|_| broken())?;
            let bytes = part.as_stream().ok().and_then(unpacked).ok_or_else(broken)?;
            whole.extend_from_slice(&bytes);
            whole.push(b'\n');
            if whole.len() > MAX_CONTENT {
                return Err(broken());
            }
        }
        let mut stream = Stream::new(Dictionary::new(), whole);
        stream.compress().map_err(|_| broken())?;
        Ok(stream)
    }

    /// An object with its references led into the new file.
    pub fn take(&mut self, mut object: Object) -> Object {
        self.lead(&mut object);
        object
    }

    /// Where a layer of the file went, if a page uses it.
    pub fn went(&self, id: ObjectId) -> Option<ObjectId> {
        self.known.get(&id).copied()
    }

    /// The file's own catalog.
    pub fn catalog(&self) -> Option<&Dictionary> {
        self.from.catalog().ok()
    }

    /// The dictionary that an object is or leads to.
    pub fn dict<'b>(&'b self, object: &'b Object) -> Option<&'b Dictionary> {
        self.from.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok())
    }

    fn lead(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *object = self.follow(*id),
            Object::Array(items) => items.iter_mut().for_each(|item| self.lead(item)),
            Object::Dictionary(dict) => self.lead_all(dict),
            Object::Stream(stream) => {
                self.lead_all(&mut stream.dict);
                stream.dict.set("Length", stream.content.len() as i64);
            }
            _ => {}
        }
    }

    fn lead_all(&mut self, dict: &mut Dictionary) {
        for key in DROPPED {
            dict.remove(key);
        }
        dict.iter_mut().for_each(|(_, value)| self.lead(value));
    }

    fn follow(&mut self, id: ObjectId) -> Object {
        if let Some(new) = self.known.get(&id) {
            return Object::Reference(*new);
        }
        let left_behind = match self.from.objects.get(&id) {
            None => true,
            Some(Object::Dictionary(dict)) => {
                dict.get_type().is_ok_and(|kind| matches!(kind, b"Page" | b"Pages" | b"Catalog" | b"StructElem"))
            }
            Some(_) => false,
        };
        if left_behind {
            return Object::Null;
        }
        let new = self.to.new_object_id();
        self.known.insert(id, new);
        self.waiting.push_back((id, new));
        Object::Reference(new)
    }

    /// Copies what is still referred to.
    pub fn empty(&mut self) {
        while let Some((old, new)) = self.waiting.pop_front() {
            // layers are looked up again when all pages are there
            let object = match self.from.objects.get(&old) {
                Some(Object::Dictionary(dict)) => Some(Object::Dictionary(dict.clone())),
                Some(_) if self.wanted.contains_key(&old) => self.from.objects.get(&old).cloned(),
                _ => self.from.objects.remove(&old),
            };
            let object = self.take(object.unwrap_or(Object::Null));
            self.to.objects.insert(new, object);
        }
    }
}

fn unpacked(stream: &Stream) -> Option<Vec<u8>> {
    if stream.filters().map_or(true, |filters| filters.is_empty()) {
        return Some(stream.content.clone());
    }
    stream.decompressed_content_with_limit(MAX_CONTENT).ok()
}

/// Turns and moves the page so that it stands upright at the origin, in points.
fn upright(page: &Page) -> [f64; 6] {
    let [left, low, right, high] = page.trim;
    let matrix = match page.turn {
        90 => [0.0, -1.0, 1.0, 0.0, -low, right],
        180 => [-1.0, 0.0, 0.0, -1.0, right, high],
        270 => [0.0, 1.0, -1.0, 0.0, high, -left],
        _ => [1.0, 0.0, 0.0, 1.0, -left, -low],
    };
    matrix.map(|n| n * page.unit)
}

/// Numbers as a PDF has them.
pub(super) fn numbers(values: &[f64]) -> Object {
    let number = |value: &f64| match value.fract() == 0.0 {
        true => Object::Integer(*value as i64),
        false => Object::Real(*value as f32),
    };
    Object::Array(values.iter().map(number).collect())
}
