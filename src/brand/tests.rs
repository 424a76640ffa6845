//! The brand's numbers and the imprint that is composed from them.

use super::*;
use crate::diagnostic::Sink;
use crate::source::Sources;
use crate::words::Words;

const RULES: &str = include_str!("../../layouts/imprint.toml");
const ENGLISH: &str = include_str!("../../layouts/words/en.toml");
const WELSH: &str = include_str!("../../layouts/words/cy.toml");

/// Reads a brand; gives it with the messages of what is wrong.
fn brand(text: &str) -> (Brand, Vec<String>) {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file = sources.add("brand.toml", text);
    let brand = Brand::parse(text, file, false, &mut sink);
    (brand, sink.all().iter().map(|d| d.message.clone()).collect())
}

/// A brand with those registrations and lines.
fn charity(registrations: &str, more: &str) -> Brand {
    let text = format!(
        "register-name = \"Example Lung Charity\"\ntrading-name = \"Example Lungs\"\nverified-on = 2026-03-01\n{more}\n\
         [registrations]\n{registrations}\n"
    );
    let (brand, said) = brand(&text);
    assert!(said.is_empty(), "{said:?}");
    brand
}

fn rules() -> Imprint {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let rules = Imprint::parse(RULES, sources.add("imprint.toml", RULES), &mut sink);
    assert!(sink.all().is_empty(), "{:?}", sink.all());
    rules
}

fn words(text: &str) -> Words {
    Words::parse(text, "en-GB", Sources::default().add("words.toml", text), &mut Sink::default())
}

fn imprint(brand: &Brand, solicits: bool) -> Vec<String> {
    rules().paragraphs(brand, &words(ENGLISH), "en-GB", solicits)
}

#[test]
fn each_register_is_named_with_its_number() {
    let names = "Example Lungs is the trading name of Example Lung Charity.";
    for (registrations, said, footer) in [
        ("england-and-wales = 999999", "England and Wales (999999)", "999999"),
        (
            "scotland = \"SC099999\"\nengland-and-wales = 999999",
            "England and Wales (999999) and Scotland (SC099999)",
            "999999 and SC099999",
        ),
        (
            "isle-of-man = \"999\"\nengland-and-wales = 999999\nscotland = \"SC099999\"",
            "England and Wales (999999), Scotland (SC099999) and the Isle of Man (999)",
            "999999, SC099999 and 999",
        ),
    ] {
        let brand = charity(registrations, "");
        assert_eq!(imprint(&brand, false), [format!("{names} Registered charity in {said}.")]);
        let line = rules().footer(&brand, &words(ENGLISH), "en-GB");
        assert_eq!(line, Some(format!("Example Lungs. Registered charity {footer}")));
    }
}

#[test]
fn facts_that_are_not_there_leave_no_sentence() {
    let brand = charity("", "registered-office = \"1 Example Street\"");
    assert_eq!(
        imprint(&brand, true),
        ["Example Lungs is the trading name of Example Lung Charity. Registered office: 1 Example Street."]
    );
    assert_eq!(rules().footer(&brand, &words(ENGLISH), "en-GB"), None);
    let neutral = Brand { neutral: true, ..charity("scotland = \"SC099999\"", "") };
    assert_eq!(imprint(&neutral, true), Vec::<String>::new(), "nobody's numbers by accident");
    assert_eq!(rules().footer(&neutral, &words(ENGLISH), "en-GB"), None);
    let same = Brand { trading_name: "Example Lung Charity".into(), ..charity("scotland = \"SC099999\"", "") };
    assert_eq!(imprint(&same, false), ["Registered charity in Scotland (SC099999)."]);
}

#[test]
fn the_badge_stands_only_where_money_is_asked_for() {
    let brand = charity("scotland = \"SC099999\"", "fundraising-badge = true");
    assert_eq!(imprint(&brand, false).len(), 1);
    assert_eq!(imprint(&brand, true)[1], "Registered with the Fundraising Regulator.");
    assert_eq!(imprint(&Brand { fundraising_badge: false, ..brand }, true).len(), 1);
}

#[test]
fn the_imprint_speaks_the_page_s_language() {
    let brand = charity("scotland = \"SC099999\"\nisle-of-man = \"999\"", "");
    let said = rules().paragraphs(&brand, &words(WELSH), "cy", false);
    assert_eq!(
        said,
        ["Example Lungs yw enw masnachu Example Lung Charity. \
          Elusen gofrestredig yng yr Alban (SC099999) ac Ynys Manaw (999)."]
    );
}

#[test]
fn numbers_of_the_wrong_form_are_refused() {
    let head = "register-name = \"A\"\ntrading-name = \"B\"\nverified-on = 2026-03-01\n";
    for (line, wrong) in [
        ("vat-number = \"648 8121 18\"", false),
        ("vat-number = \"GB 648 8121 18\"", false),
        // the newer modulus, 9755
        ("vat-number = \"648 8121 60\"", false),
        ("vat-number = \"648 8121 19\"", true),
        ("vat-number = \"648 1821 18\"", true),
        ("vat-number = \"64881211\"", true),
        ("[registrations]\nscotland = \"SC038415\"", false),
        ("[registrations]\nscotland = \"SC38415\"", true),
        ("[registrations]\nscotland = \"SCé8415\"", true),
        ("[registrations]\nwales = \"1\"", true),
        ("[company]\nnumber = \"01863614\"", false),
        ("[company]\nnumber = \"1863614\"", true),
        ("[company]\npart = \"Cornwall\"", true),
        ("website = \"example.org\"", true),
        ("[colours.main]\nrgb = \"#004D5\"\ncmyk = [0, 0, 0, 0]", true),
        ("[colours.main]\nrgb = \"#004D58\"\ncmyk = [0, 0, 0, 101]", true),
    ] {
        let (_, said) = brand(&format!("{head}{line}\n"));
        assert_eq!(!said.is_empty(), wrong, "{line}: {said:?}");
    }
    let (_, said) = brand("register-name = \"A\"\ntrading-name = \"B\"\n[registrations]\nisle-of-man = \"999\"\n");
    assert_eq!(said, ["the registrations have no `verified-on` date"]);
}

#[test]
fn an_ink_of_its_own_has_a_printable_name_and_one_colour() {
    let names = "register-name = \"Example\"\ntrading-name = \"Example\"\n";
    let main = |spot: &str| format!("[colours.main]\nrgb = \"#004D58\"\ncmyk = [100, 40, 45, 45]\nspot = \"{spot}\"\n");
    let (good, said) = brand(&format!("{names}{}", main("PANTONE 3165 C")));
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(good.colours.main.spot.as_deref(), Some("PANTONE 3165 C"));
    // these would print on every plate, on none, or on a plate that is there already; the last cannot be printed
    for name in ["All", "None", "Black", "", "Blåbär"] {
        let (bad, said) = brand(&format!("{names}{}", main(name)));
        assert!(said.len() == 1 && said[0].contains("ink of its own"), "{name}: {said:?}");
        assert_eq!(bad.colours.main.spot, None);
    }
    let two = "[colours.mist]\nrgb = \"#E6F3F5\"\ncmyk = [12, 0, 5, 0]\nspot = \"PANTONE 3165 C\"\n";
    let (_, said) = brand(&format!("{names}{}{two}", main("PANTONE 3165 C")));
    assert!(said.len() == 1 && said[0].contains("one ink"), "{said:?}");
}
