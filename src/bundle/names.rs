//! Names compared with each other: none twice, none that falls on another where case or width is ignored.

use std::collections::HashMap;

use crate::path::RelPath;

use super::fault::ArchiveFault;

/// What the folding key of a path stands for.
struct Taken<'a> {
    spelling: &'a str,
    is_folder: bool,
}

/// Checks all paths of one bundle: files, and the folders that they imply, each in one spelling only.
pub(super) fn check<'a>(paths: impl Iterator<Item = &'a RelPath>) -> Result<(), ArchiveFault> {
    let mut taken: HashMap<String, Taken<'a>> = HashMap::new();
    let mut last_folder = "";
    for path in paths {
        let mut folder = path.parent();
        // Neighbours share their folder as a rule, and then it has been looked at.
        while let Some(spelling) = folder.filter(|spelling| *spelling != last_folder) {
            take(&mut taken, spelling, true)?;
            folder = spelling.rsplit_once('/').map(|(parent, _)| parent);
        }
        last_folder = path.parent().unwrap_or(last_folder);
        take(&mut taken, path.as_str(), false)?;
    }
    Ok(())
}

fn take<'a>(
    taken: &mut HashMap<String, Taken<'a>>,
    spelling: &'a str,
    is_folder: bool,
) -> Result<(), ArchiveFault> {
    let folded = RelPath::fold(spelling);
    let Some(earlier) = taken.get(&folded) else {
        taken.insert(folded, Taken { spelling, is_folder });
        return Ok(());
    };
    if earlier.spelling != spelling || earlier.is_folder != is_folder {
        let (one, other) = (earlier.spelling.to_owned(), spelling.to_owned());
        return Err(ArchiveFault::Clash { one, other });
    }
    if is_folder { Ok(()) } else { Err(ArchiveFault::Duplicate { path: spelling.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(paths: &[&str]) -> Result<(), ArchiveFault> {
        let paths: Vec<RelPath> = paths.iter().map(|text| RelPath::parse(text).unwrap()).collect();
        check(paths.iter())
    }

    fn clash(one: &str, other: &str) -> Result<(), ArchiveFault> {
        Err(ArchiveFault::Clash { one: one.to_owned(), other: other.to_owned() })
    }

    #[test]
    fn different_names_pass() {
        assert_eq!(judged(&["a/b", "a/c", "a/d/e", "ab", "a.b", "\u{131}", "i"]), Ok(()));
    }

    #[test]
    fn the_same_name_twice_is_a_duplicate() {
        assert_eq!(judged(&["a/b", "c", "a/b"]), Err(ArchiveFault::Duplicate { path: "a/b".to_owned() }));
    }

    #[test]
    fn names_that_fall_together_clash() {
        assert_eq!(judged(&["a/Report.pdf", "a/report.PDF"]), clash("a/Report.pdf", "a/report.PDF"));
        assert_eq!(judged(&["stra\u{df}e", "STRASSE"]), clash("stra\u{df}e", "STRASSE"));
        assert_eq!(judged(&["Data/x", "data/y"]), clash("Data", "data"));
        assert_eq!(judged(&["a", "a/b"]), clash("a", "a"));
        assert_eq!(judged(&["x/A/y", "x/a"]), clash("x/A", "x/a"));
    }
}
