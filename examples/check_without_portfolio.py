#!/usr/bin/env python3
"""Checks a bundle of sign-offs with nothing but Python's standard library.

    python3 check_without_portfolio.py BUNDLE.zip     (or the folder it was unpacked to)
    python3 check_without_portfolio.py --at 2030-01-15 BUNDLE.zip

Written from the specifications alone, so that a bundle outlives the program that made it:

    APPNOTE.TXT 6.3     the archive: stored entries, every byte accounted for
    RFC 8493            the bag: complete, and every digest as listed
    RFC 8785            canonical JSON
    RFC 8032            Ed25519
    VC Data Integrity 1.0 with eddsa-jcs-2022, VC Data Model 2.0, Open Badges 3.0, did:key

Of a sign-off's two signatures by one key it checks the one over the JSON itself (eddsa-jcs-2022). The one over linked
data (eddsa-rdfc-2022) it leaves out, and says so.

It asks: is everything as it was signed, and by which keys? Whose keys those are it cannot know: compare the key with
one that you got from the signer. Exit code 0 unchanged and signed; 1 changed, or a signature does not fit; 3 a file is
missing that may not be left out; 4 ended, or not yet begun; 7 could not be read; 8 made by a newer format.
"""

import datetime
import hashlib
import json
import os
import re
import struct
import sys
import unicodedata
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode

CHANGED, MISSING, NOT_IN_FORCE, UNREADABLE, TOO_NEW = 1, 3, 4, 7, 8


class Fault(Exception):
    """One thing that is wrong, with the exit code it stands for."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def need(condition, text, code=CHANGED):
    if not condition:
        raise Fault(code, text)


# ---------------------------------------------------------------- the archive: APPNOTE 6.3, in its one form

LOCAL = b"PK\x03\x04"
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    device + digit for device in ("com", "lpt") for digit in "0123456789¹²³"
}


def read_archive(data):
    """All files of the archive by path, without the one folder at the top.

    A bundle's archive has one form only: stored entries in the order of their names, back to back, without times,
    comments or extra fields, and an index of the same entries. So it is read from its front, written again, and
    compared: whatever two readers could understand differently is then not in it.
    """
    files, at = {}, 0
    need(data[:4] == LOCAL, "not an archive", UNREADABLE)
    while data[at : at + 4] == LOCAL:
        need(len(data) >= at + 30, "the archive is cut off", UNREADABLE)
        crc, length, name_length = struct.unpack("<I4xIH", data[at + 14 : at + 28])
        raw, at = data[at + 30 : at + 30 + name_length], at + 30 + name_length
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Fault(UNREADABLE, "a name that is not UTF-8") from None
        need(name not in files, "two entries with one name", UNREADABLE)
        files[name], at = data[at : at + length], at + length
    need(list(files) == sorted(files, key=str.encode), "the entries are not in order", UNREADABLE)
    need(len({folded(name) for name in files}) == len(files), "two entries with one name", UNREADABLE)
    checksums = {name: zlib.crc32(body) for name, body in files.items()}
    # The checksums in the archive stand outside the comparison, to tell a changed file from a damaged archive.
    recorded = recorded_checksums(data, files)
    need(write_archive(files, recorded) == data, "not an archive of a bundle's form: perhaps packed again", UNREADABLE)
    tops = {name.split("/")[0] for name in files}
    need(len(tops) == 1 and all("/" in name for name in files), "not exactly one folder at the top", UNREADABLE)
    for name in files:
        check_path(name.split("/", 1)[1])
        need(checksums[name] == recorded[name], f"{name!r} differs from its checksum")
    return {name.split("/", 1)[1]: body for name, body in files.items()}


def recorded_checksums(data, files):
    recorded, at = {}, 0
    for name, body in files.items():
        recorded[name] = struct.unpack("<I", data[at + 14 : at + 18])[0]
        at += 30 + len(name.encode()) + len(body)
    return recorded


def write_archive(files, checksums):
    """An archive in the one form: sections 4.3.7, 4.3.12 and 4.3.16 of APPNOTE."""
    entries, index = bytearray(), bytearray()
    for name, body in files.items():
        raw, size = name.encode(), len(body)
        facts = struct.pack("<HHHHHIIIHH", 10, 0 if name.isascii() else 0x0800, 0, 0, 0x21, checksums[name], size, size, len(raw), 0)
        index += b"PK\x01\x02\x14\x03" + facts + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(entries)) + raw
        entries += LOCAL + facts + raw + body
    return entries + index + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(files), len(files), len(index), len(entries), 0)


def folded(name):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def check_path(path):
    parts = path.split("/")
    need(len(path.encode()) <= 512 and len(parts) <= 16, "a path that is too long or too deep", UNREADABLE)
    for part in parts:
        plain = unicodedata.normalize("NFKC", part)
        need(part not in ("", ".", "..") and len(part.encode()) <= 255, "a path with an odd part", UNREADABLE)
        need(unicodedata.normalize("NFC", part) == part, "a name in two spellings", UNREADABLE)
        need(not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in part),
             "a name with a hidden character", UNREADABLE)
        need(not set(part) & set('%\\:<>|?*"'), "a name with a reserved character", UNREADABLE)
        need(not set(plain) & set("/\\"), "a name with a reserved character", UNREADABLE)
        need(part[-1] not in ". " and part[0] not in " ~-", "a name that some system changes", UNREADABLE)
        need(plain.split(".")[0].rstrip(" ").casefold() not in DEVICES, "the name of a device", UNREADABLE)
        need(plain.casefold() != ".git", "a folder that is not data", UNREADABLE)


def read_folder(top):
    """The same files from an unpacked bundle, without what file managers leave behind."""
    litter = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"}
    files = {}
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in litter]
        for name in names:
            path = os.path.join(folder, name)
            below = os.path.relpath(path, top).replace(os.sep, "/")
            if name in litter:
                continue
            need(not os.path.islink(path) and os.path.isfile(path), f"{below!r} is not a plain file", UNREADABLE)
            check_path(below)
            with open(path, "rb") as file:
                files[below] = file.read()
    return files


# ---------------------------------------------------------------- the bag: RFC 8493

TAG_FILES = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "presentation.json", "READ-ME-FIRST.txt",
             "tagmanifest-sha256.txt"}


def sha256(data):
    return hashlib.sha256(data).digest()


def read_manifest(files, name):
    """Path and digest of each line: lower-case hex, two spaces, a path, LF; sorted, no path twice."""
    need(name in files, f"{name} is missing")
    try:
        text = files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise Fault(CHANGED, f"{name} is not UTF-8") from None
    need(text.endswith("\n"), f"{name} ends in the middle of a line")
    listed = {}
    for line in text[:-1].split("\n"):
        found = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        need(found, f"{name} has a malformed line")
        need(found[2] not in listed, f"{name} lists a path twice")
        listed[found[2]] = bytes.fromhex(found[1])
    paths = [path.encode() for path in listed]
    need(paths == sorted(paths), f"{name} is not in order")
    return listed


def check_bag(files):
    """Complete and unchanged, both ways; returns the payload manifest."""
    info = read_bag_info(files)
    need(info.get("Portfolio-Format", "").isdecimal(), "bag-info.txt does not say which format this is")
    need(int(info["Portfolio-Format"]) <= 1, "the bundle is of a newer format", TOO_NEW)
    need(info["Portfolio-Format"] == "1", "bag-info.txt does not say which format this is")
    need(files.get("bagit.txt") == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bagit.txt is not a bag's")
    payload, tags = read_manifest(files, "manifest-sha256.txt"), read_manifest(files, "tagmanifest-sha256.txt")
    at_top = {path for path in files if not path.startswith("data/")}
    need(at_top == TAG_FILES, f"missing or stray beside data: {sorted(at_top ^ TAG_FILES)}")
    need(set(tags) == TAG_FILES - {"tagmanifest-sha256.txt"}, "tagmanifest-sha256.txt does not list what it should")
    need(all(path.startswith("data/") for path in payload), "manifest-sha256.txt lists a path outside data")
    present = set(files) - at_top
    need(present == set(payload), f"missing or stray: {sorted(present ^ set(payload))[:3]}")
    for path, digest in [*tags.items(), *payload.items()]:
        need(sha256(files[path]) == digest, f"{path!r} is not the file that was listed")
    octets = sum(len(files[path]) for path in payload)
    need(info.get("Payload-Oxum") == f"{octets}.{len(payload)}", "bag-info.txt counts other files")
    return payload


def read_bag_info(files):
    need("bag-info.txt" in files, "bag-info.txt is missing")
    info = {}
    try:
        lines = files["bag-info.txt"].decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Fault(CHANGED, "bag-info.txt is not UTF-8") from None
    for line in lines[:-1]:
        label, colon, value = line.partition(": ")
        need(colon and label not in info and re.fullmatch("[A-Za-z0-9-]+", label), "bag-info.txt has a malformed line")
        need(value and value.strip() == value and value.isprintable(), "bag-info.txt has a malformed line")
        info[label] = value
    need(lines[-1] == "", "bag-info.txt ends in the middle of a line")
    return info


# ---------------------------------------------------------------- strict JSON, and its canonical form: RFC 8785

def parse(data, name):
    """One JSON object that every reader understands alike."""
    def unique(pairs):
        need(len({key for key, _ in pairs}) == len(pairs), f"{name!r} has a member twice")
        return dict(pairs)

    def whole(text):
        need(text != "-0" and abs(int(text)) < 2**53, f"{name!r} has a number that readers disagree about")
        return int(text)

    def refuse(text):
        raise Fault(CHANGED, f"{name!r} has a number that readers disagree about")

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_int=whole, parse_float=refuse,
                           parse_constant=refuse)
        need(isinstance(value, dict), f"{name!r} is not a JSON object")
        need("\0" not in canonical(value).decode("utf-8").replace("\\u0000", "\0"), f"{name!r} has a null character")
        return value
    except (UnicodeError, ValueError, RecursionError):
        raise Fault(CHANGED, f"{name!r} is not JSON") from None


def canonical(value):
    """The bytes that are signed (RFC 8785). Only whole numbers occur, so their form is Python's own."""
    def write(value):
        if isinstance(value, dict):
            ordered = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
            return "{" + ",".join(write(name) + ":" + write(value[name]) for name in ordered) + "}"
        if isinstance(value, list):
            return "[" + ",".join(map(write, value)) + "]"
        return json.dumps(value, ensure_ascii=False)

    return write(value).encode("utf-8")


# ---------------------------------------------------------------- Ed25519: RFC 8032, section 5.1.7, strictly

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_M1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encode_point(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(key, message, signature):
    """RFC 8032 without its leniences: one spelling of everything, and no key of small or mixed order."""
    point = decode_point(key)
    if len(signature) != 64 or point is None or encode_point(point) != key:
        return False
    if encode_point(point) == encode_point(NEUTRAL) or encode_point(times(L, point)) != encode_point(NEUTRAL):
        return False
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = times(k, point)
    return s < L and encode_point(add(times(s, BASE), (P - x, y, z, P - t))) == signature[:32]


# ---------------------------------------------------------------- did:key and Data Integrity with eddsa-jcs-2022

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(text):
    need(isinstance(text, str) and text and not set(text) - set(BASE58), "text that is not base58")
    number = 0
    for character in text:
        number = number * 58 + BASE58.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def key_of(did):
    need(isinstance(did, str) and did.startswith("did:key:z6Mk"), "a key that is not Ed25519 by did:key")
    data = base58(did[len("did:key:z"):])
    need(len(data) == 34 and data[:2] == b"\xed\x01", "a key that is not Ed25519 by did:key")
    return data[2:]


def fingerprint(key):
    """As OpenSSH prints it for the same key."""
    blob = b"".join(struct.pack(">I", len(part)) + part for part in (b"ssh-ed25519", key))
    return "SHA256:" + b64encode(sha256(blob)).decode().rstrip("=")


def check_proofs(document, controller, name):
    """At least one proof by the controller's own key holds, and none that we can check fails. Returns the kinds that
    were left out: a second signature with eddsa-rdfc-2022 needs JSON-LD, which is no matter of one page."""
    proofs = document.get("proof")
    proofs = [proofs] if isinstance(proofs, dict) else proofs
    need(isinstance(proofs, list) and 0 < len(proofs) <= 8, f"{name!r} carries no signature")
    unsecured = {member: value for member, value in document.items() if member != "proof"}
    holding, left_out = 0, []
    for proof in proofs:
        need(isinstance(proof, dict) and proof.get("type") == "DataIntegrityProof", f"{name!r} has an unknown signature")
        if proof.get("cryptosuite") != "eddsa-jcs-2022":
            left_out.append(proof.get("cryptosuite"))
            continue
        need(proof.get("proofPurpose") == "assertionMethod", f"the signature of {name!r} is for something else")
        need(proof.get("verificationMethod") == f"{controller}#{controller[len('did:key:'):]}",
             f"{name!r} is signed by another key than it names")
        need("previousProof" not in proof, f"{name!r} has a chain of signatures")
        value = proof.get("proofValue")
        need(isinstance(value, str) and value.startswith("z"), f"{name!r} has a malformed signature")
        config = {member: value for member, value in proof.items() if member != "proofValue"}
        if "@context" in config:
            need(config["@context"] == document.get("@context"), f"the signature of {name!r} reads it differently")
        created(proof, name)
        message = sha256(canonical(config)) + sha256(canonical(unsecured))
        need(signature_holds(key_of(controller), message, base58(value[1:])), f"the signature of {name!r} does not fit")
        holding += 1
    need(holding, f"{name!r} has no signature that this page can check")
    return left_out


def created(proof, name):
    if "created" in proof:
        moment(proof["created"], name)


def moment(text, name):
    try:
        need(isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text), f"{name!r} has a bad date")
        return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise Fault(CHANGED, f"{name!r} has a bad date") from None


def multibase_digest(text):
    """SHA-256 as a base64url multibase multihash: u, then 0x12 0x20 and the digest."""
    try:
        data = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    except (ValueError, TypeError):
        data = b""
    need(isinstance(text, str) and text.startswith("uEi") and data[:2] == b"\x12\x20" and len(data) == 34, "a bad digest")
    return data[2:]


# ---------------------------------------------------------------- what is claimed: the presentation and the sign-offs

V2, OB3 = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def check_presentation(document, manifest):
    """The holder's key signed the digest of the manifest, and so every path and every byte. Returns the holder."""
    name = "presentation.json"
    need(document.get("@context") == [V2], f"{name} reads differently")
    need(document.get("type") == ["VerifiablePresentation"], f"{name} is something else")
    holder = document.get("holder")
    key_of(holder)
    covers = document.get("verifiableCredential")
    need(isinstance(covers, list) and len(covers) == 1 and isinstance(covers[0], dict), f"{name} has no cover")
    cover = covers[0]
    need(cover.get("issuer") == holder, f"the cover in {name} is by another key")
    need(cover.get("credentialSubject", {}).get("id") == holder, f"the cover in {name} is about another key")
    resources = cover.get("relatedResource")
    need(isinstance(resources, list) and len(resources) == 1, f"{name} covers something else")
    need(resources[0].get("name") == "manifest-sha256.txt", f"{name} covers something else")
    check_proofs(document, holder, name)
    need(multibase_digest(resources[0].get("digestMultibase")) == sha256(manifest), f"{name} covers another manifest")
    return holder


def check_sign_off(document, name, holder, payload, at, signed_for):
    """Signed by the key it names, about the holder, and about files that are here or may be left out."""
    types = document.get("type")
    need(isinstance(types, list) and "OpenBadgeCredential" in types, f"{name!r} is a record of another kind", TOO_NEW)
    need(document.get("@context") == [V2, OB3], f"{name!r} reads differently")
    need(types == ["VerifiableCredential", "OpenBadgeCredential"], f"{name!r} is something else")
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    need(isinstance(issuer, dict) and isinstance(subject, dict), f"{name!r} does not say who signed, or about whom")
    left_out = check_proofs(document, issuer.get("id"), name)
    need(subject.get("id") == holder, f"{name!r} is about somebody else")
    withheld, missing = [], []
    digests = set(payload.values())
    # A file of a signed name whose bytes nobody signed for stands where the signed one should.
    unsigned = {path.rsplit("/", 1)[1] for path, digest in payload.items() if digest not in signed_for}
    for evidence in document.get("evidence", []):
        if multibase_digest(evidence["digestMultibase"]) not in digests:
            need(evidence.get("name") not in unsigned, f"{evidence.get('name')!r} is not the file that was signed")
            allowed = str(evidence.get("audience", "")).startswith("confidential")
            (withheld if allowed else missing).append(evidence.get("name"))
    print(f"{name}: signed by key {fingerprint(key_of(issuer['id']))}")
    print(f"  the key calls itself {issuer.get('name')!r}, as any key could")
    print(f"  {subject['achievement']['name']!r}, {len(document.get('evidence', []))} files signed for")
    for kind in left_out:
        print(f"  not checked by this page: a second signature, of the kind {kind!r}")
    for file in withheld:
        print(f"  left out, as the signed statement allows: {file!r}")
    begins, ends = moment(document.get("validFrom"), name), document.get("validUntil")
    need(ends is None or at <= moment(ends, name), f"{name!r} ended on {ends}", NOT_IN_FORCE)
    need(at >= begins - datetime.timedelta(minutes=10), f"{name!r} begins on {begins:%Y-%m-%d}", NOT_IN_FORCE)
    need(not missing, f"{name!r} was signed for files that are not here: {missing}", MISSING)


def ssh_parts(blob):
    """The strings of an SSH message, each behind its length in four bytes."""
    while blob:
        size = int.from_bytes(blob[:4], "big")
        need(len(blob) >= 4 + size, "an SSH signature that is damaged")
        yield blob[4 : 4 + size]
        blob = blob[4 + size :]


def ssh_signer(text, armoured, name):
    """The Ed25519 key whose SSH signature (OpenSSH, PROTOCOL.sshsig) over exactly this text it is."""
    lines = armoured.decode("ascii", "replace").split()
    need(lines[:3] == ["-----BEGIN", "SSH", "SIGNATURE-----"] and lines[-3:] == ["-----END", "SSH", "SIGNATURE-----"],
         f"{name!r} is no SSH signature")
    blob = b64decode("".join(lines[3:-3]))
    need(blob[:10] == b"SSHSIG\0\0\0\1", f"{name!r} is another kind of signature", TOO_NEW)
    key, namespace, reserved, hashed, signature = ssh_parts(blob[10:])
    kind, key = ssh_parts(key)
    need(kind == b"ssh-ed25519" and reserved == b"" and hashed in (b"sha256", b"sha512"),
         f"{name!r} is another kind of signature", TOO_NEW)
    need(namespace == b"portfolio-signoff@v1", f"{name!r} was made for something else")
    kind, signature = ssh_parts(signature)
    digest = hashlib.new(hashed.decode(), text).digest()
    parts = [namespace, reserved, hashed, digest]
    message = b"SSHSIG" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    need(kind == b"ssh-ed25519" and signature_holds(key, message, signature), f"the signature on {name!r} does not fit")
    return key


def statement_files(text):
    """Name, digest and audience of each file that a statement names."""
    files = []
    for line in text.splitlines():
        if line.startswith("   file      "):
            files.append({"name": line[13:], "audience": ""})
        elif line.startswith("   audience  ") and files:
            files[-1]["audience"] = line[13:]
        elif line.startswith("   sha256    ") and files:
            files[-1]["digest"] = bytes.fromhex(line[13:])
    return files


def check_statement(text, armoured, name, holder, payload):
    """A text under an SSH signature, about the holder, and about files that are here or may be left out."""
    key = ssh_signer(text, armoured, name)
    words = text.decode("utf-8")
    need(words.startswith("Sign-off statement, form 1\n"), f"{name!r} is a text of another kind", TOO_NEW)
    need(f"\nAbout key     {holder}\n" in words, f"{name!r} is about somebody else")
    digests, files = set(payload.values()), statement_files(words)
    gone = [file for file in files if file["digest"] not in digests]
    missing = [file["name"] for file in gone if not file["audience"].startswith("confidential")]
    print(f"{name}: a statement, no badge, signed by key {fingerprint(key)}")
    print(f"  {len(files)} files signed for, {len(gone)} of them left out; it does not say when it was signed")
    need(not missing, f"{name!r} was signed for files that are not here: {missing}", MISSING)


def check(path, at):
    """Every fault found, each with its exit code."""
    if os.path.isdir(path):
        files = read_folder(path)
    else:
        with open(path, "rb") as file:
            files = read_archive(file.read())
    payload = check_bag(files)
    holder = check_presentation(parse(files["presentation.json"], "presentation.json"), files["manifest-sha256.txt"])
    sign_offs = [name for name in payload if re.fullmatch(r"data/credentials/[^/]+\.json", name)]
    statements = [name for name in payload if re.fullmatch(r"data/credentials/[^/]+\.statement\.txt", name)]
    need(sign_offs or statements, "there is no sign-off in this bundle")
    faults, signed_for = [], set()
    for name in statements:
        try:
            need(f"{name}.sig" in files, f"{name!r} carries no signature")
            check_statement(files[name], files[f"{name}.sig"], name, holder, payload)
        except Fault as fault:
            faults.append(fault)
        except (KeyError, TypeError, ValueError):
            faults.append(Fault(CHANGED, f"{name!r} is not of the form of a signed statement"))
    for name in sign_offs:
        try:
            signed_for |= {multibase_digest(e["digestMultibase"]) for e in parse(files[name], name).get("evidence", [])}
        except (Fault, KeyError, TypeError, AttributeError):
            pass
    for name in sign_offs:
        try:
            check_sign_off(parse(files[name], name), name, holder, payload, at, signed_for)
        except Fault as fault:
            faults.append(fault)
        except (KeyError, TypeError, AttributeError):
            faults.append(Fault(CHANGED, f"{name!r} is not of the form of a sign-off"))
    return faults


def main(arguments):
    at = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    if arguments[:1] == ["--at"] and len(arguments) == 3:
        at = datetime.datetime.strptime(arguments[1], "%Y-%m-%d")
        arguments = arguments[2:]
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        faults = check(arguments[0], at)
    except Fault as fault:
        faults = [fault]
    except OSError as error:
        faults = [Fault(UNREADABLE, str(error))]
    for fault in faults:
        print(f"no: {fault}")
    code = next((code for code in (TOO_NEW, UNREADABLE, CHANGED, NOT_IN_FORCE, MISSING) if code in {f.code for f in faults}), 0)
    if code == 0:
        print("Unchanged, and signed by the keys above. Whose keys they are, this page cannot know.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
