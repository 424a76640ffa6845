#![doc = include_str!("../../docs/diagnostics/C027.md")]

use super::Shared;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(shared: &Shared<'_>, sink: &mut Sink) {
    let brand = shared.brand;
    let mut complain = |start: &str, message: &str, help: &str| {
        sink.push(Diagnostic::new(Code::IMPRINT_INCOMPLETE, message).at(shared.line(start)).help(help));
    };
    if brand.registrations.is_empty() {
        complain(
            "register-name",
            "the brand has no registration, so no edition says that this is a registered charity",
            "add [registrations] with the number in each register that the charity is in",
        );
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = brand.registrations.get("england-and-wales") {
        let base = number.split('-').next().unwrap_or(number);
        if !(digits(base) && (6..=7).contains(&base.len())) {
            complain(
                "england-and-wales",
                "the number in the register of England and Wales has the wrong form",
                "it has six or seven figures",
            );
        }
    }
    if brand.registrations.get("isle-of-man").is_some_and(|number| !digits(number)) {
        complain("isle-of-man", "the number in the Isle of Man's register has the wrong form", "it has figures only");
    }
    let northern = |number: &String| number.strip_prefix("NIC").is_some_and(|rest| digits(rest) && rest.len() == 6);
    if brand.registrations.get("northern-ireland").is_some_and(|number| !northern(number)) {
        complain(
            "northern-ireland",
            "the number in the register of Northern Ireland has the wrong form",
            "it is NIC and six figures",
        );
    }
    if brand.company_number.is_some() {
        let missing: Vec<&str> = [
            ("registered-office", brand.registered_office.is_none()),
            ("part (under [company])", brand.company_part.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, missing)| missing.then_some(key))
        .collect();
        if !missing.is_empty() {
            let message = format!("the brand has a company number, but no {}", missing.join(" and no "));
            complain(
                "[company]",
                &message,
                "a company states its number, its part of the United Kingdom and its office",
            );
        }
    }
}
