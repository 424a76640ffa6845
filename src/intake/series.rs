//! Puts the pages of a series in order, by their links to the page before and the page after.

use url::Url;

use super::front::Page;
use crate::diagnostic::{Code, Diagnostic};
use crate::import::{Imported, Neighbour, key};

/// The pages in order, and what is wrong with the series.
#[derive(Debug, Default)]
pub(super) struct Series {
    /// The series, each in its order; a page that is tied to no other is a series of one.
    pub(super) chains: Vec<Vec<usize>>,
    /// What is not whole.
    pub(super) said: Vec<Diagnostic>,
}

/// What the order is made from.
struct Member<'a> {
    name: &'a str,
    title: String,
    address: Option<String>,
    next: Option<&'a Neighbour>,
    previous: Option<&'a Neighbour>,
}

/// Where a link leads.
enum Lead {
    To(usize),
    /// To no page that is here.
    Away,
    /// To several pages of the same title.
    Unsure,
}

/// An address as far as it tells pages apart.
pub(super) fn same_page(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_string() };
    url.set_fragment(None);
    let text = url.as_str();
    text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/').to_string()
}

/// The order of some pages. `whole` says that they are meant to be one series, so that every gap is one.
pub(super) fn order(pages: &[&Imported], whole: bool) -> Series {
    let members: Vec<Member<'_>> = pages
        .iter()
        .map(|page| {
            let front = Page::new(&page.text);
            Member {
                name: &page.receipt.input,
                title: key(front.words("title")),
                address: Some(front.words("source")).filter(|a| !a.is_empty()).map(same_page),
                next: page.receipt.neighbours.get("next"),
                previous: page.receipt.neighbours.get("previous"),
            }
        })
        .collect();
    let mut series = Series::default();
    let mut after: Vec<Option<usize>> = vec![None; members.len()];
    let mut gaps: Vec<(usize, Diagnostic)> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        let Some(next) = member.next else { continue };
        match lead(&members, i, next) {
            Lead::To(j) => after[i] = Some(j),
            lead => gaps.push((i, gap(member, next, "next", &lead))),
        }
    }
    for (i, member) in members.iter().enumerate() {
        let Some(previous) = member.previous else { continue };
        match lead(&members, i, previous) {
            Lead::To(j) if after[j].is_none() => after[j] = Some(i),
            Lead::To(j) => {
                if let Some(other) = after[j].filter(|other| *other != i) {
                    let message = format!(
                        "this page says that it follows {}, but that page leads on to {}",
                        members[j].name, members[other].name
                    );
                    series.said.push(broken(member.name, member.previous, message));
                }
            }
            lead => gaps.push((i, gap(member, previous, "previous", &lead))),
        }
    }
    one_before_each(&members, &mut after, &mut series.said);
    chains(&members, &after, &mut series);
    let tied = |i: usize| whole || series.chains.iter().any(|chain| chain.len() > 1 && chain.contains(&i));
    let gaps: Vec<Diagnostic> = gaps.into_iter().filter(|(i, _)| tied(*i)).map(|(_, said)| said).collect();
    series.said.extend(gaps);
    series
}

fn lead(members: &[Member<'_>], from: usize, to: &Neighbour) -> Lead {
    let address = to.address.as_deref().map(same_page);
    let others = || members.iter().enumerate().filter(move |(i, _)| *i != from);
    let by_address: Vec<usize> =
        others().filter(|(_, m)| address.is_some() && m.address == address).map(|(i, _)| i).collect();
    let title = key(&to.title);
    // where both addresses are known they decide
    let by_title = || {
        let open = others().filter(|(_, m)| m.address.is_none() || address.is_none());
        open.filter(|(_, m)| !title.is_empty() && m.title == title).map(|(i, _)| i).collect::<Vec<usize>>()
    };
    let found = if by_address.is_empty() { by_title() } else { by_address };
    match found[..] {
        [one] => Lead::To(one),
        [] => Lead::Away,
        _ => Lead::Unsure,
    }
}

/// Where several pages lead on to the same one, one of them keeps it.
fn one_before_each(members: &[Member<'_>], after: &mut [Option<usize>], said: &mut Vec<Diagnostic>) {
    for to in 0..members.len() {
        let from: Vec<usize> = (0..after.len()).filter(|i| after[*i] == Some(to)).collect();
        if from.len() < 2 {
            continue;
        }
        let own = members[to].previous.and_then(|previous| match lead(members, to, previous) {
            Lead::To(j) if from.contains(&j) => Some(j),
            _ => None,
        });
        let keeps = own.unwrap_or(from[0]);
        for i in from.iter().copied().filter(|i| *i != keeps) {
            after[i] = None;
            let (keeps, to) = (members[keeps].name, members[to].name);
            let message = format!("this page and {keeps} both lead on to {to}; it was put after {keeps}");
            said.push(broken(members[i].name, members[i].next, message));
        }
    }
}

/// Follows the links from each page that none leads to; what is left goes round in a circle.
fn chains(members: &[Member<'_>], after: &[Option<usize>], series: &mut Series) {
    let mut seen = vec![false; members.len()];
    let mut follow = |start: usize| {
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(i) = at.filter(|i| !seen[*i]) {
            seen[i] = true;
            chain.push(i);
            at = after[i];
        }
        chain
    };
    let first = |i: &usize| !after.contains(&Some(*i));
    for start in (0..members.len()).filter(first) {
        series.chains.push(follow(start));
    }
    for start in (0..members.len()).filter(|i| !first(i)) {
        let chain = follow(start);
        // a circle has no page that none leads to, so its first page is met here
        let Some(last) = chain.last() else { continue };
        let circle = after[*last] == Some(start);
        if circle {
            let names: Vec<&str> = chain.iter().map(|i| members[*i].name).collect();
            let message =
                format!("these pages lead round in a circle: {}; it was cut before this one", names.join(", "));
            series.said.push(broken(members[start].name, members[start].previous, message));
        }
        series.chains.push(chain);
    }
    series.chains.sort_by_key(|chain| chain.iter().min().copied());
}

fn gap(member: &Member<'_>, to: &Neighbour, which: &str, lead: &Lead) -> Diagnostic {
    let message = match lead {
        Lead::Unsure => format!("the {which} page, \"{}\", is not clear: several pages here have that title", to.title),
        _ => format!("the {which} page, \"{}\", is not among the inputs", to.title),
    };
    broken(member.name, Some(to), message)
}

fn broken(name: &str, at: Option<&Neighbour>, message: String) -> Diagnostic {
    let place = at.map_or_else(|| name.to_string(), |at| format!("{name}:{}", at.line));
    Diagnostic::new(Code::SERIES_BROKEN, message)
        .in_file(place)
        .help("see that every page of the series was imported, and that the order is right")
}

/// What is said of a booklet whose pages are not all tied to each other.
pub(super) fn untied(names: &[&str]) -> Diagnostic {
    let message = "not all of these pages lead on to each other, so the rest follow in the order of their names";
    Diagnostic::new(Code::SERIES_BROKEN, message).help(format!("the order is: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Options, Rules, import};

    /// A page at an address of a made-up site, with the address and the title of the page after it.
    fn page(at: &str, title: &str, next: &str, next_title: &str) -> Imported {
        let text = format!(
            "{title} | Example Charity\n# {title}\nThese words say enough to be a page of their own, and no hub.\n\
             ## Signs\nYou can see the signs of it on most days.\n[Next\n{next_title}]({next})\n"
        );
        let rules = include_str!("../../layouts/import/general.toml");
        let options = Options {
            address: Some(format!("https://www.example.org{at}")),
            rules: vec![Rules::parse(rules, "general.toml").unwrap()],
            ..Options::default()
        };
        import(text.as_bytes(), &options).unwrap()
    }

    fn chains(pages: &[Imported], whole: bool) -> (Vec<Vec<usize>>, Vec<String>) {
        let series = order(&pages.iter().collect::<Vec<_>>(), whole);
        (series.chains, series.said.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn addresses_come_before_titles() {
        // all have one title, and only their addresses tell them apart
        let pages = [
            page("/three", "Coughs", "/four", "Colds"),
            page("/one", "Coughs", "/two/", "Coughs"),
            page("/two", "Coughs", "http://www.example.org/three#top", "Coughs"),
        ];
        let (found, said) = chains(&pages, false);
        assert_eq!(found, [[1, 2, 0]]);
        assert_eq!(said, ["the next page, \"Colds\", is not among the inputs"]);
    }

    #[test]
    fn pages_of_no_series_stay_where_they_are() {
        let pages = [page("/a", "Alpha", "/x", "Other"), page("/b", "Beta", "/y", "Others")];
        assert_eq!(chains(&pages, false), (vec![vec![0], vec![1]], Vec::new()));
        assert_eq!(chains(&pages, true).1.len(), 2);
        let round =
            [page("/a", "Alpha", "/b", "Beta"), page("/b", "Beta", "/a", "Alpha"), page("/c", "Own", "/c", "Own")];
        let (found, said) = chains(&round, false);
        assert_eq!(found, [vec![0, 1], vec![2]]);
        assert!(said[0].contains("round in a circle"), "{said:?}");
    }
}
