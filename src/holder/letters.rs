//! The fixed texts that travel: what a bag says of itself, and the letter that goes with a request.

/// `READ-ME-FIRST.txt` of a request.
pub(super) fn request_read_me(has_statement: bool) -> String {
    let by_ssh = if has_statement { BY_SSH } else { "" };
    format!("{ASKED}{by_ssh}{CHECKED_BY_HAND}")
}

const ASKED: &str = "\
A student asks you to sign off their work.

The folder data/files holds what they made. Open it and look.
request.json holds the words they would like you to sign, change or turn down.
Nothing is signed by opening anything here.

To answer, get the program \"portfolio\" (cargo install --locked portfolio-cli,
or one file from the project's own page) and run it on the ZIP as it came:

    portfolio sign FILE.request.zip

It never uses the network. It shows the exact words, asks before it signs, and
writes one small file for you to send back.
";

/// For somebody who has an SSH key and wants to install nothing.
const BY_SSH: &str = "
Or sign with nothing to install, if you have an Ed25519 SSH key and OpenSSH 8.1
or newer. Read data/statement.txt: it is the whole of what you would sign. It
marks no item. If you agree with every word of it, then in the folder data:

    ssh-keygen -Y sign -n portfolio-signoff@v1 -f ~/.ssh/id_ed25519 statement.txt

and send back the file statement.txt.sig. To change a word, to mark the items or
to name an end date, use the program.
";

const CHECKED_BY_HAND: &str = "
To check the files without it, in this folder:

    sha256sum -c manifest-sha256.txt
";

/// `READ-ME-FIRST.txt` of a bundle.
pub(super) const BUNDLE_READ_ME: &str = "\
This is a bundle of someone's work, with statements that other people signed
about exactly these files.

    data/credentials   the signed statements (Open Badges 3.0, or text)
    data/artifacts     the work
    data/placements    where and when it was made

To check it, get the program \"portfolio\" from its own project, not from the
person who sent you this (cargo install --locked portfolio-cli), and run it on
the ZIP as it came, or on this folder:

    portfolio verify FILE.zip

It never uses the network. It tells four things apart: whether anything changed
since it was signed, which key signed it, whether you know that signer, and
whether it is still in force. No check can show that a statement is true.

Without it: this folder is a BagIt bag (RFC 8493), so here

    sha256sum -c manifest-sha256.txt

compares every file with the list, presentation.json is the sender's signature
over that list, and each .json file in data/credentials is a W3C Verifiable
Credential that other programs can check. A .statement.txt there is signed with
an SSH key; OpenSSH shows whether it fits:

    ssh-keygen -Y check-novalidate -n portfolio-signoff@v1 \\
        -s FILE.statement.txt.sig < FILE.statement.txt
";

/// The letter that goes with a request, for the student to send.
pub(super) fn request_letter(asked: &str, from: &str, archive: &str) -> String {
    let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
    format!(
        "\
Subject: Please sign off my placement (about 5 minutes)

Hello {},

The attached file holds what I made and a statement for you to sign, change
or turn down.

1. It is an ordinary ZIP. Open it and look: start with READ-ME-FIRST.txt.
2. Get the program \"portfolio\" from its own project's page, or with
   cargo install --locked portfolio-cli
   It never uses the network, and nothing is uploaded.
3. Run:  portfolio sign {archive}
   It shows the exact words, asks before it signs, and writes one small file.
   Please send me that file.

Thank you,
{}
",
        first(asked),
        first(from),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_calls_people_by_their_first_names() {
        let letter = request_letter("Priya Nair", "Alex Rivera", "a.request.zip");
        assert!(letter.contains("\nHello Priya,\n") && letter.ends_with("\nThank you,\nAlex\n"), "{letter}");
        assert!(letter.contains("portfolio sign a.request.zip\n"), "{letter}");
    }

    #[test]
    fn ssh_is_offered_only_where_there_is_something_to_sign() {
        assert!(
            request_read_me(true).contains("-n portfolio-signoff@v1 -f ~/.ssh/id_ed25519 statement.txt\n")
        );
        assert!(!request_read_me(false).contains("ssh-keygen"));
    }
}
