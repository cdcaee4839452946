//! The terms of W3C's contexts for documents with keys (Controlled Identifiers 1.0, DID 1.1), for status lists
//! (Bitstring Status List 1.0) and for two suites of keys that came before.

/// Each context by its URL, as the tables that it is made of.
pub(super) const TABLES: [(&str, &[&str]); 7] = [
    ("https://w3id.org/security/multikey/v1", &[MULTIKEY]),
    ("https://w3id.org/security/jwk/v1", &[JWK]),
    ("https://www.w3.org/ns/credentials/status/v1", &[STATUS]),
    ("https://www.w3.org/ns/cid/v1", &[DOCUMENT, MULTIKEY, JWK]),
    ("https://www.w3.org/ns/did/v1.1", &[DOCUMENT, MULTIKEY, JWK]),
    ("https://w3id.org/security/suites/ed25519-2018/v1", &[ED25519_2018]),
    ("https://w3id.org/security/suites/x25519-2020/v1", &[X25519_2020]),
];

/// A document with keys.
const DOCUMENT: &str = "
alsoKnownAs https://www.w3.org/ns/activitystreams#alsoKnownAs @id
assertionMethod sec:assertionMethod @id @set
authentication sec:authenticationMethod @id @set
capabilityDelegation sec:capabilityDelegationMethod @id @set
capabilityInvocation sec:capabilityInvocationMethod @id @set
controller sec:controller @id
keyAgreement sec:keyAgreementMethod @id @set
service https://www.w3.org/ns/did#service @id
  serviceEndpoint https://www.w3.org/ns/did#serviceEndpoint @id
verificationMethod sec:verificationMethod @id
";

/// The signature suite of 2018. Nothing signed with it is checked; documents with its keys are read.
const ED25519_2018: &str = "
proof sec:proof @id @graph
Ed25519VerificationKey2018 sec:Ed25519VerificationKey2018
  controller sec:controller @id
  revoked sec:revoked xsdh:dateTime
  publicKeyBase58 sec:publicKeyBase58
Ed25519Signature2018 sec:Ed25519Signature2018
  challenge =sec:challenge
  created dct:created xsdh:dateTime
  domain =sec:domain
  expires sec:expiration xsdh:dateTime
  nonce =sec:nonce
  proofPurpose sec:proofPurpose @vocab
    assertionMethod sec:assertionMethod @id @set
    authentication sec:authenticationMethod @id @set
    capabilityInvocation sec:capabilityInvocationMethod @id @set
    capabilityDelegation sec:capabilityDelegationMethod @id @set
    keyAgreement sec:keyAgreementMethod @id @set
  jws sec:jws
  verificationMethod sec:verificationMethod @id
";

/// Keys for agreeing on secrets, which stand in many documents beside those for signing.
const X25519_2020: &str = "
X25519KeyAgreementKey2020 sec:X25519KeyAgreementKey2020
  controller sec:controller @id
  revoked sec:revoked xsdh:dateTime
  publicKeyMultibase sec:publicKeyMultibase sec:multibase
";

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
