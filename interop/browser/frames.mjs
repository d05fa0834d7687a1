// Who may show our pages inside its own: everybody the embed page, nobody any other.

import { createServer } from "node:http";
import { once } from "node:events";
import { open } from "./chromium.mjs";
import { unless } from "./report.mjs";

/** A stranger's site at another origin: it frames whatever its query names. */
async function stranger() {
  const server = createServer((request, response) => {
    const framed = new URL(request.url, "http://127.0.0.1").searchParams.get("of");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Somebody's portfolio</title><h1>My badges</h1><iframe title="A badge" width="600" height="400" src="${framed}"></iframe>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export async function frames(browser, origin, targets, report) {
  const site = await stranger();
  const view = await open(browser, site.origin);
  for (const target of targets) {
    const name = target.frameable ? "lets itself be framed" : "refuses to be framed";
    await report.run(`${target.name}: ${name}`, async () => {
      view.forget();
      await view.page.goto(`${site.origin}/?of=${encodeURIComponent(origin + target.path)}`);
      const frame = view.page.frames().find((frame) => frame !== view.page.mainFrame());
      await frame.waitForLoadState("load").catch(() => {});
      // A refused frame shows the browser's own error page, at an address of the browser's.
      const shown = frame.url().startsWith(origin) && (await frame.evaluate(() => document.body.innerText.trim().length)) > 0;
      const refused = view.watch.console.some((text) => /frame-ancestors|X-Frame-Options/i.test(text)) || frame.url().startsWith("chrome-error:");
      if (!target.frameable) return unless(refused && !shown, `is shown inside of another site (${frame.url()})`);
      const faults = unless(shown && !refused, `is not shown: ${frame.url()} ${view.watch.console}`);
      if (shown) faults.push(...unless(await frame.evaluate(leavesFrame), "a link would open inside of the frame"));
      return faults;
    });
  }
  await view.close();
  site.close();
}

/** Runs in the frame: links lead out of it, for no other page of ours may be shown in a frame. */
function leavesFrame() {
  const out = ["_blank", "_top", "_parent"];
  const base = document.querySelector("base")?.target ?? "";
  return [...document.links].every((link) => out.includes(link.target || base));
}
