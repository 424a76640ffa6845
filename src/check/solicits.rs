#![doc = include_str!("../../docs/diagnostics/C023.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    if page.document.meta.solicits && page.brand.registrations.is_empty() {
        sink.push(
            Diagnostic::new(
                Code::SOLICITS,
                "this page asks for money, but the brand has no registration to print beside that",
            )
            .at(page.top())
            .help("give the numbers under [registrations] in layouts/brand.toml, or take `solicits` out of the page"),
        );
    }
}
