//! The language of a page that names none, where its script is not Latin.

use std::sync::LazyLock;

use regex::Regex;

/// First and last character of a script, and the language that it is most likely to be on a page for people in Britain.
const SCRIPTS: &[(char, char, &str)] = &[
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{400}', '\u{4ff}', "uk"),
    ('\u{530}', '\u{58f}', "hy"),
    ('\u{590}', '\u{5ff}', "he"),
    ('\u{600}', '\u{77f}', "ar"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{980}', '\u{9ff}', "bn"),
    ('\u{a00}', '\u{a7f}', "pa"),
    ('\u{a80}', '\u{aff}', "gu"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{1200}', '\u{137f}', "am"),
    ('\u{3040}', '\u{30ff}', "ja"),
    ('\u{4e00}', '\u{9fff}', "zh"),
    ('\u{ac00}', '\u{d7af}', "ko"),
];

/// Letters that one of the languages of a script has, and the likeliest has not.
const TELLING: &[(&str, &str, &str)] =
    &[("ar", "ٹڈڑںےہھ", "ur"), ("ar", "پچژگ", "fa"), ("uk", "ыэъё", "ru"), ("zh", "のはをに", "ja")];

/// As many of these among a hundred letters are no loan or name.
const TELLING_SHARE: usize = 1;

/// What is no word of a page's.
static MARKUP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?is)<script\b.*?</script>|<style\b.*?</style>|<[^>]*>").ok());

/// The likely language of a text whose letters are mostly of another script than Latin; none where they are Latin.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let words = MARKUP.as_ref().map(|markup| markup.replace_all(text, " "));
    let words = words.as_deref().unwrap_or(text);
    let mut counts = [0usize; SCRIPTS.len()];
    let mut letters = 0usize;
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let script = SCRIPTS.iter().position(|(first, last, _)| (*first..=*last).contains(&c));
        if let Some(count) = script.and_then(|script| counts.get_mut(script)) {
            *count += 1;
        }
    }
    let (count, (.., usual)) = counts.iter().zip(SCRIPTS).max_by_key(|(count, _)| **count)?;
    if count * 2 <= letters {
        return None;
    }
    let told = TELLING.iter().find(|(of, signs, _)| {
        let found = words.chars().filter(|c| signs.contains(*c)).count();
        of == usual && found * 100 > count * TELLING_SHARE
    });
    Some(told.map_or(usual, |(.., language)| language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_a_likely_language() {
        assert_eq!(language("Keep warm, and read this in العربية or اردو"), None);
        assert_eq!(language("<p class=\"long-latin-name\">تجنب الهواء البارد واشرب الماء</p>"), Some("ar"));
        assert_eq!(language("ٹھنڈی ہوا سے بچیں اور گرم پانی پئیں"), Some("ur"));
        assert_eq!(language("Тримайтеся в теплі та пийте воду"), Some("uk"));
        assert_eq!(language("Держитесь в тепле, эта простуда и выпитый чай"), Some("ru"));
        assert_eq!(language("ঠান্ডা বাতাস থেকে দূরে থাকুন"), Some("bn"));
        assert_eq!(language("123 !"), None);
        assert_eq!(language(""), None);
    }
}
