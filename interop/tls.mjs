// A TLS front before the server. With an https public URL the run is what production is: did:web is the default issuer,
// and the judges that accept https only can follow it.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";

const HOST = "localhost";

/** A self-signed certificate for this run only. */
export async function certificate(folder) {
  const tls = { key: join(folder, "tls.key"), certificate: join(folder, "tls.crt") };
  await promisify(execFile)("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" "),
    ..."-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1".split(" "),
    ...["-keyout", tls.key, "-out", tls.certificate],
  ]);
  return tls;
}

export async function freePort() {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Passes every request on to the server at `port`, unchanged. */
export async function tlsFront(tls, port) {
  const options = { key: await readFile(tls.key), cert: await readFile(tls.certificate) };
  const front = createTlsServer(options, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  return {
    url: `https://${HOST}:${await listen(front)}`,
    close: () => {
      front.close();
      front.closeAllConnections();
    },
  };
}

async function listen(server) {
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return server.address().port;
}
