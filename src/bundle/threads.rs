//! How many threads to work on; the system is asked only where there is enough to do.

/// How many threads to work on. Under Linux the answer is in files, and reading them is a good part of what a small
/// bundle costs.
#[derive(Debug, Clone, Copy)]
pub enum Threads {
    /// So many; 0 counts as 1.
    Exactly(usize),
    /// As many as this says when it is called.
    Asked(fn() -> usize),
}

impl Threads {
    /// The number, at least 1.
    #[must_use]
    pub fn count(self) -> usize {
        let count = match self {
            Self::Exactly(count) => count,
            Self::Asked(count) => count(),
        };
        count.max(1)
    }
}

impl From<usize> for Threads {
    fn from(count: usize) -> Self {
        Self::Exactly(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_thread_counts_as_one() {
        assert_eq!([0, 1, 3].map(|count| Threads::from(count).count()), [1, 1, 3]);
        assert_eq!([Threads::Asked(|| 0), Threads::Asked(|| 5)].map(Threads::count), [1, 5]);
    }
}
