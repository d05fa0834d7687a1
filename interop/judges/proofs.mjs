// Data Integrity proofs in both directions: Digital Bazaar's suites verify what this repository signs, and the other way
// round, over a full Open Badges 3.0 credential. Old badges by `Ed25519Signature2020` come from them alone: nobody should make more.
// Usage: node proofs.mjs FOLDER-OF-EXAMPLES

import { readFile } from "node:fs/promises";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as ecdsaJcs from "@digitalbazaar/ecdsa-jcs-2019-cryptosuite";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import { cryptosuite as ecdsaRdfc } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import * as eddsaJcs from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as eddsaRdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { Ed25519VerificationKey2020 } from "@digitalbazaar/ed25519-verification-key-2020";
import * as changes from "./changes.mjs";
import { Example } from "./example.mjs";
import { memoryLoader } from "./loader.mjs";
import { demand, finish, holds, reasonOf, refusesEach } from "./verdicts.mjs";

const documentLoader = await memoryLoader();
const same = (suite) => ({ signing: suite, verifying: suite });
const apart = (suite) => ({ signing: suite.createSignCryptosuite(), verifying: suite.createVerifyCryptosuite() });
const ed25519 = () => Ed25519Multikey.generate();
const curve = (name) => () => EcdsaMultikey.generate({ curve: name });
const SUITES = [
  ["eddsa-rdfc-2022", "EdDSA", ed25519, same(eddsaRdfc)],
  ["eddsa-jcs-2022", "EdDSA", ed25519, apart(eddsaJcs)],
  ["ecdsa-rdfc-2019", "ES256", curve("P-256"), same(ecdsaRdfc)],
  ["ecdsa-rdfc-2019", "ES384", curve("P-384"), same(ecdsaRdfc)],
  ["ecdsa-jcs-2019", "ES256", curve("P-256"), apart(ecdsaJcs)],
  ["ecdsa-jcs-2019", "ES384", curve("P-384"), apart(ecdsaJcs)],
];

const full = JSON.parse(await readFile(new URL("../../crates/signing/benches/proofs/full.json", import.meta.url), "utf8"));
const badge = (issuer) => ({ ...full, issuer: { ...full.issuer, id: issuer } });

/** Whether their suite takes a credential; status lists are another matter. */
async function verdict(credential, suite, load = documentLoader) {
  const checkStatus = () => ({ verified: true });
  return vc.verifyCredential({ credential, suite, documentLoader: load, checkStatus });
}

const accolade = new Example(process.argv[2], "proofs");
const weAccept = (key) => async (text) => "verified" in (await accolade.ask({ do: "verify", document: JSON.parse(text), key }));

for (const [suite, kind, generate, { signing, verifying }] of SUITES) {
  const name = (what) => `proofs, ${suite} ${kind}: ${what}`;
  const { multibase: ourKey } = await accolade.ask({ do: "key", kind });
  const theirSuite = new DataIntegrityProof({ cryptosuite: verifying });
  let text;
  await holds(name("they verify ours"), async () => {
    const signed = await accolade.get("document", { do: "sign", kind, suite, document: badge(`did:key:${ourKey}`) });
    text = JSON.stringify(signed);
    const result = await verdict(signed, theirSuite);
    demand(result.verified, reasonOf(result.error));
  });
  const theyAccept = async (changed) => (await verdict(JSON.parse(changed), theirSuite).catch(() => ({}))).verified === true;
  await refusesEach(name("they refuse one changed byte of ours"), text, changes.ofJson(text), theyAccept);

  const pair = await generate();
  const { publicKeyMultibase } = await pair.export({ publicKey: true });
  pair.controller = `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${publicKeyMultibase}`;
  const signer = { ...pair.signer(), id: pair.id };
  await holds(name("we verify theirs"), async () => {
    const proof = new DataIntegrityProof({ cryptosuite: signing, signer });
    const issued = await vc.issue({ credential: badge(pair.controller), suite: proof, documentLoader });
    demand(issued.proof.cryptosuite === suite, issued.proof.cryptosuite);
    text = JSON.stringify(issued);
    await accolade.get("verified", { do: "verify", document: issued, key: publicKeyMultibase });
  });
  await refusesEach(name("we refuse one changed byte of theirs"), text, changes.ofJson(text), weAccept(publicKeyMultibase));
  await holds(name("another key refuses it"), async () => {
    demand(!(await weAccept(ourKey)(text)), "it was accepted");
  });
}

await old();
await accolade.end();
finish();

/** A badge as they were made before Data Integrity had its name. */
async function old() {
  const name = (what) => `proofs, Ed25519Signature2020: ${what}`;
  const context = "https://w3id.org/security/suites/ed25519-2020/v1";
  const load = await memoryLoader(["Ed25519VerificationKey2020", context]);
  const key = await Ed25519VerificationKey2020.generate();
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  const credential = {
    "@context": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", context],
    id: "urn:uuid:8f6a1c1e-5f0b-4f43-9a2e-1f0d3b7a9c55",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Teamwork",
    issuer: { id: key.controller, type: ["Profile"], name: "An old issuer" },
    issuanceDate: "2022-06-28T16:28:36Z",
    credentialSubject: {
      id: "did:example:learner",
      type: ["AchievementSubject"],
      achievement: {
        id: "urn:uuid:0d7c3f4e-52c1-4c0a-9a31-5a9d8a0f4b22",
        type: ["Achievement"],
        name: "Teamwork",
        description: "Works in a team.",
        criteria: { narrative: "Named by peers." },
      },
    },
  };
  let text;
  await holds(name("we verify theirs"), async () => {
    const issued = await vc.issue({ credential, suite: new Ed25519Signature2020({ key }), documentLoader: load });
    demand(issued.proof.type === "Ed25519Signature2020", issued.proof.type);
    text = JSON.stringify(issued);
    await accolade.get("verified", { do: "verify", document: issued, key: key.publicKeyMultibase });
  });
  await refusesEach(name("we refuse one changed byte"), text, changes.ofJson(text), weAccept(key.publicKeyMultibase));
}
