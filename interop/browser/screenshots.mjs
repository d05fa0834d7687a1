// The pictures of docs/images: the main pages as they are now, small enough to be kept beside the code.
// Usage: node screenshots.mjs PATH-OF-ACCOLADE PATH-OF-PYTHON

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve, stop } from "../server.mjs";
import { certificate as selfSigned, freePort, tlsFront } from "../tls.mjs";
import { launch, open, visit } from "./chromium.mjs";
import { seed } from "./seed.mjs";

const [accolade, python] = process.argv.slice(2);
const images = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const DESK = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const home = await mkdtemp(join(tmpdir(), "accolade-screenshots-"));
process.once("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
await mkdir(images, { recursive: true });

// The name that is seen on the pages leads to this machine, in this browser.
const HOST = "badges.riverside.example";
const origin = `https://${HOST}`;
const port = await freePort();
const front = await tlsFront(await selfSigned(home), port);
const browser = await launch(`MAP ${HOST}:443 127.0.0.1:${new URL(front.url).port}`);
const server = await serve(accolade, port, origin, home);
try {
  const { issuer, achievement, awards, spoken, room } = await seed(server);
  const { course, links, enrolments } = room;
  const valid = new URL(awards.expiring.links.public).pathname;
  const shots = [
    ["credential", valid, DESK, "light"],
    ["credential-dark", valid, DESK, "dark"],
    ["credential-phone", valid, PHONE, "light"],
    ["credential-revoked", new URL(awards.revoked.links.public).pathname, PHONE, "light"],
    ["achievement", `/public/achievements/${achievement.id}`, DESK, "light"],
    ["micro-credential", `/public/achievements/${course.id}`, DESK, "light"],
    ["micro-credential-phone", `/public/achievements/${course.id}`, PHONE, "dark"],
    ["catalogue", "/public/catalogue", DESK, "light"],
    ["progress", links.half, DESK, "light"],
    ["progress-phone", links.awarded, PHONE, "light"],
    ["coordinate", `/coordinate/achievements/${course.id}`, DESK, "light"],
    ["coordinate-learner", `/coordinate/enrolments/${enrolments.half.id}`, DESK, "light"],
    ["issuer", `/public/issuers/${issuer.id}`, DESK, "light"],
    ["verify", `/verify?url=${encodeURIComponent(awards.valid.links.public)}`, DESK, "light"],
    ["arabic", `${new URL(spoken.ar.award.links.public).pathname}?lang=ar`, DESK, "light"],
  ];
  for (const [name, path, viewport, colorScheme] of shots) await shoot(name, path, viewport, colorScheme);
  await certificate(awards.expiring.links.pdf);
  await keep("card", await bytes(`${origin}/public/achievements/${achievement.id}/card.png`));
} finally {
  await browser.close();
  front.close();
  await stop(server);
}

/** What stands at a public address, from the server itself. */
async function bytes(url) {
  return Buffer.from(await (await fetch(server.url + new URL(url).pathname, { headers: { "accept-language": "en" } })).arrayBuffer());
}

/** What is seen first, without scrolling. */
async function shoot(name, path, viewport, colorScheme) {
  const view = await open(browser, origin, { viewport, colorScheme, locale: "en-GB", ignoreHTTPSErrors: true, deviceScaleFactor: viewport === PHONE ? 2 : 1 });
  await visit(view, origin, { path });
  await view.page.evaluate(() => Promise.all([...document.images].map((image) => ((image.loading = "eager"), image.decode().catch(() => {})))));
  await keep(name, await view.page.screenshot());
  if (process.env.ACCOLADE_WHOLE_PAGES) await writeFile(join(process.env.ACCOLADE_WHOLE_PAGES, `${name}.png`), await view.page.screenshot({ fullPage: true }));
  await view.close();
}

/** The first sheet, as poppler draws it. */
async function certificate(url) {
  const file = join(home, "certificate.pdf");
  await writeFile(file, await bytes(url));
  execFileSync("pdftoppm", ["-r", "100", "-png", "-singlefile", "-f", "1", file, join(home, "certificate")]);
  execFileSync(python, [join(here, "compress.py"), join(home, "certificate.png"), join(images, "certificate.png")], { stdio: "inherit" });
}

async function keep(name, bytes) {
  const file = join(home, `${name}.png`);
  await writeFile(file, bytes);
  execFileSync(python, [join(here, "compress.py"), file, join(images, `${name}.png`)], { stdio: "inherit" });
}
