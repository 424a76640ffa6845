#![doc = include_str!("../../docs/diagnostics/C003.md")]

use super::Seen;
use super::lists::{fold, phrase};
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let lists = page.lists;
    let mut judge = |alt: &str, span| {
        let folded = fold(alt.trim().trim_end_matches('.'));
        let whole = lists.empty_alt.iter().any(|word| fold(word) == folded);
        let start =
            lists.empty_alt_start.iter().find(|words| phrase(&folded, words).iter().any(|(from, _)| *from == 0));
        let (message, help) = match start {
            _ if whole => (
                format!("the description “{}” does not say what is in the picture", alt.trim()),
                "write what the picture shows, in a few words".to_string(),
            ),
            Some(words) => (
                format!("the description begins with “{words}”, which a screen reader says anyway"),
                "begin with what is in the picture".to_string(),
            ),
            None => return,
        };
        sink.push(Diagnostic::new(Code::ALT_SAYS_NOTHING, message).at(span).help(help));
    };
    page.pictures(|picture| judge(&picture.alt, picture.span));
    if let Some((alt, span)) = page.cover_alt() {
        judge(alt, span);
    }
}
