#![doc = include_str!("../../docs/diagnostics/C001.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

const ENDINGS: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".bmp", ".heic"];

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let mut judge = |alt: &str, path: &str, span| {
        if is_file_name(alt, path) {
            sink.push(
                Diagnostic::new(Code::ALT_FILE_NAME, format!("the description “{}” is a file's name", alt.trim()))
                    .at(span)
                    .help("write what the picture shows, in a few words"),
            );
        }
    };
    page.pictures(|picture| judge(&picture.alt, &picture.path, picture.span));
    if let (Some((alt, span)), Some(cover)) = (page.cover_alt(), &page.written.front.cover) {
        judge(alt, &cover.value, span);
    }
}

fn is_file_name(alt: &str, path: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    // a picture scarf.png may well show a scarf
    let artificial = stem.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let ending = ENDINGS.iter().any(|ending| alt.ends_with(ending)) && !alt.contains(char::is_whitespace);
    ending || alt == name || (artificial && alt == stem)
}
