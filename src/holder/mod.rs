//! The student's folder: artifacts, placements, requests and credentials on disk.
//!
//! A [`Portfolio`] is read by anyone; [`Portfolio::lock`] makes it [`Locked`], and only that can write. Whatever
//! takes more than one file is put together under `.portfolio/staging` and moved into place by one rename, so that a
//! crash at any point leaves the old state or the new one; leftovers are swept when the folder is next locked.
//!
//! The folder, as `portfolio init` makes it:
//!
//! | path | what it is |
//! |---|---|
//! | `portfolio.json` | [`About`]: whose folder it is |
//! | `artifacts/<id>/artifact.json` and files | [`Artifact`]: one piece of work |
//! | `placements/<id>/placement.json` | [`Placement`]: where and when, what was asked, and on what terms |
//! | `placements/<id>/briefs/<revision>.json` | [`FrozenBrief`]: what was asked on the day it was frozen |
//! | `placements/<id>/checkpoints/<date>.json` | [`Checkpoint`]: one check-in, naming the one before it |
//! | `credentials/<id>.json` | sign-offs, byte for byte as they came |
//! | `credentials/<id>.statement.txt`, `.sig` | the same as a text and the SSH signature on it |
//! | `vouchers/*.json` | whose key it is that signed, by somebody else's word |
//! | `requests/<id>/` | what was asked of whom, and the files to send |
//! | `deposits/<id>/deposit.json` and files | what others issued, byte for byte, and how it was captured |
//! | `notices/*.json` | taken into bundles as they are |
//! | `private/<id>/offer.json` | [`Offer`]: what was offered, and what is still unknown about it |
//! | `placements/<id>/outcomes/<date>.json` | [`Outcome`]: one thing that came of it |
//! | `stories/<id>.md` | [`Story`]: what a piece of work was about, its public half before its gated one |
//! | `moves/<id>.json` | [`Move`]: a next move and the skills it asks for; never bundled |
//! | `private/` | papers for their owner's eyes: filed here, never bundled |
//! | `.portfolio/` | lock, staging and cache: deleting it loses nothing |

mod add;
mod answer;
mod ask;
mod bag;
mod check;
mod choose;
mod copy;
mod deposit;
mod fault;
mod files;
mod folder;
mod incoming;
mod letters;
mod overview;
mod pack;
mod placements;
mod prospects;
mod records;
mod requests;
mod rotation;
mod statements;
mod status;
mod stories;
mod text;
mod vouchers;

pub use add::{Added, MakePdf, NewArtifact, Staged};
pub use answer::{Answer, Collected, Declined, Kept};
pub use ask::{Ask, RequestPlan, Requested};
pub use check::{CheckCode, CheckWeight, Checked, Finding};
pub use deposit::{Beside, DepositStatus, NewDeposit};
pub use fault::{Differing, HolderFault};
pub use folder::{Locked, NewPortfolio, Portfolio};
pub use incoming::{FILE_BYTES, Incoming};
pub use overview::Deposited;
pub use overview::events::{Clock, Event, EventKind, Moment};
pub use overview::first_month::{Due, FirstMonth, MOVES, Step};
pub use overview::parties::{Holding, Party, PartyKind};
pub use overview::worth::{Paid, SignedBy, Worth};
pub use pack::{
    BundlePlan, Contents, LeftOut, Pack, PackedDeposit, PackedFile, PackedSignOff, PendingBundle, WhyLeftOut,
};
pub use placements::NewPlacement;
pub use placements::agreement::{
    Answer as Agreed, Clause, Closed, Condition, Narrator, Origin, OriginKind, Owner, Portability, State,
    Terms,
};
pub use placements::briefs::{BriefChange, FrozenBrief, Revision, brief_changes, has_drifted};
pub use placements::chain::{ChainBreak, Checkpoint, CheckpointLog, Logged};
pub use placements::checkpoints::{LONGEST, LogNote, SHORTEST, Week, weeks};
pub use placements::closing::{Need, Standing};
pub use placements::gates::{Forbidden, Use};
pub use placements::offers::{Decided, Decision, Offer, Question};
pub use placements::permissions::Permission;
pub use prospects::moves::{Mapped, Move, MoveNeed};
pub use prospects::outcomes::{Outcome, OutcomeEvidence, OutcomeKind};
pub use prospects::skills::{Bearer, Held, Shown, Word};
pub use records::{
    About, Artifact, ArtifactFile, Brief, Confidential, Deliverable, FORMAT, Mentor, Placement, Role, Skill,
    Version,
};
pub use requests::{Answered, KeptSignOff, RequestRecord, RequestedFile, StoredRequest};
pub use status::{
    CheckIns, DeliverableStatus, Noticed, PlacementStatus, SignOffState, SignOffStatus, Status,
};
pub use stories::{Claim, MARKER, On, Story, StoryFault, StoryKind, claims, public_part};
pub use vouchers::{KeptVoucher, TakenVoucher};
