// Selective disclosure (`ecdsa-sd-2023`) in both directions: Digital Bazaar's suite verifies what this repository derives,
// and the other way round, over one Open Badges 3.0 credential, from base proofs of either. It talks to the example program
// `selective` of crates/signing. Usage: node selective.mjs FOLDER-OF-EXAMPLES

import { isDeepStrictEqual } from "node:util";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import * as suite from "@digitalbazaar/ecdsa-sd-2023-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import * as changes from "./changes.mjs";
import { Example } from "./example.mjs";
import { memoryLoader } from "./loader.mjs";
import { demand, finish, holds, reasonOf, refusesEach } from "./verdicts.mjs";

const MANDATORY = ["/issuer", "/validFrom", "/validUntil", "/credentialStatus"];

// Each is what a holder may want to show. Their library wants every credential to have a subject, so each shows some of it.
const CHOICES = [
  ["/name", "/credentialSubject/achievement/name"],
  ["/credentialSubject/type"],
  ["/credentialSubject"],
  ["/credentialSubject/identifier/1", "/credentialSubject/result/1/value"],
  ["/credentialSubject/identifier/0/identityHash", "/evidence/1"],
  ["/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/1/level", "/evidence/0/name"],
  ["/credentialSubject/achievement/criteria", "/credentialSubject/achievement/alignment/1/targetUrl"],
  [""],
];

function badge(issuer) {
  const level = (number) => ({
    id: `urn:uuid:7e1f3a52-0000-4000-8000-00000000001${number}`,
    type: ["RubricCriterionLevel"],
    name: `Level ${number}`,
    level: `${number}`,
  });
  const identity = (hash) => ({ type: "IdentityObject", hashed: false, identityHash: hash, identityType: "emailAddress" });
  const alignment = (code) => ({
    type: ["Alignment"],
    targetName: `Skill "${code}"\n`,
    targetUrl: `https://skills.example/${code}`,
  });
  return {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
      "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    id: "https://badges.example/public/credentials/1",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Applied Data Skills",
    issuer: { id: issuer, type: ["Profile"], name: "Übungs-Universität" },
    validFrom: "2026-01-01T00:00:00Z",
    validUntil: "2036-01-01T00:00:00Z",
    credentialStatus: {
      id: "https://badges.example/public/status/1#7",
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: "7",
      statusListCredential: "https://badges.example/public/status/1",
    },
    credentialSubject: {
      type: ["AchievementSubject"],
      identifier: [identity("one@learners.example"), identity("two@learners.example")],
      creditsEarned: 3.5,
      achievement: {
        id: "https://badges.example/public/achievements/1",
        type: ["Achievement"],
        name: "Applied Data Skills",
        description: "Can work with data.",
        criteria: { narrative: "Finish the course.\tAll of it." },
        alignment: [alignment("a"), alignment("b")],
        resultDescription: [
          {
            id: "urn:uuid:7e1f3a52-0000-4000-8000-000000000001",
            type: ["ResultDescription"],
            name: "Rubric",
            resultType: "RubricCriterionLevel",
            rubricCriterionLevel: [level(1), level(2)],
          },
        ],
      },
      result: [
        { type: ["Result"], value: "1" },
        { type: ["Result"], value: "2" },
      ],
    },
    evidence: [
      { type: ["Evidence"], name: "A talk" },
      { type: ["Evidence"], name: "A paper", narrative: "Twelve pages." },
    ],
  };
}

const load = await memoryLoader();
const proofOf = (cryptosuite, signer) => new DataIntegrityProof({ cryptosuite, signer, date: "2026-11-23T10:00:00Z" });

const theirs = {
  base: (credential, pointers, signer) =>
    vc.issue({
      credential,
      suite: proofOf(suite.createSignCryptosuite({ mandatoryPointers: pointers }), signer),
      documentLoader: load,
    }),
  derive: (credential, pointers) =>
    vc.derive({
      verifiableCredential: credential,
      suite: proofOf(suite.createDiscloseCryptosuite({ selectivePointers: pointers })),
      documentLoader: load,
    }),
  verify: (credential, cryptosuite = suite.createVerifyCryptosuite()) =>
    vc.verifyCredential({
      credential,
      suite: proofOf(cryptosuite),
      documentLoader: load,
      checkStatus: () => ({ verified: true }),
    }),
};

const demandVerified = async (credential, cryptosuite) => {
  const result = await theirs.verify(credential, cryptosuite);
  demand(result.verified, reasonOf(result.error));
};

const accolade = new Example(process.argv[2], "selective");
const ourKey = await accolade.get("key", { do: "key" });
const theirKeyPair = await EcdsaMultikey.generate({ curve: "P-256" });
const theirKey = theirKeyPair.publicKeyMultibase;
const signer = { ...theirKeyPair.signer(), id: `did:key:${theirKey}#${theirKey}` };

const bases = [
  ["our base", ourKey, await accolade.get("document", { do: "base", document: badge(`did:key:${ourKey}`), pointers: [] })],
  ["their base", theirKey, await theirs.base(badge(`did:key:${theirKey}`), MANDATORY, signer)],
];

await holds("selective: they confirm our base proof", () => demandVerified(bases[0][2], suite.createConfirmCryptosuite()));

for (const [what, key, base] of bases) {
  for (const pointers of CHOICES) {
    const name = (rest) => `selective, ${what}, ${pointers.join(" ") || "everything"}: ${rest}`;
    const verify = (document) => accolade.get("verified", { do: "verify", document, key });
    let derived;
    await holds(name("they verify what we derive"), async () => {
      derived = await accolade.get("document", { do: "derive", document: base, pointers });
      await demandVerified(derived);
      await verify(derived);
    });
    await holds(name("we verify what they derive, and it is the same"), async () => {
      const other = await theirs.derive(base, pointers);
      await verify(other);
      await demandVerified(other);
      demand(isDeepStrictEqual(other, derived), `${JSON.stringify(other)} is not ${JSON.stringify(derived)}`);
    });
  }
  const derived = await accolade.get("document", { do: "derive", document: base, pointers: CHOICES[0] });
  const text = JSON.stringify(derived);
  const weAccept = async (changed) => "verified" in (await accolade.ask({ do: "verify", document: JSON.parse(changed), key }));
  const theyAccept = async (changed) => (await theirs.verify(JSON.parse(changed)).catch(() => ({ verified: false }))).verified;
  await refusesEach(`selective, ${what}: we refuse one changed byte`, text, changes.ofJson(text), weAccept);
  // The last digit of a base64url text can have spare bits; they pass over them.
  const seen = changes.ofJson(text).filter((change) => change.text.endsWith(text.slice(-4)));
  await refusesEach(`selective, ${what}: they refuse one changed byte`, text, seen, theyAccept);
  await holds(`selective, ${what}: neither takes the base proof for a derived one`, async () => {
    const answer = await accolade.ask({ do: "verify", document: base, key });
    demand(answer.code === "base_proof", JSON.stringify(answer));
    demand(!(await theyAccept(JSON.stringify(base))), "they took it");
  });
}

await accolade.end();
finish();
