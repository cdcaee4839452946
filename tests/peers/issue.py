#!/usr/bin/env python3
"""Issues one Open Badges 3.0 credential with nothing but Python's standard library: python3 issue.py FILE

Written from the specifications and from no line of the program that is to read it: RFC 8032 for the signature,
RFC 8785 for the canonical form, VC Data Integrity 1.0 with eddsa-jcs-2022 for the proof. Prints the key's fingerprint.
"""

import hashlib
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
from check_without_portfolio import BASE, BASE58, L, canonical, encode_point, fingerprint, times  # noqa: E402

SEED = bytes(range(32))
STUDENT_SEED = bytes(range(1, 33))


def public_key(seed):
    return encode_point(times(scalar_and_prefix(seed)[0], BASE))


def scalar_and_prefix(seed):
    """RFC 8032, section 5.1.5."""
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return scalar, digest[32:]


def sign(seed, message):
    """RFC 8032, section 5.1.6."""
    scalar, prefix = scalar_and_prefix(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    point = encode_point(times(r, BASE))
    k = int.from_bytes(hashlib.sha512(point + public_key(seed) + message).digest(), "little") % L
    return point + ((r + k * scalar) % L).to_bytes(32, "little")


def base58(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def did(seed):
    return "did:key:z" + base58(b"\xed\x01" + public_key(seed))


def credential(issuer, student):
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0b7c1f0e-6f4e-4c1c-9d55-0a4f5d2a7e11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Greenhouse summer",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Noor Haddad, Botanical Garden"},
        "validFrom": "2026-08-31T09:30:00Z",
        "credentialSubject": {
            "id": student,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "Sam Ortiz", "identityType": "name"}
            ],
            "narrative": "Kept the greenhouse through the summer. Ça va très bien: 20 °C \U0001f331",
            "achievement": {
                "id": "urn:uuid:5d7d2f38-29b0-4b3c-8a3e-6e1c1f5a9b20",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Greenhouse summer",
                "description": "A placement at the Botanical Garden.",
                "criteria": {"narrative": "The placement was completed; it had no written brief."},
            },
        },
    }


def secured(document, seed):
    """VC Data Integrity EdDSA 1.0, section 3.3."""
    issuer = did(seed)
    config = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": document["validFrom"],
        "verificationMethod": f"{issuer}#{issuer[len('did:key:'):]}",
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    hashes = [hashlib.sha256(canonical(part)).digest() for part in (config, document)]
    return {**document, "proof": {**config, "proofValue": "z" + base58(sign(seed, b"".join(hashes)))}}


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(secured(credential(did(SEED), did(STUDENT_SEED)), SEED), file, ensure_ascii=False, indent=1)
    print(fingerprint(public_key(SEED)))


if __name__ == "__main__":
    main()
