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
//! | `placements/<id>/placement.json` | [`Placement`]: where and when, and what was asked |
//! | `credentials/<id>.json` | sign-offs, byte for byte as they came |
//! | `requests/<id>/` | what was asked of whom, and the files to send |
//! | `deposits/<id>/`, `stories/<id>.md`, `notices/*.json` | taken into bundles as they are |
//! | `private/` | never read by anything here but `placement new --offer`, never bundled |
//! | `.portfolio/` | lock, staging and cache: deleting it loses nothing |

mod add;
mod answer;
mod ask;
mod bag;
mod choose;
mod copy;
mod fault;
mod files;
mod folder;
mod incoming;
mod letters;
mod pack;
mod placements;
mod records;
mod requests;
mod status;
mod text;

pub use add::{Added, MakePdf, NewArtifact, Staged};
pub use answer::{Answer, Collected, Declined, Kept};
pub use ask::{Ask, RequestPlan, Requested};
pub use fault::{Differing, HolderFault};
pub use folder::{Locked, NewPortfolio, Portfolio};
pub use incoming::{FILE_BYTES, Incoming};
pub use pack::{BundlePlan, Contents, LeftOut, Pack, PackedFile, PackedSignOff, PendingBundle, WhyLeftOut};
pub use placements::NewPlacement;
pub use records::{
    About, Artifact, ArtifactFile, Brief, Confidential, Deliverable, FORMAT, Mentor, Placement, Role, Version,
};
pub use requests::{Answered, KeptSignOff, RequestRecord, RequestedFile, StoredRequest};
pub use status::{DeliverableStatus, Noticed, PlacementStatus, SignOffState, SignOffStatus, Status};
