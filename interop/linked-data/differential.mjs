// npm `jsonld` in safe mode with `rdf-canonize`, and Accolade's own reader, on thousands of changed credentials: the same
// canonical form, or both refuse. What differs must stand in known-differences.json with its reason. Where both canonical forms
// are equal, the expanded documents have to be too.
// Usage: node differential.mjs FOLDER-OF-EXAMPLES

import { join } from "node:path";
import { demand, finish, holds } from "../judges/verdicts.mjs";
import { contexts, corpora } from "./corpora.mjs";
import { explain, knownDifferences } from "./differences.mjs";
import { mutated } from "./mutations.mjs";
import { sameExpanded } from "./expanded.mjs";
import { ours, theirs, theirsExpanded } from "./readers.mjs";

const [examples] = process.argv.slice(2);
demand(examples, "usage: differential.mjs FOLDER-OF-EXAMPLES");
const [canonicalize, expand] = ["canonicalize", "expand"].map((name) => join(examples, name));
const known = await knownDifferences();
const loaded = await contexts();

for (const { name, originals, count, seed, atLeast } of await corpora()) {
  const cases = [...mutated(originals, [...loaded.keys()], seed, count)];
  const own = await ours(canonicalize, cases);
  const expanded = await ours(expand, cases);
  const tally = { equal: 0, refused: 0, known: 0 };
  const unexplained = [];
  for (const [index, { text, how }] of cases.entries()) {
    const foreign = await theirs(text, loaded);
    const verdict = explain(known, text, own[index], foreign);
    if (verdict.outcome === "unexplained") unexplained.push(`${verdict.what} (${how.join(", ")}) ${text}`);
    else tally[verdict.outcome] += 1;
    if (verdict.outcome === "equal" && !sameExpanded(expanded[index], await theirsExpanded(text, loaded))) {
      unexplained.push(`expanded otherwise: ${JSON.stringify(expanded[index])} (${how.join(", ")}) ${text}`);
    }
  }
  await holds(
    `linked data, ${cases.length} changed ${name}: ${tally.equal} canonical forms and expanded documents equal, ${tally.refused} refused by both, ${tally.known} known differences`,
    () => {
      if (process.env.ACCOLADE_SHOW) for (const line of unexplained) console.log(line);
      demand(unexplained.length === 0, `${unexplained.length} differ: ${unexplained[0]}`);
      demand(tally.equal >= atLeast, `fewer than ${atLeast} canonical forms are equal`);
    },
  );
}

await holds(`linked data: each of the ${known.length} known differences is still one`, async () => {
  const texts = known.map(({ example }) => ({ text: example }));
  const own = await ours(canonicalize, texts);
  for (const [index, difference] of known.entries()) {
    const verdict = explain([difference], difference.example, own[index], await theirs(difference.example, loaded));
    demand(verdict.outcome === "known", `${difference.name}: ${verdict.outcome} ${verdict.what ?? ""}`);
  }
});
finish();
