//! The only writer of the disk. Each file is written under a temporary name
//! and then renamed, so that a run that is killed leaves the old file or the
//! new one, never half a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The end of a temporary name; a later run overwrites what a killed one left.
const PART: &str = ".everyleaf-part";

/// Writes a file whole or not at all, making its folder if need be.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let part = part_name(path);
    let mut file = File::create(&part)?;
    let written = file.write_all(bytes);
    drop(file);
    match written.and_then(|()| fs::rename(&part, path)) {
        Ok(()) => Ok(()),
        Err(error) => {
            // the temporary file is ours alone; that it cannot be removed changes nothing
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

fn part_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(PART);
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    path.with_file_name(hidden)
}

/// Keeps a folder for one run; a second run waits no time and is told so.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held for its drop")] File);

impl Lock {
    /// Takes the folder, making it if need be.
    pub fn take(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(".everyleaf-lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(fs::TryLockError::WouldBlock) => {
                Err(io::Error::other("another everyleaf is writing to this folder; wait until it is done"))
            }
            // a disk without locks: one run at a time is then the user's own affair
            Err(fs::TryLockError::Error(_)) => Ok(Self(file)),
        }
    }
}
