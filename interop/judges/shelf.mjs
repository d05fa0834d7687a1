// Documents of foreign issuers, over plain http on this machine; the server may follow such links here.

import { once } from "node:events";
import { createServer } from "node:http";

export class Shelf {
  static async open() {
    const shelf = new Shelf();
    shelf.documents = new Map();
    shelf.server = createServer((incoming, outgoing) => {
      const document = shelf.documents.get(incoming.url);
      outgoing.writeHead(document ? 200 : 404, { "content-type": document?.type ?? "text/plain" });
      outgoing.end(document?.body ?? "nothing here");
    });
    shelf.server.listen(0, "127.0.0.1");
    await once(shelf.server, "listening");
    return shelf;
  }

  url(path) {
    return `http://127.0.0.1:${this.server.address().port}/${path}`;
  }

  put(path, document, type = "application/ld+json") {
    const body = typeof document === "string" || Buffer.isBuffer(document) ? document : JSON.stringify(document);
    this.documents.set(`/${path}`, { body, type });
    return this.url(path);
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
