//! Every language's furniture has the same keys, the same {places} and twelve months.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn tables() -> BTreeMap<String, toml::Table> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/words");
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(dir).expect("layouts/words") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a language file");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        tables.insert(name, text.parse().expect("TOML"));
    }
    tables
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

#[test]
fn languages_agree() {
    let tables = tables();
    let english = tables.get("en").expect("English");
    assert!(tables.len() > 1, "there is more than one language");
    for (language, table) in &tables {
        let keys = |t: &toml::Table| t.keys().cloned().collect::<BTreeSet<String>>();
        assert_eq!(keys(english), keys(table), "the keys of {language}");
        for (key, value) in table {
            match (value.as_str(), english.get(key).and_then(|v| v.as_str())) {
                (Some(words), Some(model)) => {
                    assert!(!words.trim().is_empty(), "{language}: {key} is empty");
                    assert_eq!(places(model), places(words), "{language}: the places of {key}");
                }
                (None, None) => assert_eq!(value.as_array().map(Vec::len), Some(12), "{language}: {key}"),
                _ => panic!("{language}: {key} is of another kind than in English"),
            }
        }
    }
}
