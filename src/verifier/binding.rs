//! Whose sign-off it is: about the key that presents it, and about the person that was asked for.
//!
//! A sign-off about somebody else is real and proves nothing for this holder, so no later question is answered for it.

use super::authentic::Authentic;
use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::news::News;
use super::outcome::{Failure, Outcome};
use super::policy::Policy;
use super::presented::Presented;
use super::report::HolderReport;
use super::step::{Step, StepState};

/// What a sign-off stands on: a bag that its own subject presented, or itself alone.
pub(super) enum Standing<'p> {
    /// It came without a bag, and nobody presents it.
    Alone,
    /// Its subject presents it.
    PresentedBySubject(
        #[expect(dead_code, reason = "holding it shows that the bag was presented")] &'p Presented<'p>,
    ),
}

/// Who presents a bundle, as far as is known.
#[derive(Clone, Copy)]
pub(super) enum Presenter<'p> {
    /// There is no bundle.
    Nobody,
    /// There is one: its holder, if the holder's signature fits, and the presented bag, if it is one.
    Bundle(Option<&'p HolderReport>, Option<&'p Presented<'p>>),
}

/// Asks whose sign-off it is; a fault here is found even when the bag is broken.
pub(super) fn bind<'p>(
    judging: &mut Judging,
    authentic: &Authentic,
    presenter: Presenter<'p>,
    news: &News<'_>,
    policy: &Policy<'_>,
) -> Option<Standing<'p>> {
    let about_holder = match presenter {
        Presenter::Bundle(Some(holder), _) => is_about(judging, authentic, holder, news),
        Presenter::Bundle(None, _) | Presenter::Nobody => true,
    };
    let about_wanted = policy.about.is_none_or(|email| carries(judging, authentic, email));
    if !(about_holder && about_wanted) {
        judging.steps.set(Step::Conforming, StepState::Failed);
        judging.reason(Outcome::Failed(Failure::Constraints));
        return None;
    }
    match presenter {
        Presenter::Nobody => Some(Standing::Alone),
        Presenter::Bundle(_, presented) => presented.map(Standing::PresentedBySubject),
    }
}

fn is_about(judging: &mut Judging, authentic: &Authentic, holder: &HolderReport, news: &News<'_>) -> bool {
    let subject = &authentic.sign_off().claims.subject.id;
    if holder.created < authentic.signed_at() {
        let (made, signed) = (holder.created, authentic.signed_at());
        judging.found(Finding::new(Code::PresentedBeforeSigned, format!("made {made}, signed {signed}")));
    }
    if *subject == holder.did {
        return true;
    }
    if news.follows(subject, &holder.did) {
        judging.found(Finding::new(Code::AboutEarlierKey, format!("about {subject}, now {}", holder.did)));
        return true;
    }
    judging.found(Finding::new(Code::AboutAnother, format!("about {subject}, presented by {}", holder.did)));
    false
}

fn carries(judging: &mut Judging, authentic: &Authentic, email: &str) -> bool {
    let is_of = authentic.sign_off().claims.subject.email.as_ref().is_some_and(|hashed| hashed.is_of(email));
    if !is_of {
        judging.found(Finding::new(Code::OtherAddress, format!("does not carry the address {email}")));
    }
    is_of
}
