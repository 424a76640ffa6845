//! The flow runs one way: a file imports only from modules that `src/lib.rs` lists above its own.

use std::path::{Path, PathBuf};

fn modules() -> Vec<String> {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("src/lib.rs");
    let name = |line: &str| line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')).map(str::to_string);
    lib.lines().filter_map(name).collect()
}

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The names that follow `crate::` in a line, also those in braces.
fn imports(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let listed = rest.strip_prefix('{').and_then(|r| r.split('}').next());
        let one = |part: &str| part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match listed {
            Some(list) => names.extend(list.split(',').map(one)),
            None => names.push(one(rest)),
        }
    }
    names
}

#[test]
fn a_file_imports_only_from_modules_above_its_own() {
    let modules = modules();
    assert!(modules.len() > 10, "src/lib.rs lists the modules");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&root, &mut all);
    let mut offenders = Vec::new();
    for path in all {
        let relative = path.strip_prefix(&root).expect("below src");
        let own = relative.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        // the two roots see everything
        let Some(rank) = modules.iter().position(|m| *m == own) else { continue };
        let text = std::fs::read_to_string(&path).expect("a source file");
        // a module's own tests may look anywhere
        if text.starts_with("#![cfg(test)]") || relative.ends_with("tests.rs") || relative.ends_with("fixture.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for name in imports(line) {
                if modules.iter().position(|m| *m == name).is_some_and(|other| other > rank) {
                    offenders.push(format!("src/{}:{}: imports {name}", relative.display(), number + 1));
                }
            }
        }
    }
    assert!(offenders.is_empty(), "imports that run against the flow:\n{}", offenders.join("\n"));
}
