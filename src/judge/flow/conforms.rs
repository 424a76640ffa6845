//! V056: a claim of conformance without an evaluation by a named person.

use super::super::file::quoted;
use super::Book;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(Book { file, facts: book, .. }: &Book<'_>, sink: &mut Sink) {
    if file.expected.evaluated {
        return;
    }
    let names = ["dcterms:conformsTo", "a11y:certifiedBy", "a11y:certifierCredential"];
    let claims = names.iter().flat_map(|name| book.values(name));
    let found: Vec<String> =
        claims.map(|claim| format!("it claims {} and nobody's evaluation is on record", quoted(claim))).collect();
    file.say_first(sink, Code::CONFORMANCE_CLAIM, &found);
}
