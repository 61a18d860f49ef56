#!/usr/bin/env python3
"""Stands in for Elasticsearch's HTTPS API: keeps what it is given, and lets in whoever has the right password.

Started as `stub.py CERTIFICATE KEY STATE`; prints its port. STATE is a JSON file with `passwords` by user, and gets every
request that changed something under `changes`, with its body.
"""

import base64
import http.server
import json
import ssl
import sys

certificate, key, state_file = sys.argv[1:4]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, document):
        text = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def user(self, state):
        scheme, _, encoded = self.headers.get("Authorization", "").partition(" ")
        name, _, password = base64.b64decode(encoded).decode().partition(":")
        return name if scheme == "Basic" and state["passwords"].get(name) == password else None

    def do_GET(self):
        with open(state_file) as file:
            state = json.load(file)
        user = self.user(state)
        if user is None:
            self.answer(401, {"error": "no such user or password"})
        elif self.path.startswith("/_cluster/health"):
            state["starts"] = state.get("starts", 0) - 1
            with open(state_file, "w") as file:
                json.dump(state, file)
            self.answer(503 if state["starts"] >= 0 else 200, {"status": "green"})
        else:
            self.answer(200, {"username": user})

    def change(self):
        with open(state_file) as file:
            state = json.load(file)
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.user(state) != "elastic":
            return self.answer(403, {"error": "not allowed"})
        try:
            document = json.loads(text)
        except ValueError as error:
            return self.answer(400, {"error": str(error)})
        if self.path in state.get("refused", []):
            return self.answer(400, {"error": "refused"})
        prefix, _, name = self.path.removesuffix("/_password").rpartition("/")
        if prefix == "/_security/user" and "password" in document:
            state["passwords"][name] = document["password"]
        state.setdefault("changes", []).append([self.command, self.path, document])
        with open(state_file, "w") as file:
            json.dump(state, file)
        self.answer(200, {"acknowledged": True})

    do_PUT = change
    do_POST = change


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
