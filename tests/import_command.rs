//! `everyleaf import` through the program: what it reads, what it writes, and what it leaves alone.
//!
//! The web is a small server in the test. The texts are made up.

mod common;

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use common::server::{send, serve};
use common::{Folder, PAGE, Ran};

const SAVED: &str = "Warm socks | Example Charity
# Warm socks
Socks made of wool keep your feet warm when it is cold outside.
## How to wash them
Wash them by hand in water that is not too hot.
Page last reviewed:
1 March 2024
Next review due:
1 March 2027
";

fn project() -> Folder {
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    folder.put("socks.txt", SAVED);
    folder
}

fn import(folder: &Folder, more: &[&str]) -> Ran {
    let mut command = folder.command();
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    Ran::of(command.args(["import", "--message-format", "short"]).args(more))
}

/// A page of a series, with its links to the pages before and after.
fn chapter(title: &str, topic: &str, back: Option<&str>, next: Option<&str>) -> String {
    let link = |word: &str, to: Option<&str>| {
        to.map(|to| format!("[{word}\n{to}](https://www.example.org/{})\n", to.to_lowercase().replace(' ', "-")))
            .unwrap_or_default()
    };
    format!(
        "{title} | Example Charity\n1. [Home](https://www.example.org/)\n3. [{topic}](https://www.example.org/topic)\n\
         # {title}\nThis page is about {title}, and has enough words to be a page.\n## Signs\n\
         You can see the signs of {title} on most days of the week.\n### More signs\nThere may be others, too.\n{}{}\
         Page last reviewed:\n1 March 2024\nNext review due:\n1 March 2027\n",
        link("Back", back),
        link("Next", next)
    )
}

// ---------------------------------------------------------------- inputs

#[test]
fn a_folder_is_all_its_pages() {
    let folder = project();
    folder.put("saved/b.txt", SAVED.replace("socks", "gloves"));
    folder.put("saved/a.md", SAVED.replace("socks", "hats"));
    folder.put("saved/more/c.TXT", SAVED.replace("socks", "scarves"));
    folder.put("saved/.hidden.txt", SAVED);
    folder.put("saved/.git/d.txt", SAVED);
    folder.put("saved/photo.jpg", "no page");
    folder.put("saved/e.html", "");
    folder.put("saved/e_files/advert.html", SAVED);
    let ran = import(&folder, &["saved", "saved/a.md"]).expect(1);
    assert!(ran.err.contains("4 inputs: 3 imported, 1 refused"), "{}", ran.err);
    let pages: Vec<String> = folder.project().pages().into_iter().map(|p| p.slug).collect();
    assert_eq!(pages.len(), 3, "{pages:?}");
    assert!(ran.err.contains("e.html: error[I001]") && !ran.err.contains("advert"), "{}", ran.err);
    let record = pages.iter().map(|p| folder.text(&format!("sources/{p}/import.toml"))).collect::<String>();
    assert!(record.contains("input = \"more/c.TXT\""), "{record}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let folder = project();
    folder.put("empty/photo.jpg", "");
    let big = std::fs::File::create(folder.path().join("film.txt")).unwrap();
    big.set_len((16 << 20) + 1).unwrap();
    let begun = Instant::now();
    let ran = import(&folder, &["gone.txt", "empty", "film.txt", "ftp://example.org/a", "https://", "socks.txt"]);
    let ran = ran.expect(1);
    for (name, code) in [
        ("gone.txt", "I021"),
        ("empty", "I021"),
        ("film.txt", "I022"),
        ("ftp://example.org/a", "I021"),
        ("https://", "I021"),
    ] {
        assert!(ran.err.contains(&format!("{name}: error[{code}]")), "{name}: {}", ran.err);
    }
    assert!(folder.text("sources/socks/page.md").contains("Socks made of wool"));
    assert!(begun.elapsed() < Duration::from_secs(5));
    let human = Ran::of(folder.command().args(["import", "gone.txt"])).expect(1);
    assert!(human.err.contains("there is no such file") && human.err.contains("help:"), "{}", human.err);
}

#[test]
#[cfg(unix)]
fn links_to_folders_are_not_followed_and_devices_are_no_files() {
    let folder = project();
    folder.put("saved/a.txt", SAVED);
    std::os::unix::fs::symlink("..", folder.path().join("saved/up")).unwrap();
    let ran = import(&folder, &["saved"]).expect(0);
    assert!(!ran.err.contains("inputs:"), "{}", ran.err);
    assert!(import(&folder, &["/dev/zero"]).expect(1).err.contains("error[I021]"));
}

#[test]
fn standard_input_is_one_page() {
    let folder = project();
    let mut command = folder.command();
    command.args(["import", "-", "--receipt", "-"]);
    let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(SAVED.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    let receipt: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(receipt["output"], "sources/warm-socks/page.md");
}

// ---------------------------------------------------------------- the web

/// A server on this computer; each answer is what `answer` writes for a path.
const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\n";

fn site() -> String {
    serve(|request, stream| {
        let path = request.split(' ').nth(1).unwrap_or("");
        match path {
            "/socks" if !request.to_lowercase().contains("user-agent: everyleaf/") => {
                send(stream, "400 Bad Request", TEXT, "who are you");
            }
            "/socks" => send(stream, "200 OK", TEXT, SAVED),
            "/old" => send(stream, "301 Moved Permanently", "Location: /socks\r\n", ""),
            "/round" => send(stream, "302 Found", "Location: /round\r\n", ""),
            "/busy" => send(stream, "503 Service Unavailable", TEXT, SAVED),
            "/closed" => send(stream, "403 Forbidden", TEXT, SAVED),
            "/film" => send(stream, "200 OK", "Content-Type: video/mp4\r\n", SAVED),
            "/leaflet" => send(stream, "200 OK", "Content-Type: application/pdf\r\n", "%PDF-1.5"),
            "/announced" => {
                let head = format!("HTTP/1.1 200 OK\r\n{TEXT}Content-Length: 999999999\r\n\r\n");
                let _ = stream.write_all(head.as_bytes());
            }
            "/endless" => {
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{TEXT}\r\n");
                let _ = stream.write_all(head.as_bytes());
                while stream.write_all(&[b'a'; 65536]).is_ok() {}
            }
            "/broken" => {
                let head = format!("HTTP/1.1 200 OK\r\n{TEXT}Content-Length: 5000\r\n\r\n{SAVED}");
                let _ = stream.write_all(head.as_bytes());
            }
            "/slow" => {
                let head = format!("HTTP/1.1 200 OK\r\n{TEXT}Content-Length: 5000\r\n\r\n");
                let _ = stream.write_all(head.as_bytes());
                for _ in 0..100 {
                    std::thread::sleep(Duration::from_millis(100));
                    if stream.write_all(b"a").is_err() {
                        return;
                    }
                }
            }
            _ => send(stream, "404 Not Found", TEXT, "Nothing here"),
        }
    })
}

#[test]
fn a_page_on_the_web_is_fetched_with_its_address() {
    let (folder, site) = (project(), site());
    import(&folder, &[&format!("{site}/socks#washing")]).expect(0);
    let page = folder.text("sources/socks/page.md");
    assert!(page.contains(&format!("source = \"{site}/socks\"")), "{page}");
    // after a redirect the last address counts, so it is the same page
    let again = import(&folder, &[&format!("{site}/old")]).expect(0);
    assert!(again.err.contains("nothing has changed on the web"), "{}", again.err);
    import(&folder, &[&format!("{site}/old"), "--address", "https://www.example.org/wool", "--as", "wool"]).expect(0);
    assert!(folder.text("sources/wool/page.md").contains("source = \"https://www.example.org/wool\""));
}

#[test]
fn each_failure_of_the_web_has_its_code() {
    let (folder, site) = (project(), site());
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let with_password = site.replace("http://", "http://ann:secret@");
    let cases = [
        (format!("{site}/gone"), "I026", "404"),
        (format!("{site}/busy"), "I026", "503"),
        (format!("{site}/closed"), "I026", "403"),
        (format!("{site}/round"), "I025", "5 times"),
        (format!("{site}/film"), "I027", "video/mp4"),
        (format!("{site}/leaflet"), "I027", "application/pdf"),
        (format!("{site}/announced"), "I022", "16 MB"),
        (format!("{site}/endless"), "I022", "16 MB"),
        (format!("{site}/broken"), "I023", "could not be fetched"),
        (format!("{closed}/a"), "I023", "could not be fetched"),
        ("http://no-such-host.invalid/a".to_string(), "I023", ""),
        (format!("{with_password}/socks"), "I026", "password"),
        (format!("{site}/slow"), "I024", "longer than 1 second"),
    ];
    for (address, code, words) in cases {
        let begun = Instant::now();
        let ran = import(&folder, &[&address, "--timeout", "1"]).expect(1);
        assert!(ran.err.contains(&format!("error[{code}]")) && ran.err.contains(words), "{address}: {}", ran.err);
        assert!(!ran.err.contains("secret"), "{}", ran.err);
        assert!(begun.elapsed() < Duration::from_secs(8), "{address} took {:?}", begun.elapsed());
    }
    assert!(!folder.path().join("sources").exists(), "nothing was written");
}

/// A page with pictures: one that is there, one that is not, one that says nothing, one that is furniture.
const ILLUSTRATED: &str = "<!doctype html><html lang=en-GB><title>Warm scarves</title><main><h1>Warm scarves</h1>
<p>A scarf made of wool keeps your neck warm when it is cold outside.</p>
<figure><img src='saved_files/red%20scarf.png' alt='A red scarf on a hook'><figcaption>It warms the air</figcaption></figure>
<p>Fold it twice, then put it on before you go out of the house.</p>
<p><img src='saved_files/knot.png' alt='Two hands tie a knot'></p>
<p><img src='saved_files/leaves.png' alt=''></p><ul><li>Wool<img src='saved_files/wool.png' alt='A ball of wool'></li><li>Silk</li></ul>
<p><img src='saved_files/logo.png' alt='Our logo'></p></main>";

const PICTURES: [(&str, u32); 3] = [("red scarf.png", 1200), ("leaves.png", 1100), ("logo.png", 1300)];

#[test]
fn pictures_beside_a_saved_page_stand_in_the_page() {
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    folder.put("saved.html", ILLUSTRATED);
    for (name, wide) in PICTURES {
        folder.put(&format!("saved_files/{name}"), common::picture(wide, 40));
    }
    let ran = import(&folder, &["saved.html", "--receipt", "receipt.json"]).expect(0);
    assert_eq!(ran.err.matches("warning[I004]").count(), 2, "{}", ran.err);
    let page = folder.text("sources/saved/page.md");
    let scarf = "outside.\n\n![A red scarf on a hook](red-scarf.png){.figure caption=\"It warms the air\"}\n\nFold";
    assert!(page.contains(scarf), "{page}");
    assert!(page.contains("house.\n\n![Two hands tie a knot](knot.png){.figure missing}\n\n![](leaves.png)"), "{page}");
    assert!(page.contains("![](leaves.png){.figure decorative}\n\n- Wool\n\n  ![A ball of wool](wool.png)"), "{page}");
    assert!(!page.contains("logo"), "{page}");
    assert_eq!(folder.bytes("sources/saved/red-scarf.png"), common::picture(1200, 40));
    assert!(!folder.path().join("sources/saved/logo.png").exists());
    let receipt: serde_json::Value = serde_json::from_str(&folder.text("receipt.json")).unwrap();
    let kept = receipt["kept"].as_array().unwrap();
    for (line, words) in [(3, "A red scarf on a hook"), (3, "It warms the air"), (5, "Two hands tie a knot")] {
        let is = |k: &&serde_json::Value| k["line"] == line && k["text"] == words && k["to"] == "body";
        let at = kept.iter().find(is).unwrap_or_else(|| panic!("{words}: {receipt:#}"))["at"].as_u64().unwrap();
        assert!(page.lines().nth(at as usize - 1).unwrap().contains(words), "{words} is not on line {at}");
    }
    // again: the same page, and nothing to do
    let again = import(&folder, &["saved.html"]).expect(0);
    assert!(again.err.contains("nothing has changed"), "{}", again.err);
    // every edition shows the words of the picture that is not there, and says so
    let outcome = folder.build(common::options());
    let said = common::codes(&outcome, everyleaf::diagnostic::Severity::Warning);
    assert!(outcome.failed == 0 && said.contains("A006"), "{said:?}");
    // once its file is there, it is a picture
    folder.put("sources/saved/knot.png", common::picture(1200, 50));
    folder.put("sources/saved/wool.png", common::picture(1200, 50));
    let said = common::codes(&folder.build(common::options()), everyleaf::diagnostic::Severity::Warning);
    assert!(!said.contains("A006"), "{said:?}");
}

#[test]
fn a_booklet_s_chapters_share_no_picture_file_by_chance() {
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    for (n, wide) in [(1, 700), (2, 800)] {
        let page = ILLUSTRATED.replace("Warm scarves", &format!("Scarves {n}")).replace("saved_files", "x");
        folder.put(&format!("part{n}/page.html"), page);
        folder.put(&format!("part{n}/x/red scarf.png"), common::picture(wide, 40));
    }
    import(&folder, &["part1", "part2", "--booklet", "scarves", "--title", "All about scarves"]).expect(0);
    let page = folder.text("sources/scarves/page.md");
    for name in ["red-scarf.png", "red-scarf-2.png", "knot.png", "knot-2.png"] {
        assert_eq!(page.matches(&format!("]({name})")).count(), 1, "{name}\n{page}");
    }
    assert_eq!(folder.bytes("sources/scarves/red-scarf-2.png"), common::picture(800, 40));
}

#[test]
fn pictures_are_fetched_only_when_asked_and_only_if_they_are_pictures() {
    let site = serve(|request, stream| {
        let path = request.split(' ').nth(1).unwrap_or("");
        if path == "/a/page" {
            let page = ILLUSTRATED.replace("saved_files/", "/files/");
            return send(stream, "200 OK", "Content-Type: text/html\r\n", &page);
        }
        if path == "/files/red%20scarf.png" {
            let picture = common::picture(1200, 40);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                picture.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&picture));
        } else {
            send(stream, "200 OK", "Content-Type: image/png\r\n", "no picture at all");
        }
    });
    let address = format!("{site}/a/page");
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    let ran = import(&folder, &[&address]).expect(0);
    assert!(ran.err.contains("only with --fetch"), "{}", ran.err);
    assert!(folder.text("sources/page/page.md").contains("(red-scarf.png){.figure missing caption="));
    // with its picture the page is another one
    let ran = import(&folder, &[&address, "--fetch"]).expect(0);
    assert!(ran.err.contains("read in another way") || ran.err.contains("has changed"), "{}", ran.err);
    import(&folder, &[&address, "--fetch", "--accept"]).expect(0);
    let page = folder.text("sources/page/page.md");
    assert!(
        page.contains("(red-scarf.png){.figure caption=") && page.contains("(knot.png){.figure missing}"),
        "{page}"
    );
    assert_eq!(folder.bytes("sources/page/red-scarf.png"), common::picture(1200, 40));
    assert!(!folder.path().join("sources/page/knot.png").exists());
}

#[test]
fn the_server_s_charset_counts() {
    let site = serve(|_, stream| {
        let page = "<html lang=el><meta charset=windows-1252><title>A page</title><h1>A page</h1><p>These are enough words for a page with \u{1}.";
        let bytes: Vec<u8> = page.bytes().map(|b| if b == 1 { 0xe1 } else { b }).collect();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-7\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            bytes.len()
        );
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
    });
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    import(&folder, &[&format!("{site}/greek")]).expect(0);
    assert!(folder.text("sources/greek/page.md").contains("with α."));
}

// ---------------------------------------------------------------- identity and names

#[test]
fn another_page_of_the_same_name_gets_a_number() {
    let folder = project();
    folder.put("a/socks.txt", SAVED);
    folder.put("b/socks.txt", SAVED.replace("wool", "cotton"));
    for outcome in ["2 imported", "2 unchanged"] {
        let ran = import(&folder, &["a/socks.txt", "b/socks.txt"]).expect(0);
        assert!(ran.err.contains(outcome), "{}", ran.err);
    }
    assert!(folder.text("sources/socks/page.md").contains("wool"));
    assert!(folder.text("sources/socks-2/page.md").contains("cotton"));
    let folder = project();
    let args = |address| ["socks.txt", "--address", address];
    import(&folder, &args("https://one.example.org/socks")).expect(0);
    import(&folder, &args("https://two.example.org/socks")).expect(0);
    assert!(folder.text("sources/socks-2/page.md").contains("two.example.org"));
    let again = import(&folder, &args("http://one.example.org/socks/#top")).expect(0);
    assert!(again.err.contains("sources/socks/page.md: has changed"), "{}", again.err);
    // somebody said where it goes, and there is a page from elsewhere
    let other = import(&folder, &["socks.txt", "--address", "https://two.example.org/socks", "--as", "socks"]);
    assert!(other.expect(1).err.contains("came from https://one.example.org/socks"));
}

#[test]
fn an_import_under_another_name_is_known_again() {
    let folder = project();
    import(&folder, &["socks.txt", "--as", "feet"]).expect(0);
    let again = import(&folder, &["socks.txt"]).expect(0);
    assert!(again.err.contains("sources/feet/page.md: nothing has changed"), "{}", again.err);
    assert!(!folder.path().join("sources/socks").exists());
}

#[test]
fn records_are_no_pages() {
    let folder = Folder::with_page(PAGE);
    folder.put("socks.txt", SAVED);
    import(&folder, &["socks.txt"]).expect(0);
    let said = folder.run(&["check", "--as-of", "2026-11-23", "--message-format", "short"]).expect(0);
    assert!(!said.err.contains("import.toml"), "{}", said.err);
    folder.run(&["build", "-e", "html", "--as-of", "2026-11-23"]).expect(0);
    let listed = folder.run(&["list"]).expect(0).out;
    assert!(listed.contains("socks") && !listed.contains("import"), "{listed}");
}

// ---------------------------------------------------------------- again

#[test]
fn nothing_new_changes_nothing() {
    let folder = project();
    import(&folder, &["socks.txt"]).expect(0);
    let mine = folder.text("sources/socks/page.md").replace("not too hot", "lukewarm");
    folder.put("sources/socks/page.md", &mine);
    for more in [&["socks.txt"][..], &["socks.txt", "--accept"]] {
        let again = import(&folder, more).expect(0);
        assert!(again.err.contains("nothing has changed on the web since the last import"), "{}", again.err);
        assert_eq!(folder.text("sources/socks/page.md"), mine);
    }
}

#[test]
fn changes_on_the_web_are_shown_and_taken_when_asked() {
    let folder = project();
    import(&folder, &["socks.txt"]).expect(0);
    let before = (folder.text("sources/socks/page.md"), folder.text("sources/socks/import.toml"));
    let web = SAVED.replace("1 March 2024", "1 April 2025").replace("by hand", "by hand or machine");
    folder.put("socks.txt", web.replace("## How", "Dry them in the sun.\n## How"));
    let shown = import(&folder, &["socks.txt"]).expect(0);
    for words in ["note[I029]", "reviewed: 2024-03-01 became 2025-04-01", "added:", "changed:", "to:", "--accept"] {
        assert!(shown.err.contains(words), "{words}: {}", shown.err);
    }
    assert_eq!((folder.text("sources/socks/page.md"), folder.text("sources/socks/import.toml")), before);
    import(&folder, &["socks.txt", "--accept"]).expect(0);
    let page = folder.text("sources/socks/page.md");
    assert!(page.contains("reviewed = 2025-04-01") && page.contains("hand or machine") && page.contains("the sun"));
    assert!(import(&folder, &["socks.txt"]).expect(0).err.contains("nothing has changed"));
}

#[test]
fn an_editor_s_work_is_kept() {
    let folder = project();
    import(&folder, &["socks.txt"]).expect(0);
    let mine = folder
        .text("sources/socks/page.md")
        .replace("title = \"Warm socks\"", "title = \"Socks for winter\"")
        .replace("by hand in water", "gently by hand in water")
        + "\nAsk for help if you cannot reach your feet.\n";
    folder.put("sources/socks/page.md", &mine);
    folder.put("socks.txt", SAVED.replace("by hand", "by machine").replace("cold outside", "cold outside or inside"));
    let ran = import(&folder, &["socks.txt", "--accept"]).expect(0);
    let page = folder.text("sources/socks/page.md");
    for words in ["Socks for winter", "gently by hand in water", "cold outside or inside", "reach your feet"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("by machine"), "{page}");
    let line = page.lines().position(|l| l.contains("gently")).unwrap() + 1;
    assert!(ran.err.contains(&format!("sources/socks/page.md:{line}: warning[I030]")), "{}", ran.err);
    assert!(ran.err.contains("gently by hand") && ran.err.contains("by machine"), "{}", ran.err);
    // it asks once
    let again = import(&folder, &["socks.txt", "--accept"]).expect(0);
    assert!(!again.err.contains("I030"), "{}", again.err);
    assert_eq!(folder.text("sources/socks/page.md"), page);
}

#[test]
fn a_page_without_a_record_is_never_written_over() {
    let folder = project();
    folder.put("sources/socks/page.md", PAGE);
    for more in [&["socks.txt"][..], &["socks.txt", "--accept"], &["socks.txt", "--as", "socks", "--accept"]] {
        assert!(import(&folder, more).expect(1).err.contains("error[I006]"));
        assert_eq!(folder.text("sources/socks/page.md"), PAGE);
        assert!(!folder.path().join("sources/socks/import.toml").exists());
    }
}

#[test]
fn an_interrupted_run_loses_nothing() {
    let folder = project();
    import(&folder, &["socks.txt"]).expect(0);
    let first = (folder.text("sources/socks/page.md"), folder.text("sources/socks/import.toml"));
    // the page was written, and its record was not
    std::fs::remove_file(folder.path().join("sources/socks/import.toml")).unwrap();
    let ran = import(&folder, &["socks.txt"]).expect(0);
    assert!(ran.err.contains("on record"), "{}", ran.err);
    assert_eq!((folder.text("sources/socks/page.md"), folder.text("sources/socks/import.toml")), first);
    // the same in the middle of --accept: the page is merged, and the record is the old one
    folder.put("sources/socks/page.md", first.0.replace("Socks made", "My socks, made"));
    folder.put("socks.txt", SAVED.replace("by hand", "by machine"));
    import(&folder, &["socks.txt", "--accept"]).expect(0);
    let merged = folder.text("sources/socks/page.md");
    folder.put("sources/socks/import.toml", &first.1);
    import(&folder, &["socks.txt", "--accept"]).expect(0);
    assert_eq!(folder.text("sources/socks/page.md"), merged);
    assert!(folder.text("sources/socks/import.toml").contains("by machine"));
    // half a record is said, and nothing is touched
    folder.put("sources/socks/import.toml", &first.1[..first.1.len() / 2]);
    let broken = import(&folder, &["socks.txt", "--accept"]).expect(1);
    assert!(broken.err.contains("sources/socks/import.toml: error[I028]"), "{}", broken.err);
    assert_eq!(folder.text("sources/socks/page.md"), merged);
}

// ---------------------------------------------------------------- series and booklets

const TITLES: [&str; 3] = ["What a cough is", "Treating a cough", "Living with a cough"];

fn series(folder: &Folder) {
    // by their names they stand in the wrong order
    for (i, name) in ["m", "a", "z"].iter().enumerate() {
        let (back, next) = (i.checked_sub(1).map(|i| TITLES[i]), TITLES.get(i + 1).copied());
        folder.put(&format!("cough/{name}-page.txt"), chapter(TITLES[i], "Coughs", back, next));
    }
}

#[test]
fn a_series_is_put_in_order() {
    let folder = project();
    series(&folder);
    let ran = import(&folder, &["cough", "--receipt", "all.json"]).expect(0);
    assert!(ran.err.contains("a series of 3 pages, in order: m-page, a-page, z-page"), "{}", ran.err);
    let receipts: serde_json::Value = serde_json::from_slice(&folder.bytes("all.json")).unwrap();
    assert_eq!(receipts.as_array().unwrap().len(), 3);
}

#[test]
fn a_booklet_is_one_page_of_several() {
    let folder = project();
    series(&folder);
    let page = folder.text("cough/a-page.txt").replace("1 March 2024", "1 March 2022").replace("2027", "2026");
    folder.put("cough/a-page.txt", page);
    let ran = import(&folder, &["cough", "--booklet", "coughs", "--receipt", "all.json"]).expect(0);
    assert!(!ran.err.contains("I031"), "{}", ran.err);
    let text = folder.text("sources/coughs/page.md");
    assert!(text.starts_with("+++\ntitle = \"Coughs\"\n"), "{text}");
    assert!(text.contains("reviewed = 2022-03-01\nnext-review = 2026-03-01\n"), "{text}");
    let headings: Vec<&str> = text.lines().filter(|l| l.starts_with('#')).collect();
    let of = |title| [format!("## {title}"), "### Signs".into(), "#### More signs".into()];
    assert_eq!(headings, TITLES.into_iter().flat_map(of).collect::<Vec<_>>());
    folder.run(&["check", "--as-of", "2025-01-01", "coughs"]).expect(0);
    assert_eq!(folder.project().pages().len(), 1);
    // the receipts' lines are the booklet's
    let receipts: serde_json::Value = serde_json::from_slice(&folder.bytes("all.json")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for receipt in receipts.as_array().unwrap() {
        assert_eq!(receipt["output"], "sources/coughs/page.md");
        for kept in receipt["kept"].as_array().unwrap().iter().filter(|k| k["to"] == "body") {
            let (words, at) = (kept["text"].as_str().unwrap(), kept["at"].as_u64().unwrap());
            let words = words.trim_start_matches(['#', ' ']);
            assert!(lines[at as usize - 1].contains(words), "{words} is not on line {at}");
        }
    }
    // again, and again with a change
    let again = import(&folder, &["cough", "--booklet", "coughs"]).expect(0);
    assert!(again.err.contains("nothing has changed"), "{}", again.err);
    folder.put("cough/z-page.txt", folder.text("cough/z-page.txt").replace("most days", "all days"));
    assert!(import(&folder, &["cough", "--booklet", "coughs"]).expect(0).err.contains("changed:"));
    import(&folder, &["cough", "--booklet", "coughs", "--accept"]).expect(0);
    assert!(folder.text("sources/coughs/page.md").contains("all days"));
}

#[test]
fn what_is_wrong_with_a_booklet_is_said() {
    let folder = project();
    series(&folder);
    // a heading that is too deep, a page without dates, another topic
    let deep = folder.text("cough/z-page.txt").replace("### More", "### More\nThere are more.\n#### Still more");
    let deep = deep.split("Page last").next().unwrap().replace("[Coughs]", "[Colds]");
    folder.put("cough/z-page.txt", deep);
    let untitled = import(&folder, &["cough", "--booklet", "b"]).expect(1);
    assert!(untitled.err.contains("error[I032]") && !folder.path().join("sources").exists(), "{}", untitled.err);
    let ran = import(&folder, &["cough", "--booklet", "b", "--title", "Coughs and colds"]).expect(0);
    for code in ["warning[I033]", "warning[I034]"] {
        assert!(ran.err.contains(code), "{code}: {}", ran.err);
    }
    assert!(folder.text("sources/b/page.md").contains("title = \"Coughs and colds\""));
    // a page that is missing, and one that is refused
    std::fs::remove_file(folder.path().join("cough/a-page.txt")).unwrap();
    let gap = import(&folder, &["cough", "--booklet", "c", "--title", "Coughs"]).expect(0);
    assert!(gap.err.contains("warning[I031]") && gap.err.contains("\"Treating a cough\""), "{}", gap.err);
    folder.put("cough/a-page.txt", "");
    let refused = import(&folder, &["cough", "--booklet", "d", "--title", "Coughs"]).expect(1);
    assert!(refused.err.contains("error[I031]") && !folder.path().join("sources/d").exists(), "{}", refused.err);
}

#[test]
fn circles_and_forks_come_to_an_end() {
    let folder = project();
    let put = |name: &str, back, next| folder.put(&format!("{name}.txt"), chapter(name, "Coughs", back, next));
    put("Alpha", None, Some("Beta"));
    put("Beta", None, Some("Gamma"));
    put("Gamma", None, Some("Alpha"));
    let files = ["Alpha.txt", "Beta.txt", "Gamma.txt", "--booklet"];
    let circle = import(&folder, &[&files[..], &["round"]].concat()).expect(0);
    assert!(circle.err.contains("warning[I031]") && circle.err.contains("circle"), "{}", circle.err);
    put("Alpha", None, Some("Gamma"));
    put("Gamma", Some("Beta"), None);
    let fork = import(&folder, &[&files[..], &["fork"]].concat()).expect(0);
    assert!(fork.err.contains("both lead on to Gamma.txt"), "{}", fork.err);
    assert!(folder.text("sources/fork/page.md").matches("\n## ").count() == 3);
    // alone, a page's neighbours are no fault
    assert!(!import(&folder, &["Alpha.txt"]).expect(0).err.contains("I031"));
}

// ---------------------------------------------------------------- rules

#[test]
fn wrong_rules_have_their_own_code() {
    let folder = project();
    folder.put("layouts/import/own.toml", "contens = [\"Inside\"]\n");
    let ran = import(&folder, &["socks.txt"]).expect(2);
    assert!(ran.err.contains("layouts/import/own.toml:1: error[I020]"), "{}", ran.err);
    assert!(!folder.path().join("sources").exists());
}
