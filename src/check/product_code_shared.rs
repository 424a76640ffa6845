#![doc = include_str!("../../docs/diagnostics/C036.md")]

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::page::Front;

/// Looks at the pages of a project side by side; `judged` says which of them are being judged.
pub(super) fn check<'a>(
    pages: impl Iterator<Item = (&'a str, &'a Front)>,
    judged: impl Fn(&str) -> bool,
    sink: &mut Sink,
) {
    let mut first: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (slug, front) in pages {
        let Some(code) = &front.product_code else { continue };
        // a translation may be sold under the code of what it translates
        let language = front.language.as_ref().map_or("", |language| language.value.as_str());
        match first.get(&(code.value.as_str(), language)) {
            Some(other) if judged(slug) || judged(other) => sink.push(
                Diagnostic::new(
                    Code::PRODUCT_CODE_SHARED,
                    format!("the page `{other}` has the product code `{}` too", code.value),
                )
                .at(code.span)
                .help("look both up in the shop's list, and correct the wrong one"),
            ),
            Some(_) => {}
            None => drop(first.insert((&code.value, language), slug)),
        }
    }
}
