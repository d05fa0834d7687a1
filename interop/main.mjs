// Starts the server, lets it award badges over HTTP, and asks foreign software what it thinks of them, before and after
// a revocation. Usage: node main.mjs PATH-OF-ACCOLADE PATH-OF-PYTHON

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { award, withdraw } from "./stage.mjs";
import { certificate, freePort, tlsFront } from "./tls.mjs";

const [accolade, python] = process.argv.slice(2);
const judges = fileURLToPath(new URL("judges/", import.meta.url));
const JUDGES = [
  [process.execPath, "digitalbazaar.mjs"],
  [process.execPath, "digitalcredentials.mjs"],
  [process.execPath, "jose.mjs"],
  [python, "openbadges_v2.py"],
];

const folder = await mkdtemp(join(tmpdir(), "accolade-interop-"));
const total = { passed: 0, failed: 0 };
let server;
try {
  const tls = await certificate(folder);
  const port = await freePort();
  const front = await tlsFront(tls, port);
  server = await serve(port, front.url);
  await perform(front.url, tls);
  front.close();
} catch (error) {
  fail(`the run itself: ${error.stack}`);
  if (server) console.log(await readFile(join(folder, "server.log"), "utf8").catch(() => ""));
} finally {
  if (server) await stop(server);
  await rm(folder, { recursive: true, force: true });
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function perform(base, tls) {
  const key = server.key;
  const stage = await award(server.url, base, key);
  const file = join(folder, "stage.json");
  await writeFile(file, JSON.stringify(stage));
  await hear(file, "standing", tls);
  await withdraw(server.url, key, stage);
  await hear(file, "withdrawn", tls);
}

/** Runs every judge and counts what it prints. */
async function hear(file, phase, tls) {
  for (const [program, script] of JUDGES) {
    const began = Date.now();
    const judge = spawn(program, [join(judges, script), file, phase], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: tls.certificate, REQUESTS_CA_BUNDLE: tls.certificate },
    });
    const closed = once(judge, "close");
    let lines = 0;
    for await (const line of createInterface({ input: judge.stdout })) {
      if (/^ok /.test(line)) total.passed += 1;
      else if (/^FAIL /.test(line)) total.failed += 1;
      else continue;
      lines += 1;
      console.log(line);
    }
    const [code] = await closed;
    if (lines === 0 || (code !== 0 && code !== 1)) fail(`${script} ${phase}: ended with ${code} after ${lines} verdicts`);
    console.error(`   ${script} ${phase}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

function fail(reason) {
  total.failed += 1;
  console.log(`FAIL ${reason}`);
}

/** The server as an operator runs it behind a TLS proxy: plain HTTP on loopback, an https public URL. */
async function serve(port, publicUrl) {
  const key = `acc_${crypto.randomUUID().replaceAll("-", "")}${crypto.randomUUID().replaceAll("-", "")}`;
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(accolade, ["serve"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ACCOLADE_LISTEN: `127.0.0.1:${port}`,
      ACCOLADE_PUBLIC_URL: publicUrl,
      ACCOLADE_DATA_DIR: join(folder, "data"),
      ACCOLADE_DATABASE_URL: `sqlite:${join(folder, "data", "accolade.db")}`,
      ACCOLADE_ADMIN_KEY: key,
    },
  });
  const log = createWriteStream(join(folder, "server.log"));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const started = { child, url, key };
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (child.exitCode !== null) break;
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return started;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const said = await readFile(join(folder, "server.log"), "utf8");
  child.kill("SIGKILL");
  throw new Error(`the server did not get ready (exit code ${child.exitCode}):\n${said}`);
}

async function stop({ child }) {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(killer);
}
