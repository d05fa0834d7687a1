// A small site that does everything right, and the same site with one thing wrong at a time: what the checks are checked with.

import { createServer } from "node:http";
import { once } from "node:events";

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --link: #0645ad; }
@media (prefers-color-scheme: dark) { :root { --ground: #111; --ink: #eee; --link: #9ecbff; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
header, main, footer { max-width: 60rem; margin-inline: auto; padding: 1rem; }
header { text-align: start; }
nav a, .button { display: inline-block; padding: 0.5rem; }
.skip { position: absolute; inset-inline-start: 0; inset-block-start: -5rem; padding: 0.5rem; background: var(--ground); }
.skip:focus { inset-block-start: 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media print { :root { --ground: #fff; --ink: #000; } nav, form, .skip, .button { display: none; } }
`;

const WORDS = { en: ["Valid", "Applied Data Skills", "More"], ar: ["صالحة", "مهارات البيانات التطبيقية", "المزيد"] };

const GOOD = (lang) => `<!doctype html>
<html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><title>${(WORDS[lang] ?? WORDS.en)[1]}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/style.css"><link rel="icon" href="/dot.png"><script type="application/ld+json">{"name":"x"}</script></head>
<body><a class="skip" href="#main">Skip</a>
<header><a href="/">Riverside</a><nav aria-label="Languages">${["en", "fr", "ar"].map((other) => `<a href="?lang=${other}" hreflang="${other}" lang="${other}">${other}</a>`).join("")}</nav></header>
<main id="main" tabindex="-1"><p data-state="valid">${(WORDS[lang] ?? WORDS.en)[0]}</p><h1>${(WORDS[lang] ?? WORDS.en)[1]}</h1><p>By the university of the river.</p>
<p class="actions"><a class="button" href="/somewhere">Share</a></p>
<details><summary>${(WORDS[lang] ?? WORDS.en)[2]}</summary><p>Folded <a href="https://example.org/" rel="noopener nofollow ugc">away</a>.</p></details>
<form method="post" action="/verify" enctype="multipart/form-data"><label>Link <input name="url"></label><button>Verify</button></form></main>
<footer><p>Bottom</p></footer></body></html>`;

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What is changed in the page, in the stylesheet or in the headers, by name. `[what to look for, what to put there]` */
export const BREAKAGES = {
  "too wide": { html: ["<footer>", '<footer><img alt="Wide" width="900" height="20" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">'] },
  "a word too wide, cut off": { html: ["<footer>", `<footer><p class="wide">${"x".repeat(300)}</p>`], css: ["a {", "html { overflow-x: hidden } .wide { overflow-wrap: normal; white-space: nowrap } a {"] },
  "light in the dark": { css: ["--ground: #111; --ink: #eee;", "--ground: #fff; --ink: #000;"] },
  "tiny text": { css: ["footer {", "footer { font-size: 10px; } footer {"] },
  "no title": { html: [/<title>.*<\/title>/, ""] },
  "two headings": { html: ["<footer>", "<footer><h1>Again</h1>"] },
  "the wrong status": { status: 404 },
  "another state": { html: ['data-state="valid"', 'data-state="revoked"'] },
  "noindex where it may be indexed": { headers: { "x-robots-tag": "noindex" } },
  "an id twice": { html: ["<footer>", '<footer id="main">'] },
  "a picture that does not load": { html: ["<footer>", '<footer><img alt="A" src="/missing.png">'] },
  "a style of its own": { html: ["<footer>", '<footer style="color:red">'] },
  "a stranger's picture": { html: ["<footer>", '<footer><img alt="A" src="http://127.0.0.2:9/x.png">'] },
  "a script": { html: ["</main>", "<script>void 0</script></main>"] },
  "what must be hidden": { html: ["<footer>", "<footer><p>ana.ruiz@learner.example</p>"] },
  "below the fold": { html: ["<h1>", "<div class=tall></div><h1>"], css: ["a {", ".tall { height: 900px } a {"] },
  "no name for a field": { html: ["<label>Link <input name=\"url\"></label>", '<input name="url">'] },
  "pale text": { css: ["--ink: #1a1a1a", "--ink: #bbb"] },
  "pale text in the dark": { css: ["--ink: #eee", "--ink: #444"] },
  "targets too small": { html: ["<footer>", '<footer><div class="dots"><a href="/1">1</a><a href="/2">2</a></div>'], css: ["a {", ".dots a { display: inline-block; width: 9px; height: 9px; overflow: hidden } a {"] },
  "the focus not seen": { css: [":focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }", ":focus { outline: none }"] },
  "an order of its own": { html: ['<input name="url">', '<input name="url" tabindex="1">'] },
  "what cannot be reached": { html: ['<main id="main" tabindex="-1">', '<main id="main" tabindex="-1"><span tabindex="0" class="lost">x</span>'], css: ["a {", ".lost { position: absolute; left: -900px } a {"] },
  "no skip link": { html: [/<a class="skip".*?<\/a>/, ""] },
  "a skip link that leads nowhere": { html: ['id="main" tabindex="-1"', ""] },
  "a language that does not answer": { html: ['href="?lang=fr"', 'href="/?x=fr"'] },
  "details that are none": { html: [/<details>.*?<\/details>/, "<p>More</p>"] },
  "buttons on paper": { css: ["form, .skip, .button { display: none; }", "{ }"] },
  "dark paper": { css: ["@media print { :root { --ground: #fff; --ink: #000; }", "@media print {"] },
  "not turned round": { html: [/ dir="[a-z]+"/, ""] },
  "aligned to the left for all": { css: ["header { text-align: start; }", "header, main p, main h1 { text-align: left; }"] },
  "framed by anybody": { headers: { "content-security-policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors *") } },
};

/** The page that examines: a badge is good if it says so. */
const VERIFY = (outcome) => `<!doctype html><html lang="en"><head><title>Verify</title><link rel="icon" href="/dot.png"></head><body><main>
${outcome ? `<p data-outcome="${outcome}">It is ${outcome}.</p>` : ""}
<form method="post" action="/verify" enctype="multipart/form-data"><label>File <input type="file" name="file"></label><button>Verify</button></form>
<form method="post" action="/verify" enctype="multipart/form-data"><label>Text <textarea name="text"></textarea></label><button>Verify</button></form>
<form method="get" action="/verify"><label>Link <input name="url"></label><button>Verify</button></form></main></body></html>`;

/** Where a payload stands as it is, as in a page whose author forgot to escape: a text, an attribute, a link, a data block. */
const unsafe = (payload) => `<!doctype html><html lang="en"><head><title>x</title><link rel="icon" href="/dot.png"></head><body>${payload}<img alt="x" src="/dot.png" title="${payload}"><p title='${payload}'>x</p><a href="${payload}" rel="noopener">x</a>
<script type="application/ld+json">{"name":"${payload}"}</script></body></html>`;

/** Starts it. `payloads` stand at `/unsafe/INDEX`. */
export async function fixture(payloads, { credulous = false } = {}) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const broken = BREAKAGES[url.searchParams.get("broken") ?? cookie(request)] ?? {};
    const send = (status, type, body, headers = {}) => response.writeHead(status, { "content-type": type, ...headers }).end(body);
    if (url.pathname.startsWith("/unsafe/")) return send(200, "text/html; charset=utf-8", unsafe(payloads[Number(url.pathname.slice(8))]));
    if (url.pathname === "/verify") {
      const given = request.method === "POST" ? Buffer.concat(await request.toArray()).toString() : url.searchParams.get("url");
      const outcome = given && (credulous || given.includes("GOOD") ? "valid" : "invalid");
      return send(200, "text/html; charset=utf-8", VERIFY(outcome), { "content-security-policy": POLICY });
    }
    if (url.pathname === "/style.css") return send(200, "text/css", changed(STYLE, broken.css), { "cache-control": "no-store" });
    if (url.pathname === "/missing.png") return send(404, "text/plain", "no");
    if (url.pathname === "/dot.png") return send(200, "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const lang = url.searchParams.get("lang") ?? wanted(request.headers["accept-language"] ?? "en");
    const headers = { "content-security-policy": POLICY, "set-cookie": `broken=${encodeURIComponent(url.searchParams.get("broken") ?? cookie(request) ?? "")}`, ...broken.headers };
    if (url.pathname === "/embed/x") headers["content-security-policy"] = broken.headers?.["content-security-policy"] ? POLICY : POLICY.replace("frame-ancestors 'none'", "frame-ancestors *");
    const page = GOOD(lang).replaceAll(url.pathname === "/embed/x" ? /<a /g : "\u0000", '<a target="_top" ');
    return send(broken.status ?? 200, "text/html; charset=utf-8", changed(page, broken.html), headers);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** The language that a browser would like best. */
function wanted(header) {
  const weighed = header.split(",").map((part) => ({ lang: part.trim().slice(0, 2), weight: Number(/q=([0-9.]+)/.exec(part)?.[1] ?? 1) }));
  return weighed.reduce((best, other) => (other.weight > best.weight ? other : best)).lang;
}

/** The breakage goes along with the stylesheet and the links by a cookie. */
function cookie(request) {
  const found = /broken=([^;]+)/.exec(request.headers.cookie ?? "");
  return found ? decodeURIComponent(found[1]) : undefined;
}

function changed(text, change) {
  if (!change) return text;
  const after = text.replace(change[0], change[1]);
  if (after === text) throw new Error(`nothing to break: ${change[0]}`);
  return after;
}
