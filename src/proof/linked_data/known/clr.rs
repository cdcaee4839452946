//! The terms of the Comprehensive Learner Record 2.0 (1EdTech, context 2.0.1).

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
