"""A local server in Rasa's place, which misbehaves as it is told to."""

import contextlib
import json
import socket
import socketserver
import threading


def reply(body: bytes | str, status: str = "200 OK", headers: str = "") -> bytes:
    body = body if isinstance(body, bytes) else body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def answer(text: str, name: str = "report_leak", **changes) -> bytes:
    """As a real Rasa answers."""
    parsed = {
        "text": text,
        "intent": {"name": name, "confidence": 0.97},
        "intent_ranking": [
            {"name": name, "confidence": 0.97},
            {"name": "greet", "confidence": 0.03},
        ],
        "entities": [],
    }
    return reply(json.dumps({**parsed, **changes}))


def says(name: str, **changes):
    """A healthy Rasa that finds the same intent in everything."""
    return lambda line, text: line.sendall(answer(text, name, **changes))


def sends(raw: bytes):
    """These very bytes, and then the end of the connection."""

    def act(line, text):
        line.sendall(raw)
        line.shutdown(socket.SHUT_RDWR)

    return act


class Line(socketserver.StreamRequestHandler):
    """One connection: a request after another, as long as the client keeps it."""

    def handle(self):
        server: RasaServer = self.server.rasa
        with contextlib.suppress(OSError):
            while (text := self._text()) is not None:
                server.asked.append(text)
                server.manner(self.connection, text)

    def finish(self):
        with contextlib.suppress(OSError):
            super().finish()

    def _text(self):
        """The sentence that a request brings; None when the client is gone."""
        if not self.rfile.readline():
            return None
        length = 0
        while (header := self.rfile.readline().strip()) != b"":
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return json.loads(self.rfile.read(length))["text"]


class Port(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port, rasa):
        self.rasa = rasa
        super().__init__(("127.0.0.1", port), Line)

    def get_request(self):
        line, address = super().get_request()
        self.rasa.lines.append(line)
        return line, address


class RasaServer:
    """Listens on a port of its own; `manner` may be changed at any time."""

    def __init__(self, manner, port=0):
        self.manner = manner
        self.asked = []
        self.lines = []
        self.over = threading.Event()
        """Ends what a manner does without end."""
        self._server = Port(port, self)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def silent(self, line, text):
        """Takes the request and never answers."""
        self.over.wait()

    def drips(self, line, text):
        """A right answer, one byte now and then."""
        for byte in answer(text):
            line.sendall(bytes([byte]))
            if self.over.wait(0.02):
                return

    def die(self):
        """As `kill -9` does: the port is closed, and so is every connection. Idempotent."""
        if self.over.is_set():
            return
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
