//! The editions of one page: each begins as soon as all that it needs is there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{Read, Result, Said, codes, furniture, input, keep, layout};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edition::{Made, Outcome, Request};
use crate::furniture::Furniture;
use crate::pipeline::plan::Shared;
use crate::source::Sources;

/// Makes the editions, and tells of each what became of it, in the order of asking.
pub(super) fn editions(read: &Read, shared: &Shared, out: Option<&Path>, said: &mut Said) -> Vec<(String, Result)> {
    let furniture = furniture(read, shared);
    // what an edition needs is made too, unseen, so that its bytes are the same whatever else is asked for
    let unseen = unseen(read, shared);
    let requests: Vec<&Request> = read.requests.iter().chain(&unseen).collect();
    let desk = Desk { read, shared, out, furniture: &furniture, sources: &said.sources, requests: &requests };
    let state = Mutex::new(State { started: vec![false; requests.len()], ..State::default() });
    rayon::scope_fifo(|scope| desk.begin(&state, scope));
    let mut results = Vec::new();
    let finished = state.into_inner().unwrap_or_else(PoisonError::into_inner).finished;
    // in the order of asking, whichever was ready first
    for (index, (outcome, sink)) in finished {
        if let Some(request) = read.requests.get(index) {
            results.extend(outcome.into_results(&sink).into_iter().map(|result| (request.name.clone(), result)));
        }
        said.sink.extend(sink);
    }
    results
}

/// The editions of a page, while they are made.
struct Desk<'a> {
    read: &'a Read,
    shared: &'a Shared,
    out: Option<&'a Path>,
    furniture: &'a Furniture,
    sources: &'a Sources,
    /// Those asked for, then those that only others need.
    requests: &'a [&'a Request],
}

/// How far they are.
#[derive(Default)]
struct State {
    started: Vec<bool>,
    finished: BTreeMap<usize, (End, Sink)>,
    made: BTreeMap<String, Made>,
    skipped: BTreeMap<String, String>,
}

/// What became of one.
enum End {
    Made(Vec<Result>),
    Skipped(String),
    Failed,
}

impl End {
    /// Whether there is no file of it, or one that is not handed over.
    fn is_failed(&self) -> bool {
        match self {
            Self::Made(results) => results.iter().any(|result| matches!(result, Result::Failed(_))),
            Self::Skipped(_) => false,
            Self::Failed => true,
        }
    }

    fn into_results(self, sink: &Sink) -> Vec<Result> {
        match self {
            Self::Made(results) => results,
            Self::Skipped(reason) => vec![Result::Skipped(reason)],
            Self::Failed => vec![Result::Failed(codes(sink))],
        }
    }
}

impl<'a> Desk<'a> {
    /// Starts all that nothing more is needed for.
    fn begin<'scope>(&'scope self, state: &'scope Mutex<State>, scope: &rayon::ScopeFifo<'scope>)
    where
        'a: 'scope,
    {
        let ready: Vec<usize> = {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let mut ready = self.ready(&state);
            // needs that run in a circle would wait for ever; make what is left as it is
            let running = state.started.iter().filter(|started| **started).count() > state.finished.len();
            if ready.is_empty() && !running {
                ready = (0..self.requests.len()).filter(|index| state.started.get(*index) == Some(&false)).collect();
            }
            for index in &ready {
                if let Some(started) = state.started.get_mut(*index) {
                    *started = true;
                }
            }
            ready
        };
        for index in ready {
            scope.spawn_fifo(move |scope| {
                self.one(index, state);
                self.begin(state, scope);
            });
        }
    }

    /// What has not begun, and needs nothing that is not finished.
    fn ready(&self, state: &State) -> Vec<usize> {
        let met = |request: &Request| {
            needs(self.shared, request).iter().filter(|need| **need != request.name).all(|need| {
                let mut of = self.requests.iter().enumerate().filter(|(_, other)| other.name == *need);
                of.all(|(index, _)| state.finished.contains_key(&index))
            })
        };
        let waiting = self.requests.iter().enumerate().filter(|(index, _)| state.started.get(*index) == Some(&false));
        waiting.filter(|(_, request)| met(request)).map(|(index, _)| index).collect()
    }

    fn one(&self, index: usize, state: &Mutex<State>) {
        let Some(request) = self.requests.get(index).copied() else { return };
        let needs = needs(self.shared, request);
        let (made, skipped, failed) = {
            let state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let made = state.made.iter().filter(|(name, _)| needs.contains(&name.as_str()));
            let made: BTreeMap<String, Made> = made.map(|(name, made)| (name.clone(), made.clone())).collect();
            let failed = needs.iter().find(|need| {
                let mut of = self.requests.iter().enumerate().filter(|(_, other)| other.name == **need);
                of.any(|(index, _)| state.finished.get(&index).is_some_and(|(end, _)| end.is_failed()))
            });
            (made, state.skipped.clone(), failed)
        };
        let mut sink = Sink::default();
        let path = || format!("page {}", self.read.document.slug);
        let outcome = match failed {
            Some(need) => {
                let message = format!("{} needs the pages of {need}, which could not be made", request.name);
                sink.push(Diagnostic::new(Code::NEED_MISSING, message).in_file(path()));
                Outcome::Failed
            }
            None => {
                let page = (self.read, self.sources);
                make(request, page, self.furniture, self.shared, (&made, &skipped), &mut sink)
            }
        };
        let hidden = index >= self.read.requests.len();
        let mut kept = None;
        let end = match outcome {
            Outcome::Made(artifact) if !sink.has_errors() => {
                // what is not asked for is not written; a press file is judged all the same, since its ticket speaks of it
                let press = self.shared.registry.find(&request.edition).is_some_and(|edition| edition.for_press());
                let out = self.out.filter(|_| !hidden);
                let results = if hidden && !press {
                    Vec::new()
                } else {
                    keep(request, &artifact, self.read, self.shared, out, &mut sink)
                };
                let end = End::Made(results);
                if !end.is_failed() {
                    kept = Some(artifact);
                }
                end
            }
            Outcome::Skipped(reason) if !sink.has_errors() => {
                // what nobody asked for is not missed
                if !hidden {
                    let message = format!("{}: not made: {reason}", request.name);
                    sink.push(Diagnostic::new(Code::EDITION_SKIPPED, message).in_file(path()));
                }
                End::Skipped(reason)
            }
            _ => End::Failed,
        };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(artifact) = kept {
            state.made.insert(request.name.clone(), artifact);
        }
        if let End::Skipped(reason) = &end {
            state.skipped.insert(request.name.clone(), reason.clone());
        }
        state.finished.insert(index, (end, sink));
    }
}

/// What is needed and was not asked for.
fn unseen(read: &Read, shared: &Shared) -> Vec<Request> {
    let mut unseen: Vec<Request> = Vec::new();
    for request in &read.requests {
        let whole = shared.registry.find(&request.edition).is_some_and(|edition| edition.needs_all());
        for need in needs(shared, request) {
            if read.requests.iter().chain(&unseen).any(|known| known.name == *need) {
                continue;
            }
            let usual = read.usual.iter().find(|usual| usual.name == *need).cloned();
            unseen.extend(usual.or_else(|| shared.request(need, false).ok().filter(|_| whole)));
        }
    }
    unseen
}

fn needs<'a>(shared: &'a Shared, request: &Request) -> &'a [&'static str] {
    shared.registry.find(&request.edition).map_or(&[][..], |edition| edition.needs())
}

fn make(
    request: &Request,
    page: (&Read, &Sources),
    furniture: &Furniture,
    shared: &Shared,
    before: Before<'_>,
    sink: &mut Sink,
) -> Outcome {
    let Some(edition) = shared.registry.find(&request.edition) else { return Outcome::Failed };
    let layout = layout(shared, edition);
    edition.make(&input(request, page, furniture, &layout, shared, before), sink)
}

/// What was made before, and why the rest was skipped.
pub(super) type Before<'a> = (&'a BTreeMap<String, Made>, &'a BTreeMap<String, String>);
