//! Where a link leads: unwrapped, without trackers, absolute, or not at all.

use url::Url;

use super::rules::Links;
use super::ruleset::{Ruleset, is_host};

/// What becomes of a link.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Address {
    /// It leads to this address.
    To(String),
    /// It leads to a heading of the page, by the anchor as written.
    Heading(String),
    /// It becomes words, and why.
    Words(&'static str),
}

/// What was done to an address, in words for the receipt.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Done {
    pub(super) unwrapped: bool,
    pub(super) tracking: bool,
    pub(super) absolute: bool,
    pub(super) mended: bool,
}

impl Done {
    /// Why the address changed, if it did.
    pub(super) fn reason(&self) -> Option<&'static str> {
        if self.unwrapped {
            Some("the wrapper around the address removed")
        } else if self.tracking {
            Some("tracking removed from the address")
        } else if self.absolute {
            Some("address made absolute")
        } else if self.mended {
            Some("address mended")
        } else {
            None
        }
    }
}

/// Decides what becomes of `written`; `base` is the page's own address, or its site's if only that is known.
pub(super) fn resolve(written: &str, rules: &Ruleset, base: Option<&Url>, whole_base: bool) -> (Address, Done) {
    let mut done = Done::default();
    let address = written.trim();
    let words = |why| (Address::Words(why), Done::default());
    if address.is_empty() || matches!(address, "#" | "#top" | "/#") {
        return words("the link had no address");
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return (Address::Heading(anchor.to_string()), done);
    }
    let scheme = address.split_once(':').map(|(s, _)| s.to_ascii_lowercase()).filter(|s| is_scheme(s));
    match scheme.as_deref() {
        Some("http" | "https") => {}
        Some("tel") => return (telephone(address, &mut done), done),
        Some("mailto") => return (mail(address, &mut done), done),
        Some("javascript" | "vbscript" | "data" | "blob" | "about") => {
            return words("the link ran a script, it led nowhere");
        }
        Some("file" | "c" | "d" | "h") => return words("the link led to somebody's own computer"),
        // `host:port` and words with a colon are no schemes that we know
        Some("ftp" | "ftps" | "sms" | "whatsapp" | "callto" | "skype") => {
            return words("such a link cannot be followed from a leaflet");
        }
        Some(_) if address.contains("://") => return words("the link led to something that is no web page"),
        _ => return relative(address, rules, base, whole_base, done),
    }
    absolute(address, rules, done)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'))
}

fn absolute(address: &str, rules: &Ruleset, mut done: Done) -> (Address, Done) {
    let mut current = escape(address, &mut done);
    for _ in 0..6 {
        match unwrap(&current, &rules.links) {
            Wrapped::No => break,
            Wrapped::To(inner) => {
                done.unwrapped = true;
                current = escape(&inner, &mut done);
            }
            Wrapped::Lost => return (Address::Words("the address was wrapped and cannot be read"), done),
        }
    }
    if matches!(unwrap(&current, &rules.links), Wrapped::To(_) | Wrapped::Lost) {
        return (Address::Words("the address was wrapped and cannot be read"), done);
    }
    let Ok(url) = Url::parse(&current) else {
        return (Address::Words("the address is not one"), done);
    };
    let Some(host) = url.host_str().filter(|h| h.contains('.')).map(str::to_string) else {
        return (Address::Words("only staff can reach this address"), done);
    };
    if rules.links.private.iter().any(|p| is_host(&host, p)) {
        return (Address::Words("only staff can reach this address"), done);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return (Address::Words("the address holds a name or a password"), done);
    }
    if let Some(clean) = untracked(&url, &rules.links) {
        done.tracking = true;
        current = clean;
    }
    (Address::To(current), done)
}

fn relative(address: &str, rules: &Ruleset, base: Option<&Url>, whole_base: bool, mut done: Done) -> (Address, Done) {
    if let Some(host) = address.strip_prefix("//") {
        done.mended = true;
        return absolute(&format!("https://{host}"), rules, done);
    }
    let rooted = address.starts_with('/');
    if address.contains(' ') && !rooted && !address.contains(['/', '#', '?']) {
        return (Address::Words("words stood where the address should be"), done);
    }
    if !rooted && address.contains('@') && !address.contains('/') {
        done.mended = true;
        return (mail(&format!("mailto:{address}"), &mut done), done);
    }
    // an address whose scheme was forgotten
    let first = address.split('/').next().unwrap_or("");
    if first.starts_with("www.") && first.matches('.').count() > 1 {
        done.mended = true;
        return absolute(&format!("https://{address}"), rules, done);
    }
    // of a site's base only what begins at the root can be told
    let known = base.filter(|_| whole_base || rooted);
    let Some(joined) = known.and_then(|b| b.join(&escape(address, &mut done)).ok()) else {
        return (Address::Words("the address is incomplete and the page's own is not known"), done);
    };
    done.absolute = true;
    absolute(joined.as_str(), rules, done)
}

fn telephone(address: &str, done: &mut Done) -> Address {
    let (scheme, rest) = address.split_once(':').unwrap_or(("tel", address));
    let rest = super::text::tidy(rest).replace("%20", "");
    let number: String = rest.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect();
    if number.len() < 3 || rest.chars().any(char::is_alphabetic) {
        return Address::Words("the link held no telephone number");
    }
    let address_out = format!("{}:{number}", scheme.to_ascii_lowercase());
    done.mended = address_out != address;
    Address::To(address_out)
}

fn mail(address: &str, done: &mut Done) -> Address {
    let rest = address.get(7..).unwrap_or("").trim();
    if !rest.contains('@') {
        return Address::Words("the link held no e-mail address");
    }
    let out = format!("mailto:{}", escape(rest, done).trim_start_matches("%20").trim_end_matches("%20"));
    Address::To(out)
}

/// A character's form in an address, where it would end the address or the words around it.
pub(super) fn encoded(c: char) -> Option<&'static str> {
    match c {
        ' ' => Some("%20"),
        '(' => Some("%28"),
        ')' => Some("%29"),
        '<' => Some("%3C"),
        '>' => Some("%3E"),
        '"' => Some("%22"),
        '\\' => Some("%5C"),
        _ => None,
    }
}

/// Percent-encodes what an address in Markdown may not hold.
fn escape(address: &str, done: &mut Done) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.trim().chars() {
        match c {
            '\t' | '\n' => out.push_str("%20"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '|' => out.push_str("%7C"),
            '^' => out.push_str("%5E"),
            c if c.is_control() => {}
            c => match encoded(c) {
                Some(signs) => out.push_str(signs),
                None => out.push(c),
            },
        }
        done.mended |= matches!(c, ' ' | '\t' | '\n' | '<' | '>' | '"' | '\\');
    }
    out
}

enum Wrapped {
    No,
    To(String),
    /// Wrapped, but the address inside cannot be read.
    Lost,
}

fn unwrap(address: &str, links: &Links) -> Wrapped {
    let Ok(url) = Url::parse(address) else { return Wrapped::No };
    let host = url.host_str().unwrap_or("");
    let service = links.wrappers.iter().find(|w| is_host(host, &w.host) && url.path().starts_with(&w.path));
    let Some(service) = service else { return Wrapped::No };
    let inner =
        url.query_pairs().find(|(name, _)| name == service.parameter.as_str()).map(|(_, value)| value.into_owned());
    match inner {
        Some(inner) if inner.starts_with("http://") || inner.starts_with("https://") => Wrapped::To(inner),
        _ => Wrapped::Lost,
    }
}

/// The address without its trackers, if it has any.
fn untracked(url: &Url, links: &Links) -> Option<String> {
    let query = url.query()?;
    let tracks = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = name.to_ascii_lowercase();
        let listed = links.tracking.iter().any(|t| match t.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *t,
        });
        // nobody's e-mail address goes into print by way of a link
        listed || (value.contains('@') || value.to_ascii_lowercase().contains("%40")) && value.contains('.')
    };
    let kept: Vec<&str> = query.split('&').filter(|p| !tracks(p)).collect();
    if kept.len() == query.split('&').count() {
        return None;
    }
    let text = url.as_str();
    let before = text.split('?').next().unwrap_or(text);
    let mut out = before.to_string();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(fragment) = url.fragment() {
        out.push('#');
        out.push_str(fragment);
    }
    Some(out)
}

/// A page's own address as the front matter holds it: without trackers and without a place on the page.
pub(super) fn own(url: &Url, links: &Links) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    untracked(&url, links).unwrap_or_else(|| url.as_str().to_string())
}

/// The addresses in a text that a service wrapped, unwrapped before anything else reads them, since
/// they carry people's names; those that cannot be are cut out. With them, the new addresses.
pub(super) fn unwrap_all(text: &str, links: &Links) -> Option<(String, Vec<String>)> {
    let lower = text.to_ascii_lowercase();
    if !links.wrappers.iter().any(|w| lower.contains(w.host.trim_start_matches("*."))) {
        return None;
    }
    let mut found = Vec::new();
    let mut out = String::with_capacity(text.len());
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')' | '[' | ']');
    for piece in text.split_inclusive(ends) {
        let address = piece.trim_end_matches(ends);
        match wrapped(address, links) {
            Some(inner) => {
                out.push_str(&inner);
                found.push(inner);
            }
            None => out.push_str(address),
        }
        out.push_str(&piece[address.len()..]);
    }
    (!found.is_empty()).then_some((out, found))
}

/// What a wrapped address leads to, empty if that cannot be read; none if it is not wrapped.
fn wrapped(address: &str, links: &Links) -> Option<String> {
    let address = address.replace("&amp;", "&").replace('\\', "");
    let full = if address.contains("://") { address } else { format!("https://{address}") };
    let full = full.get(full.to_ascii_lowercase().find("http")?..)?.to_string();
    let mut current = match unwrap(&full, links) {
        Wrapped::No => return None,
        Wrapped::Lost => return Some(String::new()),
        Wrapped::To(inner) => inner,
    };
    for _ in 0..5 {
        match unwrap(&current, links) {
            Wrapped::No => return Some(escape(&current, &mut Done::default())),
            Wrapped::Lost => return Some(String::new()),
            Wrapped::To(inner) => current = inner,
        }
    }
    Some(String::new())
}

/// A text for the receipt: wrapped addresses, which carry people's names, and embedded data are masked.
pub(super) fn mask(text: &str, links: &Links) -> String {
    if !text.contains("://") && !text.contains("data:") {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = ["http://", "https://", "HTTP://", "HTTPS://", "data:"].iter().filter_map(|s| rest.find(s)).min();
        let Some(at) = next else { break };
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find([' ', '"', '<', '>', ')', ']', '\t', '\n']).unwrap_or(tail.len());
        let address = &tail[..end];
        if address.starts_with("data:") {
            let long = address.len() > 40;
            out.push_str(if long { "[data removed]" } else { address });
        } else {
            out.push_str(&masked(address, links));
        }
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

fn masked(address: &str, links: &Links) -> String {
    let Ok(url) = Url::parse(address) else { return address.to_string() };
    let host = url.host_str().unwrap_or("");
    if links.wrappers.iter().any(|w| is_host(host, &w.host) && url.path().starts_with(&w.path)) {
        return "[safelink removed]".into();
    }
    let query = url.query().unwrap_or("");
    if query.contains('@') || query.to_ascii_lowercase().contains("%40") {
        let before = address.split('?').next().unwrap_or(address);
        return format!("{before}?[removed]");
    }
    address.to_string()
}
