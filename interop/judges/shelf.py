"""Documents of foreign issuers, over plain http on this machine; the server may follow such links here."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shelf:
    def __init__(self):
        self.documents = documents = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, media_type, body = documents.get(self.path, (404, "text/plain", b"nothing here"))
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{path}"

    def put(self, path, document, media_type="application/ld+json", status=200):
        """Puts it there and returns its URL; with `document` None the URL answers 404 from now on."""
        if document is None:
            self.documents.pop(f"/{path}", None)
            return self.url(path)
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.documents[f"/{path}"] = (status, media_type, body)
        return self.url(path)
