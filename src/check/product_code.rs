#![doc = include_str!("../../docs/diagnostics/C018.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let (Some(code), Some(form)) = (&page.written.front.product_code, &page.house.product_code) else { return };
    if !form.is_match(&code.value) {
        sink.push(
            Diagnostic::new(Code::PRODUCT_CODE, format!("the product code `{}` does not have the shop's form", code.value))
                .at(code.span)
                .help("capitals, figures and hyphens, without spaces, such as WARM-1; layouts/check/house.toml holds the form"),
        );
    }
}
