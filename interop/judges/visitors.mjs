// The other way round: badges made by foreign software, for Accolade to judge by `POST /v1/verify`. Their issuers are
// `did:key`, so that nothing needs to be fetched from anywhere.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { SignJWT, exportJWK, generateKeyPair, importJWK } from "jose";
import * as changes from "./changes.mjs";
import { documentLoader } from "./loader.mjs";
import { demand, finish, holds, refusesEach, staged } from "./verdicts.mjs";

const { stage } = await staged();
const loader = await documentLoader(stage.base);
const name = (what) => `visitors, ${stage.scheme}: ${what}`;

async function report(submission) {
  const response = await fetch(`${stage.base}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(submission),
  });
  demand(response.ok, `POST /v1/verify answered ${response.status}: ${await response.clone().text()}`);
  return response.json();
}

const passes = async (submission) => {
  const { outcome, checks } = await report(submission);
  const faults = checks.filter((check) => !["passed", "skipped"].includes(check.outcome));
  demand(outcome === "valid", `${outcome}: ${JSON.stringify(faults)}`);
};

const accepts = async (submission) => (await report(submission)).outcome === "valid";

function badge(issuer) {
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    id: "urn:uuid:6f0f2b3e-6e43-4d0b-8a5f-2f1f6a2f7c11",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Visitor",
    issuer: { id: issuer, type: ["Profile"], name: "A foreign issuer" },
    validFrom: "2026-01-01T00:00:00Z",
    credentialSubject: {
      id: "did:example:visitor",
      type: ["AchievementSubject"],
      achievement: {
        id: "urn:uuid:0d7c3f4e-52c1-4c0a-9a31-5a9d8a0f4b22",
        type: ["Achievement"],
        name: "Visiting",
        description: "Comes from elsewhere.",
        criteria: { narrative: "Come from elsewhere." },
        creditsAvailable: 36.0,
      },
    },
  };
}

const pair = await Ed25519Multikey.generate();
const { publicKeyMultibase } = await pair.export({ publicKey: true });
pair.controller = `did:key:${publicKeyMultibase}`;
pair.id = `${pair.controller}#${publicKeyMultibase}`;
const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
const issued = await vc.issue({ credential: badge(pair.controller), suite, documentLoader: loader.load });
await holds(name("a badge signed by @digitalbazaar/vc is valid"), () => passes({ credential: issued }));
const text = JSON.stringify(issued);
await refusesEach(name("one changed byte of it is refused"), text, changes.ofJson(text), (changed) =>
  accepts({ credential: JSON.parse(changed) }),
);

const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
const { x } = await exportJWK(publicKey);
const key = await Ed25519Multikey.fromJwk({ jwk: { kty: "OKP", crv: "Ed25519", x } });
const multibase = (await key.export({ publicKey: true })).publicKeyMultibase;
const credential = badge(`did:key:${multibase}`);
const jwt = await new SignJWT({ ...credential, jti: credential.id })
  .setIssuer(credential.issuer.id)
  .setSubject(credential.credentialSubject.id)
  .setNotBefore(Date.parse(credential.validFrom) / 1000)
  .setProtectedHeader({ alg: "EdDSA", kid: `did:key:${multibase}#${multibase}`, typ: "JWT" })
  .sign(await importJWK(await exportJWK(privateKey), "EdDSA"));
await holds(name("a VC-JWT signed by jose is valid"), () => passes({ jwt }));
await refusesEach(name("one changed byte of the VC-JWT is refused"), jwt, changes.ofCompactJws(jwt), (changed) =>
  accepts({ jwt: changed }),
);
finish();
