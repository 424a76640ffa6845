//! `sources/<page>/import.toml`: where a page came from, and its text as the import wrote it.
//!
//! It is one file, so that it is whole or not there at all. Builds do not read it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::manifest::sha256;
use crate::project::{Project, folder, read};

/// The record's file name, beside `page.md`.
pub const FILE: &str = "import.toml";
/// The form of the record.
const VERSION: u32 = 1;
const HEAD: &str = "\
# Written by `everyleaf import`; builds do not read it. It keeps the page as it was on the web at the last import, so
# that the next import can tell your changes from the web's. Change page.md, not this file.
";

/// A page's last import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Record {
    /// The form of this file; 1.
    pub version: u32,
    /// The input's name; for a booklet the names of its inputs, one a line.
    pub input: String,
    /// The page's address, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The short name that the input itself suggests, whatever `--as` said.
    pub name: String,
    /// Whether the page was put together of several inputs.
    #[serde(default)]
    pub booklet: bool,
    /// SHA-256 of the input's bytes, in hexadecimal.
    pub input_sha256: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub sha256: String,
    /// The page as the import wrote it.
    pub text: String,
}

impl Record {
    /// The record of an import that is made now.
    pub fn new(input: &str, address: Option<&str>, name: &str, booklet: bool, bytes: &[u8], text: &str) -> Self {
        Self {
            version: VERSION,
            input: input.to_string(),
            address: address.map(str::to_string),
            name: name.to_string(),
            booklet,
            input_sha256: sha256(bytes),
            sha256: sha256(text.as_bytes()),
            text: text.to_string(),
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// If the text holds what TOML cannot say.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map(|text| format!("{HEAD}\n{text}")).map_err(|e| e.to_string())
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// If it is no record, or one whose text is not the imported one any more: why.
    pub fn parse(text: &str) -> Result<Self, String> {
        // a version control system may have changed the line ends
        let text = text.replace("\r\n", "\n");
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let version = toml::from_str::<Version>(&text).map_err(|e| e.message().to_string())?.version;
        if version != VERSION {
            return Err(format!("its form is {version}, and this everyleaf knows form {VERSION}"));
        }
        let record: Self = toml::from_str(&text).map_err(|e| e.message().to_string())?;
        if sha256(record.text.as_bytes()) != record.sha256 {
            return Err("its `text` was changed after the import".into());
        }
        Ok(record)
    }
}

/// A page folder and the record in it.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) slug: String,
    /// The record, or why it cannot be read.
    pub(super) record: Result<Record, String>,
}

/// Where a page's files are.
pub(super) fn place(root: &Path, slug: &str) -> (PathBuf, PathBuf) {
    let dir = root.join("sources").join(slug);
    (dir.join("page.md"), dir.join(FILE))
}

/// Every record of a project, in the order of the pages' names.
pub(super) fn all(root: &Path) -> Vec<Known> {
    let mut out = Vec::new();
    for dir in folder(&root.join("sources")) {
        let path = dir.join(FILE);
        let Some(slug) = dir.file_name().and_then(|n| n.to_str()).map(str::to_string) else { continue };
        if !path.is_file() {
            continue;
        }
        let text = read(&path).map_err(|e| e.to_string()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        out.push(Known { slug, record: text.and_then(|text| Record::parse(&text)) });
    }
    out
}

/// What is said of a record that cannot be read.
pub(super) fn broken(project: &Project, path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(Code::IMPORT_RECORD, format!("the record of the last import cannot be read: {why}"))
        .in_file(project.display(path))
        .help("bring the file back as it was; or delete it, then import under another name with --as and compare")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        for text in ["", "One.\n", "+++\ntitle = \"A \\\"b\\\"\"\n+++\n\n'''\n\"\"\" \\ \u{1}\ttab\n\nend"] {
            let record = Record::new("a.txt", Some("https://example.org/a"), "a", false, b"bytes", text);
            let written = record.write().unwrap();
            assert_eq!(Record::parse(&written).as_ref(), Ok(&record), "{written}");
            assert_eq!(Record::parse(&written.replace('\n', "\r\n")).as_ref(), Ok(&record), "{written}");
        }
    }

    #[test]
    fn what_is_no_record_is_said() {
        let record = Record::new("a.txt", None, "a", false, b"bytes", "Words.\n").write().unwrap();
        let wrong = |from: &str, to: &str| Record::parse(&record.replace(from, to)).unwrap_err();
        assert!(wrong("Words.", "Other words.").contains("changed"));
        assert!(wrong("version = 1", "version = 2").contains("form is 2"));
        assert!(wrong("name =", "nmae =").contains("nmae"));
        assert!(Record::parse("words").is_err());
    }
}
