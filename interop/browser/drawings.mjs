// Pictures that attack: refused at the upload, or harmless, as the picture in a page and as a file that is opened by itself.

import { CANARY, misdeeds, open } from "./chromium.mjs";
import { DRAWINGS } from "./payloads.mjs";
import { unless } from "./report.mjs";

export async function hostileDrawings(browser, { api, issuer }, origin, report) {
  // The one without the page's policy, so that the drawing is judged by itself; the other as people open it.
  const view = await open(browser, origin, { bypassCSP: true });
  const sandbox = await open(browser, origin);
  await view.context.addInitScript((canary) => {
    globalThis[canary] = () => console.log(`${canary} ran in ${location.href}`);
  }, CANARY);
  const taken = [];
  for (const { name, svg } of DRAWINGS) {
    const reply = await api.ask("POST", "/v1/images", new TextEncoder().encode(svg), { "content-type": "image/svg+xml" });
    await report.run(`drawing with ${name}: refused, or opened by itself nothing runs`, async () => {
      if (reply.status >= 400 && reply.status < 500) return [];
      if (reply.status !== 201) return [`the upload answered ${reply.status}`];
      const { url, svg: drawing } = await reply.json();
      taken.push({ name, url });
      return [...(await opened(view, drawing)), ...(await lockedUp(sandbox, drawing)), ...(await opened(view, url)), ...(await lockedUp(sandbox, url))];
    });
  }
  report.check("some hostile drawings are made harmless and taken", unless(taken.length >= 3, `${taken.length} taken`));
  await uploadedPicture(view, sandbox, api, report);
  await report.run("hostile drawings as the pictures of badges: nothing runs", async () => {
    view.forget();
    for (const { name, url } of taken) {
      const achievement = await api.achievement(issuer, { name: `Drawing with ${name}`, description: "Text.", criteria: { narrative: "Text." }, image: { id: url, type: "Image" } });
      await view.page.goto(`${origin}/public/achievements/${achievement.id}`);
    }
    return misdeeds(view.watch);
  });
  await sandbox.close();
  await view.close();
}

/** Opens the file itself, as somebody does who is sent the link. */
async function opened(view, url) {
  view.forget();
  const answer = await view.page.goto(url);
  const headers = answer.headers();
  const body = url.endsWith(".svg") ? await answer.text() : "";
  return [
    ...misdeeds(view.watch),
    ...unless(headers["x-content-type-options"] === "nosniff", "lacks nosniff"),
    ...unless(/sandbox/.test(headers["content-security-policy"] ?? "") && /default-src 'none'/.test(headers["content-security-policy"] ?? ""), `policy ${headers["content-security-policy"]}`),
    ...unless(headers["cross-origin-resource-policy"] === "cross-origin", `CORP ${headers["cross-origin-resource-policy"]}`),
    ...unless(headers["content-disposition"] !== undefined, "lacks Content-Disposition"),
    ...unless(!/<script|foreignObject|<iframe|<set\b|<animate|javascript:|canary\.invalid|\son[a-z]+=/i.test(body), `still holds what it should not: ${body.slice(0, 300)}`),
  ];
}

/** As a document it belongs to nobody: not to the server whose pages it must not read. */
async function lockedUp(sandbox, url) {
  sandbox.forget();
  await sandbox.page.goto(url);
  const origin = await sandbox.page.evaluate(() => self.origin).catch(() => "null");
  // The browser's own frame around a PNG has styles of its own, which the file's policy refuses.
  const { canary, strangers, dialogs, errors } = sandbox.watch;
  return [...unless(origin === "null", `shares the origin ${origin}`), ...canary, ...strangers, ...dialogs, ...errors];
}

/** As people's programs write them, with notes of their own. */
const DRAWN_BY_HAND = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with a drawing program -->
<svg width="210mm" height="210mm" viewBox="0 0 210 210" version="1.1" id="svg1" sodipodi:docname="badge.svg" inkscape:version="1.3.2"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns="http://www.w3.org/2000/svg">
<sodipodi:namedview id="namedview1" pagecolor="#ffffff" inkscape:pageopacity="0.0" inkscape:zoom="0.74" inkscape:cx="396" inkscape:cy="561" inkscape:window-width="1920"/>
<defs id="defs1"/><g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1"><circle style="fill:#123456;stroke:none;stroke-width:0.26" id="path1" cx="105" cy="105" r="100"/></g></svg>`;

/** A harmless one, to see that the headers stand there, too, and that the picture is one. */
async function uploadedPicture(view, sandbox, api, report) {
  await report.run("a good drawing is taken and shown by itself", async () => {
    const { svg: url } = await api.post("/v1/images", new TextEncoder().encode(DRAWN_BY_HAND), { "content-type": "image/svg+xml" });
    return [...(await opened(view, url)), ...(await lockedUp(sandbox, url))];
  });
}
