// @digitalbazaar/vc judges the embedded proof, and @digitalbazaar/vc-bitstring-status-list the status.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as changes from "./changes.mjs";
import { documentLoader } from "./loader.mjs";
import { demand, finish, holds, reasonOf, refusesEach, staged } from "./verdicts.mjs";
import { get } from "./web.mjs";

const { stage, phase } = await staged();
const loader = await documentLoader(stage.base);
const suite = () => new DataIntegrityProof({ cryptosuite });

const verify = (credential) =>
  vc.verifyCredential({ credential, suite: suite(), documentLoader: loader.load, checkStatus });

const statusOf = async (credential) => {
  const answer = await checkStatus({ credential, suite: suite(), documentLoader: loader.load });
  demand(answer.verified, reasonOf(answer.error));
  return answer.results[0].status;
};

const accepts = async (text) => {
  try {
    return (await verify(JSON.parse(text))).verified;
  } catch {
    return false;
  }
};

for (const { label, standing, withdrawn } of stage.cases) {
  const name = (what) => `digitalbazaar, ${stage.scheme} issuer by ${label}: ${what}`;

  if (phase === "standing") {
    for (const url of [standing.credential, withdrawn.credential]) {
      await holds(name(`embedded proof verifies, ${url === standing.credential ? "first" : "second"} award`), async () => {
        const result = await verify(JSON.parse(await get(url, "application/vc")));
        demand(result.verified, reasonOf(result.error));
      });
    }
    await holds(name("the status bit is clear before a revocation"), async () => {
      demand((await statusOf(JSON.parse(await get(withdrawn.credential)))) === false, "it is set");
    });
    const text = await get(standing.credential);
    await refusesEach(name("one changed byte is refused"), text, changes.ofJson(text), accepts);
    await holds(name("an added undefined term is refused in safe mode"), async () => {
      const credential = JSON.parse(await get(standing.credential));
      const result = await verify({ ...credential, favouriteColour: "blue" });
      demand(!result.verified, "it was accepted");
    });
  } else {
    await holds(name("the status bit is set after the revocation"), async () => {
      demand((await statusOf(JSON.parse(await get(withdrawn.credential)))) === true, "it is clear");
    });
    await holds(name("a revocation leaves the neighbour's bit clear"), async () => {
      demand((await statusOf(JSON.parse(await get(standing.credential)))) === false, "it is set");
    });
    await holds(name("the standing award still verifies"), async () => {
      const result = await verify(JSON.parse(await get(standing.credential)));
      demand(result.verified, reasonOf(result.error));
    });
  }
}

await holds(`digitalbazaar, ${stage.scheme}: the contexts it read are Accolade's own files`, async () => {
  for (const url of [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  ]) {
    demand(loader.asked.has(url), `${url} was never asked for`);
  }
});
finish();
