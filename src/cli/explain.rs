//! `everyleaf explain`

use std::io::Write;

use clap::Args;

use super::{Ended, Stop};
use crate::diagnostic::{CODES, Code, explanation, nearest};

/// Explain a message by its code.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, such as F002; without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Ended {
        let mut out = std::io::stdout().lock();
        let Some(wanted) = &self.code else {
            for info in CODES {
                writeln!(out, "{}  {:<8} {}", info.code, info.severity.word(), info.title)?;
            }
            return Ok(0);
        };
        let Some(code) = Code::parse(wanted.trim()) else {
            let near = nearest(wanted, CODES.iter().map(|i| i.code.as_str()));
            let help =
                near.map_or_else(|| "`everyleaf explain` lists them all".to_string(), |n| format!("did you mean {n}?"));
            return Err(Stop::CannotRun(format!("there is no message `{wanted}`; {help}")));
        };
        match explanation(code) {
            Some(page) => writeln!(out, "{}", page.text.trim_end())?,
            None => writeln!(out, "{code}: {}", code.info().title)?,
        }
        Ok(0)
    }
}
