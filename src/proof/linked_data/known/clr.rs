//! The terms of the Comprehensive Learner Record 2.0 (1EdTech, context 2.0.1 and the one before it).

use serde_json::Value;

use super::table::{self, Style};

/// The URL that names the first context.
pub(super) const FIRST_URL: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context.json";

/// The first context knows no `partial` and no `identifier`, and had another name for the Open Badges vocabulary.
pub(super) fn first_context() -> Value {
    let lines =
        TERMS.lines().filter(|line| !line.starts_with("  partial") && !line.starts_with("  identifier"));
    let earlier = "=https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#";
    let lines =
        lines.map(|line| if line == "  obi =ob:" { format!("  obi {earlier}") } else { line.to_owned() });
    table::context(&lines.collect::<Vec<_>>().join("\n"), Style::Bare)
}

/// The URL that names this context.
pub(super) const URL: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/// `id` and `type` stand where the specification defines them; nothing is protected.
pub(super) const TERMS: &str = "
ClrCredential clr:ClrCredential
  id =@id
  type =@type
  partial clr:partial xsd:boolean
ClrSubject clr:ClrSubject
  id =@id
  type =@type
  cred =https://www.w3.org/2018/credentials#
  obi =ob:
  achievement clr:achievement @set obi:Achievement
  association clr:association @set clr:Association
  verifiableCredential clr:verifiableCredential @set cred:verifiableCredential
  identifier clr:identifier-1 @set obi:Identifier
Association clr:Association
  associationType clr:AssociationType
  sourceId clr:sourceId xsd:anyURI
  targetId clr:targetId xsd:anyURI
";
