// Credentials and presentations as JWTs in both directions: npm jose verifies what this repository signs, and the other way round,
// in the forms of Open Badges (claims `vc`/`vp` of old, the credential itself today) and of the W3C (`vc+jwt`, `vp+jwt`).
// Usage: node tokens.mjs FOLDER-OF-EXAMPLES

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { SignJWT, compactVerify, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify } from "jose";
import * as changes from "./changes.mjs";
import { Example } from "./example.mjs";
import { demand, finish, holds, refusesEach } from "./verdicts.mjs";

const KINDS = ["EdDSA", "ES256", "ES384", "RS256", "PS256"];
const AUDIENCE = "https://employer.example";
const NONCE = "n-0S6_WzA2Mj";

const credential = JSON.parse(await readFile(new URL("../../crates/signing/benches/proofs/full.json", import.meta.url), "utf8"));
const envelope = (token) => ({
  "@context": "https://www.w3.org/ns/credentials/v2",
  id: `data:application/vc+jwt,${token}`,
  type: "EnvelopedVerifiableCredential",
});
const presentation = (...credentials) => ({
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  id: "urn:uuid:5d5a2c2b-0a53-4d3b-8a43-3d1c2b1a0f9e",
  type: ["VerifiablePresentation"],
  holder: credential.credentialSubject.id,
  verifiableCredential: credentials,
});
const session = { audience: AUDIENCE, nonce: NONCE };
const seconds = (time) => Math.floor(Date.parse(time) / 1000);

/** Each form: its `typ`, what is signed, and how another issuer's software would sign it. */
const FORMS = {
  "vc-jwt": {
    typ: "JWT",
    document: () => credential,
    theirs: (jwt) =>
      jwt({ ...credential, jti: credential.id, iss: credential.issuer.id, sub: credential.credentialSubject.id, nbf: seconds(credential.validFrom), exp: seconds(credential.validUntil) }),
  },
  "vc+jwt": { typ: "vc+jwt", cty: "vc", document: () => credential, theirs: (jwt) => jwt({ ...credential, iat: seconds("2026-11-23T10:00:00Z") }) },
  "vp-jwt": {
    typ: "JWT",
    presented: true,
    document: (token) => presentation(token),
    theirs: (jwt, vp) => jwt({ vp, iss: vp.holder, jti: vp.id, aud: AUDIENCE, nonce: NONCE, nbf: seconds("2026-11-23T10:00:00Z") }),
  },
  "vp+jwt": {
    typ: "vp+jwt",
    cty: "vp",
    presented: true,
    document: (token) => presentation(envelope(token)),
    theirs: (jwt, vp) => jwt({ ...vp, aud: AUDIENCE, nonce: NONCE }),
  },
};

const accolade = new Example(process.argv[2], "proofs");

for (const kind of KINDS) {
  const { key: ourJwk } = await accolade.ask({ do: "key", kind });
  const ourKey = await importJWK(ourJwk, kind);
  const pair = await generateKeyPair(kind, { extractable: true });
  const theirKey = { ...(await exportJWK(pair.publicKey)), alg: kind };
  const inner = await accolade.get("token", { do: "vc+jwt", kind, document: credential });
  for (const [form, { typ, cty, presented, document, theirs }] of Object.entries(FORMS)) {
    const name = (what) => `tokens, ${form} ${kind}: ${what}`;
    const signed = document(inner);
    const context = presented ? session : {};
    const options = { algorithms: [kind], currentDate: new Date("2027-01-01T00:00:00Z"), ...(presented ? { audience: AUDIENCE } : {}) };
    let token;
    await holds(name("jose verifies ours"), async () => {
      token = await accolade.get("token", { do: form, kind, document: signed, ...context });
      const { payload } = await jwtVerify(token, ourKey, options);
      const header = decodeProtectedHeader(token);
      demand(header.typ === typ && header.cty === cty, JSON.stringify(header));
      const { iss, sub, aud, exp, nbf, iat, jti, nonce, ...rest } = payload;
      demand(isDeepStrictEqual(rest.vp ?? rest, signed), "the payload is not what was signed");
      if (presented) demand(nonce === NONCE, `nonce is ${nonce}`);
    });
    const theyAccept = (changed) => compactVerify(changed, ourKey, { algorithms: [kind] }).then(() => true, () => false);
    await refusesEach(name("jose refuses one changed byte of ours"), token, changes.ofCompactJws(token), theyAccept);

    const read = (text, more = {}) => accolade.ask({ do: "read", form, token: text, key: theirKey, ...context, ...more });
    const header = { alg: kind, kid: "https://school.example/keys/1", typ, ...(cty ? { cty } : {}) };
    const sign = (claims) => new SignJWT(claims).setProtectedHeader(header).sign(pair.privateKey);
    await holds(name("we verify what jose signs"), async () => {
      token = await theirs(sign, signed);
      const { document: found, detail } = await read(token);
      demand(isDeepStrictEqual(found, signed), detail ?? "the document is not what was signed");
    });
    await refusesEach(name("we refuse one changed byte of it"), token, changes.ofCompactJws(token), async (changed) => "document" in (await read(changed)));
    await holds(name("another key, another audience, another nonce are refused"), async () => {
      const others = [{ key: ourJwk }, ...(presented ? [{ audience: "https://elsewhere.example" }, { nonce: "another" }] : [])];
      for (const other of others) demand(!("document" in (await read(token, other))), `${JSON.stringify(other)} was accepted`);
    });
  }
}
await accolade.end();
finish();
