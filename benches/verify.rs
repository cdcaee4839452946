//! Whole processes against `openssl dgst -sha256` on the same file, in pairs and in one run: only ratios are reported.
//!
//! `cargo bench --bench verify --target x86_64-unknown-linux-musl` makes the bundles in `tmp/bench` of the target's
//! folder, runs each pair turn about and prints the median of the pairs' ratios, for the static program that is
//! installed on Linux; without `--target`, for the one that needs the system's C library. `PORTFOLIO_BENCH_BIG=1` adds a
//! file of 1 GiB and one of 3.9 GiB.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads the clock, reaches the disk and prints"
)]

#[path = "support/installed.rs"]
mod installed;
#[path = "../tests/support/made.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod made;
#[path = "support/pairs.rs"]
mod pairs;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use installed::portfolio;
use made::Signed;
use pairs::{compare, heading, seconds};
use portfolio::digest::{Digest, Hasher};
use portfolio::source::Source;

const MIB: u64 = 1 << 20;

/// Bytes that no one can compress, the same for the same seed.
struct Noise {
    seed: u64,
    len: u64,
}

impl Source for Noise {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        for (at, word) in buffer.chunks_mut(8).enumerate() {
            let mut mixed =
                (self.seed << 40).wrapping_add(offset / 8 + at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..word.len()]);
        }
        Ok(())
    }
}

impl Noise {
    fn digest(&self) -> Digest {
        let (mut hasher, mut done, mut buffer) = (Hasher::new(), 0, vec![0; MIB as usize]);
        while done < self.len {
            let step = (self.len - done).min(MIB) as usize;
            self.read_exact_at(done, &mut buffer[..step]).unwrap();
            hasher.update(&buffer[..step]);
            done += step as u64;
        }
        hasher.finish()
    }
}

/// A bundle with one sign-off for each file of `size` bytes, made once and kept.
fn bundle(folder: &Path, name: &str, files: u64, size: u64) -> PathBuf {
    let path = folder.join(name);
    if path.exists() {
        return path;
    }
    let names: Vec<String> = (0..files).map(|number| format!("report-{number}.pdf")).collect();
    let noises: Vec<Noise> = (0..files).map(|number| Noise { seed: number + 1, len: size }).collect();
    let sign_offs: Vec<_> = names
        .iter()
        .zip(&noises)
        .map(|(name, noise)| {
            let file = Signed { name, digest: noise.digest(), audience: None };
            made::signed_twice(made::unsigned_for(name, &[file], None), &made::mentor())
        })
        .collect();
    let sources: Vec<(&str, &dyn Source)> =
        names.iter().map(String::as_str).zip(noises.iter().map(|n| n as &dyn Source)).collect();
    let unfinished = path.with_extension("part");
    let out = BufWriter::with_capacity(MIB as usize, File::create(&unfinished).unwrap());
    made::bundle_to(out, &sign_offs, &sources, &made::student(), |_| {});
    std::fs::rename(&unfinished, &path).unwrap();
    path
}

fn verify(files: &[PathBuf]) -> Command {
    let mut command = portfolio(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("nobody"));
    command.args(["verify", "--accept-unknown-signer", "--at", "2026-11-22", "--quiet"]).args(files);
    command
}

fn openssl(file: &Path) -> Command {
    let mut command = Command::new("openssl");
    command.args(["dgst", "-sha256"]).arg(file);
    command
}

/// Most memory that was resident at once, in KiB, as `/usr/bin/time` reads it from `wait4`.
fn peak(command: &Command) -> u64 {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["--format", "%M", "--quiet"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        timed.env(name, value.unwrap_or_default());
    }
    let output = timed.stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.trim().lines().last().and_then(|line| line.parse().ok()).unwrap_or_else(|| panic!("{text}"))
}

fn against_openssl(what: &str, goal: &str, pairs: usize, file: &Path) {
    let files = [file.to_owned()];
    compare(what, goal, pairs, &mut || seconds(&mut verify(&files)), &mut || seconds(&mut openssl(file)));
    println!("{:<44} {:>6.1}   < 64 MiB", "  memory at most, MiB", peak(&verify(&files)) as f64 / 1024.0);
}

/// A portfolio with 100 MB of work and an answer collected, made once by the program itself with keys that have no
/// passphrase: stretching a passphrase takes a fixed quarter of a second that is not the bundle's.
fn portfolio_of_100_mb(folder: &Path) -> PathBuf {
    let work = folder.join("portfolio");
    if work.join("credentials").exists() {
        return work;
    }
    std::fs::create_dir_all(&work).unwrap();
    for who in ["alex", "priya"] {
        let keys = folder.join(who).join("keys");
        std::fs::create_dir_all(&keys).unwrap();
        let mut keygen = Command::new("ssh-keygen");
        seconds(keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(keys.join(who)));
    }
    let run = |who: &str, line: &[&str]| seconds(portfolio(&folder.join(who)).args(line).current_dir(&work));
    run("alex", &["init", "--name", "Alex", "--email", "a@rivera.example", "--key", "alex"]);
    run("alex", &["placement", "new", "p", "--title", "Placement", "--mentor", "Priya <p@acme.example>"]);
    run("alex", &["placement", "brief", "p", "--deliverable", "Work"]);
    for number in 0..4 {
        let (name, noise) = (format!("work-{number}.bin"), Noise { seed: 50 + number, len: 25 * MIB });
        let mut bytes = vec![0; noise.len as usize];
        noise.read_exact_at(0, &mut bytes).unwrap();
        std::fs::write(work.join(&name), bytes).unwrap();
        run("alex", &["add", "p", &name, "--for", "1", "--title", &format!("Work {number}")]);
    }
    run("alex", &["request", "p"]);
    let request = "requests/p-for-priya/p-for-priya.request.zip";
    let sign = [
        "sign",
        request,
        "--marks",
        "met",
        "--as",
        "Priya",
        "--key",
        "priya",
        "--good-until",
        "none",
        "-o",
        "answer.json",
    ];
    let text =
        portfolio(&folder.join("priya")).args(sign).arg("--dry-run").current_dir(&work).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    let expected =
        text.lines().last().and_then(|line| line.strip_prefix("Text: ")).unwrap_or_else(|| panic!("{text}"));
    run("priya", &[&sign[..], &["--yes", "--expect", expected]].concat());
    run("alex", &["collect", "answer.json", "--yes"]);
    work
}

fn bundle_against_copy(folder: &Path) {
    let work = portfolio_of_100_mb(folder);
    let (packed, copy) = (folder.join("packed.zip"), folder.join("copy.zip"));
    let pack = || {
        let _ = std::fs::remove_file(&packed);
        let mut command = portfolio(&folder.join("alex"));
        seconds(command.args(["bundle", "--quiet", "-o"]).arg(&packed).current_dir(&work))
    };
    let copy_and_hash = || {
        let _ = std::fs::remove_file(&copy);
        seconds(Command::new("cp").args([&packed, &copy])) + seconds(&mut openssl(&copy))
    };
    heading("portfolio bundle / cp + openssl dgst", "ours", "theirs");
    compare("100 MB", "<= 1.50", 15, &mut { pack }, &mut { copy_and_hash });
    let _ = std::fs::remove_file(&packed);
    let mut command = portfolio(&folder.join("alex"));
    command.args(["-C"]).arg(&work).args(["bundle", "--quiet", "-o"]).arg(&packed);
    println!("{:<44} {:>6.1}   < 64 MiB", "  memory at most, MiB", peak(&command) as f64 / 1024.0);
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder).unwrap();
    let linked = if cfg!(target_env = "musl") { "one static file" } else { "the system's C library" };
    println!("portfolio {}, {linked}", env!("CARGO_PKG_VERSION"));
    heading("portfolio verify / openssl dgst -sha256", "ours", "theirs");
    against_openssl("1 sign-off, 1 MB", "<= 0.70", 201, &bundle(&folder, "one.zip", 1, MIB));
    against_openssl("100 sign-offs, 100 MB", "<= 1.00", 31, &bundle(&folder, "hundred.zip", 100, MIB));
    if std::env::var_os("PORTFOLIO_BENCH_BIG").is_some() {
        against_openssl("1 sign-off, 1 GiB", "", 5, &bundle(&folder, "gibibyte.zip", 1, 1 << 30));
        against_openssl("1 sign-off, 3.9 GiB", "<= 0.95", 3, &bundle(&folder, "largest.zip", 1, 3_993 * MIB));
    }

    let many: Vec<PathBuf> = (0..1_000)
        .map(|number| {
            let path = folder.join(format!("many-{number:04}.zip"));
            if !path.exists() {
                std::fs::hard_link(bundle(&folder, "small.zip", 1, 64 << 10), &path).unwrap();
            }
            path
        })
        .collect();
    let on = |cores: &str| {
        let inner = verify(&many);
        let mut command = Command::new("taskset");
        command.args(["-c", cores]).arg(inner.get_program()).args(inner.get_args());
        seconds(&mut command)
    };
    heading("portfolio verify, one core / two cores", "one", "two");
    compare("1,000 bundles of 64 KiB in one command", ">= 1.70", 11, &mut || on("0"), &mut || on("0,1"));
    println!("{:<44} {:>6.1}   < 64 MiB", "  memory at most, MiB", peak(&verify(&many)) as f64 / 1024.0);
    bundle_against_copy(&folder);
}
