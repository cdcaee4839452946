//! Documents made as PDF, read back by other people's programs: qpdf, pdftotext, pdffonts.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not run"
)]
#![cfg(feature = "pdf")]

use portfolio::render::pdf::{self, Cover, Facts, Made};
use std::path::{Path, PathBuf};
use std::process::Command;

const REPORT: &str = include_str!("pdf/report.md");
const FACTS: Facts<'static> = Facts {
    title: "Demand forecasting for forty shops",
    author: "Alex Rivera",
    language: "en",
    date: Some("2026-07-24"),
};

fn chart() -> Vec<u8> {
    let (width, height) = (640, 240);
    let mut pixels = vec![255; width * height * 3];
    for (i, bar) in [142_usize, 98, 131, 88, 120, 105].iter().enumerate() {
        for y in height - bar - 20..height - 20 {
            for x in 60 + i * 90..120 + i * 90 {
                let colour: [u8; 3] = if i % 2 == 0 { [0xc9, 0xc8, 0xc1] } else { [0x1f, 0x4a, 0x7a] };
                pixels[(y * width + x) * 3..][..3].copy_from_slice(&colour);
            }
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 640, 240);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

fn report() -> Made {
    let pictures = |path: &str| (path == "charts/error.png").then(chart);
    pdf::from_markdown(REPORT, &FACTS, &pictures, &mut |_| ()).unwrap()
}

fn cover() -> Made {
    let cover = Cover {
        title: "Forecasting model",
        description: "The code of the model with its tests, as handed over on 22 July.\nRun it with `make all`.",
        file_name: "model-code.zip",
        size: 38_412_900,
        media_type: "application/zip",
        sha256: [0x5e; 32],
        confidential_until: Some("24 Jul 2027"),
    };
    pdf::cover_sheet(&cover, &FACTS).unwrap()
}

fn kept(name: &str, made: &Made) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, &made.bytes).unwrap();
    path
}

/// Runs a reader; without it the test says so on stderr and has nothing to compare.
fn reader(program: &str, arguments: &[&str], path: &Path) -> Option<String> {
    match Command::new(program).args(arguments).arg(path).output() {
        Ok(out) => {
            let said = String::from_utf8_lossy(&out.stdout).into_owned();
            let faults = String::from_utf8_lossy(&out.stderr).into_owned();
            assert!(
                out.status.success() && faults.is_empty(),
                "{program} on {}: {said}{faults}",
                path.display()
            );
            Some(said)
        }
        Err(fault) => {
            eprintln!("!!! {program} cannot be run ({fault}): NOT CHECKED with it: {}", path.display());
            None
        }
    }
}

/// The text as it is copied; to standard output, which pdftotext names last.
fn copied(path: &Path) -> Option<String> {
    let out = Command::new("pdftotext").arg(path).arg("-").output();
    match out {
        Ok(out) => Some(String::from_utf8(out.stdout).unwrap()),
        Err(fault) => {
            eprintln!("!!! pdftotext cannot be run ({fault}): NOT CHECKED with it: {}", path.display());
            None
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_document_is_sound_and_carries_its_fonts() {
    let text = pdf::from_text(REPORT, &FACTS, &mut |_| ()).unwrap();
    let picture = pdf::from_picture(&chart(), &FACTS).unwrap();
    let empty = pdf::from_text("", &FACTS, &mut |_| ()).unwrap();
    let documents =
        [("report", report()), ("cover", cover()), ("text", text), ("picture", picture), ("empty", empty)];
    for (name, made) in documents {
        let path = kept(&format!("{name}.pdf"), &made);
        if let Some(said) = reader("qpdf", &["--check"], &path) {
            assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        }
        if let Some(said) = reader("pdffonts", &[], &path) {
            for font in said.lines().skip(2) {
                // name, type (three words), encoding, embedded, subset, unicode
                let columns: Vec<&str> = font.split_whitespace().rev().collect();
                assert_eq!(columns[2..5], ["yes", "yes", "yes"], "{name}: {font}");
            }
        }
        if let Some(said) = reader("pdfinfo", &[], &path) {
            let has = |line: &str| said.lines().any(|l| on_one_line(l) == line);
            assert!(has(&format!("Pages: {}", made.pages)), "{name}: {said}");
            assert!(has("Tagged: yes") && has("Author: Alex Rivera") && has("Producer: portfolio"), "{said}");
            assert!(
                has("Title: Demand forecasting for forty shops")
                    && has("Page size: 595.276 x 841.89 pts (A4)"),
                "{said}"
            );
        }
    }
}

#[test]
fn text_comes_back_as_it_was_written() {
    let made = report();
    assert_eq!(made.missing, ['本']);
    let Some(text) = copied(&kept("copied.pdf", &made)) else { return };
    let text = on_one_line(&text);
    for words in [
        "The office asked one question: can next month's demand be forecast well enough",
        "Πειραιάς, Θεσσαλονίκη, Άγιος Νικόλαος; Київ, Србија, Москва́.",
        "Ligatures such as in office, affluent, flow and efficient must copy as letters.",
        "2. A dashboard that the buyers can read without help: • one page for each region,",
        "☑ Dashboard ☐ Hand-over of the nightly job",
        "return regional_mean(shop) # a tab here",
        "[Picture left out: charts/nowhere.png, a missing one]",
        "and an unknown sign: 本. Inline HTML such as <kbd>Ctrl</kbd> is shown",
        "שלום עולם",
        "The nine others opened after March 2025",
        "https://data.acme.example/exports/sales?from=2024-01&to=2026-05",
        "1 of 3",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(text.matches("What was done about the gaps").count(), 2, "the head comes again");
}

#[test]
fn the_structure_is_that_of_the_text() {
    let text =
        "# One\n\nSee [the plan](https://acme.example/plan).\n\n- a\n\n| x | y |\n|---|---|\n| 1 | |\n";
    let made = pdf::from_markdown(text, &FACTS, &|_| None, &mut |_| ()).unwrap();
    let Some(said) = reader("pdfinfo", &["-struct"], &kept("structure.pdf", &made)) else { return };
    // Each part by its kind; what poppler says besides is how it takes them.
    let part = |line: &str| {
        let kind: String = line.trim_start().chars().take_while(char::is_ascii_alphanumeric).collect();
        let depth = (line.len() - line.trim_start().len()) / 2;
        (!kind.is_empty() && kind != "Object").then(|| format!("{}{kind}", "  ".repeat(depth)))
    };
    let expected = "\
Document
  H1
  P
    Link
    Reference
      Link
  L
    LI
      Lbl
      LBody
        P
  Table
    TR
      TH
      TH
    TR
      TD
      TD
  Note
    Lbl
    Link";
    assert_eq!(said.lines().filter_map(part).collect::<Vec<_>>().join("\n"), expected, "{said}");
    assert_eq!(said.matches("/Scope /Column").count(), 2);
    assert_eq!(said.matches("Object ").count(), 3, "every link is an annotation");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (first, second) = (report(), report());
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(cover().bytes, cover().bytes);
    let other = Facts { date: Some("2026-07-25"), ..FACTS };
    let dated = |facts| pdf::from_text("x", facts, &mut |_| ()).unwrap().bytes;
    assert_eq!(dated(&FACTS), dated(&FACTS));
    let id = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text[text.rfind("/ID[<").unwrap() + 5..][..32].to_owned()
    };
    assert_ne!(id(&dated(&FACTS)), id(&dated(&other)));
}

#[test]
fn the_cover_says_what_lies_beside_it_and_nothing_more() {
    let made = cover();
    assert_eq!((made.pages, &made.missing[..]), (1, &[][..]));
    let Some(text) = copied(&kept("cover-copied.pdf", &made)) else { return };
    let expected = "Cover sheet for a file Forecasting model The code of the model with its tests, as handed over on \
        22 July. Run it with `make all`. confidential until 24 Jul 2027 File model-code.zip Size 37 MB (38,412,900 \
        bytes) Media type application/zip SHA-256 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e 5e5e \
        5e5e 5e5e 5e5e The file itself lies beside this page.";
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut wanted: Vec<&str> = expected.split_whitespace().collect();
    // pdftotext may read the two columns one after the other.
    words.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(words, wanted, "{text}");
}

#[test]
fn a_jpeg_goes_in_as_it_is() {
    let page = kept("to-jpeg.pdf", &cover());
    let target = page.with_extension("");
    let drawn =
        Command::new("pdftoppm").args(["-jpeg", "-singlefile", "-r", "40"]).arg(&page).arg(&target).status();
    let Ok(true) = drawn.map(|status| status.success()) else {
        eprintln!("!!! pdftoppm cannot be run: NOT CHECKED that a JPEG goes in as it is");
        return;
    };
    let jpeg = std::fs::read(target.with_extension("jpg")).unwrap();
    let made = pdf::from_picture(&jpeg, &FACTS).unwrap();
    let scan = &jpeg[jpeg.len() / 2..];
    assert!(made.bytes.windows(scan.len()).any(|w| w == scan));
    let Some(said) = reader("pdfimages", &["-list"], &kept("jpeg.pdf", &made)) else { return };
    let columns: Vec<&str> = said.lines().nth(2).unwrap().split_whitespace().collect();
    assert_eq!(columns[2..9], ["image", "331", "468", "rgb", "3", "8", "jpeg"], "{said}");
}
