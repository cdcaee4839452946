//! Whatever goes in, a PDF or a fault comes out: documents and pictures that nobody would write by hand.
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use portfolio::render::kind::{TAIL_BYTES, looks_like_pdf};
use portfolio::render::pdf::{self, Cover, Facts, Made};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

const FACTS: Facts<'static> = Facts { title: "Any", author: "", language: "en", date: None };

fn is_sound(made: &Made) {
    let tail = &made.bytes[made.bytes.len() - TAIL_BYTES.min(made.bytes.len())..];
    assert_eq!(looks_like_pdf(&made.bytes, tail, made.bytes.len() as u64), Ok(()));
    let read = lopdf::Document::load_mem(&made.bytes).unwrap();
    assert_eq!(read.get_pages().len(), made.pages);
}

/// Pieces of Markdown in no good order.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "# ",
            "###### ",
            "- ",
            "* [x] ",
            "18446744073709551615. ",
            "> ",
            "```\n",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "***",
            "_",
            "~~",
            "`",
            "[a](b)",
            "[^1]",
            "\n[^1]: ",
            "![p](q)",
            "<br>",
            "<div>",
            "| a | b |\n|---|:-:|\n| c | ",
            "https://example.org/",
            "\\",
            "&amp;",
            "\u{ad}",
            "\u{200b}",
            "\u{202e}",
            "\u{feff}",
            "e\u{301}\u{323}",
            "\u{0}",
            "ffi",
            "שלום",
            "العربية",
            "本",
            "👩‍👩‍👧",
            "\r\n",
            "\x0c",
            "---\n",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Zα-ωА-я0-9 .,;]{1,40}",
        "[a-z]{100,300}",
        "\\PC{1,12}",
        Just("> ".repeat(40)),
        Just("| x ".repeat(60) + "|\n" + &"|---".repeat(60) + "|\n"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 5, 4);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[99; 5 * 4 * 4]).unwrap();
    bytes
}

fn jpeg() -> Vec<u8> {
    let exif = [
        b"\xff\xe1\x00\x20Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0".to_vec(),
        vec![0; 2],
    ];
    let frame = b"\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00".to_vec();
    let scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x01\x02\xff\x00\x03\xff\xd9".to_vec();
    [b"\xff\xd8".to_vec(), exif.concat(), frame, scan].concat()
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_markdown_and_any_text(text in markdown()) {
        let made = pdf::from_markdown(&text, &FACTS, &|_| Some(png()), &mut |_| ()).unwrap();
        is_sound(&made);
        is_sound(&pdf::from_text(&text, &FACTS, &mut |_| ()).unwrap());
    }

    #[test]
    fn any_cover(title in "\\PC{0,400}", description in "\\PC{0,900}( \\PC{1,9}){0,90}", file_name in "[^ ]{0,300}") {
        let cover = Cover {
            title: &title,
            description: &description,
            file_name: &file_name,
            size: 1 << 40,
            media_type: "application/octet-stream",
            sha256: [7; 32],
            confidential_until: Some("24 Jul 2027"),
        };
        let made = pdf::cover_sheet(&cover, &FACTS).unwrap();
        is_sound(&made);
        assert_eq!(made.pages, 1);
    }

    #[test]
    fn any_damage_to_a_picture(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        for mut bytes in [png(), jpeg()] {
            is_sound(&pdf::from_picture(&bytes, &FACTS).unwrap());
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            if let Ok(made) = pdf::from_picture(&bytes, &FACTS) {
                is_sound(&made);
            }
        }
    }
}
