// The page for people who were shown a badge: a file dropped on it, a file chosen, a text pasted, a link given; with scripts and
// without, by mouse and by keyboard; and the verdict that they read.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { misdeeds, open } from "./chromium.mjs";
import { unless } from "./report.mjs";

const FILE = "main input[type=file]";

/** `files`: `{name, type, bytes, outcome, says}`, each given to the page in each way that it can be. */
export async function verifies(browser, origin, { files, texts, links }, report) {
  for (const javaScriptEnabled of [true, false]) {
    const script = javaScriptEnabled ? "with scripts" : "without scripts";
    const view = await open(browser, origin, { javaScriptEnabled });
    const judge = (name, outcome, says, give) =>
      report.run(`verify, ${script}: ${name} is ${outcome}`, async () => {
        view.forget();
        await view.page.goto(`${origin}/verify`);
        await give(view.page);
        return [...(await verdict(view.page, outcome, says)), ...misdeeds(view.watch)];
      });
    for (const file of files) await judge(`${file.name}, chosen,`, file.outcome, file.says, (page) => choose(page, file));
    for (const file of files.slice(0, 2)) await judge(`${file.name}, dropped,`, file.outcome, file.says, (page) => drop(page, file));
    for (const text of texts) await judge(`${text.name}, pasted,`, text.outcome, text.says, (page) => fill(page, "main textarea", text.text));
    for (const link of links) await judge(`${link.name}, as a link,`, link.outcome, link.says, (page) => fill(page, "main input[name=url]", link.url));
    await view.close();
  }
}

/** The report as a person reads it, not as a program does. */
async function verdict(page, outcome, says = []) {
  const seen = await page.evaluate(() => ({
    outcome: document.querySelector("[data-outcome]")?.dataset.outcome,
    words: document.querySelector("[data-outcome]")?.innerText.trim() ?? "",
    text: document.body.innerText.replaceAll(/\s+/g, " "),
  }));
  return [
    ...unless(seen.outcome === outcome, `the outcome is ${seen.outcome}: ${seen.words || seen.text.slice(0, 200)}`),
    ...unless(seen.words.length > 3, "the verdict has no words"),
    ...says.filter((words) => !seen.text.includes(words)).map((words) => `does not say ${words}`),
  ];
}

const submit = async (page, control) => {
  const form = page.locator(control).first().locator("xpath=ancestor::form");
  await Promise.all([page.waitForNavigation({ timeout: 20_000 }), form.locator("button:not([type=button]), input[type=submit]").first().click()]);
};

async function choose(page, { name, type, bytes }) {
  await page.locator(FILE).first().setInputFiles({ name, mimeType: type, buffer: bytes });
  await submit(page, FILE);
}

/** A file dragged from the desk onto the field, which the browser itself takes there: the page has no script that could. */
async function drop(page, { name, bytes }) {
  const folder = await mkdtemp(join(tmpdir(), "accolade-drop-"));
  const path = join(folder, name);
  await writeFile(path, bytes);
  const box = await page.locator(FILE).first().boundingBox();
  const devtools = await page.context().newCDPSession(page);
  const drag = { x: box.x + box.width / 2, y: box.y + box.height / 2, data: { items: [], files: [path], dragOperationsMask: 1 } };
  for (const type of ["dragEnter", "dragOver", "drop"]) await devtools.send("Input.dispatchDragEvent", { type, ...drag });
  await submit(page, FILE);
  await rm(folder, { recursive: true });
}

async function fill(page, control, text) {
  await page.locator(control).first().fill(text);
  await submit(page, control);
}

/** From an empty page to the verdict without a mouse. */
export async function verifiesByKeyboard(browser, origin, link, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  await report.run("verify, by the keyboard alone: a link is given and the verdict read", async () => {
    await view.page.goto(`${origin}/verify`);
    for (let stops = 0; stops < 60; stops += 1) {
      await view.page.keyboard.press("Tab");
      if (await view.page.evaluate(() => document.activeElement.matches("main input[name=url]"))) break;
    }
    if (!(await view.page.evaluate(() => document.activeElement.matches("main input[name=url]")))) return ["the field for the link is not reached"];
    await view.page.keyboard.type(link);
    await Promise.all([view.page.waitForNavigation({ timeout: 20_000 }), view.page.keyboard.press("Enter")]);
    return verdict(view.page, "valid");
  });
  await view.close();
}
