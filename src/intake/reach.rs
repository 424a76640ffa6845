//! Tries addresses: whether there is a page behind each. Nothing of a page is kept.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ureq::{Agent, Error};
use url::Url;

use crate::check::Reached;

/// How many servers are asked at one time. A server is asked for one page at a time.
const AT_ONCE: usize = 8;

/// The most redirects that are followed.
const REDIRECTS: usize = 5;

/// Answers by address, kept for the run: a page's link is tried once, however many pages have it.
#[derive(Debug, Default)]
pub struct Tried {
    known: Mutex<BTreeMap<String, Reached>>,
}

impl Tried {
    /// Tries addresses, those of different servers side by side; `time` is the most for one of them.
    pub fn all(&self, addresses: &[&str], time: Duration) -> Vec<Reached> {
        let mut by_server: BTreeMap<String, Vec<(&str, Url)>> = BTreeMap::new();
        let mut answers: BTreeMap<&str, Reached> = BTreeMap::new();
        for address in addresses {
            if let Some(found) = self.known().get(*address) {
                answers.insert(address, found.clone());
                continue;
            }
            match Url::parse(address).ok().filter(Url::has_host) {
                Some(url) => {
                    let server = url.host_str().unwrap_or("").to_string();
                    let list = by_server.entry(server).or_default();
                    if list.iter().all(|(known, _)| known != address) {
                        list.push((address, url));
                    }
                }
                None => drop(answers.insert(address, Reached::Gone("this is no address".into()))),
            }
        }
        let servers: Vec<_> = by_server.into_values().collect();
        for group in servers.chunks(AT_ONCE) {
            std::thread::scope(|scope| {
                for list in group {
                    scope.spawn(move || {
                        for (address, url) in list {
                            let answer = one(url, time);
                            self.known().insert((*address).to_string(), answer);
                        }
                    });
                }
            });
        }
        let known = self.known();
        let answer = |address: &&str| {
            let untried = || Reached::Untried("nothing was heard".into());
            answers.get(address).or_else(|| known.get(*address)).cloned().unwrap_or_else(untried)
        };
        addresses.iter().map(answer).collect()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Reached>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows an address to its end.
fn one(start: &Url, time: Duration) -> Reached {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(time))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("everyleaf/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut url = start.clone();
    url.set_fragment(None);
    // only where every step is for good has the page a new address
    let mut for_good = true;
    for _ in 0..=REDIRECTS {
        let (status, location) = match ask(&agent, &url) {
            Ok(answer) => answer,
            Err(Error::HostNotFound) => return Reached::Gone("there is no such server".into()),
            Err(Error::Timeout(_)) => return Reached::Untried(format!("no answer in {} s", time.as_secs())),
            Err(other) => return Reached::Untried(other.to_string()),
        };
        match (status, location.and_then(|to| url.join(&to).ok())) {
            (300..=399, Some(next)) if matches!(next.scheme(), "http" | "https") => {
                for_good &= matches!(status, 301 | 308);
                url = next;
            }
            (200..=299, _) => {
                let moved = for_good && url.as_str().trim_end_matches('/') != plain(start).trim_end_matches('/');
                return if moved { Reached::Moved(url.to_string()) } else { Reached::There };
            }
            (404 | 410, _) => return Reached::Gone(format!("the server says that the page is not there ({status})")),
            (status, _) => return Reached::Untried(format!("the server answers {status} to programs")),
        }
    }
    Reached::Gone("the server sends readers on and on".into())
}

fn plain(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}

/// The server's answer, and where it sends us. Not every server knows the short question (RFC 9110, 9.3.2).
fn ask(agent: &Agent, url: &Url) -> Result<(u16, Option<String>), Error> {
    let read = |answer: &ureq::http::Response<ureq::Body>| {
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_string);
        (answer.status().as_u16(), to)
    };
    let short = agent.head(url.as_str()).call().map(|answer| read(&answer))?;
    match short.0 {
        200..=399 => Ok(short),
        _ => agent.get(url.as_str()).call().map(|answer| read(&answer)),
    }
}
