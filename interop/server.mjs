// The server under judgement: the program is started with all its files in a folder of its own, and stopped again.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Starts `accolade serve` with all its files under `home`, and waits until it says that it is ready. */
export async function serve(accolade, port, publicUrl, home, settings = {}) {
  const key = `acc_${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll("-", "");
  const url = `http://127.0.0.1:${port}`;
  const log = join(home, "server.log");
  const output = await open(log, "w");
  const env = {
    PATH: process.env.PATH,
    ACCOLADE_LISTEN: `127.0.0.1:${port}`,
    ACCOLADE_PUBLIC_URL: publicUrl,
    ACCOLADE_DATA_DIR: join(home, "data"),
    ACCOLADE_ADMIN_KEY: key,
    // The visitors ask more often than one address usually may.
    ACCOLADE_VERIFY__RATE_PER_MINUTE: "100000",
    // The visitors' issuers are at home on this machine, without TLS; only there the server may follow them.
    ACCOLADE_VERIFY__ALLOW_LOOPBACK_HTTP: String(publicUrl.startsWith("http:")),
    // Scripts that the program's own fonts have no signs for.
    ...(process.env.ACCOLADE_FONTS_DIR ? { ACCOLADE_FONTS_DIR: process.env.ACCOLADE_FONTS_DIR } : {}),
    ...settings,
  };
  const child = spawn(accolade, ["serve"], { cwd: home, stdio: ["ignore", output.fd, output.fd], env });
  // Another command of the program on the same database.
  const run = (...command) => execFileSync(accolade, command, { cwd: home, env, encoding: "utf8" });
  await output.close();
  process.once("exit", () => child.kill("SIGKILL"));
  for (let waited = 0; waited < 30_000 && child.exitCode === null; waited += 100) {
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return { child, url, key, log, run, publicUrl };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`the server did not get ready (exit code ${child.exitCode}):\n${await readFile(log, "utf8")}`);
}

/** Ends it as an operator would; it has 15 seconds to drain. */
export async function stop({ child }) {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(killer);
}
