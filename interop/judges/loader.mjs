// The document loaders of the judges that take one: contexts come from this repository's own files, DIDs from Digital
// Bazaar's drivers, controller documents and status lists over HTTP from the running server. Nothing else loads.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as didKey from "@digitalbazaar/did-method-key";
import * as didWeb from "@digitalbazaar/did-method-web";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { answer } from "./web.mjs";

const OWN_CONTEXTS = fileURLToPath(new URL("../../crates/linked-data/contexts/", import.meta.url));

const FILES = {
  "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
  "https://www.w3.org/2018/credentials/v1": "credentials-v1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-3.0.1.json",
  "https://w3id.org/security/suites/ed25519-2020/v1": "ed25519-2020-v1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
  "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
  "https://w3id.org/security/multikey/v1": "multikey-v1.json",
  "https://www.w3.org/ns/did/v1": "did-v1.json",
  "https://w3id.org/security/jwk/v1": "jwk-v1.json",
};

const drivers = [didKey.driver(), didWeb.driver()];
for (const driver of drivers) {
  driver.use({ multibaseMultikeyHeader: "z6Mk", fromMultibase: Ed25519Multikey.from });
  for (const multibaseMultikeyHeader of ["zDna", "z82L"]) driver.use({ multibaseMultikeyHeader, fromMultibase: EcdsaMultikey.from });
}

/**
 * A loader without any server: contexts, and `did:key` of whatever kind. Methods are of the type `Multikey` with its context
 * unless another `[type, context]` is given.
 */
export async function memoryLoader([type, context] = ["Multikey", "https://w3id.org/security/multikey/v1"]) {
  const others = await documentLoader("https://nowhere.example");
  return async (url) => {
    const key = /^did:key:(z\w+)/.exec(url)?.[1];
    if (!key) return others.load(url);
    const controller = `did:key:${key}`;
    const method = { id: `${controller}#${key}`, type, controller, publicKeyMultibase: key };
    const document = url.includes("#")
      ? { "@context": context, ...method }
      : {
          "@context": ["https://www.w3.org/ns/did/v1", context],
          id: controller,
          verificationMethod: [method],
          assertionMethod: [method.id],
        };
    return { contextUrl: null, documentUrl: url, document };
  };
}

/** A loader that serves only `base` besides contexts and DIDs; `asked` lists the contexts it gave out. */
export async function documentLoader(base) {
  const contexts = new Map();
  for (const [url, file] of Object.entries(FILES)) {
    contexts.set(url, JSON.parse(await readFile(OWN_CONTEXTS + file, "utf8")));
  }
  const asked = new Set();
  const load = async (url) => {
    const document = await documentAt(url, { contexts, asked, base });
    return { contextUrl: null, documentUrl: url, document };
  };
  return { load, asked };
}

async function documentAt(url, { contexts, asked, base }) {
  if (contexts.has(url)) {
    asked.add(url);
    return contexts.get(url);
  }
  const driver = drivers.find(({ method }) => url.startsWith(`did:${method}:`));
  if (driver) return driver.get({ url });
  if (!url.startsWith(`${base}/`)) throw new Error(`${url} is not to be loaded`);
  const document = await (await answer(url, "application/ld+json")).json();
  return url.includes("#") ? methodOf(document, url) : document;
}

/** A verification method stands inside its controller document; the fragment says which. */
function methodOf(document, id) {
  const method = [document.verificationMethod ?? []].flat().find((candidate) => candidate.id === id);
  if (!method) throw new Error(`${document.id} lists no verification method ${id}`);
  return { "@context": "https://w3id.org/security/multikey/v1", ...method };
}
