//! An edition that a project's own layout folder makes, without any Rust.

use super::{Edition, Input, Outcome, paged};
use crate::diagnostic::Sink;
use crate::render::typst::Set;

/// A layout folder as an edition; made only by name.
#[derive(Debug, Clone)]
pub(super) struct Custom {
    name: String,
    about: String,
}

impl Custom {
    pub(super) fn new(name: &str, title: &str) -> Self {
        Self { name: name.to_string(), about: format!("{title}: the project's own layout (PDF)") }
    }
}

impl Edition for Custom {
    fn name(&self) -> &str {
        &self.name
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn beyond(&self) -> &'static [&'static str] {
        paged::BEYOND
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        paged::own_pages(input, None, sink)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        paged::pdf(input, None, sink)
    }
}
