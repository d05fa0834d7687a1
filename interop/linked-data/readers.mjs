// The two readers of JSON-LD. Each answers a JSON text with `{text}`, the canonical N-Quads, or `{code, detail}`.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import jsonld from "jsonld";
import ContextResolver from "jsonld/lib/ContextResolver.js";

/** Our own, all texts in one run of the example program: one line in, one line out. */
export async function ours(program, cases) {
  const child = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(cases.map(({ text }) => `${text}\n`).join(""));
  const answers = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) answers.push(JSON.parse(line));
  if (answers.length !== cases.length) throw new Error(`${answers.length} answers to ${cases.length} documents`);
  return answers;
}

/** The reference: npm `jsonld`, safe mode, no base IRI, contexts from memory only. */
export async function theirs(text, contexts) {
  try {
    // Its own limit of work refuses graphs in which five blank nodes look alike; ours is somewhere else, so both stay away from it.
    const canonizeOptions = { maxWorkFactor: 3 };
    const options = { algorithm: "RDFC-1.0", format: "application/n-quads", canonizeOptions, ...reading(text, contexts) };
    return { text: await jsonld.canonize(JSON.parse(text), options) };
  } catch (error) {
    return { code: codeOf(error), detail: error.message };
  }
}

/** The reference's expanded form of a text. */
export async function theirsExpanded(text, contexts) {
  try {
    return { expanded: await jsonld.expand(JSON.parse(text), reading(text, contexts)) };
  } catch (error) {
    return { code: codeOf(error), detail: error.message };
  }
}

function reading(text, contexts) {
  const options = { safe: true, documentLoader: loaderOf(contexts) };
  // Its cache mixes up a context that is named in one document and imported in another (it says so itself).
  if (text.includes("@import")) options.contextResolver = new ContextResolver({ sharedCache: new Map() });
  return options;
}

const loaderOf = (contexts) => async (url) => {
  if (!contexts.has(url)) throw new Error(`${url} is not to be loaded`);
  return { contextUrl: null, documentUrl: url, document: contexts.get(url) };
};

const codeOf = ({ details, name }) => details?.event?.code ?? details?.code ?? name;
