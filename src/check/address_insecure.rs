#![doc = include_str!("../../docs/diagnostics/C016.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    page.addresses(|href, span| {
        if href.to_ascii_lowercase().starts_with("http://") {
            sink.push(
                Diagnostic::new(Code::ADDRESS_INSECURE, format!("{href} is not secure")).at(span).help(
                    "try it with https:// in front; if that does not work, ask the site's owner or link elsewhere",
                ),
            );
        }
    });
}
