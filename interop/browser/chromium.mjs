// Debian's browser, and a watch that notes all that a page does beyond being looked at.

import { chromium } from "playwright-core";

export const EXECUTABLE = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";

/** Whatever a page asks for by name leads nowhere; the browser itself asks for nothing. */
export const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** A browser with a fresh profile of its own, which it throws away when it is closed. `rules` lead names to this machine. */
export function launch(rules = "") {
  const args = FLAGS.map((flag) => (flag.startsWith("--host-resolver-rules=") && rules ? flag.replace("=", `=${rules}, `) : flag));
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args });
}

/** The cookies that every page is opened with: whoever seeds the server signs a coordinator in. */
export const session = { cookies: [] };

/** Goes to a page as the coordinator who is signed in; a target that is `signedOut` is opened as nobody. */
export async function visit({ context, page }, origin, { path, signedOut }) {
  await context.clearCookies();
  if (!signedOut) await context.addCookies(session.cookies);
  return page.goto(origin + path);
}

/** Where scripts of a page would leave a mark, and what they would write on the console. */
export const CANARY = "accoladeCanary";

/**
 * Opens a page and keeps a list of what it did: requests, of those the ones to strangers, console errors and warnings,
 * refusals of the Content-Security-Policy, exceptions, dialogs, windows that it opened.
 */
export async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  const watch = { requests: [], strangers: [], console: [], policy: [], errors: [], dialogs: [], windows: [], canary: [] };
  const all = Object.values(watch);
  context.on("request", (request) => {
    watch.requests.push(request.url());
    if (!isAtHome(request.url(), origin)) watch.strangers.push(request.url());
  });
  context.on("console", (message) => note(watch, message, page));
  context.on("weberror", (error) => watch.errors.push(error.error().message));
  context.on("dialog", (dialog) => {
    watch.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  context.on("page", (other) => {
    if (other !== page) watch.windows.push(other.url());
  });
  const forget = () => all.forEach((list) => list.splice(0));
  return { context, page, watch, forget, close: () => context.close() };
}

function isAtHome(url, origin) {
  return url.startsWith(`${origin}/`) || url.startsWith("data:") || url === "about:blank";
}

function note(watch, message, page) {
  const text = message.text();
  if (text.includes(CANARY)) watch.canary.push(text);
  if (!["error", "warning", "assert"].includes(message.type())) return;
  if (text.includes("Content Security Policy")) watch.policy.push(text);
  // The page itself may well answer 403, 404 or 410, which Chromium reports as if it were a fault.
  const itself = text.startsWith("Failed to load resource") && message.location().url === page.url();
  if (!itself) watch.console.push(`${text} (${message.location().url})`);
}

/** What a page did that no page of ours may do. */
export function misdeeds(watch) {
  return [
    ...watch.strangers.map((url) => `asked a stranger: ${url}`),
    ...watch.console.map((text) => `console: ${text}`),
    ...watch.policy.map((text) => `policy: ${text}`),
    ...watch.errors.map((text) => `exception: ${text}`),
    ...watch.dialogs.map((text) => `dialog: ${text}`),
    ...watch.windows.map((url) => `window: ${url}`),
    ...watch.canary.map((text) => `canary: ${text}`),
  ];
}
