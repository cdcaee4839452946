//! Whether a record is as its JSON Schema says, with every fault and the way to it.
//!
//! The part of JSON Schema 2020-12 that the schemas of this project use, and a test that they use no other.

mod words;

use std::cell::RefCell;
use std::collections::HashMap;

use regex_lite::Regex;
use serde_json::Value;

use words::{named_words, shown, type_words};

use crate::json::Step;

/// One fault of a record: the way to the value, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) path: Vec<Step>,
    pub(super) fact: String,
}

/// The patterns of the schemas, each made ready once: that takes longer than a record.
#[derive(Default)]
pub(super) struct Patterns(RefCell<HashMap<String, Option<Regex>>>);

impl Patterns {
    fn fits(&self, pattern: &str, text: &str) -> bool {
        let mut ready = self.0.borrow_mut();
        if let Some(form) = ready.get(pattern) {
            return form.as_ref().is_some_and(|form| form.is_match(text));
        }
        let form = ready.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).ok());
        form.as_ref().is_some_and(|form| form.is_match(text))
    }
}

/// Everything in `document` that is not as `schema` says.
pub(super) fn misfits(schema: &Value, document: &Value, patterns: &Patterns) -> Vec<Misfit> {
    let mut judge = Judge { root: schema, patterns, path: Vec::new(), found: Vec::new() };
    judge.look(schema, document, "");
    judge.found
}

struct Judge<'a> {
    root: &'a Value,
    patterns: &'a Patterns,
    path: Vec<Step>,
    found: Vec<Misfit>,
}

impl<'a> Judge<'a> {
    fn say(&mut self, fact: String) {
        self.found.push(Misfit { path: self.path.clone(), fact });
    }

    /// `named` is the definition that led here, for the words of the fault.
    fn look(&mut self, schema: &'a Value, value: &Value, named: &'a str) {
        let Some(rules) = schema.as_object() else {
            if schema == &Value::Bool(false) {
                self.say("is not allowed here".to_owned());
            }
            return;
        };
        if let Some(reference) = rules.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            if let Some(target) = reference.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) {
                self.look(target, value, name);
            }
        }
        if let Some(wanted) = rules.get("type")
            && !is_of_type(wanted, value)
        {
            let wanted = named_words(named).map_or_else(|| type_words(wanted), str::to_owned);
            self.say(format!("is {}, not {wanted}", shown(value)));
            return;
        }
        if rules.get("const").is_some_and(|wanted| wanted != value) {
            self.say(format!("is {}, not {}", shown(value), shown(&rules["const"])));
        }
        if let Some(allowed) = rules.get("enum").and_then(Value::as_array)
            && !allowed.contains(value)
        {
            let allowed: Vec<String> = allowed.iter().map(shown).collect();
            self.say(format!("is {}, not one of {}", shown(value), allowed.join(", ")));
        }
        match value {
            Value::String(text) => self.look_at_text(rules, text, named),
            Value::Number(_) => self.look_at_number(rules, value),
            Value::Array(items) => self.look_at_items(rules, items),
            Value::Object(members) => self.look_at_members(rules, members),
            _ => {}
        }
        self.look_at_choices(rules, value);
    }

    fn look_at_text(&mut self, rules: &'a serde_json::Map<String, Value>, text: &str, named: &'a str) {
        let length = text.chars().count() as u64;
        let short = rules.get("minLength").and_then(Value::as_u64).is_some_and(|least| length < least);
        let long = rules.get("maxLength").and_then(Value::as_u64).is_some_and(|most| length > most);
        let pattern = rules.get("pattern").and_then(Value::as_str);
        let other = pattern.filter(|pattern| !self.patterns.fits(pattern, text));
        let text = shown(&Value::from(text));
        match (named_words(named), other) {
            _ if !short && !long && other.is_none() => {}
            (Some(words), _) => self.say(format!("is {text}, not {words}")),
            (None, Some(pattern)) => self.say(format!("is {text}, which has not the form {pattern}")),
            _ if short => self.say(format!("is {text}: too short")),
            _ => self.say(format!("has {length} characters: too long")),
        }
    }

    fn look_at_number(&mut self, rules: &'a serde_json::Map<String, Value>, value: &Value) {
        let number = value.as_f64().unwrap_or_default();
        if rules.get("minimum").and_then(Value::as_f64).is_some_and(|least| number < least) {
            self.say(format!("is {value}, less than {}", rules["minimum"]));
        }
        if rules.get("maximum").and_then(Value::as_f64).is_some_and(|most| number > most) {
            self.say(format!("is {value}, more than {}", rules["maximum"]));
        }
    }

    fn look_at_items(&mut self, rules: &'a serde_json::Map<String, Value>, items: &[Value]) {
        let count = items.len() as u64;
        if rules.get("minItems").and_then(Value::as_u64).is_some_and(|least| count < least) {
            self.say(format!("has {count} items, fewer than {}", rules["minItems"]));
        }
        if rules.get("maxItems").and_then(Value::as_u64).is_some_and(|most| count > most) {
            self.say(format!("has {count} items, more than {}", rules["maxItems"]));
        }
        let first = rules.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (place, item) in items.iter().enumerate() {
            if let Some(rule) = first.get(place).or_else(|| rules.get("items")) {
                self.path.push(Step::Item(place));
                self.look(rule, item, "");
                self.path.pop();
            }
        }
        if let Some(rule) = rules.get("contains")
            && !items.iter().any(|item| self.fits(rule, item))
        {
            self.say("lacks an item that has to be there".to_owned());
        }
        let has_twins = items.iter().enumerate().any(|(place, item)| items[..place].contains(item));
        if rules.get("uniqueItems") == Some(&Value::Bool(true)) && has_twins {
            self.say("holds the same item twice".to_owned());
        }
    }

    fn look_at_members(
        &mut self,
        rules: &'a serde_json::Map<String, Value>,
        members: &serde_json::Map<String, Value>,
    ) {
        for name in rules.get("required").and_then(Value::as_array).into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            if !members.contains_key(name) {
                self.say(format!("lacks the member {name}"));
            }
        }
        if rules
            .get("minProperties")
            .and_then(Value::as_u64)
            .is_some_and(|least| (members.len() as u64) < least)
        {
            self.say(format!("has {} members, fewer than {}", members.len(), rules["minProperties"]));
        }
        let known = rules.get("properties").and_then(Value::as_object);
        for (name, value) in members {
            let rule = known.and_then(|known| known.get(name)).or_else(|| rules.get("additionalProperties"));
            if let Some(rule) = rule {
                self.path.push(Step::Member(name.clone()));
                self.look(rule, value, "");
                self.path.pop();
            }
        }
    }

    fn look_at_choices(&mut self, rules: &'a serde_json::Map<String, Value>, value: &Value) {
        for rule in rules.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.look(rule, value, "");
        }
        if let Some(choices) = rules.get("anyOf").and_then(Value::as_array)
            && !choices.iter().any(|rule| self.fits(rule, value))
        {
            self.nearest(choices, value);
        }
        if let Some(choices) = rules.get("oneOf").and_then(Value::as_array) {
            match choices.iter().filter(|rule| self.fits(rule, value)).count() {
                1 => {}
                0 => self.nearest(choices, value),
                _ => self.say("fits more than one of the forms it can have".to_owned()),
            }
        }
        if rules.get("not").is_some_and(|rule| self.fits(rule, value)) {
            self.say("has a form that is not allowed here".to_owned());
        }
        if let Some(condition) = rules.get("if") {
            let branch = if self.fits(condition, value) { "then" } else { "else" };
            if let Some(rule) = rules.get(branch) {
                self.look(rule, value, "");
            }
        }
    }

    fn fits(&self, rule: &'a Value, value: &Value) -> bool {
        self.judged(rule, value).is_empty()
    }

    fn judged(&self, rule: &'a Value, value: &Value) -> Vec<Misfit> {
        let mut judge =
            Judge { root: self.root, patterns: self.patterns, path: self.path.clone(), found: Vec::new() };
        judge.look(rule, value, "");
        judge.found
    }

    /// The faults of the form that was probably meant: the one that fits furthest in.
    fn nearest(&mut self, choices: &'a [Value], value: &Value) {
        let all = choices.iter().map(|rule| self.judged(rule, value));
        let deepest = |faults: &Vec<Misfit>| faults.iter().map(|fault| fault.path.len()).min();
        let nearest = all.max_by_key(|faults| (deepest(faults), std::cmp::Reverse(faults.len())));
        self.found.extend(nearest.unwrap_or_default());
    }
}

fn is_of_type(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Array(any) => any.iter().any(|one| is_of_type(one, value)),
        Value::String(name) => match name.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn facts(schema: &Value, document: &Value) -> Vec<String> {
        let words = |path: &[Step]| {
            let part = |step: &Step| match step {
                Step::Member(name) => format!("/{name}"),
                Step::Item(place) => format!("/{place}"),
            };
            path.iter().map(part).collect::<String>()
        };
        misfits(schema, document, &Patterns::default())
            .iter()
            .map(|fault| format!("{} {}", words(&fault.path), fault.fact))
            .collect()
    }

    #[test]
    fn every_fault_is_found_with_the_way_to_it() {
        let schema = json!({
            "type": "object",
            "minProperties": 1,
            "required": ["title", "files"],
            "properties": {
                "title": { "$ref": "#/$defs/words" },
                "starts": { "$ref": "#/$defs/day" },
                "count": { "type": "integer", "minimum": 1 },
                "role": { "enum": ["a", "b"] },
                "files": { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^x+$" } }
            },
            "additionalProperties": false,
            "$defs": {
                "words": { "type": "string", "minLength": 1 },
                "day": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }
            }
        });
        assert_eq!(facts(&schema, &json!({ "title": "t", "files": ["x"] })), [] as [&str; 0]);
        let bad = json!({ "title": "", "starts": "1 June", "count": 0, "role": "c", "files": ["x", "y", 1], "z": 1 });
        assert_eq!(
            facts(&schema, &bad),
            [
                "/title is “”, not a text that is not empty",
                "/starts is “1 June”, not a day such as 2026-07-24",
                "/count is 0, less than 1",
                "/role is “c”, not one of “a”, “b”",
                "/files/1 is “y”, which has not the form ^x+$",
                "/files/2 is 1, not a text",
                "/z is not allowed here",
            ]
        );
        assert_eq!(facts(&schema, &json!([])), [" is a list, not an object { }"]);
        assert_eq!(
            facts(&schema, &json!({ "files": [] })),
            [" lacks the member title", "/files has 0 items, fewer than 1"]
        );
        assert_eq!(
            facts(&schema, &json!({})),
            [" lacks the member title", " lacks the member files", " has 0 members, fewer than 1"]
        );
    }

    #[test]
    fn of_several_forms_the_nearest_is_the_one_explained() {
        let schema = json!({ "oneOf": [
            { "type": "object", "required": ["id"], "properties": { "kind": { "const": "artifact" } } },
            { "type": "object", "required": ["text"], "properties": { "kind": { "const": "words" } } }
        ] });
        assert_eq!(facts(&schema, &json!({ "kind": "artifact", "id": 1 })), [] as [&str; 0]);
        assert_eq!(
            facts(&schema, &json!({ "kind": "artifacts", "id": 1 })),
            ["/kind is “artifacts”, not “artifact”"]
        );
        let schema = json!({ "if": { "required": ["a"] }, "then": { "required": ["b"] }, "else": { "required": ["c"] } });
        assert_eq!(facts(&schema, &json!({ "a": 1 })), [" lacks the member b"]);
        assert_eq!(facts(&schema, &json!({})), [" lacks the member c"]);
    }

    /// A rule that is not looked at would be a promise that is not kept.
    #[test]
    fn the_schemas_use_no_rule_that_is_not_looked_at() {
        const KNOWN: [&str; 28] = [
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "examples",
            "format",
            "type",
            "const",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "minProperties",
            "maxItems",
            "items",
            "prefixItems",
            "contains",
            "uniqueItems",
            "required",
            "properties",
            "additionalProperties",
            "allOf",
            "anyOf",
        ];
        const CHOICES: [&str; 5] = ["oneOf", "not", "if", "then", "else"];
        fn walk(node: &Value, names: bool, unknown: &mut Vec<String>) {
            match node {
                Value::Object(map) => map.iter().for_each(|(key, inner)| {
                    if !names && !KNOWN.contains(&key.as_str()) && !CHOICES.contains(&key.as_str()) {
                        unknown.push(key.clone());
                    }
                    if !["const", "enum", "examples"].contains(&key.as_str()) || names {
                        walk(inner, !names && ["properties", "$defs"].contains(&key.as_str()), unknown);
                    }
                }),
                Value::Array(list) => list.iter().for_each(|inner| walk(inner, false, unknown)),
                _ => {}
            }
        }
        let mut unknown = Vec::new();
        for (_, text) in super::super::formats::SCHEMAS {
            let schema: Value = serde_json::from_str(text).unwrap();
            walk(&schema, false, &mut unknown);
            for pattern in text.split("\"pattern\": ").skip(1) {
                let mut values = serde_json::Deserializer::from_str(pattern).into_iter::<String>();
                let pattern = values.next().unwrap().unwrap();
                assert!(Regex::new(&pattern).is_ok(), "{pattern}");
            }
        }
        assert_eq!(unknown, [] as [&str; 0]);
    }
}
