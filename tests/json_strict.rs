//! The strict JSON check: each fault by its name, line and column, and agreement with serde_json on what is accepted.

use portfolio::json::{self, FOREIGN, JsonFaultKind as Kind, Limits, MEMBERS, OURS};
use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use serde_json::Value;

/// Line, column and kind of the fault, or nothing.
fn fault(text: impl AsRef<[u8]>) -> Option<(usize, usize, Kind)> {
    fault_within(&OURS, text)
}

fn fault_within(limits: &Limits, text: impl AsRef<[u8]>) -> Option<(usize, usize, Kind)> {
    json::check(text.as_ref(), limits).err().map(|fault| (fault.line, fault.column, fault.kind))
}

fn syntax(expected: &'static str, found: Option<char>) -> Kind {
    Kind::Syntax { expected, found }
}

#[test]
fn ordinary_documents_pass() {
    for text in [
        "{}",
        "[]",
        " [1,\r\n\t-2] ",
        r#"{"a":{"b":[{},[],"",true,false,null]},"c":"\u00e9\ud83d\ude02\/"}"#,
        "0",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn a_member_twice_is_found_however_its_name_is_escaped() {
    let twice = |name: &str| Kind::DuplicateMember { name: name.to_owned() };
    assert_eq!(fault("{\"a\":1,\n \"a\":2}"), Some((2, 2, twice("a"))));
    assert_eq!(fault(r#"{"a":1,"\u0061":2}"#), Some((1, 8, twice("a"))));
    assert_eq!(fault(r#"{"é/":1,"\u00e9\/":2}"#), Some((1, 9, twice("é/"))));
    assert_eq!(fault(r#"{"x":{"a":1,"b":{"a":2},"a":3}}"#), Some((1, 25, twice("a"))));
    assert_eq!(fault(r#"[{"a":1},{"a":2},{"b":{"a":{"a":3}},"a":4}]"#), None);
}

#[test]
fn a_member_twice_is_found_among_thousands() {
    let members: Vec<String> = (0..MEMBERS - 1).map(|index| format!("\"m{index}\":0")).collect();
    assert_eq!(fault(format!("{{{}}}", members.join(","))), None);
    let twice = Some(Kind::DuplicateMember { name: "m7".into() });
    assert_eq!(fault(format!("{{{},\"m7\":0}}", members.join(","))).map(|(.., kind)| kind), twice);
    // names of an outer object are still known after an inner one closed
    let outer = format!("{{{},\"in\":{{\"m7\":0}},\"m7\":0}}", members[..40].join(","));
    assert_eq!(fault(outer).map(|(.., kind)| kind), twice);
}

#[test]
fn each_limit_holds_on_both_sides() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(fault(nested(32)), None);
    assert_eq!(fault(nested(33)), Some((1, 33, Kind::TooDeep { limit: 32 })));
    assert_eq!(fault(nested(500_000)), Some((1, 33, Kind::TooDeep { limit: 32 })));
    let items = |count: usize| format!("[{}]", vec!["0"; count].join(","));
    assert_eq!(fault(items(10_000)), None);
    assert_eq!(fault(items(10_001)).map(|(.., kind)| kind), Some(Kind::TooManyMembers { limit: 10_000 }));
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|index| format!("\"{index}\":0")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert_eq!(fault(members(10_000)), None);
    assert_eq!(fault(members(10_001)).map(|(.., kind)| kind), Some(Kind::TooManyMembers { limit: 10_000 }));
    let long = |bytes: usize| format!("\"{}\"", "a".repeat(bytes - 2));
    assert_eq!(fault(long(1 << 20)), None);
    let found = (1 << 20) + 1;
    assert_eq!(fault(long(found)), Some((1, 1, Kind::TooLong { limit: 1 << 20, found })));
}

#[test]
fn our_numbers_are_exact_integers() {
    assert_eq!(fault("[9007199254740991,-9007199254740991,0]"), None);
    let inexact = |text: &str| Some((1, 2, Kind::InexactNumber { text: text.into() }));
    for text in
        ["9007199254740992", "-9007199254740992", "9007199254740993", "123456789012345678901234567890"]
    {
        assert_eq!(fault(format!("[{text}]")), inexact(text));
    }
    for text in ["1.0", "1e2", "-0.0", "0e0", "4.35000000000000001", "1E400"] {
        assert_eq!(fault(format!("[{text}]")), Some((1, 2, Kind::NotAnInteger { text: text.into() })));
    }
    assert_eq!(fault("[-0]"), Some((1, 2, Kind::MinusZero { text: "-0".into() })));
}

#[test]
fn foreign_numbers_are_those_a_double_carries() {
    let fine = "[1.50,-0,2e-3,1E30,333333333.33333329,9007199254740992,295147905179352830000,10000000000000000000000]";
    assert_eq!(fault_within(&FOREIGN, fine), None);
    for text in ["9007199254740993", "18446744073709551615"] {
        let inexact = Some((1, 1, Kind::InexactNumber { text: text.into() }));
        assert_eq!(fault_within(&FOREIGN, text), inexact);
    }
    assert_eq!(fault_within(&FOREIGN, "[1e400]"), Some((1, 2, Kind::NotFinite)));
}

#[test]
fn numbers_follow_the_grammar() {
    assert_eq!(fault_within(&FOREIGN, "[01]"), Some((1, 3, syntax("`,` or `]`", Some('1')))));
    assert_eq!(fault_within(&FOREIGN, "[-]"), Some((1, 3, syntax("a digit", Some(']')))));
    assert_eq!(fault_within(&FOREIGN, "[1.]"), Some((1, 4, syntax("a digit", Some(']')))));
    assert_eq!(fault_within(&FOREIGN, "[1e+]"), Some((1, 5, syntax("a digit", Some(']')))));
    for text in ["+1", ".5", "NaN", "Infinity", "0x10"] {
        assert!(fault_within(&FOREIGN, text).is_some_and(|(_, _, kind)| kind != Kind::NotFinite), "{text}");
    }
}

#[test]
fn strings_are_whole_characters() {
    for text in [r#"["\ud800"]"#, r#"["\ud800x"]"#, r#"["\udc00"]"#, r#"["\ud800\ud800"]"#, r#"["\ud83d\n"]"#]
    {
        assert_eq!(fault(text), Some((1, 3, Kind::LoneSurrogate)), "{text}");
    }
    assert_eq!(fault(r#"["a\u0000"]"#), Some((1, 4, Kind::NulCharacter)));
    assert_eq!(fault(b"[\"a\0\"]"), Some((1, 4, Kind::NulCharacter)));
    assert_eq!(fault("[\"a\nb\"]"), Some((1, 4, Kind::ControlCharacter(10))));
    assert_eq!(fault("[\"\u{1b}[2J\"]"), Some((1, 3, Kind::ControlCharacter(27))));
    assert_eq!(fault(r#"["\x41"]"#), Some((1, 3, Kind::BadEscape)));
    assert_eq!(fault(r#"["\u00g0"]"#), Some((1, 3, Kind::BadEscape)));
    assert_eq!(fault(r#"["\u00"#), Some((1, 3, Kind::BadEscape)));
    assert_eq!(fault("{\"ab"), Some((1, 2, Kind::UnclosedString)));
}

#[test]
fn bytes_are_utf_8_without_a_mark() {
    assert_eq!(fault(b"\xEF\xBB\xBF{}"), Some((1, 1, Kind::ByteOrderMark)));
    assert_eq!(fault(b"\xFF\xFE{\0}\0"), Some((1, 1, Kind::NotUtf8)));
    assert_eq!(fault(b"[\n\"\xC3\xA9\xE9\"]"), Some((2, 3, Kind::NotUtf8)));
    assert_eq!(fault(b"\"\xED\xA0\x80\""), Some((1, 2, Kind::NotUtf8)));
}

#[test]
fn a_merge_conflict_is_called_one() {
    let text = "{\n  \"a\": 1,\n<<<<<<< HEAD\n  \"b\": 2\n=======\n  \"b\": 3\n>>>>>>> other\n}\n";
    assert_eq!(fault(text), Some((3, 1, Kind::ConflictMarker { marker: "<<<<<<<" })));
    assert_eq!(fault("<<<<<<< HEAD\n{}"), Some((1, 1, Kind::ConflictMarker { marker: "<<<<<<<" })));
    assert_eq!(fault("{}\n>>>>>>> other\n"), Some((2, 1, Kind::ConflictMarker { marker: ">>>>>>>" })));
    assert_eq!(fault("[1\n=======\n]"), Some((2, 1, Kind::ConflictMarker { marker: "=======" })));
    assert_eq!(fault("[\"<<<<<<< HEAD\"]"), None);
}

#[test]
fn the_grammar_is_jsons_and_no_more() {
    assert_eq!(fault(""), Some((1, 1, Kind::Empty)));
    assert_eq!(fault(" \n "), Some((2, 2, Kind::Empty)));
    assert_eq!(fault("{} {}"), Some((1, 4, Kind::Trailing)));
    assert_eq!(fault("{}\n#"), Some((2, 1, Kind::Trailing)));
    assert_eq!(fault("[1,]"), Some((1, 4, syntax("a value", Some(']')))));
    assert_eq!(fault("{\"a\":1,}"), Some((1, 8, syntax("a member name in quotes", Some('}')))));
    assert_eq!(fault("{a:1}"), Some((1, 2, syntax("a member name in quotes", Some('a')))));
    assert_eq!(fault("{\"a\" 1}"), Some((1, 6, syntax("`:`", Some('1')))));
    assert_eq!(fault("{\"a\":1]"), Some((1, 7, syntax("`,` or `}`", Some(']')))));
    assert_eq!(fault("[1}"), Some((1, 3, syntax("`,` or `]`", Some('}')))));
    assert_eq!(fault("[1"), Some((1, 3, syntax("`,` or `]`", None))));
    assert_eq!(fault("{\"é\":tru}"), Some((1, 6, syntax("a value", Some('t')))));
    assert_eq!(fault("['a']"), Some((1, 2, syntax("a value", Some('\'')))));
    assert_eq!(fault("// no\n{}"), Some((1, 1, syntax("a value", Some('/')))));
}

#[test]
fn a_fault_reads_as_a_sentence() {
    let fault = json::check(b"{\"a\":1,\n \"a\":2}", &OURS).unwrap_err();
    assert_eq!(fault.to_string(), "line 2, column 2: the member \"a\" occurs twice");
    let fault = json::check(b"[1", &OURS).unwrap_err();
    assert_eq!(fault.to_string(), "line 1, column 3: expected `,` or `]`, found the end");
}

/// Bytes that look like JSON more often than chance would have it.
fn jsonish() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "1", "-", "0.5", "e9"
        ])
        .prop_map(|token| token.as_bytes().to_vec()),
        prop::sample::select(vec![
            "true", "null", "\\u", "\\ud800", "\\", " ", "\n", "<<<<<<<", "\u{feff}", "é"
        ])
        .prop_map(|token| token.as_bytes().to_vec()),
        any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn never_panics_and_takes_nothing_that_serde_json_refuses(bytes in jsonish()) {
        let (line_count, ours) = (bytes.split(|&byte| byte == b'\n').count(), json::check(&bytes, &FOREIGN));
        match ours {
            Ok(()) => assert!(serde_json::from_slice::<Value>(&bytes).is_ok()),
            Err(fault) => assert!((1..=line_count).contains(&fault.line) && fault.column >= 1),
        }
    }

    #[test]
    fn never_panics_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let accepted = json::parse(&bytes, &OURS);
        assert_eq!(accepted.is_ok(), json::check(&bytes, &OURS).is_ok());
    }

    /// What serde_json takes and the check does not is refused for one of the reasons the check is there for.
    #[test]
    fn refuses_what_serde_json_takes_only_for_a_reason(bytes in jsonish()) {
        if let (Ok(_), Err(fault)) = (serde_json::from_slice::<Value>(&bytes), json::check(&bytes, &FOREIGN)) {
            let reasons = [
                matches!(fault.kind, Kind::DuplicateMember { .. } | Kind::NulCharacter | Kind::InexactNumber { .. }),
                matches!(fault.kind, Kind::TooDeep { .. }),
            ];
            assert!(reasons.contains(&true), "{fault} in {bytes:?}");
        }
    }
}
