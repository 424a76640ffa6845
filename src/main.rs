//! Turns what a command gave into an exit code: 0 clean, 1 the content has errors, 2 the tool could not run.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(everyleaf::cli::run(std::env::args_os()))
}
