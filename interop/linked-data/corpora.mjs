// What is changed and compared: our own documents of every shape, and the published examples where they are at hand.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const json = async (path) => JSON.parse(await readFile(path, "utf8"));
const published = process.env.ACCOLADE_VECTORS;

/**
 * Each group with how many changed documents are made of it, and of how many at least both sides must write the same
 * canonical form: a reader that refuses everything agrees often, too. The seed is fixed, so each run compares the same ones.
 */
export async function corpora() {
  const own = await all(repository("interop/linked-data/seeds"));
  for (const badge of ["minimal", "full"]) own.push(await json(repository(`crates/signing/benches/proofs/${badge}.json`)));
  const groups = [{ name: "documents of our own", originals: own, count: 3000, seed: 1, atLeast: 1500 }];
  if (published) {
    const folders = ["examples/ob30", "examples/ob20", "vectors/ob30-eddsa-rdfc-2022", "vectors/clr20-eddsa-rdfc-2022"];
    const originals = (await Promise.all(folders.map((folder) => all(join(published, folder))))).flat();
    groups.push({ name: "published examples", originals, count: 1500, seed: 2, atLeast: 800 });
  } else if (process.env.CI) {
    throw new Error("ACCOLADE_VECTORS is unset, and in CI nothing may be skipped");
  } else {
    console.error("   skipped: ACCOLADE_VECTORS is unset, so changed published examples are not compared");
  }
  return groups;
}

/** The documents of the built-in contexts by URL: as published where they are at hand, else our own normal form of them. */
export async function contexts() {
  const table = await readFile(repository("crates/linked-data/tests/support/published.rs"), "utf8");
  const rows = [...table.matchAll(/\(\s*"(https:[^"]+)",\s*"([^"]+)",\s*"([^"]+)",?\s*\)/g)];
  if (rows.length < 20) throw new Error(`only ${rows.length} contexts were found in published.rs`);
  const found = new Map();
  for (const [, url, theirs, ours] of rows) {
    found.set(url, await json(published ? join(published, theirs) : repository(`crates/linked-data/contexts/${ours}`)));
  }
  return found;
}

/** Every JSON-LD document right in a folder, in the order of their names. */
async function all(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const documents = await Promise.all(names.map((name) => json(join(folder, name)).catch(() => undefined)));
  return documents.filter((document) => document?.["@context"]);
}
