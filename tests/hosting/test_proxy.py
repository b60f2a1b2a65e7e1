"""What nginx adds: headers, compression, limits, and which replica answers."""

import base64
import gzip
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
import streamlit

from pages.widgets.document.modules import version
from pages.widgets.document.served import LIBRARY, document, scripts
from tests.hosting.http import ask, guarded
from tests.hosting.rig import Replica, Site, running_nginx

PAGE = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
DOCUMENT = document(LIBRARY)
TOKEN = "/?net=1." + "A" * 4000 + "&step=1000&detail=layer"
# address, and what it is answered with
KINDS = {
    "/": 200,
    "/share": 200,
    "/?embed=true": 200,
    TOKEN: 200,
    "/_stcore/health": 200,
    "/_stcore/host-config": 200,
    "/share/_stcore/health": 404,
    "/_stcore/metrics": 404,
    "/_stcore/agent/openapi.json": 404,
    "/_stcore/agent/mcp": 404,
    "/_stcore/script-health-check": 404,
    "/component/streamlit.x/index.html": 404,
    "/media/nothing.html": 404,
    "/static/nothing.js": 200,
    "/static/../../../../etc/passwd": 400,
    "/static/..%2f..%2f..%2fetc%2fpasswd": 400,
    "//example.org/": 400,
    "/.streamlit/config.toml": 200,
    "/app.py": 200,
    "/%00": 400,
    "/?" + "a=b&" * 10000: 414,
}
LEAKS = re.compile(r"Traceback|site-packages|/home/|/work|/app/|File \"|nginx/\d|uvicorn|starlette|[Pp]ython", re.I)


def test_the_replicas_are_healthy_through_the_proxy(site: Site) -> None:
    answer = ask(site.url, "/_stcore/health")
    assert (answer.status, answer.text) == (200, "ok")


@pytest.mark.parametrize(("path", "status"), KINDS.items(), ids=[path[:40] for path in KINDS])
def test_every_answer_has_the_headers_and_tells_nothing_of_the_server(site: Site, path: str, status: int) -> None:
    answer = ask(site.url, path)
    assert answer.status == status
    guarded(answer)
    told = "\n".join([*(f"{name}: {value}" for name, value in answer.headers.items()), answer.text])
    # whatever is not a page, such as /app.py, gets Streamlit's page: not the file
    assert answer.text.replace("\r", "") in (PAGE, DOCUMENT) or not LEAKS.search(told)


@pytest.mark.parametrize("path", ["/", "/share?embed=false", "/?embed=true2", "/?embed_options=true"])
def test_other_sites_may_not_frame_the_app(site: Site, path: str) -> None:
    answer = ask(site.url, path)
    guarded(answer, ancestors="'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_other_sites_may_frame_the_embedded_app(site: Site) -> None:
    answer = ask(site.url, "/?preset=worked-example&embed=true")
    guarded(answer, ancestors="*")
    assert "X-Frame-Options" not in answer.headers


def test_the_policy_allows_exactly_the_inline_scripts_of_this_streamlit_and_of_the_app(site: Site) -> None:
    inline = re.findall(r"<script>(.*?)</script>", ask(site.url, "/").text, re.DOTALL)
    assert len(inline) == 2
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline}
    assert set(re.findall(r"'sha256-[^']+'", ask(site.url, "/").headers["Content-Security-Policy"])) == hashes


def test_streamlits_files_are_sent_compressed_and_to_be_kept(site: Site) -> None:
    files = re.findall(r'(?:href|src)="\./(static/[^"]+\.(?:js|css))"', PAGE)
    assert len(files) > 50
    static = Path(streamlit.__file__).parent / "static"
    for file in files:
        answer = ask(site.url, f"/{file}", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Cache-Control"] == "public, immutable, max-age=31536000"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.body) == (static / file).read_bytes()


def test_a_file_of_another_version_comes_from_a_replica(site: Site, folder: Path) -> None:
    file = next((folder / "streamlit" / "static" / "css").glob("*.css"))
    content = file.read_bytes()
    file.unlink()
    try:
        answer = ask(site.url, f"/static/css/{file.name}")
        assert answer.body == content
        assert answer.headers.get_all("Cache-Control") == ["public, immutable, max-age=31536000"]
    finally:
        file.write_bytes(content)


def test_the_page_is_compressed_and_not_kept(site: Site) -> None:
    answer = ask(site.url, "/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "no-cache"
    assert gzip.decompress(answer.body).decode() == DOCUMENT


def test_the_scripts_are_compressed_and_kept(site: Site) -> None:
    answer = ask(site.url, f"/scripts-{version()}.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get_all("Cache-Control") == ["public, immutable, max-age=31536000"]
    assert gzip.decompress(answer.body).decode() == scripts()


def test_only_uploads_have_a_body_and_none_is_large(site: Site) -> None:
    upload = "/_stcore/upload_file/nobody/nothing"
    assert ask(site.url, upload, "PUT", body=b"x" * 4_500_000).status == 413
    # the size is allowed; Streamlit then wants its token against forgery
    assert ask(site.url, upload, "PUT", body=b"x" * 4_000_000).status == 403
    assert ask(site.url, "/", "POST", body=b"x" * 100).status in (403, 405)
    assert ask(site.url, "/_stcore/health", "POST", body=b"x" * 20_000).status == 413


def test_a_visitor_stays_with_the_replica_that_the_cookie_names(site: Site) -> None:
    first = ask(site.url, "/").headers["Set-Cookie"]
    assert re.fullmatch(r"replica=[123]; Path=/; HttpOnly; SameSite=Lax", first)
    for number in "123":
        for _ in range(3):
            again = ask(site.url, "/_stcore/host-config", headers={"Cookie": f"replica={number}"})
            # a cookie that is right is not sent again
            assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize("cookie", ["0", "4", "-1", "1x", "127.0.0.1:22", "'", "1; replica=2", "replicas"])
def test_a_cookie_that_names_nothing_leads_to_any_replica(site: Site, cookie: str) -> None:
    answer = ask(site.url, "/", headers={"Cookie": f"replica={cookie}"})
    assert answer.status == 200


def test_new_visitors_are_spread(site: Site) -> None:
    cookies = Counter(ask(site.url, "/").headers["Set-Cookie"].split(";")[0] for _ in range(30))
    assert len(cookies) == 3


def test_uploads_that_streamlit_refuses_unread_take_no_replica_out_of_service(site: Site) -> None:
    # a replica that ended the connection while the rest of the file arrives would look as if it had failed
    refused = {
        ask(site.url, "/_stcore/upload_file/nobody/nothing", "PUT", body=b"x" * 1_000_000).status for _ in range(9)
    }
    visited = Counter(ask(site.url, "/").headers["Set-Cookie"] for _ in range(9))
    assert refused == {403} and len(visited) == 3 and None not in visited


def test_without_any_replica_a_page_says_so_and_tries_again(folder: Path) -> None:
    with running_nginx(folder / "alone", (Replica(folder), Replica(folder))) as alone:
        answer = ask(alone.url, "/?net=1.private")
        assert answer.status in (502, 503, 504)
        assert 'http-equiv="refresh"' in answer.text and "One moment" in answer.text
        guarded(answer, ancestors="'none'")
        assert "private" not in alone.log.read_text()


def test_the_log_holds_no_networks(site: Site) -> None:
    ask(site.url, "/?net=1.private")
    assert "private" not in site.log.read_text()
