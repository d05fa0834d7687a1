// Everything is reached and used with the keyboard alone, with scripts off as they are for a visitor who has none.

import { open, visit } from "./chromium.mjs";
import { unless } from "./report.mjs";

const REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

/** Tab goes through all there is in the order of the page, and one sees where one is. */
export async function tabbing(browser, origin, targets, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  for (const target of targets) {
    await report.run(`${target.name}: Tab reaches everything, in order, and one sees where one is`, async () => {
      await visit(view, origin, target);
      const expected = await view.page.evaluate(number, REACHABLE);
      const faults = [];
      for (let index = 0; index < expected.length && faults.length < 5; index += 1) {
        await view.page.keyboard.press("Tab");
        const { place, blind } = await view.page.evaluate(here);
        if (place !== index) faults.push(`stop ${index} should be ${expected[index]}, is ${place === null ? "nothing" : expected[place]}`);
        if (blind) faults.push(`${expected[index]}: ${blind}`);
      }
      return [...faults, ...unless(expected.length > 0 || target.kind === "embed", "nothing to reach")];
    });
  }
  await view.close();
}

/** Runs in the page: numbers what Tab should stop at, by the order of the document. */
function number(selector) {
  const stops = [...document.querySelectorAll(selector)].filter((element) => {
    if (element.tabIndex < 0 || element.disabled || element.getClientRects().length === 0) return false;
    const folded = element.parentElement?.closest("details:not([open])");
    return !folded || (element.tagName === "SUMMARY" && element.parentElement === folded && !folded.parentElement?.closest("details:not([open])"));
  });
  stops.forEach((element, index) => (element.accoladeStop = index));
  return stops.map((element) => `${element.tagName.toLowerCase()} "${(element.textContent || element.name || "").trim().slice(0, 30)}"`);
}

/** Runs in the page: the number of what has the focus, and why one would not see it. */
function here() {
  const element = document.activeElement;
  if (!element || element === document.body) return { place: null };
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !/, 0\)$/.test(style.outlineColor);
  let blind = outlined || style.boxShadow !== "none" ? undefined : "the focus is not seen";
  if (box.width <= 1 || box.height <= 1) blind = "is too small to be seen when it has the focus";
  if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) blind = "is outside of the window when it has the focus";
  // A link of several lines has its middle beside itself.
  const line = element.getClientRects()[0];
  const over = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
  if (!blind && over && over !== element && !element.contains(over) && !over.contains(element)) blind = `is covered by ${over.tagName}.${over.className}`;
  return { place: element.accoladeStop ?? null, blind };
}

/** The focus changes the picture by more than a hair: compared pixel by pixel, in light and dark. */
export async function focusShows(browser, origin, target, report) {
  const view = await open(browser, origin, { viewport: { width: 800, height: 900 } });
  for (const colorScheme of ["light", "dark"]) {
    await report.run(`${target.name}: the focus can be seen in the picture, ${colorScheme}`, async () => {
      await view.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await visit(view, origin, target);
      const stops = await view.page.evaluate(number, REACHABLE);
      const faults = [];
      for (const stop of stops.slice(0, 24)) {
        await view.page.keyboard.press("Tab");
        const box = await view.page.evaluate(() => {
          const { left, top, width, height } = document.activeElement.getBoundingClientRect();
          return { x: Math.max(0, left - 6), y: Math.max(0, top - 6), width: width + 12, height: height + 12 };
        });
        const focused = await view.page.screenshot({ clip: box, animations: "disabled", caret: "hide" });
        await view.page.evaluate(() => ((globalThis.accoladeHere = document.activeElement), document.activeElement.blur()));
        const plain = await view.page.screenshot({ clip: box, animations: "disabled", caret: "hide" });
        if (focused.equals(plain)) faults.push(`${stop} looks the same`);
        await view.page.evaluate(() => globalThis.accoladeHere.focus({ preventScroll: true }));
      }
      return faults;
    });
  }
  await view.close();
}

/** The first stop leads past the head, by Enter, to the main part. */
export async function skips(browser, origin, target, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  await report.run(`${target.name}: the first stop skips to the main part`, async () => {
    await visit(view, origin, target);
    await view.page.keyboard.press("Tab");
    const link = await view.page.evaluate(() => ({ href: document.activeElement.getAttribute("href"), shown: document.activeElement.getBoundingClientRect().height > 10 }));
    if (!link.href?.startsWith("#")) return [`the first stop is ${link.href}`];
    await view.page.keyboard.press("Enter");
    await view.page.keyboard.press("Tab");
    const inside = await view.page.evaluate(() => document.activeElement.closest("main") !== null);
    const nothing = await view.page.evaluate(() => document.querySelector("main a, main button, main summary, main input, main textarea") === null);
    return [...unless(link.shown, "the link does not show itself"), ...unless(inside || nothing, "the next stop is not in the main part")];
  });
  await view.close();
}

/** The page in another language, by its link and Enter. */
export async function speaks(browser, origin, target, report, languages = ["en", "es", "fr", "de", "zh", "ar"]) {
  const view = await open(browser, origin, { javaScriptEnabled: false, locale: "en-GB" });
  for (const lang of languages) {
    await report.run(`${target.name}: the link to ${lang} is used with Enter`, async () => {
      await view.page.goto(`${origin}${target.path}${target.path.includes("?") ? "&" : "?"}lang=${lang === "en" ? "fr" : "en"}`);
      const link = view.page.locator(`a[hreflang="${lang}"]`).first();
      if ((await link.count()) === 0) return ["has no such link"];
      await link.focus();
      await Promise.all([view.page.waitForURL(new RegExp(`lang=${lang}`), { timeout: 5000 }), view.page.keyboard.press("Enter")]);
      const now = await view.page.evaluate(() => document.documentElement.lang);
      return unless(now === lang, `lang is ${now}`);
    });
  }
  await report.run(`${target.name}: speaks what the browser asks for`, async () => {
    const faults = [];
    for (const [header, lang] of [["de-AT,de;q=0.9,en;q=0.5", "de"], ["zh-CN", "zh"], ["ar-EG, en;q=0.1", "ar"], ["fr;q=0.2, es;q=0.8", "es"]]) {
      const text = await (await fetch(origin + target.path, { headers: { accept: "text/html", "accept-language": header } })).text();
      const said = /<html[^>]*\blang="?([a-z]+)/.exec(text)?.[1];
      if (said !== lang) faults.push(`${header} is answered in ${said}`);
    }
    return faults;
  });
  await view.close();
}

/** What is folded away unfolds by Enter and folds by Space. */
export async function unfolds(browser, origin, target, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  await report.run(`${target.name}: what is folded unfolds by the keyboard`, async () => {
    await visit(view, origin, target);
    const summaries = view.page.locator("summary");
    const faults = unless((await summaries.count()) > 0, "nothing is folded");
    for (const summary of await summaries.all()) {
      const isOpen = () => summary.evaluate((element) => element.parentElement.open);
      const before = await isOpen();
      await summary.focus();
      await view.page.keyboard.press("Enter");
      if ((await isOpen()) === before) faults.push(`Enter does nothing: ${await summary.textContent()}`);
      await view.page.keyboard.press("Space");
      if ((await isOpen()) !== before) faults.push(`Space does nothing: ${await summary.textContent()}`);
    }
    return faults;
  });
  await view.close();
}
