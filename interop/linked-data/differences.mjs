// Which disagreements are known, and what each is: see README.md beside this file.

import { readFile } from "node:fs/promises";

/** The entries of known-differences.json, with their patterns compiled. */
export async function knownDifferences() {
  const entries = JSON.parse(await readFile(new URL("known-differences.json", import.meta.url), "utf8"));
  return entries.map((entry) => {
    for (const member of ["name", "ours", "theirs", "follows", "reason", "example"]) {
      if (!entry[member]) throw new Error(`a known difference lacks ${member}: ${JSON.stringify(entry)}`);
    }
    const document = entry.document && new RegExp(entry.document);
    return { ...entry, document, ours: compiled(entry.ours), theirs: compiled(entry.theirs) };
  });
}

/** A side either `accepts`, or is described by how it refuses or by lines that it alone writes. */
function compiled(side) {
  if (side === "accepts") return {};
  const { refuse, lines } = side;
  return { refuse: refuse && new RegExp(refuse), lines: lines && new RegExp(lines) };
}

/**
 * How the two answers stand to each other: `equal`, `refused` by both, `known`, or `unexplained` and then what it is.
 */
export function explain(known, text, ours, theirs) {
  if (ours.text === undefined && theirs.text === undefined) return { outcome: "refused" };
  if (ours.text === theirs.text) return { outcome: "equal" };
  const fitting = known.filter(({ document }) => !document || document.test(text));
  return ours.text !== undefined && theirs.text !== undefined
    ? explainLines(fitting, difference(ours.text, theirs.text))
    : explainRefusal(fitting, ours, theirs);
}

function explainRefusal(known, ours, theirs) {
  const fits = ({ refuse }, { code, detail }) => (code === undefined ? !refuse : refuse?.test(`${code}: ${detail}`));
  const found = known.find((entry) => !entry.ours.lines && !entry.theirs.lines && fits(entry.ours, ours) && fits(entry.theirs, theirs));
  if (found) return { outcome: "known" };
  const [side, { code, detail }] = ours.code === undefined ? ["only theirs refuses", theirs] : ["only ours refuses", ours];
  return { outcome: "unexplained", what: `${side}: ${code}: ${detail}` };
}

/** Every line that only one side has must be expected of that side by some entry. */
function explainLines(known, { onlyOurs, onlyTheirs }) {
  const expected = (side, line) => known.some((entry) => entry[side].lines?.test(line));
  const strange = [
    ...onlyOurs.filter((line) => !expected("ours", line)).map((line) => `ours: ${line}`),
    ...onlyTheirs.filter((line) => !expected("theirs", line)).map((line) => `theirs: ${line}`),
  ];
  if (strange.length === 0 && onlyOurs.length + onlyTheirs.length > 0) return { outcome: "known" };
  return { outcome: "unexplained", what: strange.length > 0 ? strange.join(" | ") : "only the blank nodes' labels differ" };
}

/**
 * The lines that only one side has, blank nodes without their numbers: one changed quad can renumber them all. A line
 * that one side wrote more than once is marked `again: `.
 */
function difference(ours, theirs) {
  const left = lines(theirs);
  const onlyOurs = [];
  for (const line of lines(ours)) {
    const at = left.indexOf(line);
    if (at < 0) onlyOurs.push(line);
    else left.splice(at, 1);
  }
  return { onlyOurs, onlyTheirs: left };
}

function lines(text) {
  const seen = new Set();
  return text.trimEnd().split("\n").map((line) => {
    const again = seen.has(line) ? "again: " : "";
    seen.add(line);
    return again + line.replaceAll(/_:c14n\d+/g, "_:c14n");
  });
}
