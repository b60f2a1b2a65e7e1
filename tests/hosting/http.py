"""One HTTP request as it stands, without redirects, retries or decompression."""

import ssl
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """A response: status, headers (`headers["Set-Cookie"]`), body."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def ask(
    url: str, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """Send a request for exactly this path, which `urllib` would tidy up."""
    address = urlsplit(url)
    if address.scheme == "https":
        # a certificate of the tests' own
        lenient = ssl.create_default_context()
        lenient.check_hostname, lenient.verify_mode = False, ssl.CERT_NONE
        connection: HTTPConnection = HTTPSConnection(address.netloc, timeout=30, context=lenient)
    else:
        connection = HTTPConnection(address.netloc, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def guarded(answer: Answer, ancestors: str | None = None) -> None:
    """Require the headers that the proxy adds to every answer."""
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"] and "http" not in policy["script-src"]
    assert policy["base-uri"] == policy["form-action"] == "'none'"
    if ancestors:
        assert policy["frame-ancestors"] == ancestors
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Server"] == "nginx"
    repeated = [name for name, count in Counter(map(str.lower, answer.headers.keys())).items() if count > 1]
    assert set(repeated) <= {"set-cookie", "vary"}
