//! The terms of W3C's contexts for keys (Controlled Identifiers 1.0) and for status lists (Bitstring Status List 1.0).

/// Each context by its URL.
pub(super) const TABLES: [(&str, &str); 3] = [
    ("https://w3id.org/security/multikey/v1", MULTIKEY),
    ("https://w3id.org/security/jwk/v1", JWK),
    ("https://www.w3.org/ns/credentials/status/v1", STATUS),
];

const MULTIKEY: &str = "
Multikey sec:Multikey
  controller sec:controller @id
  revoked sec:revoked xsdh:dateTime
  expires sec:expiration xsdh:dateTime
  publicKeyMultibase sec:publicKeyMultibase sec:multibase
  secretKeyMultibase sec:secretKeyMultibase sec:multibase
";

const JWK: &str = "
JsonWebKey sec:JsonWebKey
  controller sec:controller @id
  revoked sec:revoked xsdh:dateTime
  expires sec:expiration xsdh:dateTime
  publicKeyJwk sec:publicKeyJwk @json
  secretKeyJwk sec:secretKeyJwk @json
";

const STATUS: &str = "
BitstringStatusListCredential =status:BitstringStatusListCredential
BitstringStatusList status:BitstringStatusList
  encodedList status:encodedList sec:multibase
  statusPurpose =status:statusPurpose
  ttl =status:ttl
BitstringStatusListEntry status:BitstringStatusListEntry
  statusListCredential status:statusListCredential @id
  statusListIndex =status:statusListIndex
  statusPurpose =status:statusPurpose
  statusMessage status:statusMessage
    message =status:message
    status =status:status
  statusReference status:statusReference @id
  statusSize status:statusSize xsds:integer
";
