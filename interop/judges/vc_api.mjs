// The W3C's VC API of the running server: what it issues in every suite satisfies @digitalbazaar/vc and jose, what they sign
// it verifies, and what breaks the data model it refuses.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as ecdsaJcs from "@digitalbazaar/ecdsa-jcs-2019-cryptosuite";
import { cryptosuite as ecdsaRdfc } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as ecdsaSd from "@digitalbazaar/ecdsa-sd-2023-cryptosuite";
import * as eddsaJcs from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as eddsaRdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import * as changes from "./changes.mjs";
import { SUITES, badge, issuerByKey, issuerByUrl, sign } from "./issuers.mjs";
import { documentLoader, memoryLoader } from "./loader.mjs";
import { Shelf } from "./shelf.mjs";
import { demand, finish, holds, reasonOf, refusesEach, staged } from "./verdicts.mjs";
import { get } from "./web.mjs";

/** Their suite for each of ours that has an embedded proof. */
const THEIRS = {
  "eddsa-rdfc-2022": () => eddsaRdfc,
  "eddsa-jcs-2022": () => eddsaJcs.createVerifyCryptosuite(),
  "ecdsa-rdfc-2019-p256": () => ecdsaRdfc,
  "ecdsa-rdfc-2019-p384": () => ecdsaRdfc,
  "ecdsa-jcs-2019-p256": () => ecdsaJcs.createVerifyCryptosuite(),
  "ecdsa-jcs-2019-p384": () => ecdsaJcs.createVerifyCryptosuite(),
};

const { stage } = await staged();
const api = `${stage.base}/vc-api`;
const { load: published } = await documentLoader(stage.base);
const ofKeys = await memoryLoader();
const load = (url) => (url.startsWith("did:key:") ? ofKeys(url) : published(url));
const name = (what) => `VC API, ${stage.scheme}: ${what}`;

async function ask(path, body, key = stage.key) {
  const response = await fetch(`${api}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function issue(issuer, suite, credential, options = {}) {
  const { status, body } = await ask(`issuers/${issuer}/${suite}/credentials/issue`, { credential, options });
  demand(status === 201, `${status}: ${JSON.stringify(body)}`);
  return body.verifiableCredential;
}

async function theirVerdict(credential, cryptosuite) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const checkStatus = () => ({ verified: true });
  return vc.verifyCredential({ credential, suite, documentLoader: load, checkStatus });
}

async function theyAccept(credential, cryptosuite) {
  const result = await theirVerdict(credential, cryptosuite);
  demand(result.verified, reasonOf(result.error));
}

const ourVerdict = (verifiableCredential, options = {}) => ask("credentials/verify", { verifiableCredential, options });

/** Our verdict: verified, and nothing to object to. */
async function weAccept(credential, options) {
  const { status, body } = await ourVerdict(credential, options);
  demand(status === 200 && body.verified === true, `${status}: ${JSON.stringify(body)}`);
}

/** Our verdict: not verified, and the problems say why. */
async function weRefuse(path, body) {
  const answer = await ask(path, body);
  const told = answer.body.problemDetails?.length > 0 && answer.body.problemDetails.every((one) => one.title && one.detail);
  demand([400, 422].includes(answer.status) && answer.body.verified === false && told, `${answer.status}: ${JSON.stringify(answer.body)}`);
}

const shelf = await Shelf.open();
try {
  for (const { label, issuer } of stage.cases) await ours(label, issuer);
  for (const suite of SUITES) await theirs(suite);
  await presentations();
  await broken(stage.cases[0].issuer);
} finally {
  shelf.close();
}
finish();

async function suitesOf(issuer) {
  const response = await fetch(`${api}/issuers/${issuer.id}`, { headers: { authorization: `Bearer ${stage.key}` } });
  demand(response.ok, response.status);
  return (await response.json()).suites;
}

/**
 * By suite, what the issuer is called there: its `profileId`, or the `did:key` of its key for the suite. That key is made when
 * the suite is first asked for; an issuer that is named by its key learns from the refusal how it is called there.
 */
async function namesOf(issuer) {
  for (const { suite, issuers } of await suitesOf(issuer)) {
    if (issuers.length > 0) continue;
    await holds(name(`${suite}: the refusal says how the issuer is called`), async () => {
      const { status, body } = await ask(`issuers/${issuer.id}/${suite}/credentials/issue`, { credential: badge(issuer.profileId) });
      demand(status >= 400 && status < 500 && JSON.stringify(body).includes("did:key:"), `${status}: ${JSON.stringify(body)}`);
    });
  }
  return Object.fromEntries((await suitesOf(issuer)).map(({ suite, issuers }) => [suite, issuers]));
}

/** What the server issues, before foreign software and before itself. */
async function ours(label, issuer) {
  // The server looks a did:web of this machine up without TLS, as development has it, and so not behind the TLS front.
  const accept = async (credential) => {
    const id = credential.issuer?.id ?? credential.issuer ?? issuer.profileId;
    if (!id.startsWith("did:web:localhost")) await weAccept(credential);
  };
  const names = await namesOf(issuer);
  const of = (suite, what) => name(`issuer by ${label}, ${suite}: ${what}`);
  for (const [suite, cryptosuite] of Object.entries(THEIRS)) {
    let issued;
    await holds(of(suite, "@digitalbazaar/vc verifies what the server issues"), async () => {
      for (const one of names[suite]) {
        issued = await issue(issuer.id, suite, badge(one));
        await theyAccept(issued, cryptosuite());
      }
    });
    await holds(of(suite, "so does the server"), () => accept(issued));
    const text = JSON.stringify(issued ?? {});
    const taken = async (changed) => (await theirVerdict(JSON.parse(changed), cryptosuite()).catch(() => ({}))).verified === true;
    await refusesEach(of(suite, "@digitalbazaar/vc refuses one changed byte"), text, changes.ofJson(text).slice(0, 24), taken);
  }
  await holds(of("ecdsa-sd-2023", "@digitalbazaar/vc confirms, derives, and verifies what either derives"), async () => {
    const base = await issue(issuer.id, "ecdsa-sd-2023", badge(names["ecdsa-sd-2023"][0]), { mandatoryPointers: ["/issuer", "/validFrom"] });
    await theyAccept(base, ecdsaSd.createConfirmCryptosuite());
    const selectivePointers = ["/credentialSubject/achievement/name", "/credentialSubject/id"];
    const suite = new DataIntegrityProof({ cryptosuite: ecdsaSd.createDiscloseCryptosuite({ selectivePointers }) });
    const theirOwn = await vc.derive({ verifiableCredential: base, suite, documentLoader: load });
    const { status, body } = await ask("credentials/derive", { verifiableCredential: base, options: { selectivePointers } });
    demand(status === 201, `${status}: ${JSON.stringify(body)}`);
    for (const derived of [theirOwn, body.verifiableCredential ?? body]) {
      await theyAccept(derived, ecdsaSd.createVerifyCryptosuite());
      await accept(derived);
    }
  });
  await holds(of("jwt", "jose verifies what the server issues"), async () => {
    const enveloped = await issue(issuer.id, "jwt", badge(names.jwt[0]));
    demand(enveloped.type === "EnvelopedVerifiableCredential" || enveloped.type.includes("EnvelopedVerifiableCredential"), enveloped.type);
    const token = enveloped.id.replace("data:application/vc+jwt,", "");
    const { kid, alg } = decodeProtectedHeader(token);
    await compactVerify(token, await importJWK(await jwkOf(kid), alg));
    await accept(enveloped);
  });
}

async function jwkOf(kid) {
  if (!kid.startsWith("did:key:")) return JSON.parse(await get(kid, "application/jwk+json, application/json"));
  const { publicKeyMultibase } = (await ofKeys(kid)).document;
  const Multikey = await import("@digitalbazaar/ed25519-multikey");
  const keyPair = await Multikey.from({ id: kid, controller: kid.split("#")[0], publicKeyMultibase });
  return Multikey.toJwk({ keyPair });
}

/** What foreign software signed, before the server. */
async function theirs(suite) {
  const of = (what) => name(`${suite.name} by @digitalbazaar/vc: ${what}`);
  const issuer = await issuerByKey(suite);
  const good = await sign(suite, issuer, badge(issuer.id));
  await holds(of("verified"), () => weAccept(good));
  // Only there the server may follow links to this machine.
  if (stage.scheme === "http") await holds(of("verified, issuer by URL"), async () => {
    const atUrl = await issuerByUrl(suite, shelf);
    await weAccept(await sign(suite, atUrl, badge(atUrl.id)));
  });
  await holds(of("a credential that is no badge is verified"), async () => weAccept(await sign(suite, issuer, credential(issuer.id))));
  const text = JSON.stringify(good);
  const taken = async (changed) => (await ourVerdict(JSON.parse(changed))).status === 200;
  await refusesEach(of("one changed byte is refused"), text, changes.ofJson(text).slice(0, 24), taken);
  for (const [what, changed] of [
    ["a changed subject", { ...good, credentialSubject: { ...good.credentialSubject, id: "did:example:other" } }],
    ["no proof", { ...good, proof: undefined }],
    ["a proof of nothing", { ...good, proof: { ...good.proof, proofValue: "z" } }],
    ["an undefined term", { ...good, favouriteColour: "blue" }],
    ["a stranger's signature", await sign(suite, await issuerByKey(suite), badge(issuer.id))],
    ["an end that is over", await sign(suite, issuer, { ...badge(issuer.id), validUntil: "2026-01-02T00:00:00Z" })],
  ]) {
    await holds(of(`${what} is refused, and the problems say why`), () => weRefuse("credentials/verify", { verifiableCredential: changed, options: {} }));
  }
}

/** A credential by the data model alone. */
function credential(issuer) {
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    type: ["VerifiableCredential"],
    issuer,
    validFrom: "2026-01-01T00:00:00Z",
    credentialSubject: { id: "did:example:subject" },
  };
}

/** Presentations by @digitalbazaar/vc: the holder signs for one occasion. */
async function presentations() {
  const suite = SUITES[0];
  const [issuer, holder] = [await issuerByKey(suite), await issuerByKey(suite)];
  const held = await sign(suite, issuer, credential(issuer.id));
  const present = (verifiableCredential, challenge = "a-nonce", domain = "https://verifier.example") =>
    vc.signPresentation({
      presentation: {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        type: ["VerifiablePresentation"],
        holder: holder.id,
        verifiableCredential,
      },
      suite: new DataIntegrityProof({ signer: holder.signer, cryptosuite: eddsaRdfc }),
      challenge,
      domain,
      documentLoader: load,
    });
  const options = { challenge: "a-nonce", domain: "https://verifier.example" };
  const of = (what) => name(`a presentation by @digitalbazaar/vc: ${what}`);
  const good = await present([held]);
  await holds(of("verified"), async () => {
    const { status, body } = await ask("presentations/verify", { verifiablePresentation: good, options });
    demand(status === 200 && body.verified === true, `${status}: ${JSON.stringify(body)}`);
  });
  const forged = { ...held, credentialSubject: { id: "did:example:other" } };
  for (const [what, presentation, asked] of [
    ["made for another occasion", good, { ...options, challenge: "another-nonce" }],
    ["made for another verifier", good, { ...options, domain: "https://other.example" }],
    ["with another holder", { ...good, holder: issuer.id }, options],
    ["with a forged credential inside", await present([forged]), options],
    ["without a credential's proof", await present([{ ...held, proof: undefined }]), options],
  ]) {
    await holds(of(`${what} it is refused`), () => weRefuse("presentations/verify", { verifiablePresentation: presentation, options: asked }));
  }
}

/** What breaks the data model, as the W3C's suites break it: 400, and the problem names where. */
async function broken(issuer) {
  const good = credential(issuer.profileId);
  const without = (member) => Object.fromEntries(Object.entries(good).filter(([one]) => one !== member));
  const cases = [
    ["no @context", without("@context")],
    ["another context first", { ...good, "@context": ["https://www.w3.org/ns/credentials/undefined/v2", ...good["@context"]] }],
    ["a context that is a number", { ...good, "@context": [...good["@context"], 4] }],
    ["no type", without("type")],
    ["a type without VerifiableCredential", { ...good, type: ["Other"] }],
    ["an unknown type", { ...good, type: ["VerifiableCredential", "UnknownType"] }],
    ["no issuer", without("issuer")],
    ["an issuer that is no URL", { ...good, issuer: "not a url" }],
    ["an issuer that is a list", { ...good, issuer: [issuer.profileId] }],
    ["somebody else as the issuer", { ...good, issuer: "did:example:other" }],
    ["no subject", without("credentialSubject")],
    ["an empty subject", { ...good, credentialSubject: {} }],
    ["an empty list of subjects", { ...good, credentialSubject: [] }],
    ["an empty subject among several", { ...good, credentialSubject: [good.credentialSubject, {}] }],
    ["a subject that is text", { ...good, credentialSubject: "did:example:subject" }],
    ["a subject id that is no URL", { ...good, credentialSubject: { id: "not a url" } }],
    ["an id that is no URL", { ...good, id: "not a url" }],
    ["an id that is null", { ...good, id: null }],
    ["two ids", { ...good, id: ["urn:uuid:1", "urn:uuid:2"] }],
    ["a start that is no time", { ...good, validFrom: "yesterday" }],
    ["an end that is no time", { ...good, validUntil: "2099-13-01T00:00:00Z" }],
    ["an end before its start", { ...good, validUntil: "2025-01-01T00:00:00Z" }],
    ["a status without a type", { ...good, credentialStatus: { id: "https://example.com/status/1" } }],
    ["a status whose id is no URL", { ...good, credentialStatus: { id: "not a url", type: "BitstringStatusListEntry" } }],
    ["a schema without an id", { ...good, credentialSchema: { type: "JsonSchema" } }],
    ["a schema without a type", { ...good, credentialSchema: { id: "https://example.com/schema" } }],
    ["terms of use without a type", { ...good, termsOfUse: { id: "https://example.com/terms" } }],
    ["evidence without a type", { ...good, evidence: { id: "https://example.com/evidence" } }],
    ["a refresh service without a type", { ...good, refreshService: { id: "https://example.com/refresh" } }],
    ["a name that is a number", { ...good, name: 4 }],
    ["a name in a language of a wrong form", { ...good, name: { "@value": "Name", "@language": 4 } }],
    ["a name with one member too many", { ...good, name: { "@value": "Name", "@language": "en", url: "https://example.com" } }],
    ["a description that is a list of numbers", { ...good, description: [4] }],
    ["a related resource without an id", { ...good, relatedResource: [{ digestSRI: "sha384-abc" }] }],
    ["a related resource without a digest", { ...good, relatedResource: [{ id: "https://www.w3.org/ns/credentials/v2" }] }],
    ["an undefined term", { ...good, favouriteColour: "blue" }],
  ];
  for (const [what, credential] of cases) {
    await holds(name(`not issued: ${what}`), async () => {
      const { status, body } = await ask(`issuers/${issuer.id}/credentials/issue`, { credential, options: {} });
      demand(status === 400 && body.detail, `${status}: ${JSON.stringify(body)}`);
    });
  }
  await holds(name("not issued: by nobody"), async () => {
    const { status } = await ask(`issuers/${issuer.id}/credentials/issue`, { credential: good, options: {} }, null);
    demand(status === 401, status);
  });
  await holds(name("issued: the same without a fault"), () => issue(issuer.id, "eddsa-rdfc-2022", good));
}
