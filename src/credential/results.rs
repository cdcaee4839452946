//! Deliverables and marks as Open Badges 3.0 results: a description with four rubric levels, and the level achieved.
//!
//! `resultDescription` comes from the brief; `result` links to it by identifier and names the level by identifier.

use serde_json::{Value, json};

use super::claims::{ITEM_LIMIT, Item, Mark};
use super::fields::{Fact, Members, Survey};
use super::id::urn_uuid;

/// `achievement.resultDescription` for the items of a brief.
pub(super) fn descriptions(achievement_id: &str, items: &[Item]) -> Vec<Value> {
    let describe = |(index, item): (usize, &Item)| {
        let levels: Vec<Value> =
            Mark::ALL.iter().map(|mark| level(achievement_id, index, *mark, item)).collect();
        json!({
            "id": description_id(achievement_id, index),
            "type": ["ResultDescription"],
            "name": full_name(item),
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": levels,
        })
    };
    items.iter().enumerate().map(describe).collect()
}

/// `credentialSubject.result` for the items, with the level only where there is a mark.
pub(super) fn results(achievement_id: &str, items: &[Item]) -> Vec<Value> {
    let result = |(index, item): (usize, &Item)| {
        let mut result = json!({
            "type": ["Result"],
            "resultDescription": description_id(achievement_id, index),
        });
        if let Some(mark) = item.mark {
            result["achievedLevel"] = level_id(achievement_id, index, mark).into();
        }
        if let Some(words) = &item.result {
            result["value"] = words.as_str().into();
        }
        result
    };
    items.iter().enumerate().map(result).collect()
}

/// Reads the items back: each description with the one result that links to it.
pub(super) fn read(subject: &Members<'_>, achievement: &Members<'_>, survey: &Survey) -> Vec<Item> {
    let mut described: Vec<Described> = Vec::new();
    for description in achievement.objects("resultDescription", ITEM_LIMIT) {
        if let Some(found) = Described::read(&description) {
            if described.iter().any(|earlier| earlier.id == found.id) {
                description.fault("id", Fact::Duplicate(found.id.clone()));
            }
            described.push(found);
        }
    }
    for result in subject.objects("result", ITEM_LIMIT) {
        result.fixed_list("type", &["Result"]);
        let words = result.optional_text("value").map(str::to_owned);
        let level = result.optional_text("achievedLevel");
        let Some(link) = result.text("resultDescription") else { continue };
        let Some(described) = described.iter_mut().find(|described| described.id == link) else {
            result.fault("resultDescription", Fact::Dangling(link.to_owned()));
            continue;
        };
        if std::mem::replace(&mut described.answered, true) {
            result.fault("resultDescription", Fact::Duplicate(link.to_owned()));
        }
        described.item.result = words;
        if let Some(level) = level {
            described.item.mark = described.levels.iter().find(|(id, _)| id == level).map(|(_, mark)| *mark);
            if described.item.mark.is_none() {
                result.fault("achievedLevel", Fact::Dangling(level.to_owned()));
            }
        }
    }
    if described.iter().any(|described| !described.answered) {
        survey.fault("/credentialSubject/result", Fact::NotA("a result for each description"));
    }
    described.into_iter().map(|described| described.item).collect()
}

struct Described {
    id: String,
    item: Item,
    levels: Vec<(String, Mark)>,
    answered: bool,
}

impl Described {
    fn read(description: &Members<'_>) -> Option<Self> {
        description.fixed_list("type", &["ResultDescription"]);
        description.fixed("resultType", "RubricCriterionLevel");
        let mut levels = Vec::new();
        let mut asked = String::new();
        for level in description.objects("rubricCriterionLevel", Mark::ALL.len()) {
            level.fixed_list("type", &["RubricCriterionLevel"]);
            let id = level.urn_uuid("id");
            let mark = level.text("name").and_then(Mark::from_words);
            if mark.is_none() {
                level.fault("name", Fact::NotA("one of the four marks"));
            }
            if mark == Some(Mark::Met) {
                level.optional_text("description").unwrap_or_default().clone_into(&mut asked);
            }
            if let (Some(id), Some(mark)) = (id, mark) {
                levels.push((id.to_owned(), mark));
            }
        }
        if levels.iter().map(|(_, mark)| *mark).ne(Mark::ALL) {
            description.fault("rubricCriterionLevel", Fact::NotA("the four marks in their order"));
        }
        let name = description.text("name")?;
        let title = if asked.is_empty() { Some(name) } else { name.strip_suffix(&format!(": {asked}")) };
        if title.is_none() {
            description.fault("name", Fact::Contradicts("the description of its level “met”"));
        }
        let item = Item { title: title?.to_owned(), asked, result: None, mark: None };
        Some(Self { id: description.urn_uuid("id")?.to_owned(), item, levels, answered: false })
    }
}

/// Wallets show the name alone, so it says what was asked too.
fn full_name(item: &Item) -> String {
    if item.asked.is_empty() { item.title.clone() } else { format!("{}: {}", item.title, item.asked) }
}

fn level(achievement_id: &str, index: usize, mark: Mark, item: &Item) -> Value {
    let mut level = json!({
        "id": level_id(achievement_id, index, mark),
        "type": ["RubricCriterionLevel"],
        "name": mark.words(),
    });
    if mark == Mark::Met && !item.asked.is_empty() {
        level["description"] = item.asked.as_str().into();
    }
    level
}

fn description_id(achievement_id: &str, index: usize) -> String {
    urn_uuid("resultDescription", &[achievement_id.as_bytes(), &(index as u64).to_be_bytes()])
}

fn level_id(achievement_id: &str, index: usize, mark: Mark) -> String {
    urn_uuid(
        "rubricCriterionLevel",
        &[achievement_id.as_bytes(), &(index as u64).to_be_bytes(), mark.words().as_bytes()],
    )
}
