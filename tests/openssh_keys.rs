//! Key files both ways with OpenSSH itself: what we write `ssh-keygen` reads, and what it writes we read.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portfolio::proof::key::{KeyFacts, LEAST_ROUNDS, inspect, open_openssh, public_from_line, seal};
use portfolio::proof::{KeyFault, SecretKey, Signer};

const PASSPHRASE: &str = "correct horse battery staple";

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn sealed() -> String {
    seal(&key(), "alex@example.org", PASSPHRASE.as_bytes(), [9; 16], 0x0102_0304, LEAST_ROUNDS)
        .unwrap()
        .to_string()
}

fn opened(pem: &[u8], passphrase: Option<&str>) -> Result<[u8; 32], KeyFault> {
    open_openssh(pem, passphrase.map(str::as_bytes)).map(|key| *key.public_key().as_bytes())
}

/// Runs `ssh-keygen` and gives what it prints; nothing, and loudly, where it is not installed.
fn ssh_keygen(arguments: &[&str]) -> Option<String> {
    let output = Command::new("ssh-keygen").args(arguments).stdin(Stdio::null()).output();
    let Ok(output) = output else {
        eprintln!("NOT TESTED: ssh-keygen is not installed");
        return None;
    };
    assert!(output.status.success(), "ssh-keygen {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A private key file that `ssh-keygen` made.
fn made(folder: &Path, kind: &[&str], passphrase: &str) -> Option<PathBuf> {
    let path = folder.join(format!("{}-{}", kind.join("-"), passphrase.len()));
    let file = path.to_str().unwrap();
    let arguments = ["-q", "-C", "priya at work", "-N", passphrase, "-f", file, "-t"];
    ssh_keygen(&[&arguments, kind].concat()).map(|_| path)
}

#[test]
fn ssh_keygen_reads_the_file_we_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, sealed()).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let file = path.to_str().unwrap();
    let Some(line) = ssh_keygen(&["-y", "-P", PASSPHRASE, "-f", file]) else { return };
    let key = key().public_key();
    assert_eq!(line.trim_end(), key.openssh_line("alex@example.org"));
    let public = folder.path().join("key.pub");
    std::fs::write(&public, format!("{}\n", key.openssh_line("alex@example.org"))).unwrap();
    let listed = ssh_keygen(&["-l", "-f", public.to_str().unwrap()]).unwrap();
    assert_eq!(listed.trim_end(), format!("256 {} alex@example.org (ED25519)", key.fingerprint()));
}

#[test]
fn we_read_the_files_that_ssh_keygen_writes() {
    let folder = tempfile::tempdir().unwrap();
    for (passphrase, comment) in [("", Some("priya at work".to_owned())), (PASSPHRASE, None)] {
        let Some(path) = made(folder.path(), &["ed25519"], passphrase) else { return };
        let pem = std::fs::read(&path).unwrap();
        let line = std::fs::read_to_string(path.with_extension("pub")).unwrap();
        let (public, line_comment) = public_from_line(&line).unwrap();
        assert_eq!(line_comment, "priya at work");
        let encrypted = !passphrase.is_empty();
        assert_eq!(inspect(&pem), Ok(KeyFacts { public, encrypted, comment }));
        assert_eq!(opened(&pem, Some(passphrase)), Ok(*public.as_bytes()));
        let listed = ssh_keygen(&["-l", "-f", path.to_str().unwrap()]).unwrap();
        assert_eq!(listed.split(' ').nth(1), Some(public.fingerprint().as_str()));
        if encrypted {
            assert_eq!(opened(&pem, None), Err(KeyFault::PassphraseNeeded));
            assert_eq!(opened(&pem, Some("wrong")), Err(KeyFault::WrongPassphrase));
        } else {
            assert_eq!(opened(&pem, None), Ok(*public.as_bytes()));
        }
    }
}

#[test]
fn we_read_the_other_ciphers_of_ssh_keygen() {
    let folder = tempfile::tempdir().unwrap();
    for cipher in ["aes256-cbc", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"] {
        let Some(path) = made(folder.path(), &["ed25519", "-Z", cipher], PASSPHRASE) else { return };
        let pem = std::fs::read(&path).unwrap();
        let public = inspect(&pem).unwrap().public;
        assert_eq!(opened(&pem, Some(PASSPHRASE)), Ok(*public.as_bytes()), "{cipher}");
        assert_eq!(opened(&pem, Some("wrong")), Err(KeyFault::WrongPassphrase), "{cipher}");
    }
}

#[test]
fn keys_of_other_kinds_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, algorithm) in [(["rsa", "-b2048"], "ssh-rsa"), (["ecdsa", "-b256"], "ecdsa-sha2-nistp256")] {
        for passphrase in ["", PASSPHRASE] {
            let Some(path) = made(folder.path(), &kind, passphrase) else { return };
            let fault = KeyFault::OtherAlgorithm { algorithm: algorithm.to_owned() };
            let pem = std::fs::read(&path).unwrap();
            assert_eq!(inspect(&pem), Err(fault.clone()));
            assert_eq!(opened(&pem, Some(passphrase)), Err(fault.clone()));
            let line = std::fs::read_to_string(path.with_extension("pub")).unwrap();
            assert_eq!(public_from_line(&line), Err(fault.clone()));
            assert_eq!(inspect(line.as_bytes()), Err(fault));
        }
    }
    let Some(path) = made(folder.path(), &["rsa", "-b2048", "-mPEM"], "") else { return };
    assert_eq!(inspect(&std::fs::read(path).unwrap()), Err(KeyFault::OtherFormat("PEM (RSA)")));
}

#[test]
fn the_same_key_salt_and_passphrase_give_the_same_file() {
    assert_eq!(sealed(), sealed());
    let key_bytes = *key().public_key().as_bytes();
    assert_eq!(opened(sealed().as_bytes(), Some(PASSPHRASE)), Ok(key_bytes));
    assert_eq!(opened(sealed().replace('\n', "\r\n").as_bytes(), Some(PASSPHRASE)), Ok(key_bytes));
    let facts = KeyFacts { public: key().public_key(), encrypted: true, comment: None };
    assert_eq!(inspect(sealed().as_bytes()), Ok(facts));
}

#[test]
fn a_file_is_not_sealed_badly() {
    let seal = |comment: &str, passphrase: &str, rounds| {
        seal(&key(), comment, passphrase.as_bytes(), [9; 16], 1, rounds).map(|_| ())
    };
    assert_eq!(seal("c", "", 64), Err(KeyFault::EmptyPassphrase));
    assert_eq!(seal("c", "p", 63), Err(KeyFault::TooFewRounds { found: 63 }));
    assert_eq!(seal("c", "p", 4097), Err(KeyFault::TooManyRounds { found: 4097 }));
    assert_eq!(seal("a\nb", "p", 64), Err(KeyFault::BadComment));
}

#[test]
fn what_is_no_key_file_is_named() {
    let line = key().public_key().openssh_line("c");
    let cases: [(&[u8], KeyFault); 8] = [
        (b"", KeyFault::NotOpenSsh),
        (b"\xFF\xFE", KeyFault::NotOpenSsh),
        (b"%PDF-1.7", KeyFault::NotOpenSsh),
        (line.as_bytes(), KeyFault::PublicOnly),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", KeyFault::OtherFormat("PKCS #8")),
        (b"PuTTY-User-Key-File-3: ssh-ed25519\n", KeyFault::OtherFormat("PuTTY")),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n", KeyFault::Damaged),
        (&[b'a'; 20_000], KeyFault::TooLong { found: 20_000 }),
    ];
    for (bytes, fault) in cases {
        assert_eq!(inspect(bytes), Err(fault.clone()), "{}", String::from_utf8_lossy(bytes));
        assert_eq!(opened(bytes, Some("p")), Err(fault));
    }
}

/// Without a passphrase, as nothing here writes it, so that thousands of damaged files are opened quickly.
fn plain_file() -> Vec<u8> {
    let string = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat();
    let (public, blob) = (*key().public_key().as_bytes(), key().public_key().ssh_blob());
    let pair = [[7; 32], public].concat();
    let secret =
        [&[1, 2, 3, 4, 1, 2, 3, 4][..], &blob, &string(&pair), &string(b"c"), &[1, 2, 3, 4]].concat();
    let head =
        [&b"openssh-key-v1\0"[..], &string(b"none"), &string(b"none"), &string(b""), &[0, 0, 0, 1]].concat();
    [head, string(&blob), string(&secret)].concat()
}

fn pem(bytes: &[u8]) -> String {
    let encoded = data_encoding::BASE64.encode(bytes);
    let lines: Vec<&str> =
        encoded.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n", lines.join("\n"))
}

#[test]
fn a_damaged_file_never_gives_another_key() {
    let (file, expected) = (plain_file(), *key().public_key().as_bytes());
    assert_eq!(opened(pem(&file).as_bytes(), None), Ok(expected));
    for place in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[place] ^= 1 << bit;
            if let Ok(key) = opened(pem(&changed).as_bytes(), None) {
                assert_eq!(key, expected, "byte {place}, bit {bit}");
            }
        }
        assert!(opened(pem(&file[..place]).as_bytes(), None).is_err(), "cut at {place}");
    }
}

#[test]
fn a_public_key_swapped_in_is_noticed() {
    let (file, other) = (plain_file(), *SecretKey::from_seed(&[8; 32]).public_key().as_bytes());
    let own = *key().public_key().as_bytes();
    let places: Vec<usize> = (0..file.len() - 32).filter(|&place| file[place..place + 32] == own).collect();
    assert_eq!(places.len(), 3);
    let swapped = |places: &[usize]| {
        let mut changed = file.clone();
        for &place in places {
            changed[place..place + 32].copy_from_slice(&other);
        }
        opened(pem(&changed).as_bytes(), None)
    };
    assert_eq!(swapped(&places), Err(KeyFault::PartsDiffer));
    assert_eq!(swapped(&places[..1]), Err(KeyFault::Damaged));
    assert_eq!(swapped(&places[1..]), Err(KeyFault::Damaged));
}

#[test]
fn a_file_that_asks_for_hours_of_hashing_is_refused_at_once() {
    let sealed = sealed();
    let body: String = sealed.lines().filter(|line| !line.starts_with('-')).collect();
    let mut bytes = data_encoding::BASE64.decode(body.as_bytes()).unwrap();
    let rounds = LEAST_ROUNDS.to_be_bytes();
    let place = bytes.windows(4).position(|window| window == rounds).unwrap();
    bytes[place..place + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(opened(pem(&bytes).as_bytes(), Some("p")), Err(KeyFault::TooManyRounds { found: u32::MAX }));
    bytes[place..place + 4].copy_from_slice(&[0; 4]);
    assert_eq!(opened(pem(&bytes).as_bytes(), Some("p")), Err(KeyFault::Damaged));
}

/// An agent of its own, ended when dropped.
#[cfg(unix)]
struct Agent {
    child: std::process::Child,
    socket: PathBuf,
}

#[cfg(unix)]
impl Agent {
    fn start(folder: &Path) -> Option<Agent> {
        let socket = folder.join("agent");
        let child = Command::new("ssh-agent").arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn();
        let Ok(child) = child else {
            eprintln!("NOT TESTED: ssh-agent is not installed");
            return None;
        };
        let agent = Agent { child, socket };
        for _ in 0..500 {
            if agent.socket.exists() {
                return Some(agent);
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("ssh-agent opened no socket");
    }

    /// Sends a question and gives the answer without its length.
    fn ask(&self, question: &[u8]) -> Vec<u8> {
        use std::io::{Read, Write};
        let mut socket = std::os::unix::net::UnixStream::connect(&self.socket).unwrap();
        socket.write_all(question).unwrap();
        let mut length = [0; 4];
        socket.read_exact(&mut length).unwrap();
        let mut answer = vec![0; portfolio::proof::agent::answer_length(length).unwrap()];
        socket.read_exact(&mut answer).unwrap();
        answer
    }
}

#[cfg(unix)]
impl Drop for Agent {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn an_agent_lists_its_keys_and_signs_with_ours() {
    use portfolio::proof::agent::{
        AgentFault, parse_identities, parse_signature, request_identities, sign_request,
    };
    let folder = tempfile::tempdir().unwrap();
    let Some(agent) = Agent::start(folder.path()) else { return };
    assert_eq!(parse_identities(&agent.ask(&request_identities())), Ok(Vec::new()));
    for kind in [&["ed25519"][..], &["rsa", "-b2048"]] {
        let path = made(folder.path(), kind, "").unwrap();
        let added = Command::new("ssh-add").arg("-q").arg(&path).env("SSH_AUTH_SOCK", &agent.socket).status();
        assert!(added.unwrap().success());
    }
    let keys = parse_identities(&agent.ask(&request_identities())).unwrap();
    let public = keys[0].key.clone().unwrap();
    assert_eq!(keys[0].comment, "priya at work");
    assert_eq!(keys[1].key, Err(KeyFault::OtherAlgorithm { algorithm: "ssh-rsa".into() }));
    let hash = [3; 64];
    let answer = agent.ask(&sign_request(&public, &hash));
    let signature = parse_signature(&answer, &public, &hash).unwrap();
    assert!(public.verify(&hash, &signature));
    let absent = agent.ask(&sign_request(&key().public_key(), &hash));
    assert_eq!(parse_signature(&absent, &key().public_key(), &hash), Err(AgentFault::Refused));
}
