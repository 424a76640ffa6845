#![doc = include_str!("../../docs/diagnostics/C033.md")]
#![doc = include_str!("../../docs/diagnostics/C034.md")]
#![doc = include_str!("../../docs/diagnostics/C035.md")]

use super::{Reached, Seen};
use crate::diagnostic::{Code, Diagnostic, Sink};

/// Asks only where the run was told to: no build and no plain check uses the network.
pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let Some(reach) = page.reach else { return };
    let mut places = Vec::new();
    page.addresses(|address, span| {
        let web = address.get(..8).unwrap_or(address).to_ascii_lowercase();
        if web.starts_with("http://") || web.starts_with("https://") {
            places.push((address.to_string(), span));
        }
    });
    let addresses: Vec<&str> = places.iter().map(|(address, _)| address.as_str()).collect();
    for ((address, span), reached) in places.iter().zip(reach(&addresses)) {
        let said = match reached {
            Reached::There => continue,
            Reached::Gone(why) => Diagnostic::new(Code::LINK_DEAD, format!("{address} leads nowhere: {why}"))
                .help("look for the new address, or take the link away"),
            Reached::Moved(to) => Diagnostic::new(Code::LINK_MOVED, format!("{address} has moved to {to}"))
                .help("see that it is the right page, and write the new address"),
            Reached::Untried(why) => {
                Diagnostic::new(Code::LINK_UNTRIED, format!("{address} could not be tried: {why}"))
                    .help("open it in a browser and see whether it is the right page")
            }
        };
        sink.push(said.at(*span));
    }
}
