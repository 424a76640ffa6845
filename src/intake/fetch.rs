//! Fetches a page or a picture; the only user of the network.

use std::time::Duration;

use ureq::{Agent, Error, ResponseExt};
use url::Url;

use super::gather::too_large;
use crate::diagnostic::{Code, Diagnostic};

/// How far a fetch may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may take in all, with redirects and the body; default: 20 seconds.
    pub time: Duration,
    /// The most bytes; default: 16 MB.
    pub bytes: u64,
    /// The most redirects; default: 5.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), bytes: super::LARGEST, redirects: 5 }
    }
}

/// What is fetched; a server's answer of another kind is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text or HTML.
    Page,
    /// A picture; what it is, its bytes say.
    Picture,
}

/// What came.
#[derive(Debug)]
pub struct Fetched {
    /// Where it came from, after all redirects.
    pub address: String,
    /// The charset that the server names.
    pub charset: Option<String>,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// Fetches an address.
///
/// # Errors
/// Each way of failing has its own code; the message says what to do.
pub fn fetch(address: &Url, kind: Kind, limits: &Limits) -> Result<Fetched, Box<Diagnostic>> {
    let name = address.as_str();
    if !address.username().is_empty() || address.password().is_some() {
        let mut shown = address.clone();
        // an address with a host can lose its name and password
        let _ = shown.set_username("").and_then(|()| shown.set_password(None));
        let message = "the address holds a name or a password, which would be printed as the page's address";
        let complaint = Diagnostic::new(Code::FETCH_REFUSED, message).in_file(shown);
        return Err(Box::new(complaint.help("save the page with a browser, then import the file")));
    }
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(limits.time))
        .max_redirects(limits.redirects)
        .http_status_as_error(false)
        .user_agent(concat!("everyleaf/", env!("CARGO_PKG_VERSION")))
        .accept(match kind {
            Kind::Page => "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9",
            Kind::Picture => "image/png, image/jpeg, image/gif, image/webp, image/svg+xml",
        })
        .build()
        .into();
    let mut answer = agent.get(name).call().map_err(|error| failed(name, &error, limits))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(refused(name, status.as_u16(), status.canonical_reason().unwrap_or("no reason given")));
    }
    let kind_of = answer.body().mime_type().map(str::to_ascii_lowercase);
    if let Some(media) = kind_of.filter(|media| !fits(kind, media)) {
        return Err(Box::new(wrong_kind(name, kind, &media)));
    }
    if answer.body().content_length().is_some_and(|length| length > limits.bytes) {
        return Err(Box::new(too_large(name, limits.bytes)));
    }
    let charset = answer.body().charset().map(str::to_string);
    let from = answer.get_uri().to_string();
    let bytes = answer.body_mut().with_config().limit(limits.bytes).read_to_vec();
    Ok(Fetched { address: from, charset, bytes: bytes.map_err(|error| failed(name, &error, limits))? })
}

/// Whether an answer's kind can be what was asked for; where the server is vague, the bytes decide.
fn fits(kind: Kind, media: &str) -> bool {
    match kind {
        Kind::Page => matches!(media, "text/html" | "application/xhtml+xml" | "text/plain" | "text/markdown"),
        Kind::Picture => media.starts_with("image/") || media == "application/octet-stream",
    }
}

fn wrong_kind(name: &str, kind: Kind, media: &str) -> Diagnostic {
    let wanted = match kind {
        Kind::Page => "a web page",
        Kind::Picture => "a picture",
    };
    let help = match media {
        "application/pdf" => "a PDF cannot be imported; look for the web page with the same text",
        _ => "open the address in a browser and see what it is; give the address of the page itself",
    };
    Diagnostic::new(Code::FETCH_KIND, format!("the server sent {media}, not {wanted}")).in_file(name).help(help)
}

fn refused(name: &str, status: u16, reason: &str) -> Box<Diagnostic> {
    let help = match status {
        401 | 402 | 403 | 407 | 451 => {
            "the server does not give the page to programs; save it with a browser, then import the file"
        }
        404 | 410 => "the page is not there; look for its new address",
        429 | 503 => "the server has too much to do; wait a while, then try again",
        500..=599 => "the server has a fault; try again later",
        _ => "open the address in a browser; save the page there, then import the file",
    };
    let message = format!("the server refused the page: {status} ({reason})");
    Box::new(Diagnostic::new(Code::FETCH_REFUSED, message).in_file(name).help(help))
}

fn failed(name: &str, error: &Error, limits: &Limits) -> Box<Diagnostic> {
    let say = |code, message: String, help: &str| Diagnostic::new(code, message).in_file(name).help(help);
    let timed_out = |e: &std::io::Error| {
        matches!(e.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock)
            || matches!(e.get_ref().and_then(|inner| inner.downcast_ref::<Error>()), Some(Error::Timeout(_)))
    };
    Box::new(match error {
        Error::Timeout(_) => slow(name, limits),
        Error::Io(io) if timed_out(io) => slow(name, limits),
        Error::TooManyRedirects => say(
            Code::FETCH_REDIRECTS,
            format!("the server sent us on more than {} times", limits.redirects),
            "open the address in a browser and give the address where you end up",
        ),
        Error::BodyExceedsLimit(limit) => too_large(name, *limit),
        Error::HostNotFound => say(
            Code::FETCH_UNREACHABLE,
            "there is no such server".into(),
            "check the address's spelling, and whether this computer is connected to the internet",
        ),
        other => say(
            Code::FETCH_UNREACHABLE,
            format!("the address could not be fetched: {other}"),
            "try it in a browser; if the page opens there, save it and import the file",
        ),
    })
}

fn slow(name: &str, limits: &Limits) -> Diagnostic {
    let seconds = limits.time.as_secs();
    let time = if seconds == 1 { "1 second".to_string() } else { format!("{seconds} seconds") };
    Diagnostic::new(Code::FETCH_SLOW, format!("the server took longer than {time}"))
        .in_file(name)
        .help("try again later, give it more time with --timeout, or save the page with a browser")
}
