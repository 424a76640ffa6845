//! Single pieces of information stay on one line: phone numbers, dates,
//! doses, postcodes, and compounds like COVID-19, which would else break at
//! their hyphen and read as two words (UKAAF G003; standards 6).

use std::sync::LazyLock;

use regex::Regex;

use super::model::{Inline, Inlines};

/// Longer pieces may break, or they would leave a narrow measure.
const LONGEST: usize = 34;

static PIECE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let months = "January|February|March|April|May|June|July|August|September|October|November|December\
                  |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec\
                  |Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr";
    let units = "mg|mcg|µg|μg|micrograms?|g|kg|ml|mL|l|L|litres?|millilitres?|milligrams?|cm|mm|m|km|units?|%|°C|mmHg|kPa\
                 |puffs?|tablets?|pm|am|hours?|minutes?|days?|weeks?|months?|years?";
    Regex::new(&format!(
        r"(?x)
        (?: \+\d{{1,3}}(?:\x20?\(0\)\d{{1,5}})? | \+\d{{1,3}}\x20\(0\) | \b0\d{{2,5}} ) (?:\x20\d{{2,6}}){{1,4}} \b   # a phone number
        | \b\d{{1,2}}(?:st|nd|rd|th)?\x20(?:{months})(?:\x20\d{{4}})?\b                     # a day
        | \b(?:{months})\x20\d{{4}}\b                                                      # a month
        | \b[A-Z]{{1,2}}\d[A-Z\d]?\x20\d[A-Z]{{2}}\b                                       # a postcode
        | \b\d+(?:[.,]\d+)*\x20?(?:{units})(?:\b|$)                                        # a dose or a measure
        | \b\d+(?:[.,]\d+)*\x20?(?:%|°C)                                                   # the same, where the unit is no letter
        | \b[\p{{L}}\d]+(?:-[\p{{L}}\d]+)+\b                                              # COVID-19, 6-week, flare-up
        "
    ))
    .ok()
});

const OPENING: &[char] = &['(', '[', '“', '‘', '"', '\''];
const CLOSING: &[char] = &[')', ']', '”', '’', '"', '\'', '.', ',', ';', ':', '!', '?'];

/// Splits words into what may break and what may not. The words are the same.
pub(super) fn split(text: &str, out: &mut Inlines) {
    let mut done = 0;
    let push = |v: &str, out: &mut Inlines| {
        if !v.is_empty() {
            out.push(Inline::Text { v: v.to_string() });
        }
    };
    for found in PIECE.as_ref().into_iter().flat_map(|r| r.find_iter(text)) {
        let before = text.get(done..found.start()).unwrap_or("");
        let start = done + before.trim_end_matches(OPENING).len();
        let after = text.get(found.end()..).unwrap_or("");
        let end = found.end() + (after.len() - after.trim_start_matches(CLOSING).len());
        let (Some(piece), true) = (text.get(start..end), start >= done) else { continue };
        let joined =
            [text.get(..start).and_then(|t| t.chars().next_back()), text.get(end..).and_then(|t| t.chars().next())];
        // in the middle of a longer word the whole word would have to be kept; leave that to the typesetter
        if piece.chars().count() > LONGEST
            || joined.iter().flatten().any(|c| c.is_alphanumeric() || *c == '-' || *c == '/')
        {
            continue;
        }
        push(text.get(done..start).unwrap_or(""), out);
        out.push(Inline::Unbroken { v: piece.to_string() });
        done = end;
    }
    push(text.get(done..).unwrap_or(""), out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        split(text, &mut out);
        let words: String = out
            .iter()
            .map(|i| match i {
                Inline::Text { v } | Inline::Unbroken { v } => v.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(words, text, "no word may change");
        out.into_iter()
            .filter_map(|i| match i {
                Inline::Unbroken { v } => Some(v),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn keeps_single_pieces_of_information_whole() {
        assert_eq!(pieces("Call us (0300 222 5800) before 1 August 2020."), ["(0300 222 5800)", "1 August 2020."]);
        assert_eq!(pieces("Take 2.5 ml, or 250 mg twice."), ["2.5 ml,", "250 mg"]);
        assert_eq!(
            pieces("alpha-1-antitrypsin and COVID-19; an X-ray, a 6-week course"),
            ["alpha-1-antitrypsin", "COVID-19;", "X-ray,", "6-week"]
        );
        assert_eq!(pieces("From abroad: +44 (0)20 7000 0000."), ["+44 (0)20 7000 0000."]);
        assert_eq!(
            pieces("Or +44 (0) 300 222 5800, or +44 300 222 5800"),
            ["+44 (0) 300 222 5800,", "+44 300 222 5800"]
        );
        assert_eq!(pieces("London, E1 8AA."), ["E1 8AA."]);
        assert_eq!(pieces("About 20% of people, in March 2019"), ["20%", "March 2019"]);
        assert_eq!(pieces("A well-known word, and nothing else"), ["well-known"]);
        assert!(pieces("No numbers here.").is_empty());
    }
}
