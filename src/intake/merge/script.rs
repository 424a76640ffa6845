//! What one text made of another's blocks: for each block its fate, for each gap what came in.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text::Block;

/// What became of a block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fate<'t> {
    /// It stands there with the same words.
    Kept(&'t Block),
    /// It stands there with other words.
    Changed(&'t Block),
    /// It is gone.
    Removed,
}

pub(super) struct Script<'t> {
    /// What came in before each block, and after the last.
    pub(super) added: Vec<Vec<&'t Block>>,
    pub(super) fates: Vec<Fate<'t>>,
}

/// How alike two blocks must be to be one block with other words.
const ALIKE: f64 = 0.4;
/// The most pairs that are compared word by word; beyond it, blocks are paired in order.
const PAIRS: usize = 20_000;

impl<'t> Script<'t> {
    pub(super) fn new(old: &[Block], new: &'t [Block]) -> Self {
        let texts = |blocks: &'t [Block]| blocks.iter().map(|b| b.text.as_str()).collect::<Vec<&str>>();
        let old_texts: Vec<&str> = old.iter().map(|b| b.text.as_str()).collect();
        let mut script =
            Self { added: vec![Vec::new(); old.len() + 1], fates: (0..old.len()).map(|_| Fate::Removed).collect() };
        // what stands between two equal runs
        let (mut from, mut into) = (0, 0);
        for op in capture_diff_slices(Algorithm::Myers, &old_texts, &texts(new)) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                script.between(old, from..old_index, new, into..new_index);
                for i in 0..len {
                    script.fates[old_index + i] = Fate::Kept(&new[new_index + i]);
                }
                (from, into) = (old_index + len, new_index + len);
            }
        }
        script.between(old, from..old.len(), new, into..new.len());
        script
    }

    /// Finds for each block of a stretch the one that it became.
    fn between(&mut self, old: &[Block], from: std::ops::Range<usize>, new: &'t [Block], into: std::ops::Range<usize>) {
        let (n, m) = (from.len(), into.len());
        let pairs = if n == m && n == 1 {
            vec![(0, 0)]
        } else if n * m > PAIRS {
            (0..n.min(m)).map(|i| (i, i)).collect()
        } else {
            aligned(&old[from.clone()], &new[into.clone()])
        };
        let mut next = 0;
        for (i, j) in pairs {
            // what stands before its partner came in before the block
            self.added[from.start + i].extend(&new[into.start + next..into.start + j]);
            self.fates[from.start + i] = Fate::Changed(&new[into.start + j]);
            next = j + 1;
        }
        self.added[from.end].extend(&new[into.start + next..into.end]);
    }
}

/// The pairs of blocks, in order, that are together most alike.
fn aligned(old: &[Block], new: &[Block]) -> Vec<(usize, usize)> {
    let (n, m) = (old.len(), new.len());
    let (old, new) = (old.iter().map(words).collect::<Vec<_>>(), new.iter().map(words).collect::<Vec<_>>());
    let alike: Vec<Vec<f64>> = old.iter().map(|a| new.iter().map(|b| likeness(a, b)).collect()).collect();
    let mut best = vec![vec![0.0_f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skip = best[i + 1][j].max(best[i][j + 1]);
            let pair = if alike[i][j] >= ALIKE { alike[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = skip.max(pair);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < n && j < m {
        if alike[i][j] >= ALIKE && alike[i][j] + best[i + 1][j + 1] >= best[i][j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn words(block: &Block) -> (bool, Vec<&str>) {
    let mut words: Vec<&str> = block.text.split_whitespace().collect();
    words.sort_unstable();
    (block.text.starts_with('#'), words)
}

/// How many of their words two blocks share, from 0 to 1; a heading is like no paragraph.
fn likeness(a: &(bool, Vec<&str>), b: &(bool, Vec<&str>)) -> f64 {
    if a.0 != b.0 {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0_u32);
    while let (Some(x), Some(y)) = (a.1.get(i), b.1.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, shared) = (i + 1, j + 1, shared + 1);
            }
        }
    }
    f64::from(shared) * 2.0 / (a.1.len() + b.1.len()) as f64
}
