// Compares Accolade's parts with foreign software on the same input; then starts the server, lets it award badges over HTTP,
// and asks foreign software what it thinks of them, before and after a revocation.
// Usage: node main.mjs PATH-OF-ACCOLADE PATH-OF-PYTHON FOLDER-OF-EXAMPLES [parts|badges]

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { serve, stop } from "./server.mjs";
import { award, withdraw } from "./stage.mjs";
import { certificate, freePort, tlsFront } from "./tls.mjs";

const [accolade, python, examples, only] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const node = process.execPath;
const JUDGES = [
  [node, "judges/digitalbazaar.mjs"],
  [node, "judges/digitalcredentials.mjs"],
  [node, "judges/jose.mjs"],
  [python, "judges/openbadges_v2.py"],
];
// These bring badges instead of judging them, once.
const VISITORS = [
  [node, "judges/visitors.mjs"],
  [python, "judges/bakery.py"],
  [join(here, "openbadgeslib/.venv/bin/python"), "openbadgeslib/visitors.py"],
];
// This one issues and verifies in both ways to be.
const ISSUING = [[node, "judges/vc_api.mjs"], [node, "judges/learning.mjs"]];
// These need no server: they talk to example programs of the crates.
const COMPARISONS = [
  [node, "linked-data/differential.mjs"],
  [node, "linked-data/jcs.mjs"],
  [node, "judges/proofs.mjs"],
  [node, "judges/selective.mjs"],
  [node, "judges/tokens.mjs"],
];

// Whoever stops the run stops the server with it.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const folder = await mkdtemp(join(tmpdir(), "accolade-interop-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const total = { passed: 0, failed: 0 };
try {
  if (only !== "badges") await hear(COMPARISONS, [examples], {});
  if (only !== "parts") {
    await behindTls();
    await onPlainHttp();
  }
} catch (error) {
  fail(`the run itself: ${error.stack}`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** As in production: a TLS front, an https public URL, so did:web too. */
async function behindTls() {
  const tls = await certificate(folder);
  const port = await freePort();
  const front = await tlsFront(tls, port);
  const trust = { NODE_EXTRA_CA_CERTS: tls.certificate, REQUESTS_CA_BUNDLE: tls.certificate, SSL_CERT_FILE: tls.certificate };
  await perform({ port, base: front.url, labels: ["url", "key", "web"], trust, visitors: ISSUING });
  front.close();
}

/** As on a newcomer's machine: plain http on loopback. */
async function onPlainHttp() {
  const port = await freePort();
  await perform({ port, base: `http://127.0.0.1:${port}`, labels: ["url", "key"], trust: {}, visitors: [...ISSUING, ...VISITORS] });
}

async function perform({ port, base, labels, trust, visitors }) {
  const home = await mkdtemp(join(folder, "server-"));
  const file = join(home, "stage.json");
  const server = await serve(accolade, port, base, home);
  try {
    const stage = { ...(await award(server.url, base, server.key, labels)), key: server.key };
    await writeFile(file, JSON.stringify(stage));
    await hear([...JUDGES, ...visitors], [file, "standing"], trust);
    await withdraw(server.url, server.key, stage);
    await hear(JUDGES, [file, "withdrawn"], trust);
  } catch (error) {
    throw new Error(`${error.message}\n${await readFile(server.log, "utf8")}`, { cause: error });
  } finally {
    await stop(server);
  }
}

/** Runs every program and counts what it prints. */
async function hear(programs, words, trust) {
  for (const [program, script] of programs) {
    const began = Date.now();
    const name = [script, ...words.slice(1)].join(" ");
    const judge = spawn(program, [join(here, script), ...words], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...trust },
    });
    const closed = once(judge, "close");
    const heard = { passed: 0, failed: 0 };
    for await (const line of createInterface({ input: judge.stdout })) {
      if (/^ok /.test(line)) heard.passed += 1;
      else if (/^FAIL /.test(line)) heard.failed += 1;
      else continue;
      console.log(line);
    }
    total.passed += heard.passed;
    total.failed += heard.failed;
    // A judge that falls over has judged nothing, whatever it said before.
    const [code] = await closed;
    if (code !== Math.min(heard.failed, 1) || heard.passed + heard.failed === 0) {
      fail(`${name}: ended with ${code} after ${heard.passed} ok and ${heard.failed} FAIL`);
    }
    console.error(`   ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

function fail(reason) {
  total.failed += 1;
  console.log(`FAIL ${reason}`);
}
