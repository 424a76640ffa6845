//! Would a printer's own check accept this PDF? Our preflight of finished bytes.
//!
//! It names each rule it applied and each it could not apply, and places what it finds on a page. It knows no edition:
//! whatever made the file, the same rules hold. It is no validator of PDF/X and says so.
//!
//! - [`Limits`]: what is asked for, with the usual figures of British printers (standards 54 to 56)
//! - [`RULES`]: the table of rules; one short file for each, its page in `docs/diagnostics/`
//! - [`Report`]: what was found, where, and by which rules

mod annotations;
mod artwork;
mod boxes;
mod brand;
mod coarse;
mod count;
mod fonts;
mod foreign;
mod hairline;
mod identity;
mod limits;
mod lost;
mod place;
mod quiet;
mod report;
mod rich_black;
mod small;
mod total_ink;
mod transparency;
mod unmeasured;
mod white;

pub use limits::{Binding, Limits, Palette};
pub use report::{Finding, Report, Verdict};

use crate::diagnostic::Code;
use crate::inspect::InspectError;
use crate::inspect::pdf::ink::{self, InkFacts};

/// A rule: its code and how it looks.
pub struct Rule {
    /// What its findings carry.
    pub code: Code,
    /// Whether these limits ask for it; why not, else.
    applies: fn(&Limits) -> Result<(), &'static str>,
    look: fn(&InkFacts, &Limits, &mut Vec<Finding>),
}

fn always(_: &Limits) -> Result<(), &'static str> {
    Ok(())
}

const fn rule(code: Code, look: fn(&InkFacts, &Limits, &mut Vec<Finding>)) -> Rule {
    Rule { code, applies: always, look }
}

/// All rules, in the order of their codes.
pub static RULES: &[Rule] = &[
    rule(Code::PREFLIGHT_TRIM, boxes::trim),
    rule(Code::PREFLIGHT_BLEED_BOX, boxes::bleed),
    rule(Code::PREFLIGHT_BLEED_ART, artwork::look),
    rule(Code::PREFLIGHT_QUIET, quiet::look),
    Rule { code: Code::PREFLIGHT_COUNT, applies: count::applies, look: count::look },
    rule(Code::PREFLIGHT_SIZES, boxes::sizes),
    rule(Code::PREFLIGHT_COLOUR, foreign::look),
    rule(Code::PREFLIGHT_INK, total_ink::look),
    rule(Code::PREFLIGHT_UNMEASURED, unmeasured::look),
    Rule { code: Code::PREFLIGHT_BRAND, applies: brand::applies, look: brand::look },
    rule(Code::PREFLIGHT_RICH_BLACK, rich_black::look),
    rule(Code::PREFLIGHT_WHITE, white::look),
    rule(Code::PREFLIGHT_COARSE, coarse::look),
    rule(Code::PREFLIGHT_HAIRLINE, hairline::look),
    rule(Code::PREFLIGHT_SMALL, small::smallest),
    rule(Code::PREFLIGHT_REVERSED, small::reversed),
    rule(Code::PREFLIGHT_FONT, fonts::look),
    rule(Code::PREFLIGHT_ANNOTATION, annotations::look),
    rule(Code::PREFLIGHT_INTENT, identity::intent),
    rule(Code::PREFLIGHT_VERSION, identity::version),
    rule(Code::PREFLIGHT_TRAPPED, identity::trapped),
    rule(Code::PREFLIGHT_ID, identity::id),
    rule(Code::PREFLIGHT_TRANSPARENT, transparency::look),
    rule(Code::PREFLIGHT_LOST, lost::look),
];

/// Looks at a PDF with every rule.
///
/// # Errors
/// As [`ink::inspect`]: bytes that cannot be read back.
pub fn preflight(bytes: &[u8], limits: &Limits) -> Result<Report, InspectError> {
    let facts = ink::inspect(bytes)?;
    let mut report = Report::new(&facts);
    for rule in RULES {
        let mut found = Vec::new();
        let applied = (rule.applies)(limits);
        if applied.is_ok() {
            (rule.look)(&facts, limits, &mut found);
            // one thing painted twice, as letters with an outline are, is one thing to mend
            found.dedup();
        }
        report.add(rule.code, applied, found);
    }
    Ok(report)
}
