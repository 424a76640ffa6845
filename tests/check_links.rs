//! `everyleaf check --links`: addresses are tried, once each, and only when that is asked for.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::Folder;
use common::server::{send, serve};

fn page(site: &str) -> String {
    format!(
        "+++\ntitle = \"Keeping warm\"\nlanguage = \"en-GB\"\nreviewed = 2026-03-01\nnext-review = 2028-03-01\n\
         product-code = \"WARM-1\"\nsource = \"{site}/here\"\n+++\n\n\
         See [a page]({site}/here#part), [one more]({site}/here), [a lost page]({site}/lost) and\n\
         [one that went]({site}/went), [one that is lent]({site}/lent), [a closed one]({site}/closed),\n\
         [a curious server]({site}/curious), [a circle]({site}/circle) or [write](mailto:us@example.org).\n"
    )
}

fn site(count: Arc<AtomicUsize>) -> String {
    serve(move |request, stream| {
        count.fetch_add(1, Ordering::SeqCst);
        let mut words = request.split(' ');
        let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        match (method, path) {
            (_, "/went") => send(stream, "301 Moved Permanently", "Location: /here\r\n", ""),
            (_, "/lent") => send(stream, "302 Found", "Location: /here\r\n", ""),
            (_, "/circle") => send(stream, "302 Found", "Location: /circle\r\n", ""),
            (_, "/closed") => send(stream, "403 Forbidden", "", ""),
            // a server that does not know the short question
            ("HEAD", "/curious") => send(stream, "405 Method Not Allowed", "", ""),
            (_, "/here" | "/curious") => send(stream, "200 OK", "", ""),
            _ => send(stream, "404 Not Found", "", ""),
        }
    })
}

#[test]
fn each_address_is_tried_once_and_only_on_request() {
    let count = Arc::new(AtomicUsize::new(0));
    let site = site(count.clone());
    let folder = Folder::with_page(&page(&site));
    folder.put("sources/second/page.md", page(&site).replace("WARM-1", "WARM-2"));

    let ran = folder.run(&["check", "--as-of", "2026-06-01", "--message-format", "short"]);
    assert_eq!(count.load(Ordering::SeqCst), 0, "a plain check uses no network: {}", ran.err);

    let ran = folder.run(&["check", "--links", "--as-of", "2026-06-01", "--message-format", "short", "warm"]);
    let lines: Vec<&str> = ran.err.lines().filter(|line| line.contains("C03")).collect();
    assert_eq!(lines.len(), 4, "{}", ran.err);
    let found = |code: &str, words: &str| {
        assert!(
            lines.iter().any(|l| l.contains(&format!("[{code}]")) && l.contains(words)),
            "{code} {words}: {lines:?}"
        );
    };
    found("C033", "/lost leads nowhere");
    found("C033", "/circle leads nowhere");
    found("C034", "/went has moved to");
    found("C035", "/closed could not be tried: the server answers 403");
    assert!(lines.iter().all(|line| line.starts_with("sources/warm/page.md:")), "{lines:?}");
    let once = count.swap(0, Ordering::SeqCst);

    let ran = folder.run(&["check", "--links", "--as-of", "2026-06-01", "--message-format", "short"]);
    assert_eq!(ran.err.matches("C03").count(), 8, "{}", ran.err);
    // what two pages name is asked for once, but for what both ask at the same moment
    let both = count.load(Ordering::SeqCst);
    assert!((once..=2 * once).contains(&both), "{once} then {both}");
}

#[test]
fn a_server_that_does_not_answer_is_said_and_does_not_hold_the_run() {
    let site = serve(|_, _| std::thread::sleep(Duration::from_secs(5)));
    let folder = Folder::with_page(&page(&site));
    folder.put("sources/warm/page.md", page(&site).replace("See", "See [nobody](http://nobody.invalid/) and"));
    let command = ["check", "--links", "--timeout", "1", "--message-format", "short", "--as-of", "2026-06-01"];
    let ran = folder.run(&command);
    assert!(ran.err.contains("C035") && ran.err.contains("no answer in 1 s"), "{}", ran.err);
    assert!(ran.err.contains("http://nobody.invalid/"), "{}", ran.err);
}
