//! Drawings: SVG, without anything that acts or that lies elsewhere.

use roxmltree::{Document, Node, ParsingOptions};
use usvg::{Group, ImageHrefResolver, ImageKind, Options, Tree};

use super::{Facts, Refused, photo};

/// The most elements of a drawing.
const MOST_ELEMENTS: u32 = 100_000;

/// Elements that move.
const MOVES: &[&str] = &["animate", "animateMotion", "animateTransform", "animateColor", "set", "discard"];

/// Elements that act, or bring in other documents.
const ACTS: &[&str] = &["script", "foreignObject", "iframe", "audio", "video", "handler", "listener"];

pub(super) fn is_drawing(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or(bytes));
    head.contains("<svg")
}

pub(super) fn facts(bytes: &[u8]) -> Result<Facts, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken("its text is not UTF-8".into()))?;
    // entities may stand for megabytes of text, or for other files
    if text.contains("<!ENTITY") {
        return Err(Refused::Unfit("it defines entities".into(), "save it again as plain SVG"));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_ELEMENTS * 4, ..ParsingOptions::default() };
    let unreadable = |error: String| Refused::Broken(format!("it cannot be read: {error}"));
    let document = Document::parse_with_options(text, options).map_err(|error| unreadable(error.to_string()))?;
    if document.descendants().any(|node| node.is_pi()) {
        let help = "save it again as plain SVG, with its styles inside";
        return Err(Refused::Unfit("it brings instructions for other programs".into(), help));
    }
    for node in document.descendants().filter(Node::is_element) {
        judge(node)?;
    }
    let resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        // nothing is read from the disk, whatever was overlooked above
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { image_href_resolver: resolver, ..Options::default() };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| unreadable(error.to_string()))?;
    embedded(tree.root())?;
    let size = tree.size();
    let whole = |n: f32| n.ceil().clamp(1.0, 100_000.0) as u32;
    Ok(Facts {
        media_type: "image/svg+xml",
        extension: "svg",
        width: whole(size.width()),
        height: whole(size.height()),
    })
}

/// Refuses what acts, moves or reads from elsewhere.
fn judge(node: Node<'_, '_>) -> Result<(), Refused> {
    let unfit = |why: String, help| Err(Refused::Unfit(why, help));
    let name = node.tag_name().name();
    if MOVES.contains(&name) {
        return unfit("it moves".into(), "save it again as a drawing that stands still");
    }
    if ACTS.contains(&name) {
        return unfit(format!("it holds a program or another page (`{name}`)"), "save it again as plain SVG");
    }
    if name == "style" && node.descendants().filter_map(|n| n.text()).any(reaches_out) {
        return unfit("its styles lie elsewhere".into(), "save it again as plain SVG, with its styles inside");
    }
    for attribute in node.attributes() {
        let (key, value) = (attribute.name(), attribute.value().trim());
        if key.len() > 2 && key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) {
            return unfit(format!("it holds a program (`{key}`)"), "save it again as plain SVG");
        }
        // a link from a drawing does nothing in print, and nothing is read for it
        let read = key == "href" && name != "a" && !value.starts_with('#') && !value.starts_with("data:image/");
        if read || reaches_out(value) {
            let help = "put what it shows into the drawing itself, and save it again";
            return unfit(format!("it shows something that lies elsewhere (`{}`)", shortened(value)), help);
        }
    }
    Ok(())
}

/// Whether styles read from elsewhere.
fn reaches_out(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let targets = style.split("url(").skip(1).map(|rest| rest.trim_start_matches([' ', '"', '\'']));
    style.contains("@import") || targets.into_iter().any(|to| !to.starts_with('#') && !to.starts_with("data:image/"))
}

fn shortened(value: &str) -> String {
    let short: String = value.chars().take(60).collect();
    if short.len() < value.len() { short + "…" } else { short }
}

/// Judges the pictures inside a drawing as those beside a page.
fn embedded(group: &Group) -> Result<(), Refused> {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => embedded(group)?,
            usvg::Node::Image(image) => match image.kind() {
                ImageKind::JPEG(bytes) | ImageKind::PNG(bytes) | ImageKind::GIF(bytes) | ImageKind::WEBP(bytes) => {
                    photo::facts(bytes)?;
                }
                ImageKind::SVG(tree) => embedded(tree.root())?,
            },
            _ => {}
        }
    }
    Ok(())
}
