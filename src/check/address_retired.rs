#![doc = include_str!("../../docs/diagnostics/C017.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    page.addresses(|href, span| {
        let Ok(url) = url::Url::parse(href) else { return };
        let Some(host) = url.host_str().map(|host| host.trim_start_matches("www.")) else { return };
        let place = format!("{host}{}", url.path());
        let retired = page.house.retired.iter().find(|(old, _)| {
            let site = old.split('/').next().unwrap_or(old);
            let here = if old.contains('/') { place.starts_with(old.as_str()) } else { true };
            here && (host == site || host.ends_with(&format!(".{site}")))
        });
        if let Some((old, new)) = retired {
            sink.push(
                Diagnostic::new(Code::ADDRESS_RETIRED, format!("the address {old} is retired"))
                    .at(span)
                    .help(format!("what took its place: {new}. Look up the page there, and link to that")),
            );
        }
    });
}
