//! V055: claims about how the book can be read, against what is in it.

use super::Book;
use super::style::fixes;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(Book { file, facts: book, .. }: &Book<'_>, sink: &mut Sink) {
    let cover = book.files.iter().find(|file| file.properties.split_whitespace().any(|word| word == "cover-image"));
    let cover = cover.and_then(|file| file.path.rsplit('/').next()).unwrap_or("\u{0}");
    // An empty description marks decoration; a picture of the whole cover is named by words of its own.
    let shown: Vec<_> = book.images().filter(|image| image.alt.as_deref() != Some("")).collect();
    // A drawn sign, such as a box to tick, is part of its line.
    let inner = shown.iter().filter(|image| !image.src.is_empty() && !image.src.ends_with(cover)).count();
    let described = shown.iter().all(|image| image.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty()));
    let mut found = Vec::new();
    let mut keep = |claimed: bool, kept: bool, what: &str| {
        if claimed && !kept {
            found.push(what.to_string());
        }
    };
    let says = |name: &str, value: &str| book.values(name).any(|each| each.trim() == value);
    let feature = |value: &str| says("schema:accessibilityFeature", value);
    let mode = |value: &str| says("schema:accessMode", value);
    let marked = book.spine.iter().any(|page| !page.facts.page_breaks.is_empty());
    keep(
        feature("alternativeText"),
        described && !shown.is_empty(),
        "it claims descriptions of pictures (alternativeText)",
    );
    keep(
        feature("pageBreakMarkers") || feature("printPageNumbers"),
        marked,
        "it claims page markers (pageBreakMarkers)",
    );
    keep(feature("pageNavigation"), !book.page_list.is_empty(), "it claims a page-list (pageNavigation)");
    keep(feature("tableOfContents"), !book.contents.is_empty(), "it claims contents (tableOfContents)");
    keep(
        feature("structuralNavigation"),
        book.headings().next().is_some(),
        "it claims headings (structuralNavigation)",
    );
    let fixed = || book.styles.iter().any(|(_, text)| !fixes(text, true).is_empty());
    keep(
        feature("displayTransformability") && fixed(),
        false,
        "it claims that its text can be changed (displayTransformability)",
    );
    keep(feature("readingOrder"), !book.contents.is_empty(), "it claims an order of reading (readingOrder)");
    keep(mode("visual"), !shown.is_empty(), "it claims pictures that carry meaning (accessMode: visual)");
    keep(inner > 0, mode("visual"), "it has pictures that carry meaning and does not say so (accessMode: visual)");
    keep(says("schema:accessModeSufficient", "textual"), described, "it claims that its words alone suffice (textual)");
    for name in ["schema:accessibilityFeature", "schema:accessibilityHazard"] {
        for alone in ["none", "unknown"] {
            keep(
                says(name, alone),
                book.values(name).count() == 1,
                &format!("it says `{alone}` and something else too ({name})"),
            );
        }
    }
    let active = book.spine.iter().any(|page| page.facts.scripts > 0);
    let sounds =
        book.files.iter().any(|file| file.media_type.starts_with("audio/") || file.media_type.starts_with("video/"));
    keep(
        says("schema:accessibilityHazard", "none"),
        !active && !sounds,
        "it claims that nothing moves or sounds (none)",
    );
    file.say_first(sink, Code::ACCESS_CLAIMS, &found);
}
