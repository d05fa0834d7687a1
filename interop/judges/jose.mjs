// npm jose judges the VC-JWT, with the key that its `kid` leads to.

import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import * as changes from "./changes.mjs";
import { demand, finish, holds, refusesEach, staged } from "./verdicts.mjs";
import { get } from "./web.mjs";

const { stage, phase } = await staged();

/** `kid` is a URL that answers one bare JWK, or for `did:key` the key itself. */
async function keyOf(kid) {
  if (!kid.startsWith("did:key:")) return JSON.parse(await get(kid, "application/jwk+json, application/json"));
  const [did, publicKeyMultibase] = kid.split("#");
  demand(did === `did:key:${publicKeyMultibase}`, `${kid} is not a did:key method`);
  const key = await Ed25519Multikey.from({ id: kid, controller: did, publicKeyMultibase });
  return Ed25519Multikey.toJwk({ keyPair: key });
}

const verify = async (jwt, options) => {
  const header = decodeProtectedHeader(jwt);
  const jwk = await keyOf(header.kid);
  demand(jwk.kty && !jwk.keys && !jwk.d, `${header.kid} does not answer one bare public JWK`);
  return { header, jwk, ...(await jwtVerify(jwt, await importJWK(jwk, header.alg), options)) };
};

const accepts = async (jwt) => {
  try {
    await verify(jwt);
    return true;
  } catch {
    return false;
  }
};

const seconds = (time) => Math.floor(Date.parse(time) / 1000);

for (const { label, issuer, standing, withdrawn } of stage.cases) {
  const name = (what) => `jose, ${stage.scheme} issuer by ${label}: ${what}`;
  const algorithm = label === "key" ? "EdDSA" : "ES256";
  if (phase === "withdrawn") {
    await holds(name("the JWT of a revoked award keeps its signature; its status says the rest"), async () => {
      await verify(await get(withdrawn.jwt), { issuer: issuer.profileId });
    });
    continue;
  }
  const jwt = (await get(standing.jwt, "application/vc+jwt")).trim();
  const credential = JSON.parse(await get(standing.credential));

  await holds(name("the VC-JWT verifies by the key at its kid"), async () => {
    const { header } = await verify(jwt, { issuer: issuer.profileId, algorithms: [algorithm, "Ed25519"] });
    demand(header.alg === algorithm, `alg is ${header.alg}`);
    const extra = Object.keys(header).filter((member) => !["alg", "kid", "typ", "jwk"].includes(member));
    demand(extra.length === 0, `the header holds ${extra}`);
    demand(header.typ === undefined || header.typ === "JWT", `typ is ${header.typ}`);
  });
  await holds(name("iss, jti, sub, nbf and exp repeat the credential"), async () => {
    const { payload } = await verify(jwt, { issuer: credential.issuer.id, subject: credential.credentialSubject.id });
    demand(payload.jti === credential.id, `jti is ${payload.jti}`);
    demand(payload.nbf === seconds(credential.validFrom), `nbf is ${payload.nbf}`);
    const exp = credential.validUntil === undefined ? undefined : seconds(credential.validUntil);
    demand(payload.exp === exp, `exp is ${payload.exp}`);
  });
  await holds(name("the payload is the credential that also carries the embedded proof"), async () => {
    const { payload } = await verify(jwt);
    const { iss, jti, sub, nbf, exp, iat, ...claimed } = payload;
    const { proof, ...embedded } = credential;
    delete claimed.proof;
    demand(sorted(claimed) === sorted(embedded), "they differ");
  });
  if (!issuer.profileId.startsWith("did:key:")) {
    await holds(name("the issuer's own key set lists the key"), async () => {
      const { header, jwk } = await verify(jwt);
      const { keys } = JSON.parse(await get(`${stage.base}/public/issuers/${issuer.id}/jwks.json`));
      demand(keys.some((key) => key.x === jwk.x && key.y === jwk.y), `${header.kid} is not among ${keys.length} keys`);
      demand(keys.every((key) => key.d === undefined), "a private key is published");
    });
  }
  await refusesEach(name("one changed byte is refused"), jwt, changes.ofCompactJws(jwt), accepts);
  await holds(name("another issuer's key refuses it"), async () => {
    const other = stage.cases.find((one) => one.label !== label && (one.label === "key") === (label === "key"));
    const stranger = other ?? stage.cases.find((one) => one.label !== label);
    const { kid, alg } = decodeProtectedHeader((await get(stranger.standing.jwt)).trim());
    const key = await importJWK(await keyOf(kid), alg);
    const verdict = await compactVerify(jwt, key).then(() => "accepted", () => "refused");
    demand(verdict === "refused", "it was accepted");
  });
}
finish();

function sorted(value) {
  const inOrder = (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part;
  return JSON.stringify(value, inOrder);
}
