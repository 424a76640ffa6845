//! What a build made, with digests and facts; written last, and cumulative.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The manifest's file name in the output folder.
pub const FILE: &str = "manifest.json";
/// The program and its version, as written into every artifact.
pub const GENERATOR: &str = concat!("everyleaf ", env!("CARGO_PKG_VERSION"));

/// The whole manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// The form of this file; 1.
    pub version: u32,
    /// The program that wrote it.
    pub generator: String,
    /// The day by which reviews were judged.
    pub as_of: String,
    /// Every file that stands in the folder.
    pub artifacts: Vec<Entry>,
    /// Editions that were not made, with the reason.
    pub skipped: Vec<Skipped>,
    /// Editions that could not be made.
    pub failed: Vec<Failed>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// The page's short name.
    pub page: String,
    /// The edition's name.
    pub edition: String,
    /// The page's language tag.
    pub language: String,
    /// Where the file stands, relative to the manifest.
    pub path: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many pages it has, read back from its bytes; none where it has no pages.
    pub pages: Option<usize>,
    /// SHA-256 of the source it was made from: the page's files, in order.
    pub source_sha256: String,
    /// The review's dates and state.
    pub review: Review,
    /// Whether it was made only because somebody asked for it.
    pub on_request: bool,
    /// Who let an overdue page through, and why.
    pub r#override: Option<Override>,
    /// What stands in the file beyond the page's own blocks.
    pub beyond: Vec<String>,
}

/// The review's dates and state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Review {
    /// The day of the last review.
    pub reviewed: Option<String>,
    /// The day on which the next is due.
    pub next_review: Option<String>,
    /// Whether that day is past.
    pub overdue: bool,
}

/// The one way past a project's rule that overdue pages are errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Override {
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: String,
}

/// An edition that was not made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Skipped {
    /// The page's short name.
    pub page: String,
    /// The edition's name.
    pub edition: String,
    /// Why.
    pub reason: String,
}

/// An edition that could not be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Failed {
    /// The page's short name.
    pub page: String,
    /// The edition's name.
    pub edition: String,
    /// The codes of what is wrong.
    pub codes: Vec<String>,
}

impl Manifest {
    /// An empty manifest for builds as of a day.
    pub fn new(as_of: &str) -> Self {
        Self {
            version: 1,
            generator: GENERATOR.to_string(),
            as_of: as_of.to_string(),
            artifacts: Vec::new(),
            skipped: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Reads the manifest of a folder, dropping entries whose files are gone.
    /// An unreadable one counts as none: its files are listed again when they are built.
    pub fn read(folder: &Path, as_of: &str) -> Self {
        let text = crate::project::read(&folder.join(FILE)).ok();
        let known: Option<Self> = text.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut manifest = Self::new(as_of);
        if let Some(mut known) = known.filter(|known| known.version == 1) {
            known.artifacts.retain(|entry| folder.join(&entry.path).is_file());
            manifest.artifacts = known.artifacts;
            manifest.skipped = known.skipped;
            manifest.failed = known.failed;
        }
        manifest
    }

    /// Reads the manifest of a folder, with the entries of files that are gone: for a judge.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let bytes = crate::project::read(&folder.join(FILE)).map_err(|error| error.to_string())?;
        let known: Self = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        if known.version == 1 { Ok(known) } else { Err(format!("its form is {}, not 1", known.version)) }
    }

    /// Forgets what was said of a page's edition, before saying it anew.
    pub fn forget(&mut self, page: &str, edition: &str) {
        self.skipped.retain(|s| (s.page.as_str(), s.edition.as_str()) != (page, edition));
        self.failed.retain(|f| (f.page.as_str(), f.edition.as_str()) != (page, edition));
    }

    /// Takes an artifact in, in place of the one that stood at its path.
    pub fn add(&mut self, entry: Entry) {
        self.artifacts.retain(|known| known.path != entry.path);
        self.artifacts.push(entry);
    }

    /// Notes an edition that was not made.
    pub fn skip(&mut self, page: &str, edition: &str, reason: String) {
        self.skipped.push(Skipped { page: page.into(), edition: edition.into(), reason });
    }

    /// Notes an edition that could not be made. A file of an earlier build is no longer listed:
    /// it is not what the source says now.
    pub fn fail(&mut self, page: &str, edition: &str, codes: Vec<String>) {
        self.artifacts.retain(|known| (known.page.as_str(), known.edition.as_str()) != (page, edition));
        self.failed.push(Failed { page: page.into(), edition: edition.into(), codes });
    }

    /// The file's bytes, in a fixed order.
    pub fn to_bytes(&mut self) -> Result<Vec<u8>, serde_json::Error> {
        self.artifacts.sort_by(|a, b| (&a.page, &a.path).cmp(&(&b.page, &b.path)));
        self.skipped.sort_by(|a, b| (&a.page, &a.edition).cmp(&(&b.page, &b.edition)));
        self.failed.sort_by(|a, b| (&a.page, &a.edition).cmp(&(&b.page, &b.edition)));
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
