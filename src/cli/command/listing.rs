//! What listings share: comma-separated values, and a file written where the person said.

use std::path::Path;

use portfolio::disk::{self, Mode};

use crate::terminal::error::Trouble;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{self, shown};

/// Comma-separated values (RFC 4180) with a line of headings. A cell that a spreadsheet would take for a formula gets
/// an apostrophe before it.
pub fn csv(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = headings.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn csv_cell(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@']);
    let cell = if risky { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// Writes a file that the person named; one that is there stays unless `--yes` was given.
pub fn write_file(path: &Path, bytes: &[u8], replace: bool, world: &World) -> Result<String, Trouble> {
    let full = world.at(path);
    let undone = "Nothing was written.";
    let written = if replace {
        disk::replace(&full, bytes, Mode::Shared)
    } else {
        disk::write_new(&full, bytes, Mode::Shared)
    };
    written.map_err(|fault| disk_words::refusal(fault, world, undone))?;
    Ok(shown(&full, world))
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        let rows = [vec!["a".to_owned(), "b, \"c\"".to_owned(), "=1+1".to_owned()]];
        assert_eq!(csv(&["x", "y", "z"], &rows), "x,y,z\r\na,\"b, \"\"c\"\"\",'=1+1\r\n");
    }
}
