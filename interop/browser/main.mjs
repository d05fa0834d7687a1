// Starts the server, fills it, and looks at every page in a browser, as its readers and its enemies would.
// Usage: node main.mjs PATH-OF-ACCOLADE PATH-OF-PYTHON [PART…]; a part is a name of PARTS.

import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, stop } from "../server.mjs";
import { freePort } from "../tls.mjs";
import { accessible } from "./accessibility.mjs";
import { launch } from "./chromium.mjs";
import { coordinates, signsInAndOut } from "./desk.mjs";
import { hostileDrawings } from "./drawings.mjs";
import { files } from "./files.mjs";
import { frames } from "./frames.mjs";
import { heads } from "./heads.mjs";
import { hostileAddresses, hostileBadges, hostileIssuers } from "./hostile.mjs";
import { focusShows, skips, speaks, tabbing, unfolds } from "./keyboard.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { looks, mirrors, prints } from "./looks.mjs";
import { Report, timed } from "./report.mjs";
import { seed, targetsOf } from "./seed.mjs";
import { selftest } from "./selftest.mjs";
import { presented } from "./presented.mjs";
import { verifies, verifiesByKeyboard } from "./verify.mjs";

const [accolade, python, ...wanted] = process.argv.slice(2);
/** Each attack stands in a third of the fields, unless every one is to stand in every field: `ACCOLADE_BROWSER_ALL=yes`. */
const SPARSE = process.env.ACCOLADE_BROWSER_ALL ? 1 : 3;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const home = await mkdtemp(join(tmpdir(), "accolade-browser-"));
process.once("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
const report = new Report();

/** What is looked at, one name each. */
const PARTS = {
  selftest: ({ browser }) => selftest(browser, report, { every: SPARSE }),
  looks: ({ browser, origin, targets }) => looks(browser, origin, targets, report),
  paper: ({ browser, origin, of }) => each([...of("credential").slice(0, 8), ...of("achievement"), ...of("issuer").slice(0, 1), ...of("verify").slice(1, 3)], (target) => prints(browser, origin, target, report)),
  mirror: ({ browser, origin, of }) => each([of("credential")[0], of("achievement")[0], of("issuer")[0], of("verify")[0], of("home")[0], of("catalogue")[0], of("progress")[0], ...of("desk").filter(({ name }) => ["desk, roster", "desk, a learner"].includes(name))], (target) => mirrors(browser, origin, { ...target, path: target.path.split("?")[0] }, report)),
  keyboard: async ({ browser, origin, targets, of }) => {
    const kinds = [of("credential")[0], of("achievement")[0], of("issuer")[0], of("verify")[0]];
    // What differs in its words alone is walked through in one language.
    await tabbing(browser, origin, targets.filter(({ name, lang }) => !name.includes(", name ") && ["en", "ar"].includes(lang)), report);
    await each([of("credential")[0], of("issuer")[0], of("verify")[0], of("verify")[1], of("catalogue")[0]], (target) => focusShows(browser, origin, target, report));
    await each([...kinds, of("home")[0]], (target) => skips(browser, origin, target, report));
    await each(kinds, (target) => speaks(browser, origin, target, report));
    await each([of("credential")[0], of("issuer")[0]], (target) => unfolds(browser, origin, target, report));
  },
  axe: ({ browser, origin, targets }) => accessible(browser, origin, targets, report),
  verify: async ({ browser, origin, server, seeded }) => {
    await verifies(browser, origin, await presented(server, seeded), report);
    await verifiesByKeyboard(browser, origin, seeded.awards.valid.links.public, report);
  },
  desk: async ({ browser, origin, seeded }) => {
    await coordinates(browser, origin, seeded.room, report);
    await signsInAndOut(browser, origin, seeded.room, report);
  },
  frames: ({ browser, origin, targets }) => frames(browser, origin, targets, report),
  heads: ({ server, seeded }) => heads(server, seeded, report),
  files: ({ server, seeded }) => files(python, server, seeded, home, report),
  drawings: ({ browser, origin, seeded }) => hostileDrawings(browser, seeded, origin, report),
  addresses: ({ browser, origin, seeded }) => hostileAddresses(browser, seeded, origin, report),
  issuers: ({ browser, origin, seeded }) => hostileIssuers(browser, seeded, origin, report, { every: 2 * SPARSE }),
  badges: ({ browser, origin, seeded }) => hostileBadges(browser, seeded, origin, report, { every: SPARSE }),
  lighthouse: ({ origin, of }) => lighthouse(origin, [of("credential")[0]], report),
};

async function each(list, work) {
  for (const one of list) await work(one);
}

async function run() {
  const parts = wanted.length > 0 ? wanted : Object.keys(PARTS);
  const unknown = parts.filter((part) => !(part in PARTS));
  if (unknown.length > 0) throw new Error(`no part is called ${unknown}: ${Object.keys(PARTS).join(", ")}`);
  const browser = await launch();
  const origin = `http://127.0.0.1:${await freePort()}`;
  const server = await serve(accolade, new URL(origin).port, origin, home);
  try {
    const seeded = await timed("seed", () => seed(server));
    const targets = targetsOf(seeded);
    const of = (kind) => targets.filter((target) => target.kind === kind);
    for (const part of parts) await timed(part, () => PARTS[part]({ browser, origin, server, seeded, targets, of }).catch((error) => report.check(part, [error.stack])));
  } catch (error) {
    throw new Error(`${error.message}\n${await readFile(server.log, "utf8")}`.slice(0, 8000), { cause: error });
  } finally {
    await browser.close();
    await stop(server);
  }
}

await run().catch((error) => report.check("the run itself", [error.stack]));
if (report.failures.length > 0) console.log(["", "What failed:", ...report.failures.map(({ name, reason }) => `  ${name}: ${reason.slice(0, 200)}`), ""].join("\n"));
console.log(`${report.passed} passed, ${report.failures.length} failed`);
process.exit(report.failures.length === 0 && report.passed > 0 ? 0 : 1);
