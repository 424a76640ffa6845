//! Every message has its page in `docs/diagnostics/`, and every example there does what it says.

mod common;

use std::collections::BTreeSet;

use common::{Folder, PAGE, codes, on_threads, options, picture, press, root, sheets};
use everyleaf::diagnostic::{CODES, Code, CodeInfo, Severity, Sink};
use everyleaf::import::{Rules, import};
use everyleaf::pipeline::{self, Plan};
use everyleaf::preflight::{Report, preflight};
use everyleaf::project::Project;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// Messages that no text alone can bring about; `scenarios` brings them about, but for one. Those from I021 on are
/// brought about in `import_command.rs`, C033 to C035 in `check_links.rs`.
const WITHOUT_EXAMPLE: &[&str] = &[
    "B002", "B004", "C033", "C034", "C035", "C036", "I006", "I021", "I022", "I023", "I024", "I025", "I026", "I027",
    "I028", "I029", "I030", "I031", "I032", "I033", "I034", "L001", "L002", "L003", "L004", "L005", "L006", "L007",
    "P001", "P002", "P003", "P004",
];

/// A drawing with a program in it.
const PROGRAM: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>act()</script></svg>"#;

struct Example {
    kind: String,
    good: bool,
    text: String,
}

fn page_of(info: &CodeInfo) -> String {
    let path = root().join(format!("docs/diagnostics/{}.md", info.code));
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing: {}", path.display(), info.title))
}

fn examples(page: &str) -> Vec<Example> {
    let mut all: Vec<Example> = Vec::new();
    let mut inside = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(sign))) => {
                let (kind, side) = sign.split_once(' ').unwrap_or((&sign, ""));
                all.push(Example { kind: kind.to_string(), good: side == "good", text: String::new() });
                inside = true;
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => all.last_mut().unwrap().text.push_str(&text),
            _ => {}
        }
    }
    all
}

/// The bytes of an example in which `\xNN` stands for a byte.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        out.extend_from_slice(before.as_bytes());
        out.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn said_of_import(text: &str) -> BTreeSet<String> {
    let rules = Project::find(&root(), Some(&root())).unwrap().import_rules();
    let rules = rules.iter().map(|(name, text)| Rules::parse(text, name).unwrap()).collect();
    let options = everyleaf::import::Options { name: "keeping-warm.txt".into(), rules, ..Default::default() };
    let all = match import(text.as_bytes(), &options) {
        Ok(done) => done.diagnostics,
        Err(faults) => faults,
    };
    all.iter().map(|d| d.code.to_string()).collect()
}

/// The codes that a PDF of such pages brings; the first line gives their sizes, the second the options.
fn said_of_sheets(folder: &Folder, text: &str) -> BTreeSet<String> {
    let (first, options) = text.trim_end().split_once('\n').unwrap();
    let pages: Vec<sheets::Page> = first
        .split(' ')
        .filter_map(|word| word.split_once('x'))
        .map(|(width, height)| sheets::page(width.parse().unwrap(), height.parse().unwrap()))
        .collect();
    let mut bytes = sheets::numbered(&pages);
    match first.split(' ').next() {
        Some("locked") => bytes = sheets::locked(&bytes, ""),
        Some("damaged") => bytes.truncate(bytes.len() / 2),
        _ => {}
    }
    folder.put("example.pdf", bytes);
    let command = ["impose", "example.pdf", "--message-format", "short"];
    let ran = folder.run(&command.into_iter().chain(options.split(' ')).collect::<Vec<_>>());
    CODES
        .iter()
        .map(|info| info.code.as_str())
        .filter(|code| ran.err.contains(&format!("[{code}]")))
        .map(String::from)
        .collect()
}

/// The codes that a press file brings, with the fault that is named.
fn said_of_press(fault: &str) -> BTreeSet<String> {
    assert!(fault == "clean" || press::faults().any(|(known, _)| *known == fault), "{fault}");
    match preflight(&press::planted(fault), &press::limits()) {
        Ok(report) => report.findings().map(|(code, _)| code.to_string()).collect(),
        Err(error) => BTreeSet::from([Report::unreadable(&error).code.to_string()]),
    }
}

/// The codes that an example brings.
fn brought(example: &Example) -> BTreeSet<String> {
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    match example.kind.as_str() {
        "md" | "md-escaped" => {
            let bytes = if example.kind == "md" { example.text.clone().into_bytes() } else { unescape(&example.text) };
            folder.put("sources/example/page.md", bytes);
            folder.put("sources/example/good.png", picture(1200, 700));
            folder.put("sources/example/small.png", picture(60, 40));
            folder.put("sources/example/broken.png", "no picture");
            folder.put("sources/example/program.svg", PROGRAM);
        }
        "brand" => {
            folder.put("layouts/brand.toml", &example.text);
            folder.put("sources/example/page.md", PAGE);
        }
        "project" => {
            folder.put("everyleaf.toml", &example.text);
            folder.put("sources/example/page.md", PAGE);
        }
        "allow" => {
            folder.put("everyleaf-allow.toml", &example.text);
            folder.put("sources/example/page.md", PAGE.replace("Wear a scarf.", "See [it](http://example.org/)."));
        }
        "profile" => {
            folder.put("layouts/profiles/health-information.toml", &example.text);
            folder.put("sources/example/page.md", PAGE);
        }
        edition if edition.starts_with("press-") => {
            let file = if example.text.contains("[colours") { "layouts/brand.toml" } else { "sources/example/page.md" };
            folder.put("sources/example/page.md", PAGE);
            folder.put(file, &example.text);
            folder.put("sources/example/good.png", picture(1200, 700));
            folder.put("sources/example/fine.png", picture(1800, 900));
            let options = everyleaf::pipeline::Options { editions: vec![edition.into()], ..options() };
            return codes(&folder.build(options), Severity::Note);
        }
        "import" => return said_of_import(&example.text),
        "preflight" => return said_of_press(example.text.trim()),
        "impose" => return said_of_sheets(&folder, &example.text),
        "rules" => {
            return Rules::parse(&example.text, "example.toml").err().map(|d| d.code.to_string()).into_iter().collect();
        }
        other => panic!("unknown kind of example: {other}"),
    }
    let project = folder.project();
    let plan = Plan::new(&project, options()).unwrap();
    codes(&on_threads(|| pipeline::check(&project, &project.pages(), plan)), Severity::Note)
}

#[test]
fn every_code_has_a_page_of_the_fixed_form() {
    for info in CODES {
        let page = page_of(info);
        let first = page.lines().next().unwrap_or_default();
        assert_eq!(first, format!("# {}: {}", info.code, info.title));
        let marks = ["\n**What:** ", "\n**Why:** ", "\n**How to mend:** ", "\n## Bad\n"];
        let places: Vec<usize> =
            marks.iter().map(|m| page.find(m).unwrap_or_else(|| panic!("{}: no {m:?}", info.code))).collect();
        assert!(places.is_sorted(), "{}: the parts stand in another order", info.code);
        let sides: Vec<bool> = examples(&page).iter().map(|e| e.good).collect();
        // findings about finished files have theirs in `planted.rs`
        if WITHOUT_EXAMPLE.contains(&info.code.as_str()) || info.code.is_of_output() {
            assert_eq!(sides, [false], "{}: one description of what brings it", info.code);
            assert_eq!(examples(&page)[0].kind, "none", "{}", info.code);
        } else {
            assert_eq!(
                sides,
                [false, true],
                "{}: a bad example, then a good one; where none can be given, name the code in WITHOUT_EXAMPLE",
                info.code
            );
            assert!(page.contains("\n## Good\n"), "{}", info.code);
        }
    }
}

#[test]
fn every_page_belongs_to_a_code() {
    for entry in std::fs::read_dir(root().join("docs/diagnostics")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().to_string();
        assert_eq!(Code::parse(&name).map(Code::as_str), Some(name.as_str()), "{} explains no code", path.display());
    }
    let all: BTreeSet<&str> = CODES.iter().map(|info| info.code.as_str()).collect();
    assert_eq!(all.len(), CODES.len(), "a code stands twice in the table");
}

#[test]
fn the_bad_example_brings_its_message_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    let of_source = |info: &&CodeInfo| !WITHOUT_EXAMPLE.contains(&info.code.as_str()) && !info.code.is_of_output();
    for info in CODES.iter().filter(of_source) {
        let code = info.code.as_str();
        for example in examples(&page_of(info)) {
            let mut found = brought(&example);
            let has = found.remove(code);
            // an allowance that does not hold leaves its finding
            if example.kind == "allow" && !example.good {
                found.remove("C016");
            }
            // what a print shop is not given, readers are warned of
            if example.kind.starts_with("press-") && !example.good {
                found.retain(|other| !matches!(other.as_str(), "A006" | "R001"));
            }
            // a short example has no brand and leaves out the keys that only a note misses;
            // what an importer found beside the article is a note too
            found.retain(|other| !matches!(other.as_str(), "F008" | "B002" | "I005" | "C020"));
            if has == example.good || !found.is_empty() {
                let side = if example.good { "good" } else { "bad" };
                wrong.push(format!("{code}, {side} example: its code {has}, others {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What brings each message that no example can show.
#[test]
fn scenarios() {
    let with = |path: &str, text: &str| {
        let folder = Folder::with_page(PAGE);
        folder.put(path, text);
        folder
    };
    let built = |folder: &Folder| codes(&folder.build(options()), Severity::Warning);
    let only = |code: &str| BTreeSet::from([code.to_string()]);

    let alone = Folder::new();
    alone.put("sources/warm/page.md", PAGE);
    assert_eq!(built(&alone), only("B002"));

    assert_eq!(built(&with("layouts/words/en-BG.toml", "")), only("B004"));
    assert_eq!(built(&with("layouts/a4/tempalte.typ", "")), only("B004"));
    assert_eq!(built(&with("layouts/imprnt.toml", "")), only("B004"));

    let face = "#set text(font: \"Atkinson Hyperlegible Next\", fallback: false)\n";
    let aside = format!("{face}#set page(width: 60mm, height: 60mm)\n#place(dx: 80mm)[words]");
    assert_eq!(built(&with("layouts/a4/template.typ", &aside)), only("L001"));

    assert_eq!(built(&with("layouts/a4/template.typ", "#let a = ")), only("L002"));

    let page = PAGE.replace("product-code", "chapters = [\"part-2.md\"]\nproduct-code");
    assert_eq!(built(&with("sources/warm/page.md", &page)), only("P003"));

    let page = PAGE.replace("product-code", "editions = [\"larg-print\"]\nproduct-code");
    assert_eq!(built(&with("sources/warm/page.md", &page)), only("P002"));

    // something that is no file stands where a file should go
    let blocked = with("output/warm/warm.epub/keep.txt", "");
    assert_eq!(built(&blocked), only("P004"));
    assert_eq!(blocked.manifest()["failed"][0]["codes"][0], "P004");

    let folder = with("layouts/a4/layout.toml", "size = 500");
    let plan = Plan::new(&folder.project(), options()).unwrap();
    assert!(!plan.usable, "a broken layout stops the run");
    assert_eq!(plan.said().sink.all()[0].code.as_str(), "L004");

    let mut sink = Sink::default();
    assert!(folder.project().choose(&["wram".into()], &mut sink).is_empty());
    assert_eq!(sink.all()[0].code.as_str(), "P001");
    assert_eq!(sink.all()[0].help.as_deref(), Some("did you mean `warm`?"));

    // a saved page under the name of one that somebody wrote
    let folder = Folder::with_page(PAGE);
    folder.put("saved.txt", "Warm | Example\n# Warm\nCold air can make you cough, so cover your nose.\n");
    folder.put("sources/scarf/page.md", PAGE);
    let again = folder.run(&["import", "saved.txt", "--as", "scarf", "--message-format", "short"]).expect(1);
    assert!(again.err.contains("error[I006]"), "{}", again.err);
    assert_eq!(folder.text("sources/scarf/page.md"), PAGE, "an editor's work was overwritten");
}
