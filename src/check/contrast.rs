#![doc = include_str!("../../docs/diagnostics/C025.md")]
#![doc = ""]
#![doc = include_str!("../../docs/diagnostics/C026.md")]

use super::Shared;
use crate::colour::{contrast, contrast_in_ink};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};

pub(super) fn check(shared: &Shared<'_>, sink: &mut Sink) {
    let c = &shared.brand.colours;
    // what the layouts print on what; a band in the main colour carries words in the paper's
    let pairs = [
        ("ink", &c.ink, "paper", &c.paper),
        ("main", &c.main, "paper", &c.paper),
        ("accent", &c.accent, "paper", &c.paper),
        ("ink", &c.ink, "mist", &c.mist),
        ("main", &c.main, "mist", &c.mist),
        ("ink", &c.ink, "sand", &c.sand),
        ("accent", &c.accent, "sand", &c.sand),
    ];
    let least = shared.thresholds.get("contrast-screen").unwrap_or(0.0);
    let large = shared.thresholds.get("contrast-large-print").unwrap_or(0.0);
    let paper = shared.thresholds.get("contrast-paper").unwrap_or(0.0);
    for (name, one, ground, other) in pairs {
        let at = shared.line(&format!("[colours.{name}]"));
        let help = "make the one darker or the other lighter; keep the sRGB and the CMYK values alike";
        let screen = contrast(&one.rgb, &other.rgb);
        // large print puts no tint under its words
        let wanted = if ground == "paper" { large.max(least) } else { least };
        if screen < wanted {
            let message =
                format!("the colour `{name}` on `{ground}` has a contrast of {screen:.1} to 1; {wanted} is needed");
            let severity = if screen < least { Severity::Error } else { Severity::Warning };
            sink.push(Diagnostic::new(Code::CONTRAST_SCREEN, message).at(at).help(help).severity(severity));
        }
        let ink = contrast_in_ink(&one.cmyk, &other.cmyk);
        if ink < paper {
            let message = format!(
                "printed, the colour `{name}` on `{ground}` has a contrast of about {ink:.1} to 1; {paper} is needed"
            );
            sink.push(Diagnostic::new(Code::CONTRAST_PAPER, message).at(at).help(help));
        }
    }
}
