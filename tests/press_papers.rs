//! What goes along with a press file: the job ticket, the proof and the picture of the cover.

mod common;

use common::{AS_OF, Folder, PAGE, flat, options, picture};
use everyleaf::inspect::pdf;
use everyleaf::manifest::{Override, sha256};
use everyleaf::pipeline::{Options, Outcome};
use everyleaf::preflight::{Limits, RULES, preflight};
use lopdf::{Document, Object};

fn named(names: &[&str]) -> Options {
    Options { editions: names.iter().map(|name| name.to_string()).collect(), ..options() }
}

fn made(folder: &Folder, options: Options) -> Outcome {
    let outcome = folder.build(options);
    let said: Vec<&str> = outcome.said.iter().flat_map(|s| s.sink.all()).map(|d| d.message.as_str()).collect();
    assert_eq!(outcome.failed, 0, "{said:?}");
    outcome
}

fn ticket(folder: &Folder, name: &str) -> (serde_json::Value, String) {
    let json = serde_json::from_slice(&folder.bytes(&format!("output/warm/warm-{name}-ticket.json"))).unwrap();
    let facts = pdf::inspect(&folder.bytes(&format!("output/warm/warm-{name}-ticket.pdf"))).unwrap();
    assert_eq!(facts.pages.len(), 1, "one page");
    assert!(facts.marked && facts.untagged.is_empty(), "{}", facts.untagged);
    assert!(facts.smallest().unwrap() > 7.0);
    (json, flat(&facts.text))
}

#[test]
fn the_ticket_says_what_the_file_is() {
    let folder = Folder::with_page(PAGE);
    let names = ["press-a5", "press-a5-ticket", "press-dl", "press-dl-ticket", "press-large-print-ticket"];
    made(&folder, Options { quantity: Some(2500), ..named(&names) });
    let (json, text) = ticket(&folder, "press-a5");
    let press = folder.bytes("output/warm/warm-press-a5.pdf");
    assert_eq!(json["file"]["sha256"], sha256(&press));
    assert_eq!(json["file"]["bytes"], press.len());
    assert_eq!(json["file"]["name"], "warm-press-a5.pdf");
    assert_eq!(json["quantity"], 2500);
    assert_eq!(json["trim"], serde_json::json!([148.0, 210.0]));
    assert_eq!(json["flat"], serde_json::json!([296.0, 210.0]));
    assert_eq!(json["pages"], Document::load_mem(&press).unwrap().get_pages().len());
    assert_eq!(json["approved-by"], "Sample editor");
    assert_eq!(json["as-of"], AS_OF.to_string());
    assert_eq!(json["words-divided"], serde_json::json!([]));
    assert_eq!(json["preflight"]["rules"].as_array().unwrap().len(), RULES.len());
    for words in
        ["Keeping warm", "WARM-1", "2 500", "148 × 210 mm", "296 × 210 mm", "Sample editor", "2026-03-01", "Black"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.replace(' ', "").contains(&sha256(&press)), "{text}");
    assert!(!text.to_lowercase().contains("certif"), "{text}");
    let (json, text) = ticket(&folder, "press-dl");
    assert_eq!(
        (&json["trim"], &json["flat"]),
        (&serde_json::json!([100.0, 210.0]), &serde_json::json!([297.0, 210.0]))
    );
    assert!(text.contains("rolled inwards"), "{text}");
    let (json, _) = ticket(&folder, "press-large-print");
    assert!(json["stock"].as_str().unwrap().starts_with("matt"), "{json}");
}

#[test]
fn the_ticket_names_whoever_let_an_overdue_page_through() {
    let folder = Folder::with_page(&PAGE.replace("2028-03-01", "2026-04-01").replace("approved-by", "# approved-by"));
    let refused = folder.build(named(&["press-a5-ticket", "press-a5-proof"]));
    assert_eq!(refused.failed, 2, "no ticket and no proof without a press file");
    assert!(folder.manifest()["failed"].as_array().unwrap().iter().all(|f| f["codes"][0] == "L003"));
    let by = Override { reason: "Reprint for the clinic".into(), by: "Ann Example".into() };
    made(&folder, Options { allow_overdue: Some(by), ..named(&["press-a5-ticket"]) });
    let (json, text) = ticket(&folder, "press-a5");
    assert_eq!(json["override"]["by"], "Ann Example");
    assert_eq!(json["overdue"], true);
    for words in ["Ann Example: Reprint for the clinic", "overdue", "nobody is named", "agree it with the print shop"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_ticket_counts_divided_words() {
    let word = "\nYour heart will be read electrocardiographically by your team.\n";
    let folder = Folder::with_page(&format!("{PAGE}{word}"));
    made(&folder, named(&["press-dl", "press-dl-ticket"]));
    let (json, text) = ticket(&folder, "press-dl");
    let divided = json["words-divided"].as_array().unwrap().len();
    assert!(divided > 0 && text.contains(&format!("{divided} at line ends")), "{json} {text}");
}

#[test]
fn the_proof_is_light_marked_and_no_press_file() {
    let page = PAGE.replace("Wear a scarf.", "Wear a scarf.\n\n![A scarf](scarf.png)\n");
    let folder = Folder::with_page(&page);
    folder.put("sources/warm/scarf.png", picture(2400, 1600));
    made(&folder, named(&["press-a5", "press-a5-proof", "press-dl-proof", "press-large-print-proof"]));
    let press = folder.bytes("output/warm/warm-press-a5.pdf");
    let proof = folder.bytes("output/warm/warm-press-a5-proof.pdf");
    assert!(proof.len() < press.len(), "{} against {}", proof.len(), press.len());
    let (pressed, shown) = (Document::load_mem(&press).unwrap(), Document::load_mem(&proof).unwrap());
    assert_eq!(pressed.get_pages().len(), shown.get_pages().len());
    assert!(shown.catalog().unwrap().get(b"OutputIntents").is_err());
    let widest = |document: &Document| {
        let image = |object: &Object| {
            let dict = &object.as_stream().ok()?.dict;
            (dict.get(b"Subtype").and_then(Object::as_name).ok()? == b"Image").then_some(())?;
            dict.get(b"Width").and_then(Object::as_i64).ok()
        };
        document.objects.values().filter_map(image).max().unwrap()
    };
    assert!(widest(&pressed) > 1200 && widest(&shown) <= 900, "{} {}", widest(&pressed), widest(&shown));
    // each page says so three times, and names day and version
    for name in ["a5", "dl", "large-print"] {
        let facts = pdf::inspect(&folder.bytes(&format!("output/warm/warm-press-{name}-proof.pdf"))).unwrap();
        let count = facts.pages.len();
        assert_eq!(facts.untagged.matches("PROOF").count(), 3 * count, "{name}: {}", facts.untagged);
        assert_eq!(facts.untagged.matches(&AS_OF.to_string()).count(), 2 * count);
        assert!(facts.untagged.contains("version 1"));
        for page in &facts.pages {
            let [left, low, right, high] = page.trim.unwrap();
            assert!(
                (page.width - (right - left)).abs() < 0.1 && (page.height - (high - low)).abs() < 0.1,
                "cut to trim"
            );
        }
    }
    // nobody's check takes it for the real thing
    let report = preflight(&proof, &Limits::default()).unwrap();
    let codes: Vec<String> = report.findings().map(|(code, _)| code.to_string()).collect();
    assert!(
        report.fails() && ["X003", "X020", "X021"].iter().all(|code| codes.contains(&code.to_string())),
        "{codes:?}"
    );
}

#[test]
fn pictures_of_the_cover_have_the_heights_of_the_settings() {
    let heights = |folder: &Folder| {
        let mut found = Vec::new();
        for entry in folder.manifest()["artifacts"].as_array().unwrap() {
            let bytes = folder.bytes(&format!("output/{}", entry["path"].as_str().unwrap()));
            let picture = image::load_from_memory(&bytes).unwrap();
            let kind = image::guess_format(&bytes).unwrap().to_mime_type();
            assert_eq!(entry["media-type"], kind);
            assert_eq!(entry["sha256"], sha256(&bytes));
            // A5 is as wide as 148 to 210
            assert!((f64::from(picture.width()) / f64::from(picture.height()) - 148.0 / 210.0).abs() < 0.01);
            found.push((entry["path"].as_str().unwrap().to_string(), picture.height()));
        }
        found.sort();
        found
    };
    let folder = Folder::with_page(PAGE);
    made(&folder, named(&["press-a5-cover"]));
    let wanted = [("-600.png", 600), ("-600.webp", 600), (".png", 1200), (".webp", 1200)];
    let wanted = wanted.map(|(end, height)| (format!("warm/warm-press-a5-cover{end}"), height));
    assert_eq!(heights(&folder), wanted);
    let first = folder.bytes("output/warm/warm-press-a5-cover.webp");
    let png = image::load_from_memory(&folder.bytes("output/warm/warm-press-a5-cover.png")).unwrap();
    assert_eq!(image::load_from_memory(&first).unwrap().into_rgb8(), png.into_rgb8(), "without loss");
    // the same again, and other heights
    made(&folder, named(&["press-a5-cover"]));
    assert_eq!(folder.bytes("output/warm/warm-press-a5-cover.webp"), first);
    let other = Folder::with_page(PAGE);
    other.put("everyleaf.toml", "[press]\ncover-heights = [333]\n");
    made(&other, named(&["press-a5-cover"]));
    assert_eq!(heights(&other).iter().map(|(_, height)| *height).collect::<Vec<_>>(), [333, 333]);
    for wrong in ["[]", "[0]", "[100.5]", "[99999]"] {
        let folder = Folder::with_page(PAGE);
        folder.put("everyleaf.toml", format!("[press]\ncover-heights = {wrong}\n"));
        let ran = folder.run(&["check", "--message-format", "short"]);
        assert!(ran.err.contains("no heights of pictures"), "{wrong}: {}", ran.err);
    }
}

#[test]
fn they_are_made_only_by_name_and_twice_the_same() {
    let folder = Folder::with_page(PAGE);
    folder.build(options());
    assert!(common::files(&folder.path().join("output")).keys().all(|name| !name.contains("press")));
    let all = ["press-a5-ticket", "press-a5-proof", "press-a5-cover", "press-dl-ticket", "press-dl-proof"];
    let read = |names: &[&str]| {
        let folder = Folder::with_page(PAGE);
        made(&folder, named(names));
        let mut files = common::files(&folder.path().join("output"));
        files.remove("manifest.json");
        files
    };
    let (once, again) = (read(&all), read(&all));
    assert!(once == again, "built twice, the bytes differ");
    let alone = read(&["press-a5-ticket"]);
    assert!(alone.iter().all(|(name, bytes)| once[name] == *bytes), "built alone, the bytes differ");
}
