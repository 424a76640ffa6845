//! Small things about words.

/// Words in the form in which they are compared: lower case, straight quotes,
/// single blanks, no marks and no punctuation at the ends.
pub(crate) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' => out.push('\''),
                '*' => {}
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '©');
    out.trim_matches(edge).to_string()
}

/// The number of words.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// Single blanks, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A name for folders and addresses: lower-case letters and digits with hyphens, at most 80 of them.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match plain(c) {
            Some(letters) => out.push_str(letters),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None if matches!(c, '\'' | '’' | '‘') => {}
            None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            None => {}
        }
        if out.len() > 160 {
            break;
        }
    }
    while out.len() > 80 {
        match out.rfind('-') {
            Some(at) => out.truncate(at),
            None => out.truncate(80),
        }
    }
    out.trim_matches('-').to_string()
}

/// Common letters with marks, without them.
fn plain(c: char) -> Option<&'static str> {
    Some(match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'ē' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'ī' => "i",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => "o",
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => "u",
        'ŵ' => "w",
        'ŷ' | 'ý' | 'ÿ' => "y",
        'ç' => "c",
        'ñ' => "n",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_forget_case_marks_and_closing_punctuation() {
        assert_eq!(key("  **On  this page:** "), "on this page");
        assert_eq!(key("Don’t"), "don't");
    }

    #[test]
    fn slugs_are_short_and_plain() {
        assert_eq!(slug("Children’s asthma: what’s new?"), "childrens-asthma-whats-new");
        assert!(slug(&"word ".repeat(100)).len() <= 80);
    }
}
