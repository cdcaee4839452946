//! Signers that are not known, and dates that have passed, are to come, or cannot be judged.

use portfolio::time::Date;
use portfolio::verifier::{Clock, Code, Indication, Outcome, Step, StepState, TrustList};
use serde_json::json;

use super::Case;
use super::world::{SIGN_OFF, entry, moment, sign_as, sign_at};

pub const CASES: &[Case] = &[
    Case {
        fault: "a signer that is not known",
        codes: &[Code::SignerUnknown],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            world.trust = TrustList::default();
            let report = world.report();
            let credential = &report.credentials[0];
            // good news needs a signer that is known
            assert_eq!(credential.checks.status.indication, Indication::NotEvaluated);
            assert_eq!(report.step(Step::Time), StepState::NotAnswered);
            assert_eq!(report.step(Step::Status), StepState::NotAnswered);
            report
        },
    },
    Case {
        fault: "a signer that is not known, and the reader takes any",
        codes: &[Code::SignerUnknown],
        outcome: Outcome::SignerUnknown,
        exit: 0,
        check: |world| {
            world.trust = TrustList::default();
            world.accept_unknown_signer = true;
            world.report()
        },
    },
    Case {
        fault: "a key that was trusted until an earlier day",
        codes: &[Code::TrustEnded],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            let mut trust = TrustList::default();
            let last = Some(Date::parse("2026-07-23").unwrap());
            trust.add(portfolio::verifier::TrustEntry { not_after: last, ..entry(&world.mentor) }).unwrap();
            world.trust = trust;
            world.report()
        },
    },
    Case {
        fault: "a key that is trusted up to the day of signing",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut trust = TrustList::default();
            let last = Some(Date::parse("2026-07-24").unwrap());
            trust.add(portfolio::verifier::TrustEntry { not_after: last, ..entry(&world.mentor) }).unwrap();
            world.trust = trust;
            world.report()
        },
    },
    Case {
        fault: "a clock in 1970",
        codes: &[Code::ClockUnusable],
        outcome: Outcome::StatusUnknown,
        exit: 3,
        check: |world| {
            world.at = portfolio::time::Timestamp::from_unix(0);
            let report = world.report();
            assert_eq!(report.step(Step::Time), StepState::Undecided);
            report
        },
    },
    Case {
        fault: "a clock that was set back to the week before the signing",
        codes: &[Code::SignedInFuture],
        outcome: Outcome::StatusUnknown,
        exit: 3,
        check: |world| {
            world.at = moment("2026-07-17T00:00:00Z");
            world.report()
        },
    },
    Case {
        fault: "a clock that is one second within the doubt",
        codes: &[Code::NotYetValid],
        outcome: Outcome::NotYetValid,
        exit: 4,
        check: |world| {
            world.at = moment("2026-07-23T15:02:40Z");
            world.report()
        },
    },
    Case {
        fault: "a clock that is ten minutes behind the signer's",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.at = moment("2026-07-24T14:52:40Z");
            world.report()
        },
    },
    Case {
        fault: "a clock that is a second more behind the signer's",
        codes: &[Code::NotYetValid],
        outcome: Outcome::NotYetValid,
        exit: 4,
        check: |world| {
            world.at = moment("2026-07-24T14:52:39Z");
            world.report()
        },
    },
    Case {
        fault: "judged as of a day before it was signed",
        codes: &[Code::NotYetValid],
        outcome: Outcome::NotYetValid,
        exit: 4,
        check: |world| {
            world.clock = Clock::Chosen;
            world.at = moment("2026-07-01T00:00:00Z");
            world.report()
        },
    },
    Case {
        fault: "begins next century",
        codes: &[Code::SignedBeforeStart, Code::NotYetValid],
        outcome: Outcome::NotYetValid,
        exit: 4,
        check: |world| {
            world.resign(|document| {
                document["validFrom"] = json!("2099-01-01T00:00:00Z");
                document["validUntil"] = json!("2100-01-01T00:00:00Z");
            });
            world.report()
        },
    },
    Case {
        fault: "signed four days before it begins",
        codes: &[Code::SignedBeforeStart],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut document = world.signed(|_| ());
            sign_at(&mut document, "2026-07-20T00:00:00Z", &world.mentor);
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "signed next century, by the signer's clock",
        codes: &[Code::PresentedBeforeSigned, Code::SignedInFuture],
        outcome: Outcome::StatusUnknown,
        exit: 3,
        check: |world| {
            let mut document = world.signed(|_| ());
            sign_at(&mut document, "2099-01-01T00:00:00Z", &world.mentor);
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "past its end, as of a chosen day",
        codes: &[Code::Expired],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            world.clock = Clock::Chosen;
            world.at = moment("2030-01-15T00:00:00Z");
            let report = world.report();
            assert_eq!(report.credentials[0].checks.status.indication, Indication::Failed);
            assert_eq!(report.outcome.indication(), Some("TOTAL-PASSED"));
            report
        },
    },
    Case {
        fault: "past its end, and by a signer that is not known",
        codes: &[Code::SignerUnknown, Code::Expired],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            world.trust = TrustList::default();
            world.accept_unknown_signer = true;
            world.at = moment("2030-01-15T00:00:00Z");
            world.report()
        },
    },
    Case {
        fault: "on its very last second",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.at = moment("2029-07-24T23:59:59Z");
            world.report()
        },
    },
    Case {
        fault: "a second after its end",
        codes: &[Code::Expired],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            world.at = moment("2029-07-25T00:00:00Z");
            world.report()
        },
    },
    Case {
        fault: "a signature that ended before the statement",
        codes: &[Code::Expired],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, super::world::SIGNED, &world.mentor, |proof| {
                proof.insert("expires".into(), json!("2026-10-01T00:00:00Z"));
            });
            world.put(SIGN_OFF, &document);
            let report = world.report();
            assert_eq!(report.credentials[0].ends, Some(moment("2026-10-01T00:00:00Z")));
            report
        },
    },
];
