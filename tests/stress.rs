//! Pages that strain the layouts: words longer than a line, a table of 40 rows, headings everywhere, twelve callouts,
//! no headings, 40 links, a title of 150 characters, words from right to left. Every edition of each is read back.

mod common;

use common::{Folder, codes, files, options, root, text_of};
use everyleaf::diagnostic::Severity;
use everyleaf::inspect::pdf;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// The letters and digits of a text, and nothing else: a word that had to be cut has gaps where its lines end.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a page's body in order; braces, and the addresses of links, left out.
fn words(page: &str) -> Vec<String> {
    let body = page.splitn(3, "+++").nth(2).unwrap();
    let signs = regex::Regex::new(r"\{\.[^}]*\}|\]\([^)]*\)|\[![A-Z]+\]").unwrap();
    let plain = signs.replace_all(body, " ");
    plain.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
}

/// Asserts that the words stand in a text in order. Parts of a line that reads from right to left are painted from left
/// to right, so there only each word counts.
fn in_order(path: &str, words: &[String], text: &str) {
    let text = letters(text);
    let mut from = 0;
    let mut leftwards = false;
    for word in words {
        let found = text[from..].find(word).map(|at| from + at);
        leftwards = leftward(word) || leftwards && word.chars().all(|c| c.is_ascii_digit());
        match found {
            Some(at) if !leftwards => from = at + word.len(),
            Some(_) => {}
            None => assert!(leftwards && text.contains(word), "{path}: `{word}` is lost, or out of order"),
        }
    }
}

fn leftward(word: &str) -> bool {
    word.chars().any(|c| ('\u{590}'..'\u{8ff}').contains(&c))
}

fn judge(name: &str) {
    let page = std::fs::read_to_string(root().join("tests/stress").join(name).join("page.md")).unwrap();
    let folder = Folder::with_page(&page);
    let outcome = folder.build(options());
    assert_eq!(outcome.failed, 0, "{name}: {:?}", codes(&outcome, Severity::Warning));
    let made = files(&folder.path().join("output"));
    let words = words(&page);
    assert!(words.len() > 30, "{name}: the page's words were read");
    let mut editions = 0;
    for (path, bytes) in made.iter().filter(|(path, _)| !path.ends_with(".json")) {
        editions += 1;
        let name = format!("{name}: {path}");
        in_order(&name, &words, &text_of(path, bytes));
        if !path.ends_with(".pdf") {
            continue;
        }
        let facts = pdf::inspect(bytes).unwrap();
        assert!(facts.untagged.trim().is_empty(), "{name}: untagged: {}", facts.untagged);
        for page in &facts.pages {
            assert!(page.outside.is_empty(), "{name}: page {}: outside: {:?}", page.label, page.outside);
        }
        let least = if path.contains("large") { 18.0 } else { 12.0 };
        assert!(facts.smallest().unwrap() >= least - 0.01, "{name}: {:?}", facts.smallest());
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.is_compliant, "{name}: {report}");
    }
    // dl may be left out, with its reason
    let skipped = codes(&outcome, Severity::Note).contains("L006");
    assert_eq!(editions, if skipped { 5 } else { 6 }, "{name}");
}

#[test]
fn every_page_under_strain_is_whole() {
    let mut names: Vec<String> = std::fs::read_dir(root().join("tests/stress"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 8, "{names:?}");
    names.iter().for_each(|name| judge(name));
}

#[test]
fn lines_of_a_paragraph_from_right_to_left_are_read_from_the_first_to_the_last() {
    let paragraph = "يمكنك الاتصال بنا في أي وقت من أيام الأسبوع للحصول على نصيحة حول التنفس والدواء والتمارين. \
                     سيجيب ممرض أو ممرضة عن أسئلتك، وسنرسل لك هذه الصفحة مطبوعة بحروف كبيرة إذا طلبت ذلك. \
                     تحدث مع طبيبك قبل أن تغير دواءك، ولا تتوقف عن تناوله وحدك. اجلس واسترح حين يضيق نفسك، \
                     ثم تنفس ببطء من الأنف حتى تهدأ، واطلب المساعدة إذا لم يتحسن حالك بعد دقائق قليلة.";
    let page = format!(
        "+++\ntitle = \"التنفس\"\nlanguage = \"ar\"\nsource = \"https://example.org/breath\"\n\
         product-code = \"AR-1\"\nversion = \"1\"\nreviewed = 2026-03-01\nnext-review = 2028-03-01\n+++\n\n{paragraph}\n"
    );
    let folder = Folder::with_page(&page);
    let outcome = folder.build(options());
    assert_eq!(outcome.failed, 0, "{:?}", codes(&outcome, Severity::Warning));
    let mut judged = 0;
    for (path, bytes) in files(&folder.path().join("output")).iter().filter(|(path, _)| path.ends_with(".pdf")) {
        judged += 1;
        let facts = pdf::inspect(bytes).unwrap();
        let read = letters(&facts.text);
        assert!(read.contains(&letters(paragraph)), "{path}: {}", facts.text);
    }
    assert!(judged >= 3, "{judged}");
}
