#![cfg(test)]

use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Sink;
use crate::project::Project;
use crate::source::Sources;

/// English words and their breaks. Where the words are not in the list of exceptions, the patterns must give them.
const ENGLISH: &[&str] = &[
    // people and treatment
    "thera-pist",
    "thera-pists",
    "ther-apy",
    "ther-apies",
    "physio-ther-apy",
    "physio-thera-pist",
    "radio-ther-apy",
    "chemo-ther-apy",
    "immuno-ther-apy",
    "medi-cine",
    "medi-cines",
    "med-ical",
    "medi-ca-tion",
    "phar-macy",
    "phar-ma-cist",
    "phar-ma-cists",
    "spe-cial-ist",
    "con-sultant",
    "con-sultants",
    "prac-ti-tioner",
    "hos-pital",
    "hos-pitals",
    "treat-ment",
    "treat-ments",
    "pre-scrip-tion",
    "pre-scrip-tions",
    "diag-nosis",
    "diag-nosed",
    "prog-nosis",
    "rehabili-tation",
    "palli-ative",
    "sur-gery",
    "sur-geon",
    "trans-plant",
    "vac-cine",
    "vac-cina-tion",
    // lungs
    "bron-chi-ec-tasis",
    "bron-chitis",
    "bron-chi-ol-itis",
    "bron-chial",
    "broncho-dilator",
    "pul-mon-ary",
    "emphy-sema",
    "asth-matic",
    "pneu-mo-nia",
    "pneu-mo-thorax",
    "spiro-metry",
    "nebu-liser",
    "nebu-lisers",
    "oxi-meter",
    "oxy-gen",
    "res-pira-tory",
    "breath-less",
    "breath-less-ness",
    "breath-ing",
    "wheez-ing",
    "air-ways",
    "idio-pathic",
    "tuber-cu-losis",
    "meso-theli-oma",
    "dia-phragm",
    // other conditions and medicines
    "ster-oid",
    "ster-oids",
    "cortico-ster-oid",
    "cortico-ster-oids",
    "anti-biotic",
    "anti-biotics",
    "anti-hista-mine",
    "haemo-globin",
    "leuk-aemia",
    "oed-ema",
    "pae-di-at-ric",
    "gynae-cology",
    "cardio-vas-cular",
    "meno-pause",
    "hyper-ten-sion",
    "throm-bosis",
    "inflam-ma-tion",
    "infec-tion",
    "azithro-mycin",
    "amoxi-cillin",
    "predniso-lone",
    "salbu-tamol",
    "antitryp-sin",
    // words of every leaflet
    "informa-tion",
    "organ-isa-tion",
    "tele-phone",
    "help-line",
    "appoint-ment",
    "exer-cise",
    "tem-pera-ture",
    "environ-ment",
    "gov-ern-ment",
    "emer-gency",
    // never divided
    "asthma",
    "inhaler",
    "mucus",
    "lungs",
    "cough",
    "through",
    "people",
];

/// Words and their divisions in British dictionaries: see the head of the file.
const BRITISH: &str = include_str!("../../tests/hyphenation/british.tsv");

/// Welsh words and their breaks.
const WELSH_WORDS: &[&str] = &[
    "meddyg-iniaeth",
    "meddyg-iniaethau",
    "fferyll-ydd",
    "fferyll-wyr",
    "ffisio-therapi",
    "ffisio-therap-ydd",
    "trin-iaeth",
    "trin-iaethau",
    "ymgynghor-ydd",
    "gwrth-fiotig",
    "gwrth-fiotigau",
    "brech-iadau",
    "apwynt-iad",
    "gwasan-aeth",
    "gwasan-aethau",
    "ysgyf-aint",
    "anadlydd",
    "mewn-anadlydd",
    "bron-citis",
    "aler-gedd",
    "llyg-redd",
    "symp-tomau",
    "cys-ylltwch",
    "cof-restredig",
    "gwybod-aeth",
    "cefnog-aeth",
    "anghen-ion",
    "llongyfarch-iadau",
    "llywodraeth",
    "rhydd-had",
    "heint-iau",
    "cyn-llun",
    "gwich-ian",
    "ymarfer-ion",
    "llin-ell",
    "cleif-ion",
    // never divided
    "llythyr",
    "meddyg",
    "iechyd",
    "dangos",
    "angen",
    "nyrsys",
];

fn hyphenator(language: &str) -> Hyphenator {
    let project = Project::find(std::path::Path::new("/"), None).unwrap();
    let mut sink = Sink::default();
    let exceptions = project.hyphen_exceptions(language, &mut Sources::default(), &mut sink);
    assert!(sink.all().is_empty(), "{:?}", sink.all());
    assert!(!exceptions.is_empty());
    Hyphenator::new(language, exceptions)
}

fn divided(of: &Hyphenator, word: &str) -> String {
    let places = of.breaks(word);
    let mut out = String::new();
    for (at, c) in word.char_indices() {
        if places.contains(&at) {
            out.push('-');
        }
        out.push(c);
    }
    out
}

#[test]
fn a_british_dictionary_gives_every_break() {
    let of = hyphenator("en-GB");
    let mut given: BTreeMap<String, Vec<Vec<usize>>> = BTreeMap::new();
    for line in BRITISH.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[word, division, dictionaries] = &fields[..] else { panic!("{line}") };
        assert!(division.replace('-', "") == word && !dictionaries.is_empty(), "{line}");
        let parts: Vec<&str> = division.split('-').collect();
        let ends = parts.iter().scan(0, |end, part| {
            *end += part.len();
            Some(*end)
        });
        given.entry(word.into()).or_default().push(ends.take(parts.len() - 1).collect());
    }
    assert!(given.len() >= 90, "{} words", given.len());
    let mut wrong = Vec::new();
    for (word, divisions) in &given {
        let ours = of.breaks(word);
        let allowed = |division: &Vec<usize>| ours.iter().all(|place| division.contains(place));
        // three letters stay on either side
        let far = |place: &usize| (3..=word.len() - 3).contains(place);
        let could = word.len() >= 8 && divisions.iter().all(|division| division.iter().any(far));
        if !divisions.iter().any(allowed) || could && ours.is_empty() {
            wrong.push(divided(&of, word));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn words_are_divided_as_the_table_says() {
    for (language, table) in [("en-GB", ENGLISH), ("cy", WELSH_WORDS)] {
        let of = hyphenator(language);
        let wrong: Vec<(&str, String)> = table
            .iter()
            .map(|wanted| (*wanted, divided(&of, &wanted.replace('-', ""))))
            .filter(|(wanted, found)| wanted != found)
            .collect();
        assert!(wrong.is_empty(), "{language}: {wrong:#?}");
    }
    assert!(ENGLISH.len() + WELSH_WORDS.len() >= 60);
}

#[test]
fn a_capital_at_the_start_changes_nothing() {
    let of = hyphenator("en-GB");
    assert_eq!(divided(&of, "Medicines"), "Medi-cines");
    assert_eq!(divided(&of, "therapist’s"), "thera-pist’s");
    assert_eq!(divided(&of, "Ventolin"), "Ventolin", "a listed name");
}

#[test]
fn what_is_no_plain_word_stays_whole() {
    let of = hyphenator("en-GB");
    for word in [
        "",
        "-",
        "’s",
        "0300",
        "covid19information",
        "information2",
        "self-management",
        "NHSINFORMATION",
        "eInformation",
        "information.org",
        "information@example.org",
        "don't",
        "they’re",
        "\u{ad}informa\u{ad}tion",
        "İnformation",
        "e\u{301}metteur",
        "😀information",
    ] {
        assert_eq!(of.breaks(word), [0; 0], "{word:?}");
    }
}

#[test]
fn names_within_a_sentence_stay_whole() {
    let of = hyphenator("en-GB");
    let text = "Featherstonehaugh Road. Northamptonshire? Information helps. Ask Physiotherapy Direct, or (“medicines” in Manchester). Exercise is good.";
    let places = of.breaks_in(text);
    let mut shown = String::new();
    for (at, c) in text.char_indices() {
        if places.contains(&at) {
            shown.push('-');
        }
        shown.push(c);
    }
    let wanted = "Featherstonehaugh Road. Northamptonshire? Informa-tion helps. Ask Physiotherapy Direct, or (“medi-cines” in Manchester). Exer-cise is good.";
    assert_eq!(shown, wanted);
    assert!(of.breaks_in("").is_empty() && of.breaks_in("  \n ").is_empty());
}

#[test]
fn three_letters_stay_and_no_digraph_or_diphthong_is_parted() {
    for (language, table) in [("en-GB", ENGLISH), ("cy", WELSH_WORDS)] {
        let of = hyphenator(language);
        let listed: Vec<String> = of.exceptions.iter().map(|(word, _)| word.to_string()).collect();
        for word in listed.into_iter().chain(table.iter().map(|word| word.replace('-', ""))) {
            for place in of.breaks(&word) {
                let (left, right) = word.split_at(place);
                assert!(left.chars().count() >= 3 && right.chars().count() >= 3, "{left}-{right}");
                let seam: String = left.chars().rev().take(1).chain(right.chars().take(1)).collect();
                let whole = |list: &[&str]| language == "cy" && list.contains(&seam.as_str());
                assert!(!whole(&WELSH) && !whole(&DIPHTHONGS), "{left}-{right}");
            }
        }
    }
}

#[test]
fn every_break_that_the_lists_give_is_one_that_the_rules_allow() {
    for language in ["en", "cy"] {
        let of = hyphenator(language);
        for (word, places) in of.exceptions.iter() {
            assert_eq!(of.breaks(word), places, "{word}");
        }
    }
}

#[test]
fn an_unknown_language_divides_listed_words_alone() {
    let mut sources = Sources::default();
    let text = "# ours\nfauteuil\nmala-die # a remark\n";
    let file = sources.add("list.txt", text);
    let mut sink = Sink::default();
    let of = Hyphenator::new("fr", Exceptions::parse(text, file, &mut sink));
    assert!(sink.all().is_empty());
    assert_eq!((divided(&of, "maladies").as_str(), divided(&of, "information").as_str()), ("mala-dies", "information"));
}

#[test]
fn a_list_with_mistakes_says_where() {
    let text = "good-word\n  two words\nno-1\n-lead\ntrail-\ngoodw-ord\ngood-word\n";
    let mut sources = Sources::default();
    let file = sources.add("list.txt", text);
    let mut sink = Sink::default();
    let list = Exceptions::parse(text, file, &mut sink);
    assert_eq!(list.len(), 1);
    let said: Vec<(usize, &str)> = sink.all().iter().map(|d| (d.span.unwrap().start, d.message.as_str())).collect();
    assert_eq!(said.len(), 5, "{said:?}");
    assert_eq!(said.first().unwrap(), &(12, "`two words` is no word"));
}

#[test]
fn any_word_whatever_is_answered() {
    let of = hyphenator("cy");
    for word in ["ll", "lllllll", "ngngngngng", "ngh", "ŵŷŵŷŵŷŵ", "ßßßßßßßß", &"a".repeat(10_000)] {
        for place in of.breaks(word) {
            assert!(word.is_char_boundary(place));
        }
    }
}
