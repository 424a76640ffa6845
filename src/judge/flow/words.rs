//! V008, V009 and V036: title, language, and links that have words and lead somewhere.

use super::super::file::quoted;
use super::{Flow, Page};
use crate::diagnostic::{Code, Sink};
use crate::inspect::epub::resolve;
use crate::inspect::words::words;
use crate::language::is_tag;

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    titles(flow, sink);
    languages(flow, sink);
    let mut found = Vec::new();
    for (index, page) in flow.pages.iter().enumerate() {
        for link in &page.facts.links {
            if link.text.trim().is_empty() {
                found.push(format!("{}the link to {} has no words", page.place, quoted(&link.href)));
            } else if !leads(flow, index, &link.href) {
                found.push(format!(
                    "{}{} leads to `{}`, which is not there",
                    page.place,
                    quoted(&link.text),
                    link.href
                ));
            }
        }
    }
    flow.file.say_first(sink, Code::OUTPUT_LINKS, &found);
}

fn titles(flow: &Flow<'_>, sink: &mut Sink) {
    let flat = |text: &str| words(text).join(" ");
    let title = match flow.book {
        Some(book) => book.title.clone(),
        None => flow.pages.first().and_then(|page| page.facts.title.clone()),
    };
    match title.filter(|title| !title.trim().is_empty()) {
        None => flow.file.say(sink, Code::OUTPUT_TITLE, "it has no title"),
        Some(title) => {
            if let Some(page) = flow.file.expected.title.as_ref().filter(|page| !flat(&title).contains(&flat(page))) {
                flow.file.say(sink, Code::OUTPUT_TITLE, format!("its title is “{title}”, the page's is “{page}”"));
            }
        }
    }
    let bare = |page: &&Page<'_>| page.facts.title.as_deref().is_none_or(|title| title.trim().is_empty());
    if let Some(page) = flow.pages.iter().find(bare).filter(|_| flow.book.is_some()) {
        flow.file.say(sink, Code::OUTPUT_TITLE, format!("{}this part of the book has no title", page.place));
    }
}

fn languages(flow: &Flow<'_>, sink: &mut Sink) {
    let wanted = &flow.file.expected.language;
    let mut found = Vec::new();
    let mut judge = |place: &str, tag: Option<&str>| match tag.filter(|tag| !tag.trim().is_empty()) {
        None => found.push(format!("{place}it does not say which language it is in")),
        Some(tag) if !tag.eq_ignore_ascii_case(wanted) => {
            found.push(format!("{place}it says `{tag}`, the page is in `{wanted}`"))
        }
        Some(_) => {}
    };
    if let Some(book) = flow.book {
        judge("", book.language.as_deref());
    }
    flow.pages.iter().for_each(|page| judge(&page.place, page.facts.language.as_deref()));
    for page in &flow.pages {
        let wrong = page.facts.languages.iter().filter(|tag| !is_tag(tag));
        found.extend(wrong.map(|tag| format!("{}`{tag}` is no language tag", page.place)));
    }
    flow.file.say_first(sink, Code::OUTPUT_LANGUAGE, &found);
}

/// Whether a link leads off the file, or to a part that is there.
fn leads(flow: &Flow<'_>, index: usize, href: &str) -> bool {
    let off =
        href.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+'));
    if off {
        return true;
    }
    let from = flow.book.and_then(|book| book.spine.get(index)).map_or("", |page| page.path.as_str());
    // A web page is all there is: other paths lead nowhere.
    let target = if flow.book.is_some() { resolve(from, href) } else { href.to_string() };
    flow.index.has(&target)
}
