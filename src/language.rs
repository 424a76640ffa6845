//! Language tags: is it one, which way does it run.

/// Scripts and languages that run from right to left.
const RTL: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "ha-arab", "he", "ku-arab", "pa-arab", "prs", "ps", "sd", "ug", "ur", "uz-arab",
    "yi",
];

/// Whether a text has the form of a language tag (BCP 47): `en`, `en-GB`, `zh-Hant`, `cy`.
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let letters = |s: &str| s.chars().all(|c| c.is_ascii_alphabetic());
    (2..=3).contains(&first.len())
        && letters(first)
        && parts.all(|p| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()))
        && text.len() <= 35
}

/// The language without region or script: `en` of `en-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// `rtl` where the language runs from right to left, else `ltr`.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let scripted = tag.split('-').take(2).collect::<Vec<_>>().join("-");
    let rtl = RTL.contains(&scripted.as_str()) || (RTL.contains(&primary(&tag)) && !tag.contains("-latn"));
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_directions() {
        for tag in ["en", "en-GB", "cy", "zh-Hant-HK", "pa-Arab"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", "e", "english", "en_GB", "en-", "12", "en-GB-"] {
            assert!(!is_tag(tag), "{tag}");
        }
        assert_eq!(
            (direction("ur"), direction("pa-Arab-PK"), direction("pa"), direction("en-GB")),
            ("rtl", "rtl", "ltr", "ltr")
        );
    }
}
