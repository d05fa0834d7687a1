// Fetches what the server bakes, draws and prints, and has `readers.py` read it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LANGUAGES, PERSON, SECRET } from "./words.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

export async function files(python, server, seeded, home, report) {
  const folder = join(home, "files");
  await mkdir(folder);
  const fetched = new Fetched(folder, report);
  const drawing = await drawn(seeded);
  const manifest = {
    pictures: await pictures(fetched, server, seeded),
    awards: [
      await award(fetched, "English", seeded.awards.valid, seeded.achievement, PERSON, "en"),
      await award(fetched, "with a drawing of its own", drawing.award, drawing.achievement, PERSON, "en"),
      await award(fetched, "Arabic", seeded.spoken.ar.award, seeded.spoken.ar.achievement, LANGUAGES.ar.recipient, "ar"),
      await award(fetched, "Chinese", seeded.spoken.zh.award, seeded.spoken.zh.achievement, LANGUAGES.zh.recipient, "zh"),
      await award(fetched, "German", seeded.spoken.de.award, seeded.spoken.de.achievement, LANGUAGES.de.recipient, "de"),
    ],
  };
  const path = join(folder, "manifest.json");
  await writeFile(path, JSON.stringify(manifest));
  await hear(python, [join(here, "readers.py"), path], report);
}

/** Every picture in every size that the pages and cards name. */
async function pictures(fetched, server, { api, achievement, awards }) {
  const found = [];
  const take = async (name, url, size) => {
    const file = await fetched.file(name, url, "image/png", "png");
    if (file) found.push({ name, file, size });
  };
  await take("the card of an achievement", `${server.url}/public/achievements/${achievement.id}/card.png`, [1200, 627]);
  const published = await (await fetch(`${server.url}/public/achievements/${achievement.id}`, { headers: { accept: "application/ld+json" } })).json();
  const image = published.image?.id ?? "";
  for (const side of [90, 200, 400, 600]) await take(`the picture of an achievement at ${side}`, image.replace(/\.(png|svg)$/, `/${side}.png`), [side, side]);
  // Somebody uploads a badge that was awarded: its picture is taken, and not what it says about a person.
  const baked = new Uint8Array(await (await fetch(awards.valid.links.png)).arrayBuffer());
  const { url } = await api.post("/v1/images", baked, { "content-type": "image/png" });
  await take("an uploaded picture that held a badge", url, [600, 600]);
  return found;
}

/** An award whose picture is a drawing, so that there is a baked SVG. */
async function drawn({ api, issuer }) {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600"><circle cx="300" cy="300" r="290" fill="#0b5fa5"/><path d="M150 310l110 110 200-230" fill="none" stroke="#fff" stroke-width="60"/></svg>';
  const { url } = await api.post("/v1/images", new TextEncoder().encode(svg), { "content-type": "image/svg+xml" });
  const achievement = await api.achievement(issuer, { name: "A drawing of its own", description: "Text.", criteria: { narrative: "Text." }, image: { id: url, type: "Image" } });
  return { achievement, award: await api.award(achievement, { recipient: { email: SECRET, name: PERSON }, visibility: "public" }) };
}

async function award(fetched, name, { links }, achievement, person, lang) {
  const one = { name, files: {}, papers: [], credential: await (await fetch(links.credential)).json(), assertion: await (await fetch(links.assertion, { headers: { accept: "application/ld+json" } })).json() };
  const take = async (kind, url, type, suffix) => {
    const file = await fetched.file(`${name}, ${kind}`, url, type, suffix);
    if (file) one.files[kind] = file;
    return file;
  };
  await take("png", links.png, "image/png", "png");
  if (links.svg) await take("svg", links.svg, "image/svg+xml", "svg");
  await take("assertionImage", `${links.assertion.replace(/\.json$/, "")}/image`, "image/", "img");
  for (const paper of ["a4", "letter"]) {
    const file = await fetched.file(`${name}, certificate ${paper}`, `${links.pdf}?paper=${paper}`, "application/pdf", "pdf");
    const shows = [achievement.name, person];
    if (file) one.papers.push({ paper, file, title: achievement.name, lang, shows, hides: [SECRET, "@learner.example"], url: links.public });
  }
  return one;
}

class Fetched {
  #number = 0;

  constructor(folder, report) {
    this.folder = folder;
    this.report = report;
  }

  /** Its name in the folder; nothing where the server does not answer with what it should. */
  async file(name, url, type, suffix) {
    const response = await fetch(url);
    const found = response.headers.get("content-type") ?? "";
    const fine = response.ok && found.startsWith(type);
    this.report.check(`${name}: is there`, fine ? [] : [`${url} answered ${response.status} ${found}`]);
    if (!fine) return undefined;
    const file = `${(this.#number += 1)}.${suffix}`;
    await writeFile(join(this.folder, file), Buffer.from(await response.arrayBuffer()));
    return file;
  }
}

/** Passes on what another program says. */
async function hear(program, words, report) {
  const reader = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(reader, "close");
  let heard = 0;
  let bad = 0;
  for await (const line of createInterface({ input: reader.stdout })) {
    const [, verdict, name, reason] = /^(ok|FAIL) (.*?)(?:: (.*))?$/.exec(line) ?? [];
    if (!verdict) continue;
    heard += 1;
    bad += Number(verdict === "FAIL");
    report.check(verdict === "ok" ? line.slice(3) : name, verdict === "ok" ? [] : [reason]);
  }
  const [code] = await closed;
  report.check("the foreign readers came to their end", code === Math.min(bad, 1) && heard > 0 ? [] : [`ended with ${code} after ${heard} lines`]);
}
