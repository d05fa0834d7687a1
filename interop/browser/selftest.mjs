// Checks the checks: on a site that does everything right they find nothing, and each thing that is broken they find. A check that
// cannot fail says nothing.

import { accessible } from "./accessibility.mjs";
import { CANARY, misdeeds, open } from "./chromium.mjs";
import { BREAKAGES, fixture } from "./fixture.mjs";
import { frames } from "./frames.mjs";
import { strangeParts } from "./hostile.mjs";
import { focusShows, skips, speaks, tabbing, unfolds } from "./keyboard.mjs";
import { looks, mirrors, prints } from "./looks.mjs";
import { CLASSES, PAYLOADS } from "./payloads.mjs";
import { Report, unless } from "./report.mjs";
import { verifies } from "./verify.mjs";

const target = (path, more) => ({ name: path, path, status: 200, lang: "en", state: "valid", indexable: true, headline: true, shows: ["Applied Data Skills"], hides: ["ana.ruiz@learner.example"], ...more });

/** Stands where the attacks stand, and is none. */
const HARMLESS = "https://example.org/harmless";

/** Which check must find which breakage; the rest of the checks may find it, too. */
const FINDERS = {
  looks: [
    ["too wide", "fits"], ["a word too wide, cut off", "fits"], ["light in the dark", "fits"], ["tiny text", "fits"], ["below the fold", "fits"],
    ["no title", "built"], ["two headings", "built"], ["the wrong status", "built"], ["another state", "built"], ["noindex where it may be indexed", "built"], ["an id twice", "built"], ["a picture that does not load", "built"],
    ["a style of its own", "no error"], ["a stranger's picture", "no error"], ["a script", "no error"], ["what must be hidden", "built"],
  ],
  accessible: [["no name for a field", "axe"], ["pale text", "axe"], ["pale text in the dark", "axe"], ["targets too small", "axe"], ["not turned round", null]],
  tabbing: [["the focus not seen", "Tab"], ["an order of its own", "Tab"], ["what cannot be reached", "Tab"]],
  focusShows: [["the focus not seen", "picture"]],
  skips: [["no skip link", "first stop"], ["a skip link that leads nowhere", "first stop"]],
  speaks: [["a language that does not answer", "fr"]],
  unfolds: [["details that are none", "folded"]],
  prints: [["buttons on paper", "paper"], ["dark paper", "paper"]],
  mirrors: [["not turned round", "mirrored"], ["aligned to the left for all", "mirrored"]],
};
const CHECKS = {
  looks: (browser, origin, one, report) => looks(browser, origin, [one], report),
  accessible: (browser, origin, one, report) => accessible(browser, origin, [one], report, { thorough: true }),
  tabbing: (browser, origin, one, report) => tabbing(browser, origin, [one], report),
  focusShows,
  skips,
  speaks: (browser, origin, one, report) => speaks(browser, origin, one, report, ["en", "fr", "ar"]),
  unfolds,
  prints,
  mirrors,
};

export async function selftest(browser, report, { every = 1 } = {}) {
  const site = await fixture([...PAYLOADS, HARMLESS]);
  for (const [check, run] of Object.entries(CHECKS)) {
    await report.run(`self-test: ${check} finds nothing on a good page`, async () => (await silently((quiet) => run(browser, site.origin, target("/"), quiet))).map(({ name, reason }) => `${name}: ${reason}`));
    for (const [breakage, finder] of FINDERS[check]) {
      if (finder === null) continue;
      await report.run(`self-test: ${check} finds ${breakage}`, async () => {
        const found = await silently((quiet) => run(browser, site.origin, target(`/?broken=${encodeURIComponent(breakage)}`), quiet));
        return unless(found.some(({ name }) => name.includes(finder)), `not found; found ${JSON.stringify(found).slice(0, 300)}`);
      });
    }
  }
  await report.run("self-test: every breakage has a check that must find it", async () => {
    const looked = new Set([...Object.values(FINDERS).flat().map(([breakage]) => breakage), "framed by anybody"]);
    return Object.keys(BREAKAGES).filter((breakage) => !looked.has(breakage));
  });
  await framing(browser, site, report);
  await examination(browser, site, report);
  await attacks(browser, site, report, every);
  site.close();
}

async function silently(work) {
  const report = new Report({ silent: true });
  await work(report);
  return report.failures;
}

async function framing(browser, site, report) {
  const targets = (broken) => [target(`/${broken}`, { name: "a page" }), target(`/embed/x${broken}`, { name: "embedded", frameable: true })];
  await report.run("self-test: frames finds nothing on a good site", async () => (await silently((quiet) => frames(browser, site.origin, targets(""), quiet))).map(({ name, reason }) => `${name}: ${reason}`));
  await report.run("self-test: frames finds pages that can be framed and one that cannot", async () => {
    const found = await silently((quiet) => frames(browser, site.origin, targets("?broken=framed%20by%20anybody"), quiet));
    return unless(found.length === 2, `found ${JSON.stringify(found)}`);
  });
}

/** Files, texts and links reach the form, and a verdict that is not the right one is seen. */
async function examination(browser, site, report) {
  const good = { text: "GOOD", url: "GOOD", outcome: "valid", says: ["It is valid."] };
  const bad = { text: "bad", url: "bad", outcome: "invalid" };
  const file = (one) => ({ ...one, type: "image/png", bytes: Buffer.from(one.text) });
  const given = { files: [file({ name: "good.png", ...good }), file({ name: "bad.png", ...bad })], texts: [{ name: "good", ...good }, { name: "bad", ...bad }], links: [{ name: "good", ...good }, { name: "bad", ...bad }] };
  await report.run("self-test: verify finds nothing where the verdicts are right", async () => (await silently((quiet) => verifies(browser, site.origin, given, quiet))).map(({ name, reason }) => `${name}: ${reason}`));
  await report.run("self-test: verify finds every bad badge that is believed", async () => {
    const credulous = await fixture([], { credulous: true });
    const found = await silently((quiet) => verifies(browser, credulous.origin, given, quiet));
    credulous.close();
    return unless(found.length === 8, `found ${JSON.stringify(found)}`);
  });
}

/** In a page that escapes nothing, the attacks are seen: most by what they become part of, many by running. */
async function attacks(browser, site, report, every) {
  const view = await open(browser, site.origin);
  await view.context.addInitScript((canary) => {
    globalThis[canary] = () => console.log(`${canary} ran`);
  }, CANARY);
  const seen = {};
  let index = 0;
  for (const [kind, payloads] of Object.entries(CLASSES)) {
    seen[kind] = { ran: 0, found: 0, of: 0 };
    for (let number = 0; number < payloads.length; number += 1, index += 1) {
      if (number % every !== 0) continue;
      seen[kind].of += 1;
      view.forget();
      await view.page.goto(`${site.origin}/unsafe/${index}`, { waitUntil: "load", timeout: 5000 }).catch(() => {});
      const parts = await view.page.evaluate(strangeParts).catch(() => ["left the page"]);
      const ran = view.watch.canary.length > 0;
      seen[kind].ran += Number(ran);
      seen[kind].found += Number(ran || misdeeds(view.watch).length > 0 || parts.length > 0);
    }
  }
  await report.run("self-test: what is harmless is not taken for an attack", async () => {
    view.forget();
    await view.page.goto(`${site.origin}/unsafe/${PAYLOADS.length}`);
    return [...misdeeds(view.watch), ...(await view.page.evaluate(strangeParts))];
  });
  await view.close();
  console.error(`   attacks on a page that escapes nothing: ${Object.entries(seen).map(([kind, { ran, found, of }]) => `${kind} ${ran}/${found}/${of}`).join(", ")} (ran/noticed/tried)`);
  for (const kind of ["tags", "handlers", "attributes", "pictures", "dataBlocks", "contexts", "addresses"]) {
    const { ran, found, of } = seen[kind];
    report.check(`self-test: attacks by ${kind} are noticed where nothing is escaped`, [...unless(found >= 0.6 * of, `${found} of ${of}`), ...unless(ran > 0, "none ran")]);
  }
}
