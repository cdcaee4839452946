//! RDFC-1.0: one text for a dataset, whatever its blank nodes were called (W3C RDF Dataset Canonicalization).
//!
//! The steps carry the numbers of the algorithm's own sections. A graph can be built to make the comparison of
//! blank nodes explode; the work is counted, and a dataset that asks for too much is refused.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::quads::Quad;
use crate::digest::Hasher;

/// The most permutations and recursions that one dataset may cost. An honest credential needs a few dozen; the
/// hardest well-meant graph of the W3C test suite stays below this, its poison graphs go beyond it.
pub const WORK_LIMIT: usize = 20_000;

/// The dataset asks for more comparisons than [`WORK_LIMIT`]: a poison graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the graph would take more than {WORK_LIMIT} steps to bring into canonical form")]
pub struct Poisoned;

/// A dataset in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The sorted canonical N-Quads.
    pub text: String,
    /// The canonical label of each blank node, without `_:`.
    pub labels: BTreeMap<String, String>,
}

/// Brings a dataset into canonical form (section 4.4.3). A quad that stands twice counts once.
pub fn canonical(quads: &[Quad]) -> Result<Canonical, Poisoned> {
    let mut state = State::of(quads);
    let mut by_hash: BTreeMap<Rc<str>, Vec<&str>> = BTreeMap::new();
    let blanks: Vec<&str> = state.blank_quads.keys().copied().collect();
    for blank in blanks {
        by_hash.entry(state.first_degree(blank)).or_default().push(blank);
    }
    for blanks in by_hash.values().filter(|blanks| blanks.len() == 1) {
        state.issuer.issue(blanks[0]);
    }
    for blanks in by_hash.values().filter(|blanks| blanks.len() > 1) {
        let mut paths = Vec::new();
        for &blank in blanks {
            if state.issuer.label(blank).is_none() {
                let mut temporary = Issuer::new("b");
                temporary.issue(blank);
                paths.push(state.n_degree(blank, temporary)?);
            }
        }
        paths.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, issuer) in paths {
            issuer.order.iter().for_each(|blank| {
                state.issuer.issue(blank);
            });
        }
    }
    let label = |blank: &str| state.issuer.label(blank).unwrap_or_default().to_owned();
    let mut lines: Vec<String> = quads.iter().map(|quad| quad.line(&label)).collect();
    lines.sort_unstable();
    lines.dedup();
    let labels =
        state.issuer.labels.iter().map(|(blank, label)| ((*blank).to_owned(), label.clone())).collect();
    Ok(Canonical { text: lines.concat(), labels })
}

/// The canonicalization state (section 4.2).
struct State<'a> {
    blank_quads: BTreeMap<&'a str, Vec<&'a Quad>>,
    first_degree: BTreeMap<&'a str, Rc<str>>,
    issuer: Issuer<'a>,
    work: usize,
}

/// The identifier issuer (section 4.5).
#[derive(Clone)]
struct Issuer<'a> {
    prefix: &'static str,
    labels: BTreeMap<&'a str, String>,
    order: Vec<&'a str>,
}

impl<'a> Issuer<'a> {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, labels: BTreeMap::new(), order: Vec::new() }
    }

    fn label(&self, blank: &str) -> Option<&str> {
        self.labels.get(blank).map(String::as_str)
    }

    fn issue(&mut self, blank: &'a str) -> &str {
        let (prefix, next) = (self.prefix, self.order.len());
        let order = &mut self.order;
        self.labels.entry(blank).or_insert_with(|| {
            order.push(blank);
            format!("{prefix}{next}")
        })
    }
}

impl<'a> State<'a> {
    fn of(quads: &'a [Quad]) -> Self {
        let mut blank_quads: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
        for quad in quads {
            for blank in quad.places().filter_map(|(_, term)| term.blank()) {
                let list = blank_quads.entry(blank).or_default();
                if list.last().is_none_or(|last| !std::ptr::eq(*last, quad)) {
                    list.push(quad);
                }
            }
        }
        for list in blank_quads.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        Self { blank_quads, first_degree: BTreeMap::new(), issuer: Issuer::new("c14n"), work: 0 }
    }

    /// Hash First Degree Quads (section 4.6).
    fn first_degree(&mut self, blank: &'a str) -> Rc<str> {
        if let Some(hash) = self.first_degree.get(blank) {
            return hash.clone();
        }
        let label = |other: &str| if other == blank { "a".to_owned() } else { "z".to_owned() };
        let quads = self.blank_quads.get(blank).map(Vec::as_slice).unwrap_or_default();
        let mut lines: Vec<String> = quads.iter().map(|quad| quad.line(&label)).collect();
        lines.sort_unstable();
        let hash: Rc<str> = hash(&lines.concat()).into();
        self.first_degree.insert(blank, hash.clone());
        hash
    }

    /// Hash Related Blank Node (section 4.7).
    fn related(&mut self, related: &'a str, quad: &Quad, issuer: &Issuer<'_>, place: char) -> String {
        let mut input = String::from(place);
        if place != 'g' {
            input.push('<');
            input.push_str(&quad.predicate);
            input.push('>');
        }
        match self.issuer.label(related).or_else(|| issuer.label(related)) {
            Some(label) => {
                input.push_str("_:");
                input.push_str(label);
            }
            None => input.push_str(&self.first_degree(related)),
        }
        hash(&input)
    }

    /// Hash N-Degree Quads (section 4.8).
    fn n_degree(&mut self, blank: &'a str, mut issuer: Issuer<'a>) -> Result<(String, Issuer<'a>), Poisoned> {
        self.spend()?;
        let mut related: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
        for quad in self.blank_quads.get(blank).cloned().unwrap_or_default() {
            for (place, term) in quad.places() {
                if let Some(other) = term.blank().filter(|other| *other != blank) {
                    let hash = self.related(other, quad, &issuer, place);
                    related.entry(hash).or_default().push(other);
                }
            }
        }
        let mut data = String::new();
        for (hash, mut blanks) in related {
            data.push_str(&hash);
            blanks.sort_unstable();
            let (path, chosen) = self.shortest_path(&mut blanks, &issuer)?;
            data.push_str(&path);
            issuer = chosen;
        }
        Ok((hash(&data), issuer))
    }

    /// Step 5.4 of section 4.8: the least path over every order of the related blank nodes.
    fn shortest_path(
        &mut self,
        blanks: &mut [&'a str],
        issuer: &Issuer<'a>,
    ) -> Result<(String, Issuer<'a>), Poisoned> {
        let mut chosen: Option<(String, Issuer<'a>)> = None;
        loop {
            self.spend()?;
            if let Some(found) =
                self.path(blanks, issuer.clone(), chosen.as_ref().map(|(path, _)| path.as_str()))?
            {
                chosen = Some(found);
            }
            if !next_permutation(blanks) {
                return Ok(chosen.unwrap_or_else(|| (String::new(), issuer.clone())));
            }
        }
    }

    /// The path for one order, or nothing once it can no longer be less than `least`.
    fn path(
        &mut self,
        blanks: &[&'a str],
        mut issuer: Issuer<'a>,
        least: Option<&str>,
    ) -> Result<Option<(String, Issuer<'a>)>, Poisoned> {
        let hopeless = |path: &str| least.is_some_and(|least| path.len() >= least.len() && path > least);
        let mut path = String::new();
        let mut recursion = Vec::new();
        for &blank in blanks {
            path.push_str("_:");
            if let Some(label) = self.issuer.label(blank) {
                path.push_str(label);
            } else {
                if issuer.label(blank).is_none() {
                    recursion.push(blank);
                }
                path.push_str(issuer.issue(blank));
            }
            if hopeless(&path) {
                return Ok(None);
            }
        }
        for blank in recursion {
            let (hash, next) = self.n_degree(blank, issuer.clone())?;
            path.push_str("_:");
            path.push_str(issuer.issue(blank));
            path.push('<');
            path.push_str(&hash);
            path.push('>');
            issuer = next;
            if hopeless(&path) {
                return Ok(None);
            }
        }
        Ok(least.is_none_or(|least| path.as_str() < least).then_some((path, issuer)))
    }

    fn spend(&mut self) -> Result<(), Poisoned> {
        self.work += 1;
        if self.work > WORK_LIMIT { Err(Poisoned) } else { Ok(()) }
    }
}

fn hash(text: &str) -> String {
    let mut hasher = Hasher::new();
    hasher.update(text.as_bytes());
    hasher.finish().hex()
}

/// The next order after this one by comparison; `false`, and the first order again, after the last.
fn next_permutation(items: &mut [&str]) -> bool {
    let Some(pivot) = items.windows(2).rposition(|pair| pair[0] < pair[1]) else {
        items.reverse();
        return false;
    };
    let swap = items.iter().rposition(|item| *item > items[pivot]).unwrap_or(pivot);
    items.swap(pivot, swap);
    items[pivot + 1..].reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::super::quads::Term;
    use super::*;

    fn knows(from: &str, to: &str) -> Quad {
        Quad {
            subject: Term::Blank(from.into()),
            predicate: "https://example.org/knows".into(),
            object: Term::Blank(to.into()),
            graph: None,
        }
    }

    #[test]
    fn the_names_of_blank_nodes_and_the_order_of_quads_do_not_matter() {
        let one = [knows("a", "b"), knows("b", "c"), knows("c", "a"), knows("c", "d")];
        let two = [knows("z", "w"), knows("y", "z"), knows("z", "x"), knows("x", "y"), knows("x", "y")];
        assert_eq!(canonical(&one).unwrap().text, canonical(&two).unwrap().text);
    }

    #[test]
    fn a_clique_is_refused_and_not_waited_for() {
        let names: Vec<String> = (0..12).map(|index| format!("n{index}")).collect();
        let pairs = names.iter().flat_map(|from| names.iter().map(move |to| (from, to)));
        let clique: Vec<Quad> =
            pairs.filter(|(from, to)| from != to).map(|(from, to)| knows(from, to)).collect();
        assert_eq!(canonical(&clique), Err(Poisoned));
    }

    #[test]
    fn every_order_is_tried_once() {
        let mut items = ["a", "b", "c"];
        let mut orders = vec![items.concat()];
        while next_permutation(&mut items) {
            orders.push(items.concat());
        }
        assert_eq!(orders, ["abc", "acb", "bac", "bca", "cab", "cba"]);
    }
}
