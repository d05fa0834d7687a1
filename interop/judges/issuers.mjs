// Foreign issuers who sign with @digitalbazaar/vc: named by their key, or by a URL whose document lists it.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import { cryptosuite as ecdsaRdfc } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as ecdsaSd from "@digitalbazaar/ecdsa-sd-2023-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite as eddsaRdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { memoryLoader } from "./loader.mjs";

export const CONTEXTS = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

const curve = (name) => () => EcdsaMultikey.generate({ curve: name });

/** `derive` makes what a holder shows of what the issuer signed. */
export const SUITES = [
  { name: "eddsa-rdfc-2022", generate: () => Ed25519Multikey.generate(), cryptosuite: () => eddsaRdfc },
  { name: "ecdsa-rdfc-2019 P-256", generate: curve("P-256"), cryptosuite: () => ecdsaRdfc },
  { name: "ecdsa-rdfc-2019 P-384", generate: curve("P-384"), cryptosuite: () => ecdsaRdfc },
  {
    name: "ecdsa-sd-2023 derived",
    generate: curve("P-256"),
    cryptosuite: (credential) => {
      const mandatoryPointers = ["/issuer", "/validFrom", "/validUntil"].filter((pointer) => pointer.slice(1) in credential);
      return ecdsaSd.createSignCryptosuite({ mandatoryPointers });
    },
    remarks: ["selective_disclosure"],
    derive: (credential) => {
      const selectivePointers = ["/credentialSubject", "/name"].filter((pointer) => pointer.slice(1) in credential);
      return ecdsaSd.createDiscloseCryptosuite({ selectivePointers });
    },
  },
];

const documentLoader = await memoryLoader();

export function badge(issuer) {
  return {
    "@context": CONTEXTS,
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

async function keyPair(suite) {
  const pair = await suite.generate();
  return { pair, multibase: (await pair.export({ publicKey: true })).publicKeyMultibase };
}

/** An issuer that is its key. */
export async function issuerByKey(suite) {
  const { pair, multibase } = await keyPair(suite);
  const id = `did:key:${multibase}`;
  return { id, signer: { ...pair.signer(), id: `${id}#${multibase}` } };
}

/** An issuer at a URL of the shelf; `other` signs with a key that its document lists, but not for assertions. */
export async function issuerByUrl(suite, shelf) {
  const path = `issuers/${encodeURIComponent(suite.name)}`;
  const id = shelf.url(path);
  const [own, other] = [await keyPair(suite), await keyPair(suite)];
  const method = ({ multibase }) => ({ id: `${id}#${multibase}`, type: "Multikey", controller: id, publicKeyMultibase: multibase });
  shelf.put(path, {
    "@context": [...CONTEXTS, "https://w3id.org/security/multikey/v1"],
    id,
    type: "Profile",
    name: "A foreign issuer",
    verificationMethod: [method(own), method(other)],
    assertionMethod: [`${id}#${own.multibase}`],
    authentication: [`${id}#${other.multibase}`],
  });
  const signer = ({ pair, multibase }) => ({ ...pair.signer(), id: `${id}#${multibase}` });
  return { id, signer: signer(own), other: { id, signer: signer(other) } };
}

/** The credential, signed by the issuer, and what a holder shows of it where the suite has that. */
export async function sign(suite, { signer }, credential) {
  const proof = new DataIntegrityProof({ signer, cryptosuite: suite.cryptosuite(credential) });
  const signed = await vc.issue({ credential, suite: proof, documentLoader });
  if (!suite.derive) return signed;
  const derivation = new DataIntegrityProof({ cryptosuite: suite.derive(credential) });
  return vc.derive({ verifiableCredential: signed, suite: derivation, documentLoader });
}
