//! The pictures of an imported page: copied from beside a saved page, or fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use url::Url;

use super::LARGEST;
use super::fetch::{Kind, Limits, fetch};
use super::gather::at_most;
use crate::document::facts;
use crate::import::{Picture, file_name};

/// Where a page's pictures may come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin<'a> {
    /// The folder of a saved page; pictures are taken only from it and from below it.
    pub folder: Option<&'a Path>,
    /// The page's address, which addresses such as `/scarf.png` are relative to.
    pub address: Option<&'a Url>,
    /// How far a fetch may go; none: nothing is fetched.
    pub fetch: Option<&'a Limits>,
}

/// A picture that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name that its file has beside `page.md`: plain letters, and no other picture's.
    pub file: String,
    /// Its bytes, which are those of a whole picture.
    pub bytes: Vec<u8>,
}

/// The most pictures that a page may have.
const MOST: usize = 200;

/// A picture of fewer pixels a side is a counter's dot or a blank.
const LEAST: u32 = 4;

/// Finds a page's pictures; writes nothing.
///
/// The answer says for each address what was found, or why nothing was. A
/// picture that is in `into` already, from an earlier import, keeps its name;
/// another file's name there is never taken, nor one that is `taken`. Nothing
/// is read from outside `origin.folder`, whether by `..`, by a whole path or by
/// a symbolic link, and nothing is fetched without `origin.fetch`. [`write()`]
/// puts them in place.
pub fn find(
    pictures: &[Picture],
    origin: &Origin<'_>,
    into: &Path,
    taken: &BTreeSet<String>,
) -> BTreeMap<String, Result<Found, String>> {
    let mut known: BTreeMap<String, Result<Found, String>> = BTreeMap::new();
    let mut names = taken.clone();
    for picture in pictures {
        if known.contains_key(&picture.src) {
            continue;
        }
        let found = if known.len() < MOST {
            one(picture, origin)
        } else {
            Err(format!("the page has more than {MOST} pictures"))
        };
        let found = found
            .map(|(bytes, extension)| Found { file: name(&picture.src, extension, &bytes, into, &mut names), bytes });
        known.insert(picture.src.clone(), found);
    }
    known
}

/// Writes the pictures that were found beside the page.
///
/// # Errors
/// If a file cannot be written, with its path; each is whole or not there.
pub fn write<'f>(found: impl Iterator<Item = &'f Found>, into: &Path) -> Result<(), (PathBuf, std::io::Error)> {
    for picture in found {
        let path = into.join(&picture.file);
        if std::fs::read(&path).ok().as_ref() != Some(&picture.bytes) {
            crate::output::write(&path, &picture.bytes).map_err(|error| (path, error))?;
        }
    }
    Ok(())
}

/// A picture's bytes and the ending of its kind.
fn one(picture: &Picture, origin: &Origin<'_>) -> Result<(Vec<u8>, &'static str), String> {
    let written = picture.written.trim();
    let whole = Url::parse(&picture.src).ok().or_else(|| origin.address?.join(&picture.src).ok());
    let whole = whole.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let on_the_web = Url::parse(written).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let beside = origin.folder.filter(|_| !written.is_empty() && !on_the_web).map(|folder| local(written, folder));
    let bytes = match (beside, whole, origin.fetch) {
        (Some(Ok(bytes)), ..) => bytes,
        // a saved page whose picture is not beside it may still know where it was
        (_, Some(address), Some(limits)) => {
            fetch(&address, Kind::Picture, limits).map_err(|fault| fault.message)?.bytes
        }
        (Some(Err(why)), ..) => return Err(why),
        (None, Some(_), None) => return Err("it is on the web, and pictures are fetched only with --fetch".into()),
        (None, None, _) => return Err("its whole address is not known".into()),
    };
    let facts = facts(&bytes).map_err(|refused| refused.to_string())?;
    if facts.width < LEAST || facts.height < LEAST {
        return Err("it is a dot that nobody sees".into());
    }
    Ok((bytes, facts.extension))
}

/// Reads a picture from a folder, or from below it, and from nowhere else.
fn local(src: &str, folder: &Path) -> Result<Vec<u8>, String> {
    const OUTSIDE: &str = "it lies outside the page's own folder";
    if src.starts_with("data:") {
        return Err("it stands inside the page's text".into());
    }
    if Url::parse(src).is_ok() || src.starts_with("//") {
        return Err(OUTSIDE.into());
    }
    let path = src.split(['?', '#']).next().unwrap_or("");
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let fence = folder.canonicalize().map_err(|e| format!("the page's folder cannot be opened: {e}"))?;
    for name in [path, decoded.as_str()] {
        let inside = |c| matches!(c, Component::Normal(_) | Component::CurDir);
        if name.contains(['\\', '\0']) || !Path::new(name).components().all(inside) {
            return Err(OUTSIDE.into());
        }
        // a link inside the folder may still lead out of it
        let Ok(real) = fence.join(name).canonicalize() else { continue };
        if !real.starts_with(&fence) {
            return Err(OUTSIDE.into());
        }
        return read(&real);
    }
    Err("its file is not there".into())
}

fn read(path: &PathBuf) -> Result<Vec<u8>, String> {
    let unreadable = |e: std::io::Error| format!("its file cannot be read: {e}");
    let facts = std::fs::metadata(path).map_err(unreadable)?;
    if !facts.is_file() {
        return Err("it is no file".into());
    }
    let large = || format!("it is larger than {} MB", LARGEST >> 20);
    if facts.len() > LARGEST {
        return Err(large());
    }
    at_most(std::fs::File::open(path).map_err(unreadable)?).map_err(unreadable)?.ok_or_else(large)
}

/// A file name of plain letters that no other file there has.
fn name(src: &str, extension: &str, bytes: &[u8], into: &Path, names: &mut BTreeSet<String>) -> String {
    let (stem, _) = file_name(src);
    for number in 1_u32.. {
        let file = if number == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{number}.{extension}") };
        if names.contains(&file) {
            continue;
        }
        let path = into.join(&file);
        let free = std::fs::symlink_metadata(&path).is_err();
        if free || std::fs::read(&path).is_ok_and(|there| there == bytes) {
            names.insert(file.clone());
            return file;
        }
    }
    unreachable!("there are more numbers than files")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(side: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(side, side).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn picture(src: &str) -> Picture {
        Picture {
            line: 1,
            written: src.into(),
            src: src.into(),
            alt: "A scarf".into(),
            caption: None,
            decorative: false,
        }
    }

    struct Case {
        top: tempfile::TempDir,
    }

    impl Case {
        /// A saved page's folder `page/` with pictures in it, and a picture beside that folder.
        fn new() -> Self {
            let top = tempfile::TempDir::new().unwrap();
            let case = Self { top };
            case.put("secret.png", &png(9));
            case.put("page/a b.png", &png(11));
            case.put("page/page_files/a b.PNG", &png(12));
            case.put("page/words.png", b"no picture");
            case.put("page/drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
            case
        }

        fn put(&self, path: &str, bytes: &[u8]) {
            crate::output::write(&self.top.path().join(path), bytes).unwrap();
        }

        fn find(&self, sources: &[&str]) -> (Vec<Option<String>>, Vec<String>) {
            let (folder, into) = (self.top.path().join("page"), self.top.path().join("into"));
            let origin = Origin { folder: Some(&folder), ..Origin::default() };
            let pictures: Vec<Picture> = sources.iter().map(|src| picture(src)).collect();
            let found = find(&pictures, &origin, &into, &BTreeSet::new());
            write(found.values().flatten(), &into).unwrap();
            let files = sources.iter().map(|src| found[*src].as_ref().ok().map(|f| f.file.clone())).collect();
            let said = sources.iter().filter_map(|src| found[*src].as_ref().err().cloned()).collect();
            (files, said)
        }
    }

    #[test]
    fn pictures_beside_a_saved_page_are_copied_under_plain_names() {
        let case = Case::new();
        let sources = ["a%20b.png", "page_files/a b.PNG?width=3", "./drawing.svg", "a%20b.png"];
        let wanted = ["a-b.png", "a-b-2.png", "drawing.svg", "a-b.png"].map(|n| Some(n.to_string()));
        for _ in 0..2 {
            let (found, said) = case.find(&sources);
            assert_eq!(found, wanted, "{said:?}");
            assert!(said.is_empty(), "{said:?}");
        }
        assert_eq!(std::fs::read(case.top.path().join("into/a-b-2.png")).unwrap(), png(12));
        assert_eq!(std::fs::read_dir(case.top.path().join("into")).unwrap().count(), 3);
        // another file of that name is not written over
        case.put("into/a-b.png", b"an editor's own");
        assert_eq!(case.find(&["a%20b.png"]).0, [Some("a-b-3.png".to_string())]);
        assert_eq!(std::fs::read(case.top.path().join("into/a-b.png")).unwrap(), b"an editor's own");
    }

    #[test]
    fn nothing_comes_from_outside_the_page_s_folder() {
        let case = Case::new();
        let whole = case.top.path().join("secret.png");
        let mut sources = vec![
            "../secret.png",
            "page_files/../../secret.png",
            "%2e%2e/secret.png",
            "..%2fsecret.png",
            "..\\secret.png",
            whole.to_str().unwrap(),
            "file:///etc/hostname",
            "//example.org/a.png",
        ];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&whole, case.top.path().join("page/link.png")).unwrap();
            std::os::unix::fs::symlink(case.top.path(), case.top.path().join("page/up")).unwrap();
            sources.extend(["link.png", "up/secret.png"]);
        }
        let (found, said) = case.find(&sources);
        assert!(found.iter().all(Option::is_none), "{found:?}");
        assert_eq!(said.len(), sources.len());
        assert!(said.iter().all(|s| s.contains("outside")), "{said:?}");
        assert!(!case.top.path().join("into").exists());
    }

    #[test]
    fn what_is_no_picture_is_left_out() {
        let case = Case::new();
        let web = "https://example.org/a.png";
        let (found, said) = case.find(&["words.png", "gone.png", "data:image/png;base64,AAAA", "page_files", "", web]);
        assert!(found.iter().all(Option::is_none), "{found:?}");
        let wanted = ["no PNG", "not there", "inside the page's text", "no file", "whole address", "only with --fetch"];
        for (said, wanted) in said.iter().zip(wanted) {
            assert!(said.contains(wanted), "{said} does not say {wanted}");
        }
        let nowhere = find(&[picture("a.png")], &Origin::default(), case.top.path(), &BTreeSet::new());
        assert_eq!(nowhere["a.png"].as_ref().unwrap_err(), "its whole address is not known");
    }
}
