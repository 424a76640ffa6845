//! V035: pictures without words for those who cannot see them; an empty description marks decoration.

use super::super::file::quoted;
use super::Flow;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for page in &flow.pages {
        for image in page.facts.images.iter().filter(|image| image.alt.is_none()) {
            let name =
                if image.src.starts_with("data:") || image.src.is_empty() { String::new() } else { quoted(&image.src) };
            found.push(format!("{}the picture {name} has no description", page.place).replace("picture  ", "picture "));
        }
    }
    flow.file.say_first(sink, Code::OUTPUT_ALT, &found);
}
