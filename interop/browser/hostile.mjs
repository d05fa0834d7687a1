// Badges made of attacks, opened in the browser: nothing runs, nothing is asked for, and nothing of them becomes part of the page.
// The page's policy is switched off meanwhile, so that the escaping is judged by itself; `looks.mjs` sees the policy at work.

import { CANARY, misdeeds, open } from "./chromium.mjs";
import { ADDRESSES, MARKDOWN, PAYLOADS } from "./payloads.mjs";
import { unless } from "./report.mjs";

/** Where a text of the issuer's choosing goes, each as a pointer into the body, for the achievement and for the order. */
const ACHIEVEMENT_TEXTS = [
  "/name", "/description", "/criteria/narrative", "/humanCode", "/specialization", "/fieldOfStudy", "/version", "/tag/0", "/tag/1",
  "/alignment/0/targetName", "/alignment/0/targetDescription", "/alignment/0/targetFramework", "/alignment/0/targetCode",
  "/resultDescription/0/name", "/resultDescription/0/rubricCriterionLevel/0/name", "/resultDescription/0/rubricCriterionLevel/0/description", "/resultDescription/0/rubricCriterionLevel/0/points",
];
const ORDER_TEXTS = [
  "/recipient/name", "/narrative", "/evidence/0/name", "/evidence/0/narrative", "/evidence/0/description", "/evidence/0/genre", "/evidence/0/audience",
  "/result/1/value", "/licenseNumber", "/role", "/term",
];
const LEVEL = "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0b09";
const RUBRIC = "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0a09";
const SCORE = "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0a08";

const plainAchievement = () => ({
  name: "A badge",
  description: "Text.",
  criteria: { narrative: "Text." },
  tag: ["a", "b"],
  alignment: [{ type: ["Alignment"], targetName: "A skill", targetUrl: "https://skills.example/1" }],
  resultDescription: [
    { id: RUBRIC, type: ["ResultDescription"], name: "Level", resultType: "RubricCriterionLevel", rubricCriterionLevel: [{ id: LEVEL, type: ["RubricCriterionLevel"], name: "One", level: "1" }] },
    { id: SCORE, type: ["ResultDescription"], name: "Remark", resultType: "Result" },
  ],
});
const plainOrder = () => ({
  recipient: { email: "victim@learner.example", name: "A person" },
  visibility: "public",
  evidence: [{ type: ["Evidence"], name: "Work", narrative: "Text." }],
  result: [{ type: ["Result"], resultDescription: RUBRIC, achievedLevel: LEVEL }, { type: ["Result"], resultDescription: SCORE, value: "x" }],
});

/** Puts a payload at each pointer, another one at every place; and takes back what the server refuses, which is a defence too. */
async function make(body, pointers, payloadAt, send, tally) {
  const plain = JSON.parse(JSON.stringify(body));
  for (const [place, pointer] of pointers.entries()) set(body, pointer, payloadAt(place));
  for (let tries = 0; tries < 40; tries += 1) {
    const response = await send(body);
    const reply = await response.json();
    if (response.ok) {
      tally.stood += pointers.filter((pointer) => get(body, pointer) !== get(plain, pointer)).length;
      return reply;
    }
    const refused = (reply.errors ?? []).map((error) => error.pointer).filter(Boolean);
    if (response.status >= 500 || refused.length === 0) throw new Error(`answered ${response.status}: ${JSON.stringify(reply).slice(0, 400)}`);
    const guilty = pointers.filter((pointer) => get(body, pointer) !== get(plain, pointer) && refused.some((part) => `${pointer}/`.startsWith(`${part}/`) || `${part}/`.startsWith(`${pointer}/`)));
    if (guilty.length === 0) throw new Error(`refused without a reason of ours: ${JSON.stringify(reply.errors).slice(0, 400)}`);
    for (const pointer of guilty) set(body, pointer, get(plain, pointer));
    tally.refused += guilty.length;
  }
  throw new Error("refused again and again");
}

function get(body, pointer) {
  return pointer.split("/").slice(1).reduce((value, member) => value?.[member], body);
}

function set(body, pointer, value) {
  const path = pointer.split("/").slice(1);
  const last = path.pop();
  const owner = path.reduce((inner, member) => inner[member], body);
  if (value === undefined) delete owner[last];
  else owner[last] = value;
}

/**
 * As many awards as there are payloads: in award `i` the field `k` holds the payload `i + k`, so that each payload stands once in
 * each field. Answers the pages to open.
 */
async function award(api, issuer, every) {
  const tally = { stood: 0, refused: 0 };
  const pages = [];
  for (let index = 0; index < PAYLOADS.length; index += every) {
    const at = (offset, pointers) => (place) => (pointers[place].endsWith("narrative") && index % 2 === 1 ? MARKDOWN[(index + place) % MARKDOWN.length] : PAYLOADS[(index + offset + place) % PAYLOADS.length]);
    const achievement = await make(plainAchievement(), ACHIEVEMENT_TEXTS, at(0, ACHIEVEMENT_TEXTS), (body) => api.ask("POST", `/v1/issuers/${issuer.id}/achievements`, body), tally);
    const order = plainOrder();
    const made = await make(order, ORDER_TEXTS, at(ACHIEVEMENT_TEXTS.length, ORDER_TEXTS), (body) => api.ask("POST", `/v1/achievements/${achievement.id}/credentials`, { onDuplicate: "allow", ...body }), tally);
    const page = new URL(made.links.public).pathname;
    pages.push({ name: `${index}`, path: page }, { name: `${index}, achievement`, path: `/public/achievements/${achievement.id}` });
    if (index % 4 === 0) pages.push({ name: `${index}, embedded`, path: `/embed/${made.id}` }, { name: `${index}, verified`, path: `/verify?url=${encodeURIComponent(made.links.public)}` });
    if (index % 16 === 0) pages.push({ name: `${index}, in Arabic`, path: `${page}?lang=ar` });
  }
  return { pages, tally };
}

/** A tab in which a script that runs leaves a mark, whatever way it came in. */
async function bait(browser, origin) {
  const view = await open(browser, origin, { bypassCSP: true });
  await view.context.addInitScript((canary) => {
    globalThis[canary] = () => {
      try {
        top[`${canary}Seen`] = true;
      } catch {
        // Another origin's: the console tells it.
      }
      console.log(`${canary} ran in ${location.href}`);
    };
  }, CANARY);
  return view;
}

/** Runs in the page: what an attack would have added to it, and our pages never hold. */
export function strangeParts() {
  const usual = new Set(
    "html head body meta link title script header nav main footer section article aside h1 h2 h3 h4 h5 h6 p a img ul ol li dl dt dd div span details summary form input textarea button label fieldset legend table thead tbody tfoot tr th td caption strong em b i s del code pre blockquote hr br time svg g path circle ellipse rect line polyline polygon use defs symbol small figure figcaption abbr bdi bdo output sup sub noscript".split(" "),
  );
  const faults = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (!usual.has(name)) faults.push(`holds <${name}>`);
    if (name === "script" && element.type !== "application/ld+json") faults.push("holds a script");
    if (name === "meta" && element.httpEquiv) faults.push(`holds http-equiv ${element.httpEquiv}`);
    if (name === "link" && element.rel.includes("stylesheet") && new URL(element.href).origin !== location.origin) faults.push(`a stylesheet of ${element.href}`);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith("on") || attribute === "srcdoc" || attribute === "style" || attribute === "formaction" || attribute === "ping") faults.push(`<${name} ${attribute}>`);
      if (!["href", "src", "action", "xlink:href", "data", "poster", "background", "cite"].includes(attribute)) continue;
      const { protocol, origin, username } = new URL(value, location.href);
      const picture = name === "img" && /^data:image\/(png|svg\+xml)/.test(value);
      if (!["http:", "https:", "mailto:"].includes(protocol) && !picture) faults.push(`<${name} ${attribute}=${value.slice(0, 60)}>`);
      if (username) faults.push(`a link with somebody's password: ${value.slice(0, 60)}`);
      if (name !== "a" && name !== "link" && origin !== location.origin && !picture) faults.push(`<${name} ${attribute}=${value.slice(0, 60)}> of a stranger`);
      if (name === "a" && protocol.startsWith("http") && origin !== location.origin && !/\bnoopener\b/.test(element.rel)) faults.push(`a link without noopener: ${value.slice(0, 60)}`);
    }
  }
  for (const block of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      JSON.parse(block.textContent);
    } catch (error) {
      faults.push(`the data block is broken: ${error.message}`);
    }
    if (/<\/|<!--/.test(block.textContent)) faults.push("the data block holds a raw end of tag");
  }
  // Signs that turn the direction may turn only the words that they came with.
  const turning = /[\u202a-\u202e\u2066-\u2069]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const style = getComputedStyle(node.parentElement);
    const held = /isolate|plaintext/.test(style.unicodeBidi) || style.display !== "inline";
    if (turning.test(node.data) && !held && node.parentElement.closest("script") === null) faults.push(`may turn its neighbours round: <${node.parentElement.localName}>`);
  }
  return faults;
}

/** Opens all the pages, one after the other, and touches what could react. */
async function visit(view, origin, pages, report) {
  for (const { name, path } of pages) {
    await report.run(`hostile badge ${name}: nothing runs`, async () => {
      view.forget();
      const answer = await view.page.goto(origin + path, { waitUntil: "load" });
      await view.page.evaluate(() => {
        document.querySelectorAll("details").forEach((details) => (details.open = true));
        for (const element of document.querySelectorAll("a, summary, input, button, [tabindex]")) element.focus();
      });
      const seen = await view.page.evaluate((canary) => globalThis[`${canary}Seen`] === true, CANARY);
      return [
        ...unless(answer.status() === 200, `answered ${answer.status()}`),
        ...unless(!seen, "a script ran"),
        ...misdeeds(view.watch),
        ...(await view.page.evaluate(strangeParts)),
      ];
    });
  }
}

/** Every payload in every field of badges; `every` leaves some awards out where the time is short. */
export async function hostileBadges(browser, { api, issuer }, origin, report, { every = 1 } = {}) {
  const { pages, tally } = await award(api, issuer, every);
  const view = await bait(browser, origin);
  await visit(view, origin, pages, report);
  report.check(`${tally.stood} hostile texts stood in ${pages.length} pages, ${tally.refused} were refused`, unless(tally.stood > 10 * (PAYLOADS.length / every), "too few got in to have tried anything"));
  await view.close();
}

/** The issuer's own texts change and its page with them. */
export async function hostileIssuers(browser, { api }, origin, report, { every = 1 } = {}) {
  const issuer = await api.issuer({ name: "Somebody", url: "https://somebody.example", email: "x@somebody.example" });
  const achievement = await api.achievement(issuer, { name: "A badge", description: "Text.", criteria: { narrative: "Text." } });
  await api.award(achievement, { recipient: { email: "victim@learner.example" }, visibility: "public" });
  const view = await bait(browser, origin);
  for (let index = 0; index < PAYLOADS.length; index += every) {
    const text = PAYLOADS[index];
    const changed = await api.ask("PATCH", `/v1/issuers/${issuer.id}`, { name: text, description: PAYLOADS[(index + 7) % PAYLOADS.length] });
    if (!changed.ok) continue;
    await visit(view, origin, [{ name: `issuer ${index}`, path: `/public/issuers/${issuer.id}?lang=${["en", "fr", "de", "zh", "ar", "es"][index % 6]}&try=${index}` }], report);
  }
  await view.close();
}

/** Where an address is wanted, one that is a script is refused, or never becomes a link. */
export async function hostileAddresses(browser, { api, issuer, achievement }, origin, report) {
  const view = await bait(browser, origin);
  const stood = [];
  for (const [index, address] of ADDRESSES.entries()) {
    const awarded = await api.ask("POST", `/v1/achievements/${achievement.id}/credentials`, { recipient: { email: "victim@learner.example" }, visibility: "public", onDuplicate: "allow", evidence: [{ type: ["Evidence"], id: address, name: "Work" }] });
    if (awarded.ok) stood.push({ name: `evidence at ${JSON.stringify(address)}`, path: new URL((await awarded.json()).links.public).pathname });
    const made = await api.ask("POST", `/v1/issuers/${issuer.id}/achievements`, { name: `A badge ${index}`, description: "Text.", criteria: { id: address, narrative: "Text." }, alignment: [{ type: ["Alignment"], targetName: "A skill", targetUrl: address }] });
    if (made.ok) stood.push({ name: `criteria at ${JSON.stringify(address)}`, path: `/public/achievements/${(await made.json()).id}` });
    const faults = [awarded, made].filter((reply) => reply.status >= 500).map((reply) => `answered ${reply.status}`);
    if (address.trim().toLowerCase().startsWith("javascript:")) faults.push(...[awarded, made].filter((reply) => reply.ok).map(() => "is taken for an address"));
    report.check(`address ${JSON.stringify(address)}: refused, or at least no fault of the server`, faults);
  }
  await visit(view, origin, stood, report);
  await view.close();
}
