//! Signing with a key in a real `ssh-agent`: the private half is never on the desk.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::terminal::Desk;
use crate::{PRIYA, REQUEST, desk_with_ssh_key, fingerprint};

/// An agent of this test alone, stopped at its end.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts an agent for this desk; nothing where OpenSSH's is not installed.
fn start(desk: &mut Desk) -> Option<Agent> {
    let socket = desk.at("agent.sock");
    let started = Command::new("ssh-agent")
        .args(["-D", "-a"])
        .arg(&socket)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = started else {
        eprintln!("NOT LOOKED AT: ssh-agent is not installed, so signing through it was not tried");
        return None;
    };
    let agent = Agent(child);
    for _ in 0..100 {
        if socket.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    desk.set("SSH_AUTH_SOCK", socket.as_os_str());
    Some(agent)
}

fn add(desk: &Desk, name: &str) {
    let added = Command::new("ssh-add")
        .env("SSH_AUTH_SOCK", desk.at("agent.sock"))
        .arg(desk.at(name))
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(added.success());
}

#[test]
fn a_key_in_the_agent_signs_and_never_leaves_it() {
    let mut desk = desk_with_ssh_key();
    let Some(_agent) = start(&mut desk) else { return };
    let rsa = Command::new("ssh-keygen")
        .args(["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f"])
        .arg(desk.at("id_rsa"))
        .status()
        .unwrap();
    assert!(rsa.success());
    add(&desk, "id_rsa");
    add(&desk, "priya_key");
    let key = fingerprint(&desk, "priya_key");
    std::fs::remove_file(desk.at("priya_key")).unwrap();

    let shown =
        desk.sit(&["sign", REQUEST], &["", "met", "met", "partly", "", PRIYA, "1", "2029-07-24", "sign"]);
    let page = shown.page();
    let choice = "  Which key should sign? Others will recognise you by it.
    1  your SSH key “priya@acme-laptop” (ED25519, in your SSH agent)
    2  a new key, only for sign-offs
  Type 1 or 2: 1
  Good until (YYYY-MM-DD, or none): 2029-07-24
";
    assert!(page.contains(choice), "{page}");
    assert!(page.contains(&format!("    Key {key}\n")), "{page}");
    assert!(page.contains("\nSigned. Wrote acme-forecasting.reply.json ("), "{page}");
    assert_eq!(shown.code, 0);
    let checked = desk.run(&["verify", "acme-forecasting.reply.json"]);
    assert!(checked.out.contains(&format!("  ✓ Signed     by key {key}\n")), "{}", checked.page());
    // The public half by hand finds the private one in the agent.
    let words = ["--marks", "met,met,partly", "--as", PRIYA, "--dry-run", "-o", "other.json", "--key"];
    for named in ["priya_key.pub", "agent", &key] {
        let words: Vec<&str> = ["sign", REQUEST].into_iter().chain(words).chain([named]).collect();
        let preview = desk.run(&words);
        assert!(preview.out.contains(&format!("    Key {key}\n")), "{named}: {}", preview.page());
    }
}

#[test]
fn an_agent_without_a_key_that_fits() {
    let mut desk = desk_with_ssh_key();
    let words = ["sign", REQUEST, "--marks", "met,met,partly", "--as", PRIYA, "--key", "agent", "--dry-run"];
    assert_eq!(
        desk.run(&words).page(),
        "--- stderr
error: there is no SSH agent that answers
  SSH_AUTH_SOCK names none. Nothing was signed.
hint: name the key's file instead: --key FILE
--- exit 1
"
    );
    let Some(_agent) = start(&mut desk) else { return };
    assert_eq!(
        desk.run(&words).page(),
        "--- stderr
error: your SSH agent holds no Ed25519 key
  Nothing was signed.
hint: put one in: ssh-add ~/.ssh/id_ed25519
--- exit 1
"
    );
}
