// Asks other people's verifiers about each file, a badge, a JWT or a résumé: node judge.mjs CONTEXTS SCHEMA FILE…
//
// Prints a line of JSON for each file. Nothing is fetched: contexts come from the folder CONTEXTS, did:key documents are
// written here, and any other request is refused and counted.

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalcredentials/verifier-core';
import jsonResume from '@jsonresume/schema';

const [contexts, schema, ...files] = process.argv.slice(2);
const index = JSON.parse(readFileSync(join(contexts, 'index.json'), 'utf8'));

// The one schema that verifier-core looks for is given to it; whatever else it asks for is named and not got.
const asked = [];
globalThis.fetch = async url => {
  if (String(url).endsWith('/ob_v3p0_achievementcredential_schema.json')) {
    return { json: async () => JSON.parse(readFileSync(schema, 'utf8')) };
  }
  asked.push(String(url));
  throw new Error(`nothing is fetched here: ${url}`);
};

function keyDocument(did) {
  const key = did.slice('did:key:'.length);
  const id = `${did}#${key}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: key }],
    assertionMethod: [id],
  };
}

async function documentLoader(url) {
  if (url.startsWith('did:key:')) {
    const [did, fragment] = url.split('#');
    const document = keyDocument(did);
    const method = { '@context': 'https://w3id.org/security/multikey/v1', ...document.verificationMethod[0] };
    return { contextUrl: null, documentUrl: url, document: fragment ? method : document };
  }
  const known = index.find(entry => entry.url === url);
  if (!known) throw new Error(`no such document here: ${url}`);
  const text = readFileSync(join(contexts, known.file), 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  if (digest !== known.sha256) throw new Error(`${known.file} is not the published context`);
  return { contextUrl: null, documentUrl: url, document: JSON.parse(text) };
}

// @digitalbazaar/vc holds one proof against a suite of its name; with several proofs it takes those that match.
async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const result = await vc.verifyCredential({ credential, suite, documentLoader });
  return { good: result.verified, says: result.verified ? 'verified' : words(result.error) };
}

async function digitalCredentials(credential) {
  const result = await verifyCredential({ credential, knownDIDRegistries: [] });
  const errors = (result.errors ?? []).map(error => error.name);
  const signature = (result.log ?? []).find(entry => entry.id === 'valid_signature');
  const schemas = (result.additionalInformation ?? []).flatMap(entry => entry.results ?? []);
  return {
    good: signature?.valid === true && errors.length === 0,
    says: errors.length ? errors.join(', ') : (result.log ?? []).map(step => `${step.id} ${step.valid}`).join(', '),
    schema: schemas.map(entry => entry.result?.valid ?? null),
  };
}

// The signature of a VC-JWT by Node's own Ed25519, the key taken from its kid.
function jwt(text) {
  const [header, payload, signature] = text.trim().split('.');
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url'));
  const raw = base58(kid.split('#')[1].slice(1)).subarray(2);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  const holds = verifySignature(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  return { good: alg === 'EdDSA' && holds && claims.iss === kid.split('#')[0], says: `${alg}, ${holds}` };
}

function base58(text) {
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let number = 0n;
  for (const letter of text) number = number * 58n + BigInt(letters.indexOf(letter));
  return Buffer.from(number.toString(16).padStart(68, '0'), 'hex');
}

function words(error) {
  return [error, ...(error?.errors ?? [])].map(one => one?.message ?? String(one)).join(': ');
}

function resume(document) {
  let faults = [];
  jsonResume.validate(document, found => { faults = found ?? []; });
  return { good: faults.length === 0, says: faults.map(fault => fault.stack ?? String(fault)).join(', ') };
}

async function judge(text) {
  if (!text.startsWith('{')) return { node: jwt(text) };
  const document = JSON.parse(text);
  if (document.basics) return { jsonresume: resume(document) };
  return {
    digitalbazaar: await digitalBazaar(document).catch(error => ({ good: false, says: words(error) })),
    digitalcredentials: await digitalCredentials(document),
  };
}

for (const file of files) {
  const verdict = await judge(readFileSync(file, 'utf8'));
  console.log(JSON.stringify({ ...verdict, asked: asked.splice(0) }));
}
