// npm `jsonld` with `rdf-canonize` canonicalising one credential, timed, for `just bench`.
//
// `time.mjs CREDENTIAL [URL FILE]…` reads everything into memory first. Then, for each line on standard input, it
// canonicalises the credential for a tenth of a second and prints the microseconds of one canonicalisation in its best batch
// so far; at the end of input it prints the canonical form, for whoever wants to compare.

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import jsonld from "jsonld";

const BATCH = 100;
const json = async (file) => JSON.parse(await readFile(file, "utf8"));

const [file, ...pairs] = process.argv.slice(2);
const credential = await json(file);
const contexts = new Map();
for (let at = 0; at < pairs.length; at += 2) contexts.set(pairs[at], await json(pairs[at + 1]));

const documentLoader = async (documentUrl) => {
  if (!contexts.has(documentUrl)) throw new Error(`${documentUrl} is not to be loaded`);
  return { contextUrl: null, documentUrl, document: contexts.get(documentUrl) };
};
const canonicalize = () =>
  jsonld.canonize(credential, { algorithm: "RDFC-1.0", format: "application/n-quads", safe: true, documentLoader });

let best = Infinity;
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  let done = 0;
  let lasted = 0;
  while (lasted < BATCH) {
    await canonicalize();
    done += 1;
    lasted = performance.now() - start;
  }
  best = Math.min(best, (lasted * 1000) / done);
  console.log(best);
}
process.stdout.write(await canonicalize());
