//! A full disk and a read-only one: the old state stays, and the fault says which it was.
//!
//! Both need a small file system of their own, which only the superuser can mount: without that the tests say so,
//! loudly, and do no more.

use std::fs;
use std::io::Write;
use std::process::Command;

use portfolio::disk::{DiskFault, Mode, write_new};
use portfolio::holder::{HolderFault, NewArtifact, Role};

use crate::desk::{Desk, PDF, at, document, slug};
use crate::journey::{ask, plain, with_work};

/// A file system in memory, gone when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder.path())
            .output()
            .is_ok_and(|run| run.status.success());
        if !mounted {
            eprintln!("NOT TESTED: no small disk can be mounted here, so none was full or read-only");
        }
        mounted.then(|| SmallDisk(folder))
    }

    /// The portfolio of `desk`, moved to this disk.
    fn hold(&self, desk: &Desk) -> Desk {
        let copied = Command::new("cp").arg("-r").arg(desk.root()).arg(self.0.path()).status().unwrap();
        assert!(copied.success());
        fs::create_dir(self.0.path().join("elsewhere")).unwrap();
        Desk::at(self.0.path().to_str().unwrap())
    }

    fn fill(&self, leave: u64) {
        let mut junk = fs::File::create(self.0.path().join("elsewhere/junk")).unwrap();
        while junk.write_all(&[0; 4096]).is_ok() {}
        let len = junk.metadata().unwrap().len();
        junk.set_len(len - leave.min(len)).unwrap();
    }

    fn make_read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,ro"]).arg(self.0.path()).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn is_full(fault: &HolderFault) -> bool {
    matches!(fault, HolderFault::Disk(DiskFault::Full { .. }))
}

fn attachment(deliverable: u32) -> NewArtifact {
    let media_type = "application/zip".into();
    NewArtifact {
        role: Role::Attachment,
        media_type,
        title: Some("Third".into()),
        ..document("acme-forecasting", deliverable)
    }
}

#[test]
fn a_disk_that_is_full_before_or_in_the_middle_keeps_the_old_state() {
    let Some(disk) = SmallDisk::mount(16) else { return };
    let desk = disk.hold(&with_work());
    let elsewhere = Desk::empty();
    let file = elsewhere.put("new.zip", &[7; 500_000]);
    drop(desk.lock());
    let before = desk.files();

    // Full in the middle: the space was there when it was asked for, and is taken while the cover page is made.
    let locked = desk.lock();
    let incoming = locked.incoming(&file).unwrap();
    let fault = locked
        .add(&incoming, attachment(3), &mut |_| {
            disk.fill(100_000);
            Ok(vec![b'%'; 400_000])
        })
        .unwrap_err();
    assert!(is_full(&fault), "{fault:?}");
    drop(locked);
    assert_eq!(desk.names("artifacts").len(), 8);
    disk.fill(0);

    // Full from the start: known before anything is copied, or anybody is asked for a passphrase.
    let fault = desk.add(&file, attachment(3)).unwrap_err();
    match fault {
        HolderFault::Disk(DiskFault::Full { needed: Some(needed), free: Some(free), .. }) => {
            assert!(needed > 500_000 && free < 100_000, "{needed} {free}");
        }
        other => panic!("{other:?}"),
    }
    let fault = ask(&desk, "2026-07-22T09:00:00Z").unwrap_err();
    assert!(is_full(&fault), "{fault:?}");
    let output = desk.room.path().join("elsewhere/b.zip");
    let fault = desk.lock().plan_bundle(&plain(&output, at("2026-08-01T12:00:00Z"))).map(|_| ()).unwrap_err();
    assert!(is_full(&fault), "{fault:?}");
    let fault =
        desk.lock().set_brief(&slug("acme-forecasting"), vec![("x".repeat(200_000), None)]).unwrap_err();
    assert!(is_full(&fault), "{fault:?}");
    let fault = write_new(&output, &[1; 200_000], Mode::Shared).unwrap_err();
    assert!(matches!(fault, DiskFault::Full { .. }), "{fault:?}");
    assert!(!output.exists());
    assert_eq!(desk.files(), before);
}

#[test]
fn a_read_only_disk_can_be_looked_at_and_not_written_to() {
    let Some(disk) = SmallDisk::mount(16) else { return };
    let desk = disk.hold(&with_work());
    disk.make_read_only();
    let refused = desk.open().lock("portfolio test", at("2026-07-01T00:00:00Z"), None);
    assert!(matches!(refused, Err(HolderFault::Disk(DiskFault::ReadOnly(_)))), "{refused:?}");
    let status = desk.open().status(at("2190-01-01T00:00:00Z")).unwrap();
    assert_eq!((status.placements.len(), status.noticed.len()), (1, 0));
}

#[test]
fn a_folder_that_may_not_be_written_to_is_denied() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_placement(crate::desk::DID);
    let set = |mode| fs::set_permissions(desk.root(), fs::Permissions::from_mode(mode)).unwrap();
    fs::remove_dir_all(desk.root().join(".portfolio")).unwrap();
    set(0o555);
    if write_new(&desk.root().join("probe"), b"", Mode::Shared).is_ok() {
        return eprintln!("NOT TESTED: the superuser may write everywhere, so nothing was denied");
    }
    let before = desk.files();
    let refused = desk.open().lock("portfolio test", at("2026-07-01T00:00:00Z"), None);
    assert!(matches!(refused, Err(HolderFault::Disk(DiskFault::Denied(_)))), "{refused:?}");
    assert_eq!(desk.files(), before);
    set(0o755);
    desk.add(&desk.put("a.pdf", PDF), document("acme-forecasting", 1)).unwrap();
}
