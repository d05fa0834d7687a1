// How a page looks: at four widths, in light and dark, on paper, and turned round for languages that run from right to left.

import { misdeeds, open, visit } from "./chromium.mjs";
import { unless } from "./report.mjs";

/** 320 px is what the Web Content Accessibility Guidelines ask for (1.4.10); the others are a phone, a tablet and a desk. */
const WIDTHS = [320, 360, 768, 1440];
const PHONE = { width: 360, height: 740 };

/** Every page, with scripts and without: the answer, the structure, each width in each colour scheme, and what it did meanwhile. */
export async function looks(browser, origin, targets, report) {
  for (const javaScriptEnabled of [true, false]) {
    const script = javaScriptEnabled ? "with scripts" : "without scripts";
    const view = await open(browser, origin, { javaScriptEnabled });
    for (const target of targets) {
      const name = `${target.name}, ${script}`;
      view.forget();
      await report.run(`${name}: answers and is built well`, () => builtWell(view, origin, target));
      await report.run(`${name}: fits every width in light and dark`, () => fits(view.page, target));
      await report.run(`${name}: no error, no refusal of the policy, nobody else asked`, async () => misdeeds(view.watch));
    }
    await view.close();
  }
}

async function builtWell(view, origin, target) {
  const answer = await visit(view, origin, target);
  const { page } = view;
  // What is below the fold comes when it is looked at.
  await page.evaluate(() => Promise.all([...document.images].map((image) => ((image.loading = "eager"), image.decode().catch(() => {})))));
  const seen = await page.evaluate(structure);
  const robots = answer.headers()["x-robots-tag"] ?? "";
  const indexable = answer.ok() && !`${robots} ${seen.robots}`.includes("noindex");
  return [
    ...unless(answer.status() === target.status, `answered ${answer.status()} instead of ${target.status}`),
    ...unless(/^text\/html; ?charset=utf-8$/i.test(answer.headers()["content-type"]), `is ${answer.headers()["content-type"]}`),
    ...unless(!target.lang || seen.lang === target.lang, `lang is ${seen.lang} instead of ${target.lang}`),
    ...unless(!target.state || seen.state === target.state, `data-state is ${seen.state} instead of ${target.state}`),
    ...unless(!target.outcome || seen.outcome === target.outcome, `data-outcome is ${seen.outcome} instead of ${target.outcome}`),
    ...unless(indexable === Boolean(target.indexable), `search engines: robots is "${seen.robots}", X-Robots-Tag "${robots}"`),
    ...(target.shows ?? []).filter((text) => !seen.text.includes(flat(text))).map((text) => `does not show ${text}`),
    ...(target.hides ?? []).filter((text) => seen.html.includes(text)).map((text) => `must not hold ${text}`),
    ...seen.faults,
  ];
}

const flat = (text) => text.replaceAll(/\s+/g, " ").trim();

/** Runs in the page. */
function structure() {
  const headings = [...document.querySelectorAll("h1")];
  const robots = document.querySelector("meta[name=robots]")?.content ?? "";
  const embedded = document.body.dataset.frame !== undefined || location.pathname.startsWith("/embed/");
  const faults = [];
  const want = (condition, fault) => condition || faults.push(fault);
  want(document.title.trim() !== "", "has no title");
  want(document.doctype, "has no doctype");
  want(embedded || headings.length === 1, `has ${headings.length} h1`);
  want(document.querySelector("meta[name=viewport]")?.content.includes("width=device-width"), "has no viewport for phones");
  want(!/user-scalable=no|maximum-scale/.test(document.querySelector("meta[name=viewport]")?.content ?? ""), "forbids to zoom");
  want([...document.images].every((image) => image.complete && image.naturalWidth > 0), "shows a picture that does not load");
  const scripts = [...document.scripts].filter((script) => script.type !== "application/ld+json");
  want(scripts.length === 0, `runs ${scripts.length} scripts`);
  want(document.querySelectorAll("[style], style").length === 0, "has styles of its own beside the stylesheet");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  want(new Set(ids).size === ids.length, "uses an id twice");
  return {
    lang: document.documentElement.lang,
    state: document.querySelector("[data-state]")?.dataset.state,
    outcome: document.querySelector("[data-outcome]")?.dataset.outcome,
    robots,
    text: document.body.innerText.replaceAll(/\s+/g, " "),
    html: document.documentElement.outerHTML,
    faults,
  };
}

async function fits(page, target) {
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 500 ? PHONE.height : 900 });
      const found = await page.evaluate(measure, { colorScheme, phone: width === PHONE.width && target.headline });
      faults.push(...found.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1440, height: 900 });
  return faults;
}

/** Runs in the page: what is too wide, too small, or not dark in the dark. */
function measure({ colorScheme, phone }) {
  const faults = [];
  const wide = document.documentElement.clientWidth;
  const label = (element) => `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? "").trim().slice(0, 30)}"`;
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  if (document.documentElement.scrollWidth > wide) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} in ${wide} px`);
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || !element.checkVisibility()) continue;
    // What is clipped to nothing is there for screen readers only.
    if (box.width <= 1 || box.height <= 1 || box.right < 0 || box.bottom < 0) continue;
    let inside = element.parentElement;
    while (inside && !scrolls(inside)) inside = inside.parentElement;
    const offSide = box.left < -1 || box.right > wide + 1;
    if (offSide && !inside) faults.push(`reaches out of the window: ${label(element)}`);
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (own && !element.closest("svg") && parseFloat(getComputedStyle(element).fontSize) < 12) faults.push(`tiny text: ${label(element)}`);
  }
  const ground = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor).find((color) => !/, 0\)$/.test(color));
  const light = ground ? brightness(ground) : getComputedStyle(document.documentElement).colorScheme.includes("dark") && colorScheme === "dark" ? 0 : 1;
  if (colorScheme === "dark" ? light > 0.25 : light < 0.75) faults.push(`the ground is ${ground}`);
  if (phone) {
    for (const element of [document.querySelector("h1"), document.querySelector("[data-state], [data-outcome]")]) {
      if (!element || element.getBoundingClientRect().top > innerHeight - 40) faults.push(`not seen without scrolling: ${element ? label(element) : "(none)"}`);
    }
  }
  return faults;

  function brightness(color) {
    // oklch() and the like come back as they were written: a canvas turns them into red, green and blue.
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  }
}

/** On paper: white ground, no navigation, no buttons, and all the words that matter. */
export async function prints(browser, origin, target, report) {
  const view = await open(browser, origin);
  await report.run(`${target.name}: is fit for paper`, async () => {
    await view.page.emulateMedia({ media: "print", colorScheme: "dark" });
    await visit(view, origin, target);
    const faults = await view.page.evaluate(onPaper, target.shows ?? []);
    const paper = await view.page.pdf({ format: "A4" });
    const pages = (paper.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
    return [...faults, ...unless(pages >= 1 && pages <= 6, `takes ${pages} pages`)];
  });
  await view.close();
}

/** Runs in the page. */
function onPaper(shows) {
  const faults = [];
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 1;
  for (const element of document.querySelectorAll("nav, form, button, input, textarea, select, .button, .skip, iframe")) {
    if (seen(element)) faults.push(`prints ${element.tagName.toLowerCase()}.${element.className}`);
  }
  const ground = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  const white = ["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"];
  if (ground.some((color) => !white.includes(color))) faults.push(`prints on ${ground}`);
  const text = document.body.innerText.replaceAll(/\s+/g, " ");
  for (const words of shows) if (!text.includes(words.replaceAll(/\s+/g, " "))) faults.push(`does not print ${words}`);
  return faults;
}

/** The same page in English and in Arabic: what stood at the left stands at the right. */
export async function mirrors(browser, origin, target, report) {
  const view = await open(browser, origin);
  await report.run(`${target.name}: is mirrored from right to left`, async () => {
    const places = {};
    for (const lang of ["en", "ar"]) {
      await visit(view, origin, { ...target, path: `${target.path}${target.path.includes("?") ? "&" : "?"}lang=${lang}` });
      places[lang] = await view.page.evaluate(landmarks);
    }
    const { en, ar } = places;
    return [
      ...unless(en.dir === "ltr" && ar.dir === "rtl", `directions are ${en.dir} and ${ar.dir}`),
      ...unless(ar.lang === "ar", `lang is ${ar.lang}`),
      ...unless(Math.abs(en.first.left - ar.first.right) <= 8, `the head begins ${en.first.left} px from the left, in Arabic ${ar.first.right} px from the right`),
      ...unless(ar.text > 0, "no Arabic words on it"),
      ...unless(ar.physical.length === 0, `stands at the same side in both: ${ar.physical}`),
    ];
  });
  await view.close();

  /** Runs in the page: the distances of the first thing in the head, and blocks of text that are aligned against the direction. */
  function landmarks() {
    const root = document.documentElement;
    const wide = root.clientWidth;
    const first = [...document.querySelectorAll("header a, header img, header svg")].find(
      (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1 && element.getBoundingClientRect().left >= 0,
    );
    const box = first?.getBoundingClientRect() ?? { left: NaN, right: NaN };
    const dir = getComputedStyle(root).direction;
    const wrong = dir === "rtl" ? "left" : "right";
    const physical = [...document.querySelectorAll("main p, main h1, main h2, main li, main dd, main td")]
      .filter((element) => !element.closest("[dir=ltr]") && getComputedStyle(element).direction === dir && getComputedStyle(element).textAlign === wrong)
      .map((element) => element.tagName);
    return { dir, lang: root.lang, first: { left: box.left, right: wide - box.right }, text: (document.body.innerText.match(/[\u0600-\u06ff]/g) ?? []).length, physical };
  }
}
