//! Offers: written down, asked about, compared, accepted and declined.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

/// A desk with an offer that is half answered and one that is barely so.
pub fn with_two_offers() -> Desk {
    let desk = Desk::with_portfolio();
    let facts = ["--organisation", "Acme Retail Ltd", "--title", "Demand forecasting co-lab"];
    let days = ["--from", "2026-06-01", "--to", "2026-07-24", "--role", "data analyst intern"];
    let mentor = ["--mentor", "Priya Nair <priya.nair@acme.example>"];
    let answers = [
        "hours=240",
        "pay=2400 GBP per placement; a stipend of GBP 2,400; contract page 1",
        "site=partly; two days a week in Leeds; e-mail from Priya Nair 2026-05-18",
        "report=yes; a written report; contract page 2",
        "credential=yes; a signed badge; contract page 2",
        "narrative=student; you tell your story; said by Priya Nair 2026-05-20",
        "ownership=them once paid; ours on payment; contract page 3",
        "naming=yes; you may name us; contract page 3",
        "export=yes",
        "confidentiality=partly until 2027-07-24; the model code; contract page 4",
        "reuse=yes; in your portfolio; e-mail from Priya Nair 2026-05-18",
        "device=no",
        "room=no",
    ];
    let answers = answers.iter().flat_map(|answer| ["--answer", answer]);
    let line = ["offer", "new", "acme-forecasting"].into_iter().chain(facts).chain(days).chain(mentor);
    desk.done(&line.chain(answers).collect::<Vec<&str>>());
    let sparse = ["offer", "new", "lumen-data", "--organisation", "Lumen Data", "--title", "Data intern"];
    desk.done(
        &[&sparse[..], &["--answer", "pay=no", "--answer", "room=yes; camera on; contract page 9"]].concat(),
    );
    desk
}

#[test]
fn an_offer_is_written_down_question_by_question() {
    let desk = Desk::with_portfolio();
    let mut answers =
        vec!["Riverside", "Shift planner", "planner", "2026-09-01", "", "Tom <tom@riverside.example>"];
    answers.extend(["forty", "40", "", "contract page 1", "12.50 gbp per hour", "GBP 12.50 an hour", ""]);
    answers.extend([""; 10]);
    answers.extend(["them", "it is ours", "", "no until 2027-01-01", "", "said by Tom 2026-05-20"]);
    answers.extend([""; 6]);
    assert_data_eq!(
        desk.sit(&["offer", "new", "riverside"], &answers).page(),
        str![[r#"
  Organisation: Riverside
  Title of the placement: Shift planner
  What you would be there: planner
  First day (YYYY-MM-DD): 2026-09-01
  Last day (YYYY-MM-DD): 
  Who to ask, name and email: Tom <tom@riverside.example>
20 questions. Press Enter where nobody has said: it stays unknown.
  Hours of work in all (a number): forty
  Hours are a whole number, such as 120.
  Hours of work in all (a number): 40
    In which words: 
    Said where (such as contract page 3): contract page 1
  Pay (2400 GBP per placement, or no): 12.50 gbp per hour
    In which words: GBP 12.50 an hour
    Said where [contract page 1]: 
  A share of revenue or equity (yes, no, partly): 
  Remote (yes, no for on site, partly): 
  A written report to keep (yes, no, partly): 
  A copy of what you make to keep (yes, no, partly): 
  A signed credential at the end (yes, no, partly): 
  Is the credential's format said (yes, no, partly): 
  Is its schema said (yes, no, partly): 
  Is it said how others can check it (yes, no, partly): 
  Is it said how long its links live (yes, no, partly): 
  Who controls the story (student, mentor, platform): 
  Who owns the work (me, them, shared; them once paid): them
    In which words: it is ours
    Said where [contract page 1]: 
  May you name it in public (yes, no, no until DAY): no until 2027-01-01
    In which words: 
    Said where [contract page 1]: said by Tom 2026-05-20
  An export of your work at the end (yes, no, partly): 
  Is anything confidential (no, partly until DAY, yes): 
  May you show the work again (yes, no, no until DAY): 
  Must your device be attested (yes, no, partly): 
  Is your room checked (yes, no, partly): 
  Is it said what is kept about you (yes, no, partly): 

Wrote private/riverside/offer.json
16 questions are still unknown.

Next: portfolio offer ask riverside
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.read_text("private/riverside/offer.json"),
        str![[r#"
{
  "formatVersion": 1,
  "title": "Shift planner",
  "organisation": "Riverside",
  "role": "planner",
  "starts": "2026-09-01",
  "mentor": {
    "name": "Tom",
    "email": "tom@riverside.example"
  },
  "answers": {
    "hours": {
      "state": "yes",
      "hours": 40,
      "source": {
        "kind": "contract",
        "place": "page 1"
      }
    },
    "naming": {
      "state": "no",
      "until": "2027-01-01",
      "source": {
        "kind": "said",
        "place": "Tom",
        "day": "2026-05-20"
      }
    },
    "ownership": {
      "state": "yes",
      "owner": "them",
      "words": "it is ours",
      "source": {
        "kind": "contract",
        "place": "page 1"
      }
    },
    "pay": {
      "state": "yes",
      "amount": "12.50",
      "currency": "GBP",
      "per": "hour",
      "words": "GBP 12.50 an hour",
      "source": {
        "kind": "contract",
        "place": "page 1"
      }
    }
  },
  "created": "2026-07-24T15:02:40Z"
}

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "show", "riverside"]).page(),
        str![[r#"
riverside  Riverside, from 1 Sep 2026
    Title         Shift planner
    Role          planner
    Asked of      Tom <tom@riverside.example>
    Hours         40 hours (contract, page 1)
    Pay           yes, 12.50 GBP per hour: “GBP 12.50 an hour” (contract, page
                  1)
  ? Share         unknown
  ? Remote        unknown
  ? Report        unknown
  ? Own copy      unknown
  ? Credential    unknown
  ? Format        unknown
  ? Schema        unknown
  ? How to check  unknown
  ? Links live    unknown
  ? Story         unknown
    Ownership     them: “it is ours” (contract, page 1)
    Naming        no, until 1 Jan 2027 (said aloud by Tom on 20 May 2026)
  ? Export        unknown
  ? Confidential  unknown
  ? Reuse         unknown
  ? Device check  unknown
  ? Room check    unknown
  ? Kept on you   unknown
--- exit 0

"#]]
    );
}

#[test]
fn an_offer_needs_no_terminal() {
    let desk = with_two_offers();
    assert_data_eq!(
        desk.run(&["offer", "list"]).page(),
        str![[r#"
acme-forecasting  Acme Retail Ltd, 1 Jun 2026 to 24 Jul 2026; 7 questions
                  unknown
lumen-data        Lumen Data, days not written down; 18 questions unknown
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "list", "--plain"]).page(),
        str![[r#"
acme-forecasting	Demand forecasting co-lab	open	7
lumen-data	Data intern	open	18
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "new", "lumen-data", "--answer", "room=sometimes"]).page(),
        str![[r#"
--- stderr
error: --answer cannot be used
  Please type yes, no or partly, or Enter if nobody has said.
  Nothing was written.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "new", "lumen-data", "--answer", "colour=yes"]).page(),
        str![[r#"
--- stderr
error: --answer cannot be used
  The questions are: hours, pay, share, site, report, artifact, credential,
  format, schema, verification, links, narrative, ownership, naming, export,
  confidentiality, reuse, device, room, retention.
  Nothing was written.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "show", "nowhere"]).page(),
        str![[r#"
--- stderr
error: there is no offer “nowhere”
  Nothing was shown.
hint: see what there is: portfolio offer list
--- exit 1

"#]]
    );
}

#[test]
fn the_letter_asks_what_is_unknown() {
    let desk = with_two_offers();
    assert_data_eq!(
        desk.run(&["offer", "ask", "acme-forecasting"]).page(),
        str![[r#"
Subject: Demand forecasting co-lab: a few questions before I accept

Hello Priya,

thank you for the offer. Before I accept, please tell me:

 1. Is there a share of revenue or equity?

 2. May I keep a copy of what I make?

 3. In which format does the credential come, and in which version (for
    example Open Badges 3.0)?

 4. Which published schema or @context does it follow? A link is enough.

 5. How can somebody else check it without an account with you: which
    kind of signature, where is the signer's public key, and how is it
    known whether the credential was taken back?

 6. How long will its links work, and what is left when they stop?

 7. What is kept about me, who holds it, and until when?

A line to each is enough, and “not decided yet” is an answer too.

Thank you,
Alex
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "ask", "acme-forecasting", "--verification-spec", "-o", "../ask.txt"]).page(),
        str![[r#"
Wrote ../ask.txt. When the answers come: portfolio offer new acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.read_text("../ask.txt"),
        str![[r#"
Subject: Demand forecasting co-lab: how your credential can be checked

Hello Priya,

I would like to keep and show the credential for years, so please tell
me how it can be checked without an account with you:

 1. In which format does the credential come, and in which version (for
    example Open Badges 3.0)?

 2. Which published schema or @context does it follow? A link is enough.

 3. How can somebody else check it without an account with you: which
    kind of signature, where is the signer's public key, and how is it
    known whether the credential was taken back?

 4. How long will its links work, and what is left when they stop?

A line to each is enough, and “not decided yet” is an answer too.

Thank you,
Alex

"#]]
    );
}

#[test]
fn an_accepted_offer_is_a_placement_with_nothing_typed_twice() {
    let desk = with_two_offers();
    assert_data_eq!(
        desk.run(&["offer", "accept", "acme-forecasting"]).page(),
        str![[r#"
Accepted acme-forecasting. Wrote placements/acme-forecasting/placement.json
  ?  Still unknown: share, own copy, format, schema, how to check, links live,
     kept on you.

Next: portfolio placement brief acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "show", "acme-forecasting"]).page(),
        str![[r#"
acme-forecasting  Acme Retail Ltd, 1 Jun to 24 Jul 2026
  Title         Demand forecasting co-lab
  Mentor        Priya Nair <priya.nair@acme.example>
  Role          data analyst intern
  Hours         240
  Pay           yes, 2400 GBP per placement: “a stipend of GBP 2,400” (contract,
                page 1)
  Promised      report, credential
Terms
    Ownership     them, once you are paid: “ours on payment” (contract, page 3)
    Naming        yes: “you may name us” (contract, page 3)
    Export        yes
    Confidential  partly, until 24 Jul 2027: “the model code” (contract, page 4)
    Reuse         yes: “in your portfolio” (e-mail from Priya Nair of
                  18 May 2026)
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "accept", "acme-forecasting"]).page(),
        str![[r#"
--- stderr
error: acme-forecasting was accepted on 24 Jul 2026
  The offer was not decided.
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "decline", "lumen-data", "--reason", "camera on all day"]).page(),
        str![[r#"
Declined lumen-data. It stays in private/lumen-data/offer.json
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "list"]).page(),
        str![[r#"
acme-forecasting  Acme Retail Ltd, 1 Jun 2026 to 24 Jul 2026; accepted on
                  24 Jul 2026
lumen-data        Lumen Data, days not written down; declined on 24 Jul 2026
--- exit 0

"#]]
    );
    assert!(!desk.at("placements/lumen-data").exists());
}
