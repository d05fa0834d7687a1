// @digitalcredentials/verifier-core, the verifier inside the Learner Credential Wallet and VerifierPlus. It brings its
// own contexts and resolves DIDs itself. It cannot follow an issuer that is a plain URL: its loader drops the fragment of
// the verification method and gets the whole profile, so the cases are the issuers that are DIDs.

import * as changes from "./changes.mjs";
import { demand, finish, holds, reasonOf, refusesEach, staged } from "./verdicts.mjs";
import { get } from "./web.mjs";

const { stage, phase } = await staged();

// The JSON Schema it guesses lives at the publisher's; nothing here may leave this machine, so that fetch fails at once.
const open = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin !== new URL(stage.base).origin) throw new TypeError(`${url} is not to be loaded`);
  return open(input, init);
};
console.error = console.info = () => {};
const { verifyCredential } = await import("@digitalcredentials/verifier-core");

const judge = (credential) => verifyCredential({ credential, knownDIDRegistries: [] });
const step = (result, id) => result.log?.find((entry) => entry.id === id);
const complaint = (result) => JSON.stringify(result.errors?.map(reasonOf) ?? result.log ?? reasonOf(result.error));

const accepts = async (text) => {
  try {
    const result = await judge(JSON.parse(text));
    return step(result, "valid_signature")?.valid === true;
  } catch {
    return false;
  }
};

for (const { label, issuer, standing, withdrawn } of stage.cases.filter((one) => one.issuer.profileId.startsWith("did:"))) {
  const name = (what) => `digitalcredentials, ${stage.scheme} issuer by ${label}: ${what}`;
  const passes = async (url) => {
    const result = await judge(JSON.parse(await get(url)));
    demand(result.errors === undefined, complaint(result));
    for (const id of ["valid_signature", "expiration", "revocation_status"]) {
      demand(step(result, id)?.valid === true, `${id}: ${complaint(result)}`);
    }
    demand(result.credential.issuer.id === issuer.profileId, "another issuer");
  };

  if (phase === "standing") {
    await holds(name("signature, dates and status pass"), () => passes(standing.credential));
    await holds(name("the second award passes before its revocation"), () => passes(withdrawn.credential));
    const text = await get(standing.credential);
    await refusesEach(name("one changed byte is refused"), text, changes.ofJson(text), accepts);
  } else {
    await holds(name("the revoked award is reported as revoked"), async () => {
      const result = await judge(JSON.parse(await get(withdrawn.credential)));
      demand(step(result, "valid_signature")?.valid === true, complaint(result));
      demand(step(result, "revocation_status")?.valid === false, complaint(result));
    });
    await holds(name("the standing award still passes"), () => passes(standing.credential));
  }
}
finish();
