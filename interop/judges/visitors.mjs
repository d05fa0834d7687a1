// The other way round: badges made by foreign software, for Accolade to judge by `POST /v1/verify`. Each comes as it should be,
// with one byte changed at many places, and in the guises of an attack; of those the report has to name the check that fails.
// Issuers are named by `did:key`, and by a URL of this program's own, where the document lists their keys.

import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import * as jose from "jose";
import * as changes from "./changes.mjs";
import { Examined } from "./examined.mjs";
import { SUITES, badge, issuerByKey, issuerByUrl, sign } from "./issuers.mjs";
import { Shelf } from "./shelf.mjs";
import { finish, staged } from "./verdicts.mjs";

const { stage } = await staged();
const shelf = await Shelf.open();
const examined = new Examined(stage.base);
try {
  for (const suite of SUITES) {
    await embedded(suite, await issuerByKey(suite), "did:key");
    await embedded(suite, await issuerByUrl(suite, shelf), "URL");
  }
  await tokens();
} finally {
  shelf.close();
}
finish();

/** Badges with an embedded proof by @digitalbazaar/vc. */
async function embedded(suite, issuer, how) {
  const name = (what) => `visitors, ${stage.scheme}, ${suite.name} by @digitalbazaar/vc, issuer by ${how}: ${what}`;
  const good = await sign(suite, issuer, badge(issuer.id));
  // They write one proof as an object where Open Badges want a list.
  await examined.valid(name("valid"), { credential: good }, ["array-expected", ...(suite.remarks ?? [])]);
  const text = JSON.stringify(good);
  await examined.refusesEach(name("one changed byte is refused"), text, changes.ofJson(text), (changed) => ({ credential: JSON.parse(changed) }));
  const refused = (what, credential, check, code) => examined.refused(name(what), { credential }, check, code);

  const changed = structuredClone(good);
  changed.credentialSubject.achievement.name = "Another achievement";
  await refused("a changed name", changed, "proof", "bad_signature");
  const stranger = await issuerByKey(suite);
  await refused("signed by a stranger in the issuer's name", await sign(suite, stranger, badge(issuer.id)), "key", "key_not_controlled_by_issuer");
  await refused("its proof taken away", { ...good, proof: undefined }, "proof", "no_proof");
  await refused("a member that no context defines", { ...good, favouriteColour: "blue" }, "safe_mode", "undefined_term");
  const later = { validFrom: "2099-01-01T00:00:00Z" };
  await refused("before its time", await sign(suite, issuer, { ...badge(issuer.id), ...later }), "validity", "not_yet_valid");
  const over = { validUntil: "2026-01-02T00:00:00Z" };
  await refused("after its time", await sign(suite, issuer, { ...badge(issuer.id), ...over }), "validity", "expired");
  if (issuer.other) {
    await refused("by a key the issuer lists for other purposes only", await sign(suite, issuer.other, badge(issuer.id)), "key", "relationship");
  }
}

/** VC-JWTs by jose. */
async function tokens() {
  const own = await jose.generateKeyPair("EdDSA", { extractable: true });
  const key = await Ed25519Multikey.fromJwk({ jwk: await jose.exportJWK(own.publicKey) });
  const { publicKeyMultibase } = await key.export({ publicKey: true });
  const did = `did:key:${publicKeyMultibase}`;
  await token("EdDSA", own.privateKey, did, { kid: `${did}#${publicKeyMultibase}` }, "EdDSA, did:key");
  for (const alg of ["EdDSA", "ES256", "ES384", "RS256", "PS256"]) {
    const keys = await jose.generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
    const jwk = { ...(await jose.exportJWK(keys.publicKey)), alg };
    const id = shelf.url(`issuers/${alg}`);
    const kid = shelf.url(`keys/${alg}`);
    shelf.put(`keys/${alg}`, { ...jwk, kid });
    const method = { id: kid, type: "JsonWebKey", controller: id, publicKeyJwk: jwk };
    shelf.put(`issuers/${alg}`, {
      "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
      id,
      type: "Profile",
      name: "A foreign issuer",
      verificationMethod: [method],
      assertionMethod: [kid],
    });
    await token(alg, keys.privateKey, id, { kid }, `${alg}, kid`);
    await token(alg, keys.privateKey, id, { jwk }, `${alg}, jwk in the header`);
  }
}

async function token(alg, key, issuer, header, how) {
  const name = (what) => `visitors, ${stage.scheme}, VC-JWT by jose, ${how}: ${what}`;
  const make = (credential, { by = key, ...claims } = {}) =>
    new jose.SignJWT({ ...credential, jti: credential.id, ...claims })
      .setIssuer(claims.iss ?? credential.issuer.id)
      .setSubject(claims.sub ?? credential.credentialSubject.id)
      .setNotBefore(Date.parse(credential.validFrom) / 1000)
      .setProtectedHeader({ alg, typ: "JWT", ...header })
      .sign(by);
  const jwt = await make(badge(issuer));
  await examined.valid(name("valid"), { jwt });
  await examined.refusesEach(name("one changed byte is refused"), jwt, changes.ofCompactJws(jwt), (changed) => ({ jwt: changed }));
  const refused = (what, token, check, code) => examined.refused(name(what), { jwt: token }, check, code);

  const [protectedHeader, payload, signature] = jwt.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url"));
  claims.credentialSubject.achievement.name = "Another achievement";
  const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
  await refused("a changed name", `${protectedHeader}.${forged}.${signature}`, "proof", "bad_signature");
  const { privateKey: strange, publicKey } = await jose.generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  await refused("signed by a stranger in the issuer's name", await make(badge(issuer), { by: strange }), "proof", "bad_signature");
  const brought = { jwk: { ...(await jose.exportJWK(publicKey)), alg } };
  const bringing = new jose.SignJWT(claims).setProtectedHeader({ alg, typ: "JWT", ...brought });
  await refused("signed by a stranger who brings his key", await bringing.sign(strange), "key", "key_not_controlled_by_issuer");
  const none = Buffer.from(JSON.stringify({ alg: "none", ...header })).toString("base64url");
  await refused("unsigned", `${none}.${payload}.`, "parse", "not_compact_jws");
  await refused("with another word for its algorithm", `${none}.${payload}.${signature}`, "parse", "alg_not_allowed");
  await refused("iss names another", await make(badge(issuer), { iss: shelf.url("issuers/another") }), "claims", "claim_mismatch");
  await refused("sub names another", await make(badge(issuer), { sub: "did:example:another" }), "claims", "claim_mismatch");
  await refused("after its time", await make({ ...badge(issuer), validUntil: "2026-01-02T00:00:00Z" }, { exp: Date.parse("2026-01-02T00:00:00Z") / 1000 }), "validity", "expired");
}
