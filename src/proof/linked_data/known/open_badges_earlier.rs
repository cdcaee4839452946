//! The earlier contexts of Open Badges 3.0, told by what changed on the way to 3.0.3.

use serde_json::{Value, json};

use super::open_badges::TERMS;
use super::table::{self, Style};

pub(super) const URL_3_0_2: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json";
pub(super) const URL_3_0_1: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";

/// Terms of 3.0.1 that name things rather than texts, and so have no datatype.
const OF_THINGS: [&str; 3] = ["creator", "achievement", "geo"];

/// 3.0.2 knows no `inLanguage` and no `awardedDate`, and spells two terms otherwise.
pub(super) fn context_3_0_2() -> Value {
    let lines = TERMS.lines().filter(|line| first(line) != "awardedDate").filter_map(earlier);
    table::context(&lines.collect::<Vec<_>>().join("\n"), Style::Protected)
}

/// 3.0.1 protects nothing, gives every text the datatype string, and defines the prefix of its datatypes.
pub(super) fn context_3_0_1() -> Value {
    let lines = TERMS.lines().filter_map(earlier).map(|line| typed(&line));
    // the one image that is not the image of some class
    let lines =
        lines.map(|line| if line == "image ob:Image @id" { "image ob:image @id".into() } else { line });
    let mut context = table::context(&lines.collect::<Vec<_>>().join("\n"), Style::Bare);
    context["xsd"] = json!("https://www.w3.org/2001/XMLSchema#");
    context
}

fn first(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn earlier(line: &str) -> Option<String> {
    match line.trim() {
        "inLanguage schema:inLanguage" => None,
        _ if line.ends_with("ob:achievement") => Some(format!("{line}-0")),
        _ => Some(line.replace("ob:image", "ob:Image")),
    }
}

fn typed(line: &str) -> String {
    let line = line.replace("xsds:", "xsd:").replace("@list", "@set xsd:string");
    let term = first(&line);
    let is_text = term.starts_with(|first: char| first.is_ascii_lowercase()) && !OF_THINGS.contains(&term);
    let untyped = line.split_whitespace().count() == 2 || term == "tag";
    if is_text && untyped { format!("{line} xsd:string") } else { line }
}
