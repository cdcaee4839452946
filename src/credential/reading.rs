//! Reads what a draft and a sign-off claim, strictly: the members `name`, `credentialSubject` and `evidence`.

use super::claims::{Claims, EVIDENCE_LIMIT, Evidence, HashedEmail, SKILL_LIMIT, Skill, Subject};
use super::fields::{Fact, Members, Survey};
use super::results;
use crate::digest::Digest;
use crate::path::FileName;

impl Claims {
    /// Reads the claims from the members of a credential or a draft; `None` after a fault, which the survey keeps.
    pub(super) fn read(top: &Members<'_>, survey: &Survey) -> Option<Self> {
        let title = top.text("name").map(str::to_owned);
        let evidence = read_evidence(top);
        let subject = top.object("credentialSubject")?;
        subject.fixed_list("type", &["AchievementSubject"]);
        let statement = subject.text("narrative").map(str::to_owned);
        let achievement = subject.object("achievement")?;
        achievement.fixed_list("type", &["Achievement"]);
        achievement.fixed("achievementType", "MicroCredential");
        let name = achievement.text("name");
        if name.map(str::to_owned) != title {
            achievement.fault("name", Fact::Contradicts("/name"));
        }
        let criteria = achievement.object("criteria");
        let organisation = achievement.optional_object("creator").and_then(|creator| {
            creator.fixed_list("type", &["Profile"]);
            creator.urn_uuid("id");
            creator.text("name").map(str::to_owned)
        });
        Some(Self {
            organisation,
            description: achievement.text("description")?.to_owned(),
            achievement_id: achievement.urn_uuid("id")?.to_owned(),
            role: subject.optional_text("role").map(str::to_owned),
            skills: read_skills(&achievement),
            criteria: criteria.and_then(|criteria| criteria.text("narrative").map(str::to_owned))?,
            items: results::read(&subject, &achievement, survey),
            subject: read_subject(&subject)?,
            title: title?,
            statement: statement?,
            evidence,
        })
    }
}

/// Skills with an address from `alignment`, skills by name alone from `tag`.
fn read_skills(achievement: &Members<'_>) -> Vec<Skill> {
    let mut skills: Vec<Skill> = Vec::new();
    for alignment in achievement.objects("alignment", SKILL_LIMIT) {
        alignment.fixed_list("type", &["Alignment"]);
        let url = alignment.text("targetUrl");
        if url.is_some_and(|url| !is_web_address(url)) {
            alignment.fault("targetUrl", Fact::NotA("an address that begins http:// or https://"));
        }
        if let (Some(name), Some(url)) = (alignment.text("targetName"), url) {
            skills.push(Skill { name: name.to_owned(), url: Some(url.to_owned()) });
        }
    }
    let tags = achievement.texts("tag", SKILL_LIMIT).into_iter();
    skills.extend(tags.map(|name| Skill { name: name.to_owned(), url: None }));
    skills
}

fn read_subject(subject: &Members<'_>) -> Option<Subject> {
    let mut name = None;
    let mut email = None;
    for identity in subject.objects("identifier", 2) {
        identity.fixed("type", "IdentityObject");
        let hash = identity.text("identityHash").unwrap_or_default().to_owned();
        match identity.text("identityType") {
            Some("name") if identity.raw("hashed") == Some(&false.into()) && name.is_none() => {
                name = Some(hash)
            }
            Some("emailAddress") if identity.raw("hashed") == Some(&true.into()) && email.is_none() => {
                let salt = identity.text("salt").unwrap_or_default().to_owned();
                let hex = hash.strip_prefix("sha256$").map(Digest::from_hex);
                if !matches!(hex, Some(Ok(_))) {
                    identity.fault("identityHash", Fact::BadDigest);
                }
                email = Some(HashedEmail { salt, hash });
            }
            Some(_) => identity.fault("identityType", Fact::NotA("one name in clear and one hashed address")),
            None => {}
        }
    }
    let starts = subject.optional_day("activityStartDate");
    let ends = subject.optional_day("activityEndDate");
    if let (Some(first), Some(last)) = (starts, ends)
        && last < first
    {
        subject.fault("activityEndDate", Fact::Contradicts("activityStartDate"));
    }
    Some(Subject { id: subject.did("id")?.to_owned(), name, email, starts, ends })
}

fn read_evidence(top: &Members<'_>) -> Vec<Evidence> {
    let mut list: Vec<Evidence> = Vec::new();
    for entry in top.objects("evidence", EVIDENCE_LIMIT) {
        entry.fixed_list("type", &["Evidence"]);
        let digest = entry.digest("digestMultibase");
        let id = entry.text("id");
        let name = entry.text("name");
        let media_type = entry.text("mediaType");
        let genre = entry.text("genre");
        let audience = entry.optional_text("audience").map(str::to_owned);
        let item = entry.optional_text("description").map(str::to_owned);
        let (Some(digest), Some(id), Some(name), Some(media_type), Some(genre)) =
            (digest, id, name, media_type, genre)
        else {
            continue;
        };
        if id != digest.ni() {
            entry.fault("id", Fact::Contradicts("digestMultibase"));
        }
        if FileName::parse(name).is_err() {
            entry.fault("name", Fact::NotA("a file name that every system can hold"));
        }
        if list.iter().any(|earlier| earlier.digest == digest) {
            entry.fault("id", Fact::Duplicate(id.to_owned()));
        }
        list.push(Evidence {
            name: name.to_owned(),
            digest,
            media_type: media_type.to_owned(),
            genre: genre.to_owned(),
            audience,
            item,
        });
    }
    list
}

/// Whether a text is an address on the web that a reader may open: nothing but `http` or `https`, without a space.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}
