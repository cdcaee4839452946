//! The same folder, key and time give the same bytes, whatever else differs about the computer.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use program::{Place, files_below, shown};

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files_below(folder).iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// The names of files that are not the same in both.
fn differing(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name));
    names.cloned().collect()
}

#[test]
fn the_sample_world_is_the_same_to_the_byte_wherever_and_whenever_it_is_made() {
    let (one, other) = (Place::with_sample(), Place::new());
    let output = other
        .command(env!("CARGO_BIN_EXE_portfolio"))
        .args(["demo", "sample", "--ascii"])
        .envs([("TZ", "Pacific/Kiritimati"), ("LANG", "C"), ("SOURCE_DATE_EPOCH", "1900000000")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    let mut worlds = [contents(&one.join("sample")), contents(&other.join("sample"))];
    // Who last held a lock, with the process's number, is the one thing that tells two runs apart.
    worlds.iter_mut().for_each(|world| world.retain(|name, _| !name.ends_with("lock")));
    assert!(worlds[0].len() > 20, "{:?}", worlds[0].keys());
    assert_eq!(differing(&worlds[0], &worlds[1]), [""; 0]);
}

#[test]
fn a_folder_copied_elsewhere_with_other_times_and_modes_packs_to_the_same_bytes() {
    let place = Place::with_sample();
    std::fs::write(place.join("passphrase"), "kettle orchard marble\n").unwrap();
    let owner_only: std::fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(place.join("passphrase"), owner_only.clone()).unwrap();
    let (here, there) = (place.join("sample/alex/portfolio"), place.join("elsewhere/copy"));
    for (name, bytes) in contents(&here).into_iter().rev() {
        let path = there.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        std::fs::set_permissions(&path, owner_only.clone()).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    }
    let pack = |folder: &Path, when: &str, name: &str| {
        let mut command: Command = place.command(env!("CARGO_BIN_EXE_portfolio"));
        let passphrase = place.join("passphrase");
        command.args(["bundle", "-o"]).arg(place.join(name)).arg("--passphrase-file").arg(passphrase);
        command
            .current_dir(folder)
            .env("PORTFOLIO_HOME", place.join("sample/alex/home"))
            .env("SOURCE_DATE_EPOCH", when);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", shown(&output));
        std::fs::read(place.join(name)).unwrap()
    };
    let first = pack(&here, "1785000000", "first.zip");
    assert!(first == pack(&there, "1785000000", "second.zip"), "the same folder, key and time");
    assert!(first != pack(&there, "1785000001", "third.zip"), "the time is in it");
}
