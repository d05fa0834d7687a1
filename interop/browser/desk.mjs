// A coordinator at work without a mouse and without scripts: signs in, ticks, marks, approves, signs out.

import { misdeeds, open } from "./chromium.mjs";
import { unless } from "./report.mjs";

/** From the roster to the badge: what two learners still lack is recorded, one award is approved, and the learner sees it. */
export async function coordinates(browser, origin, { course, guided, enrolments, links, key }, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  const { page } = view;
  const look = (name, faults) => report.run(`coordinator, by the keyboard alone: ${name}`, async () => [...(await faults()), ...misdeeds(view.watch)]);

  await look("signs in", async () => {
    await page.goto(`${origin}/coordinate`);
    await reach(page, "input[name=key]");
    await page.keyboard.type(key);
    await enter(page);
    return sees(page, [course.name, guided.name, "Course desk"]);
  });
  await look("opens a roster", async () => {
    await reach(page, `a[href*="${guided.id}"]`);
    await enter(page);
    return sees(page, ["Noor Haddad", "Waits for approval"]);
  });
  await look("ticks what is done", async () => {
    await reach(page, `input[type=checkbox][value^="${enrolments.ticked.id}:workshop"]`);
    await page.keyboard.press("Space");
    await reach(page, "form.rows button[type=submit]");
    await enter(page);
    return [...(await sees(page, ["1 requirement recorded"])), ...unless((await page.locator(`input[value^="${enrolments.ticked.id}:workshop"]`).count()) === 0, "the tick is still to be made")];
  });
  await look("is told when nothing was ticked", async () => {
    await page.goto(`${origin}/coordinate/achievements/${course.id}`);
    await reach(page, "form.rows button[type=submit]");
    await enter(page);
    return sees(page, ["Nothing was ticked"]);
  });
  await look("is told what is wrong with a mark, and mends it", async () => {
    await page.goto(`${origin}/coordinate/enrolments/${enrolments.begun.id}`);
    await reach(page, "#test input[name=score]");
    await page.keyboard.type("140");
    await enter(page);
    const faults = await sees(page, ["That did not work"]);
    await reach(page, "#test input[name=score]");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("72,5");
    await enter(page);
    return [...faults, ...(await sees(page, ["1 requirement recorded", "72.5 %"]))];
  });
  await look("approves, and the learner has a badge", async () => {
    await page.goto(`${origin}/coordinate/enrolments/${enrolments.awaiting.id}`);
    await reach(page, 'form[action$="/approve"] button');
    await enter(page);
    const faults = await sees(page, ["the badge is awarded", "See the credential"]);
    await page.goto(origin + links.awaiting);
    return [...faults, ...(await sees(page, ["See your credential"]))];
  });
  await view.close();
}

/** Whoever is not signed in is asked to, and whoever has signed out is nobody again. */
export async function signsInAndOut(browser, origin, { key }, report) {
  const view = await open(browser, origin, { javaScriptEnabled: false });
  const { page } = view;
  await report.run("coordinator: a wrong key is told", async () => {
    await page.goto(`${origin}/coordinate`);
    await page.locator("input[name=key]").fill("acc_nobody_has_this_key");
    await submit(page, "form.ask button");
    return [...(await sees(page, ["not known here"])), ...misdeeds(view.watch)];
  });
  await report.run("coordinator: signing out takes the cookie away", async () => {
    await page.locator("input[name=key]").fill(key);
    await submit(page, "form.ask button");
    const before = await view.context.cookies();
    const faults = unless(before.length === 1 && before[0].httpOnly && before[0].sameSite === "Strict", `cookies are ${JSON.stringify(before)}`);
    await submit(page, ".deskbar button");
    faults.push(...unless((await view.context.cookies()).length === 0, "the cookie is still there"), ...(await sees(page, ["API key"])));
    return [...faults, ...misdeeds(view.watch)];
  });
  await view.close();
}

/** By Tab alone; the page may be long. */
async function reach(page, selector) {
  for (let stops = 0; stops < 200; stops += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation({ timeout: 20_000 }), page.keyboard.press("Enter")]);
}

async function submit(page, selector) {
  await Promise.all([page.waitForNavigation({ timeout: 20_000 }), page.locator(selector).first().press("Enter")]);
}

async function sees(page, words) {
  const text = (await page.locator("body").innerText()).replaceAll(/\s+/g, " ");
  return words.filter((word) => !text.includes(word)).map((word) => `does not show ${word} (${page.url()})`);
}
