//! Several proofs on one document: what they build on, and what they say together (Data Integrity 1.0 section 4.5).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Expected, ProofFault, ProofOutcome, ProofState};

/// Most proofs on one document: two suites by the signer leave room for six more, and each costs a signature check.
pub const MAX_PROOFS: usize = 8;

/// What all proofs of a document say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofSet {
    /// What is wrong with the set itself; then no proof was looked at.
    pub fault: Option<ProofFault>,
    /// One for each proof, in the document's order.
    pub proofs: Vec<ProofOutcome>,
    holds: bool,
}

impl ProofSet {
    /// Whether each expected controller's own key signed, by a supported proof, and no supported proof fails. A set
    /// without proofs does not hold, and a proof that is not supported counts neither way.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// The first fact that keeps the set from holding: the set's own fault, or the first proof that fails.
    pub fn first_fault(&self) -> Option<&ProofFault> {
        let failed = self.proofs.iter().find_map(|proof| match &proof.state {
            ProofState::Fails(fault) => Some(fault),
            ProofState::Holds | ProofState::NotSupported => None,
        });
        self.fault.as_ref().or(failed)
    }

    /// The first proof that holds.
    pub fn holding(&self) -> Option<&ProofOutcome> {
        self.proofs.iter().find(|proof| proof.state == ProofState::Holds)
    }

    pub(super) fn faulty(fault: ProofFault) -> Self {
        ProofSet { fault: Some(fault), proofs: Vec::new(), holds: false }
    }

    pub(super) fn new(proofs: Vec<ProofOutcome>, expected: &Expected) -> Self {
        let signed_by = |controller: &str| {
            proofs.iter().any(|proof| {
                let did = proof.method.split('#').next();
                proof.state == ProofState::Holds && did == Some(controller)
            })
        };
        let none_fails = !proofs.iter().any(|proof| matches!(proof.state, ProofState::Fails(_)));
        let holds = none_fails
            && signed_by(expected.controller)
            && expected.also.iter().all(|controller| signed_by(controller));
        ProofSet { fault: None, proofs, holds }
    }

    /// The proofs of a document: one object, or a list of one to eight.
    pub(super) fn members(document: &Map<String, Value>) -> Result<Vec<&Value>, ProofFault> {
        let proofs: Vec<&Value> = match document.get("proof") {
            None => Vec::new(),
            Some(Value::Array(proofs)) => proofs.iter().collect(),
            Some(proof @ Value::Object(_)) => vec![proof],
            Some(_) => return Err(ProofFault::ProofNotAnObject),
        };
        match proofs.len() {
            0 => Err(ProofFault::NoProof),
            1..=MAX_PROOFS => Ok(proofs),
            found => Err(ProofFault::TooManyProofs { found }),
        }
    }
}

/// Which proof builds on which, by place in the set.
pub(super) struct Links {
    previous: Vec<Result<Vec<usize>, ProofFault>>,
    names: Vec<Option<String>>,
}

impl Links {
    /// Reads `id` and `previousProof` of every proof. Ids must be unique; what `previousProof` names must be there and
    /// must not lead back.
    pub(super) fn of(proofs: &[&Value]) -> Self {
        let names: Vec<Option<String>> =
            proofs.iter().map(|proof| proof.get("id").and_then(Value::as_str).map(str::to_owned)).collect();
        let mut places = BTreeMap::new();
        let mut twice = None;
        for (place, name) in names.iter().enumerate() {
            if let Some(name) = name
                && places.insert(name.as_str(), place).is_some()
            {
                twice = Some(name.clone());
            }
        }
        let read = |proof: &Value| {
            if proof.get("id").is_some_and(|id| !id.is_string()) {
                return Err(ProofFault::BadMember("id"));
            }
            let named = strings(proof.get("previousProof")).ok_or(ProofFault::BadMember("previousProof"))?;
            named
                .into_iter()
                .map(|name| places.get(name.as_str()).copied().ok_or(ProofFault::PreviousProofUnknown(name)))
                .collect()
        };
        let previous = match twice {
            Some(name) => proofs.iter().map(|_| Err(ProofFault::DuplicateProofId(name.clone()))).collect(),
            None => proofs.iter().map(|proof| read(proof)).collect(),
        };
        Links { previous, names }
    }

    /// The places of the proofs that a proof names in `previousProof`.
    pub(super) fn previous(&self, place: usize) -> Result<Vec<usize>, ProofFault> {
        if self.leads_back(place) {
            return Err(ProofFault::PreviousProofCircular);
        }
        let mut previous = self.previous[place].clone()?;
        previous.sort_unstable();
        previous.dedup();
        Ok(previous)
    }

    fn direct(&self, place: usize) -> &[usize] {
        self.previous[place].as_deref().unwrap_or_default()
    }

    /// Whether a proof builds, directly or not, on itself.
    fn leads_back(&self, start: usize) -> bool {
        let mut seen = [false; MAX_PROOFS];
        let mut open = self.direct(start).to_vec();
        while let Some(place) = open.pop() {
            if place == start {
                return true;
            }
            if !std::mem::replace(&mut seen[place], true) {
                open.extend_from_slice(self.direct(place));
            }
        }
        false
    }

    /// A proof counts only if those it builds on count: takes back what builds on a proof that does not hold.
    pub(super) fn settle(&self, outcomes: &mut [ProofOutcome]) {
        // a chain is at most as long as the set, so one pass a proof reaches its end
        for _ in 0..outcomes.len() {
            for place in 0..outcomes.len() {
                let broken = self.direct(place).iter().find(|&&on| outcomes[on].state != ProofState::Holds);
                if let (ProofState::Holds, Some(&on)) = (&outcomes[place].state, broken) {
                    let name = self.names[on].clone().unwrap_or_default();
                    outcomes[place].state = ProofState::Fails(ProofFault::PreviousProofDoesNotHold(name));
                }
            }
        }
    }
}

/// One text or a list of texts; an absent member is an empty list.
pub(super) fn strings(value: Option<&Value>) -> Option<Vec<String>> {
    match value {
        None => Some(Vec::new()),
        Some(Value::String(text)) => Some(vec![text.clone()]),
        Some(Value::Array(list)) => list.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        Some(_) => None,
    }
}
