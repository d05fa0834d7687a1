// The JSON Canonicalization Scheme (RFC 8785): our writer against npm `canonicalize` on changed credentials, and against node's
// own printing of numbers.
// Usage: node jcs.mjs FOLDER-OF-EXAMPLES

import { join } from "node:path";
import canonicalize from "canonicalize";
import { demand, finish, holds } from "../judges/verdicts.mjs";
import { corpora, contexts } from "./corpora.mjs";
import { Dice, mutated } from "./mutations.mjs";
import { ours } from "./readers.mjs";

const [examples] = process.argv.slice(2);
demand(examples, "usage: jcs.mjs FOLDER-OF-EXAMPLES");
const program = join(examples, "jcs");
const urls = [...(await contexts()).keys()];

/** What only our reader refuses, because two readers could understand it differently (RFC 8785 asks for I-JSON). */
const AT_THE_DOOR = ["duplicate_member", "lone_surrogate", "nul_character", "integer_too_large", "number_too_large"];

for (const { name, originals, seed } of await corpora()) {
  const cases = [...mutated(originals, urls, seed + 100, 1500)];
  const answers = await ours(program, cases);
  const tally = { equal: 0, refused: 0 };
  await holds(`JCS, ${cases.length} changed ${name} as npm canonicalize writes them`, () => {
    for (const [index, { text }] of cases.entries()) {
      const { text: own, code } = answers[index];
      if (code !== undefined) demand(AT_THE_DOOR.includes(code), `refused with ${code}: ${text}`);
      else demand(own === canonicalize(JSON.parse(text)), `${own} is not ${canonicalize(JSON.parse(text))}`);
      tally[code === undefined ? "equal" : "refused"] += 1;
    }
    demand(tally.equal > cases.length * 0.9, `only ${tally.equal} were written`);
  });
}

const PER_LINE = 1000;
const lines = [];
const dice = new Dice(8785);
while (lines.length < 200) lines.push(Array.from({ length: PER_LINE }, () => spelled(number())));
const answers = await ours(program, lines.map((numbers) => ({ text: `[${numbers.join(",")}]` })));
await holds(`JCS, ${lines.length * PER_LINE} numbers as node prints them (CAN-16)`, () => {
  for (const [index, numbers] of lines.entries()) {
    const { text, detail } = answers[index];
    demand(text !== undefined, detail);
    const printed = text.slice(1, -1).split(",");
    for (const [at, spelling] of numbers.entries()) {
      demand(printed[at] === JSON.stringify(Number(spelling)), `${spelling} became ${printed[at]}, not ${Number(spelling)}`);
    }
  }
});
finish();

/** Any finite number, those at the edges of JavaScript's notations more often than by chance. */
function number() {
  const bits = new DataView(new ArrayBuffer(8));
  const kind = dice.below(6);
  if (kind === 0) return dice.below(2 ** 31) * dice.pick([1, -1, 2 ** 20]);
  if (kind === 1) return dice.pick([1e21, 1e-6, 1e-7, 2 ** 53, 1e23, 5e-324, 2.2250738585072014e-308]) * (1 + (dice.below(9) - 4) * 2 ** -52);
  if (kind === 2) return dice.below(1e6) / dice.pick([10, 100, 1000, 3, 7]);
  if (kind === 3) return dice.roll() * 10 ** (dice.below(48) - 24);
  do {
    bits.setUint32(0, dice.roll() * 2 ** 32);
    bits.setUint32(4, dice.roll() * 2 ** 32);
  } while (!Number.isFinite(bits.getFloat64(0)));
  return bits.getFloat64(0);
}

/** One of the ways to write it; with a fraction or an exponent, since whole numbers beyond 2^53 are refused. */
function spelled(value) {
  const ways = [
    () => value.toExponential(),
    () => value.toExponential(20),
    () => value.toPrecision(17).replace(/^(-?\d+)$/, "$1.0"),
    () => `${value}`.replace("e+", "E").replace(/^(-?\d+)$/, "$1.000"),
  ];
  return dice.pick(ways)();
}
