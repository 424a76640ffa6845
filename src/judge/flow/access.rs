//! V054: facts about how the book can be read, which every book must state.

use super::Book;
use crate::diagnostic::{Code, Sink};

const MODES: &[&str] = &[
    "auditory",
    "chartOnVisual",
    "chemOnVisual",
    "colorDependent",
    "diagramOnVisual",
    "mathOnVisual",
    "musicOnVisual",
    "tactile",
    "textOnVisual",
    "textual",
    "visual",
];
const HAZARDS: &[&str] = &[
    "none",
    "unknown",
    "flashing",
    "noFlashingHazard",
    "unknownFlashingHazard",
    "motionSimulation",
    "noMotionSimulationHazard",
    "unknownMotionSimulationHazard",
    "sound",
    "noSoundHazard",
    "unknownSoundHazard",
];
/// The features that the vocabulary knows (schema.org accessibility properties, December 2024).
const FEATURES: &[&str] = &[
    "annotations",
    "ARIA",
    "bookmarks",
    "index",
    "pageBreakMarkers",
    "printPageNumbers",
    "pageNavigation",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "taggedPDF",
    "alternativeText",
    "audioDescription",
    "captions",
    "closedCaptions",
    "describedMath",
    "longDescription",
    "openCaptions",
    "rubyAnnotations",
    "signLanguage",
    "transcript",
    "displayTransformability",
    "synchronizedAudioText",
    "timingControl",
    "unlocked",
    "ChemML",
    "latex",
    "latex-chemistry",
    "MathML",
    "MathML-chemistry",
    "ttsMarkup",
    "highContrastAudio",
    "highContrastDisplay",
    "largePrint",
    "braille",
    "tactileGraphic",
    "tactileObject",
    "fullRubyAnnotations",
    "horizontalWriting",
    "verticalWriting",
    "withAdditionalWordSegmentation",
    "withoutAdditionalWordSegmentation",
    "none",
    "unknown",
];

pub(super) fn check(Book { file, facts: book, .. }: &Book<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (name, known) in [
        ("schema:accessMode", MODES),
        ("schema:accessibilityFeature", FEATURES),
        ("schema:accessibilityHazard", HAZARDS),
    ] {
        let values: Vec<&str> = book.values(name).map(str::trim).collect();
        if values.is_empty() {
            found.push(format!("the book does not state its {name}"));
        }
        found.extend(
            values.iter().filter(|value| !known.contains(value)).map(|value| format!("`{value}` is no {name}")),
        );
    }
    for set in book.values("schema:accessModeSufficient") {
        let wrong = set.split(',').map(str::trim).find(|mode| !MODES.contains(mode));
        found.extend(wrong.map(|mode| format!("`{mode}` is no mode that could suffice (schema:accessModeSufficient)")));
    }
    file.say_first(sink, Code::ACCESS_METADATA, &found);
}
