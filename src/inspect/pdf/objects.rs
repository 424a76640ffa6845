//! Safe steps from object to object: a missing or wrong one is `None`.

use super::MAX_STREAM;
use crate::inspect::InspectError;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, decode_text_string};
use std::panic::catch_unwind;

/// Objects are packed a few hundred to a stream; no stream of them is near this long when unpacked, in bytes.
const MAX_OBJECT_STREAM: usize = 16 << 20;

/// Parses the bytes.
///
/// The parser is not ours: what it might panic on must not end the run.
pub(super) fn load(bytes: &[u8]) -> Result<Document, InspectError> {
    if !bytes.iter().take(1024).any(|b| *b == b'%') {
        return Err(InspectError::Broken("it does not begin as a PDF does".into()));
    }
    let load = || {
        let options = LoadOptions { max_decompressed_size: Some(MAX_OBJECT_STREAM), ..LoadOptions::default() };
        Document::load_mem_with_options(bytes, options)
    };
    let document = catch_unwind(load).map_err(|_| InspectError::Broken("its objects are damaged".into()))?;
    let document = document.map_err(|error| InspectError::Broken(error.to_string()))?;
    if document.is_encrypted() {
        return Err(InspectError::Broken("it is locked with a password".into()));
    }
    if document.was_encrypted() {
        return Err(InspectError::Broken("it is locked, though no password is needed to open it".into()));
    }
    Ok(document)
}

/// A document whose objects are looked up without fear of cycles.
pub(super) struct Pdf<'a> {
    document: &'a Document,
}

impl<'a> Pdf<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self { document }
    }

    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// The object itself, or the one a reference leads to.
    pub fn resolve(&self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    /// The object and the name under which it stands in the file.
    pub fn resolve_id(&self, object: &'a Object) -> Option<(Option<ObjectId>, &'a Object)> {
        self.document.dereference(object).ok()
    }

    pub fn object(&self, id: ObjectId) -> Option<&'a Object> {
        self.document.get_object(id).ok()
    }

    pub fn get(&self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dict.get(key.as_bytes()).ok().and_then(|object| self.resolve(object))
    }

    /// A dictionary, or that of a stream.
    pub fn as_dict(&self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.resolve(object)? {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub fn dict(&self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        self.get(dict, key).and_then(|object| self.as_dict(object))
    }

    pub fn array(&self, dict: &'a Dictionary, key: &str) -> Option<&'a [Object]> {
        self.get(dict, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub fn name(&self, dict: &'a Dictionary, key: &str) -> Option<String> {
        self.get(dict, key)?.as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
    }

    pub fn text(&self, dict: &'a Dictionary, key: &str) -> Option<String> {
        decode_text_string(self.get(dict, key)?).ok()
    }

    pub fn flag(&self, dict: &'a Dictionary, key: &str) -> bool {
        self.get(dict, key).and_then(|object| object.as_bool().ok()).unwrap_or(false)
    }

    pub fn integer(&self, dict: &'a Dictionary, key: &str) -> Option<i64> {
        self.get(dict, key)?.as_i64().ok()
    }

    pub fn number(&self, dict: &'a Dictionary, key: &str) -> Option<f64> {
        number(self.get(dict, key)?)
    }

    /// All the numbers of an array, none where one of them is something else.
    pub fn numbers(&self, dict: &'a Dictionary, key: &str) -> Option<Vec<f64>> {
        self.array(dict, key)?.iter().map(|object| self.resolve(object).and_then(number)).collect()
    }

    pub fn catalog(&self) -> Option<&'a Dictionary> {
        self.document.catalog().ok()
    }

    /// The bytes of a stream, unpacked; what cannot be unpacked is empty.
    pub fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, InspectError> {
        if stream.filters().is_ok_and(|filters| filters.is_empty()) || stream.dict.get(b"Filter").is_err() {
            return Ok(stream.content.clone());
        }
        match stream.decompressed_content_with_limit(MAX_STREAM) {
            Ok(bytes) => Ok(bytes),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                Err(InspectError::TooLarge("a stream that unpacks to more than 8 MB"))
            }
            Err(_) => Ok(Vec::new()),
        }
    }
}

/// An integer or real number, if it is finite.
pub(super) fn number(object: &Object) -> Option<f64> {
    let number = match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        _ => return None,
    };
    number.is_finite().then_some(number)
}
