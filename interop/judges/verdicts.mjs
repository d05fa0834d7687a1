// What every judge prints: one line per case, `ok NAME` or `FAIL NAME: reason`.

import { readFile } from "node:fs/promises";

let failed = false;

const print = (name, reason) => {
  if (reason === undefined) {
    console.log(`ok ${name}`);
    return;
  }
  failed = true;
  console.log(`FAIL ${name}: ${String(reason).replaceAll("\n", " ").slice(0, 600)}`);
};

/** The case holds when `check` ends without throwing. */
export async function holds(name, check) {
  try {
    await check();
    print(name);
  } catch (error) {
    print(name, reasonOf(error));
  }
}

/**
 * The unchanged text must be taken and every changed one refused; `accepts` answers whether the foreign software takes a
 * text. One line for the whole sweep; a slip names the byte.
 */
export async function refusesEach(name, original, changes, accepts) {
  const taken = [];
  for (const change of changes) {
    if (await accepts(change.text)) taken.push(change.what);
  }
  if (!(await accepts(original))) print(name, "refused without any change");
  else if (changes.length === 0) print(name, "nothing was changed");
  else if (taken.length > 0) print(name, `accepted ${taken.length} of ${changes.length}: ${taken.join("; ")}`);
  else print(`${name} (${changes.length} changes)`);
}

export function demand(condition, reason) {
  if (!condition) throw new Error(reason);
}

/** The staged awards and the phase (`standing` or `withdrawn`), from the command line. */
export async function staged() {
  const [file, phase] = process.argv.slice(2);
  demand(file && ["standing", "withdrawn"].includes(phase), "usage: JUDGE STAGE.json standing|withdrawn");
  return { stage: JSON.parse(await readFile(file, "utf8")), phase };
}

export function finish() {
  process.exitCode = failed ? 1 : 0;
}

/** Libraries nest the telling message several errors deep. */
export function reasonOf(error) {
  if (error === undefined || error === null) return "no reason given";
  const inner = [...(error.errors ?? []), error.cause].filter(Boolean).map(reasonOf);
  return [error.message ?? String(error), ...inner].join(" <- ");
}
