//! Which parts of the document are the article: landmarks first, then classes, then where the sentences are.

use std::collections::{HashMap, HashSet};

use super::names::{self, heading};
use super::tree::{Id, Step, Tree};
use crate::import::ruleset::Ruleset;
use crate::import::text::{count, key};

/// What becomes of an element and all in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fate {
    /// It stays, whatever it stands in.
    Stay,
    /// Its blocks are read and left out.
    Out(String),
    /// Nobody sees its words: they are not even read as blocks.
    Unseen(&'static str),
}

/// The parts of the document.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) fates: HashMap<Id, Fate>,
    /// Callouts and their kinds.
    pub(super) callouts: HashMap<Id, String>,
    /// Elements that only screen readers read.
    pub(super) spoken: HashSet<Id>,
    /// Elements by their `id`.
    pub(super) ids: HashMap<String, Id>,
    /// The element that holds the article, if that is not the whole page.
    pub(super) main: Option<Id>,
}

/// What stands in an element, in letters and sentences.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    plain: usize,
    linked: usize,
    sentences: usize,
    titles: usize,
    headings: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.plain += other.plain;
        self.linked += other.linked;
        self.sentences += other.sentences;
        self.titles += other.titles;
        self.headings += other.headings;
    }
}

/// Decides about every part of the document; `short` is the browser's title without the site's name.
pub(super) fn plan(tree: &Tree, rules: &Ruleset, short: &str) -> Plan {
    let mut plan = Plan::default();
    for id in tree.below(0) {
        for name in ["id", "name"] {
            if let Some(value) = tree.attribute(id, name).filter(|v| !v.is_empty()) {
                plan.ids.entry(value.to_string()).or_insert(id);
            }
        }
    }
    let opened: HashSet<Id> = tree
        .below(0)
        .filter_map(|id| tree.attribute(id, "aria-controls"))
        .flat_map(str::split_whitespace)
        .filter_map(|name| plan.ids.get(name).copied())
        .collect();
    let all = weigh(tree, &HashMap::new());
    let whole = all[0];
    for id in tree.below(0) {
        let name = tree.name(id);
        if name.is_empty() {
            continue;
        }
        let most = all[id].plain * 2 > whole.plain;
        if let Some(fate) = fate(tree, id, rules, most || all[id].titles > 0, opened.contains(&id)) {
            plan.fates.insert(id, fate);
        }
        if rules.spoken(tree.attribute(id, "class").unwrap_or("")) {
            plan.spoken.insert(id);
        }
    }
    let weights = weigh(tree, &plan.fates);
    if let Some(main) = main(tree, &weights, &plan) {
        let above: HashSet<Id> = tree.above(main).collect();
        for outer in &above {
            for child in tree.children(*outer).filter(|c| *c != main && !above.contains(c)) {
                if !matches!(tree.name(child), "head" | "title") {
                    plan.fates.entry(child).or_insert_with(|| Fate::Out("outside the main content".into()));
                }
            }
        }
        // what stands above the article in the tree cannot leave it out
        for outer in above {
            plan.fates.remove(&outer);
        }
        plan.fates.remove(&main);
        plan.main = Some(main);
        title(tree, main, short, &mut plan);
    }
    callouts(tree, rules, &weights, &mut plan);
    plan
}

/// What an element's own name, role, classes and styles say about it.
fn fate(tree: &Tree, id: Id, rules: &Ruleset, bulk: bool, opened: bool) -> Option<Fate> {
    let name = tree.name(id);
    if matches!(name, "html" | "body" | "main" | "head") {
        return None;
    }
    let attribute = |name: &str| tree.attribute(id, name).unwrap_or("");
    if let Some(reason) = names::unread(name) {
        // a heading's button opens what is below it, and a film is one
        let kept = name == "button" && tree.above(id).any(|a| heading(tree.name(a)).is_some());
        let film = name == "iframe";
        return (!kept && !film).then_some(Fate::Unseen(reason));
    }
    let style: String = attribute("style").chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let hidden = tree.attribute(id, "hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        || attribute("aria-hidden").eq_ignore_ascii_case("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    if hidden && !opened && !bulk && attribute("role") != "tabpanel" {
        return Some(Fate::Unseen("hidden"));
    }
    let role = attribute("role").to_ascii_lowercase();
    let inner = || {
        tree.above(id).any(|a| matches!(tree.name(a), "main" | "article") || tree.attribute(a, "role") == Some("main"))
    };
    let reason = match (name, role.as_str()) {
        (_, "main" | "article" | "note" | "alert") => None,
        ("nav", _) | (_, "navigation" | "menu" | "menubar" | "tablist" | "toolbar") => Some("navigation"),
        ("dialog", _) | (_, "dialog" | "alertdialog") => Some("dialogue box"),
        ("search", _) | (_, "search") => Some("search"),
        ("form", _) | (_, "form") if !bulk => Some("form"),
        ("aside", _) | (_, "complementary") if !bulk && rules.callout_class(attribute("class")).is_none() => {
            Some("aside")
        }
        ("header", _) | (_, "banner") if !inner() => Some("header of the site"),
        ("footer", _) | (_, "contentinfo") if !inner() => Some("footer"),
        _ => None,
    };
    if let Some(reason) = reason {
        return Some(Fate::Out(reason.into()));
    }
    // the name of a heading's anchor is made of the heading's words
    let headed = heading(name).is_some() || tree.above(id).any(|a| heading(tree.name(a)).is_some());
    if bulk || headed || !(names::is_block(name) || name == "a") {
        return None;
    }
    let furniture = rules.furniture_class(attribute("class")).or_else(|| rules.furniture_id(attribute("id")))?;
    Some(Fate::Out(furniture.to_string()))
}

/// What stands in every element, without what is left out already.
fn weigh(tree: &Tree, fates: &HashMap<Id, Fate>) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    let (mut out, mut links) = (0usize, 0usize);
    for step in tree.walk(0) {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let name = tree.name(id);
        let leaves = fates.contains_key(&id) || names::unread(name).is_some() || name == "head";
        match step {
            Step::Enter(id) => {
                out += usize::from(leaves);
                links += usize::from(name == "a" && tree.attribute(id, "href").is_some());
                if out > 0 {
                    continue;
                }
                if let Some(text) = tree.text(id) {
                    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                    let ends = text.contains(". ") || text.trim_end().ends_with(['.', '?', '!', ':', '。', '؟', '।']);
                    let sentence = links == 0 && ends && count(text) >= 8;
                    let (plain, linked) = if links > 0 { (0, letters) } else { (letters, 0) };
                    weights[id] = Weight { plain, linked, sentences: usize::from(sentence), ..Weight::default() };
                }
                weights[id].titles +=
                    usize::from(matches!(name, "h1" | "main") || tree.attribute(id, "role") == Some("main"));
                weights[id].headings += usize::from(heading(name).is_some());
            }
            Step::Leave(id) => {
                out -= usize::from(leaves);
                links -= usize::from(name == "a" && tree.attribute(id, "href").is_some());
                if let Some(parent) = tree.nodes[id].parent {
                    let weight = weights[id];
                    weights[parent].add(weight);
                }
            }
        }
    }
    weights
}

/// The element that holds the article.
fn main(tree: &Tree, weights: &[Weight], plan: &Plan) -> Option<Id> {
    let letters = |id: Id| weights[id].plain + weights[id].linked;
    let body = tree.below(0).find(|id| tree.name(*id) == "body").unwrap_or(0);
    let seen = |id: &Id| weights[*id].plain * 5 > weights[body].plain;
    let landmark = |id: &Id| tree.name(*id) == "main" || tree.attribute(*id, "role") == Some("main");
    let best = tree.below(body).filter(landmark).filter(seen).max_by_key(|id| (letters(*id), std::cmp::Reverse(*id)));
    if best.is_some() {
        return best;
    }
    let mut articles: Vec<Id> = tree.below(body).filter(|id| tree.name(*id) == "article").collect();
    articles.sort_by_key(|id| std::cmp::Reverse(weights[*id].plain));
    if let Some(first) = articles.first()
        && weights[*first].plain * 5 > weights[body].plain * 4
    {
        return Some(*first);
    }
    dense(tree, weights, plan, body)
}

/// Goes down from the body to the element that all sentences stand in.
fn dense(tree: &Tree, weights: &[Weight], plan: &Plan, body: Id) -> Option<Id> {
    let mut at = body;
    loop {
        let children = || tree.children(at).filter(|c| !plan.fates.contains_key(c));
        let Some(best) = children().max_by_key(|c| weights[*c].sentences) else { break };
        let holds = matches!(
            tree.name(best),
            "div" | "section" | "article" | "form" | "center" | "table" | "tbody" | "tr" | "td"
        );
        let needed = |c: Id| {
            let weight = weights[c];
            weight.sentences > 0 || weight.plain >= 60 && weight.plain >= weight.linked
        };
        if !holds || weights[best].sentences < 2 || children().any(|c| c != best && needed(c)) {
            break;
        }
        at = best;
    }
    (at != body).then_some(at)
}

/// Finds the title where it stands outside the article, such as in a banner above it.
fn title(tree: &Tree, main: Id, short: &str, plan: &mut Plan) {
    let inside = tree.below(main).any(|id| tree.name(id) == "h1" && !out(tree, id, plan) && !tree.words(id).is_empty());
    if inside {
        return;
    }
    let short = key(short);
    let like = |id: &Id| {
        let words = key(&tree.words(*id));
        let unseen = std::iter::once(*id)
            .chain(tree.above(*id))
            .any(|n| matches!(plan.fates.get(&n), Some(Fate::Unseen(_))) || tree.name(n) == "nav");
        !unseen && !words.is_empty() && (short.is_empty() || short.contains(&words) || words.contains(&short))
    };
    if let Some(title) = tree.below(0).filter(|id| tree.name(*id) == "h1").find(like) {
        plan.fates.insert(title, Fate::Stay);
    }
}

/// Whether something above (or at) a node leaves it out.
pub(super) fn out(tree: &Tree, id: Id, plan: &Plan) -> bool {
    std::iter::once(id)
        .chain(tree.above(id))
        .any(|n| matches!(plan.fates.get(&n), Some(Fate::Out(_) | Fate::Unseen(_))))
}

/// How many words a callout has at most; more are a part of the page with a colour.
const CALLOUT_LETTERS: usize = 3000;

fn callouts(tree: &Tree, rules: &Ruleset, weights: &[Weight], plan: &mut Plan) {
    for id in tree.below(0) {
        let fits = matches!(
            tree.name(id),
            "div" | "section" | "aside" | "p" | "details" | "article" | "figure" | "blockquote"
        );
        let weight = weights[id];
        if !fits || weight.titles > 0 || weight.headings > 3 || weight.plain > CALLOUT_LETTERS || weight.plain == 0 {
            continue;
        }
        let class = tree.attribute(id, "class").unwrap_or("");
        let role = tree.attribute(id, "role").unwrap_or("");
        if let Some(kind) = rules.callout_class(class).or_else(|| rules.callout_role(role)) {
            plan.callouts.insert(id, kind.to_string());
        }
    }
}
