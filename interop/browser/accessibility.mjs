// axe-core on every page and state: at a phone's and a desk's width, in light and dark.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { open, visit } from "./chromium.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = [
  { width: 360, height: 740, colorScheme: "light" },
  { width: 1440, height: 900, colorScheme: "dark" },
  { width: 360, height: 740, colorScheme: "dark" },
  { width: 1440, height: 900, colorScheme: "light" },
];
/** WCAG 2.2 A and AA, and what axe holds to be good practice beside them. */
const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/**
 * The browser's debugger runs axe, so the page's own policy stays as it is. With `thorough` all four views, else one light and one
 * dark, taking turns.
 */
export async function accessible(browser, origin, targets, report, { thorough = false } = {}) {
  const view = await open(browser, origin);
  for (const [index, target] of targets.entries()) {
    await report.run(`${target.name}: axe finds nothing`, async () => {
      await visit(view, origin, target);
      // What is folded away is read too.
      await view.page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      await view.page.evaluate(AXE);
      const faults = [];
      for (const { width, height, colorScheme } of thorough ? VIEWS : VIEWS.slice(2 * (index % 2), 2 * (index % 2) + 2)) {
        await view.page.emulateMedia({ colorScheme });
        await view.page.setViewportSize({ width, height });
        // Colours that are on their way from light to dark are nobody's fault.
        await view.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
        const found = await view.page.evaluate(judge, RULES);
        faults.push(...found.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
      }
      return faults;
    });
  }
  await view.close();
}

/** Runs in the page. */
async function judge(rules) {
  const { violations } = await globalThis.axe.run(document, { runOnly: rules, preload: false, resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")}`);
}
