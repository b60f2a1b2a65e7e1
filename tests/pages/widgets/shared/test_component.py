"""Components: put together from the files of their name, and called by a message that is short."""

from pathlib import Path

from pages.widgets.document.modules import ROOT, entries, script
from pages.widgets.shared.component import Component


def test_a_component_consists_of_the_three_files_of_its_name_and_a_player_of_what_all_share_too(tmp_path: Path) -> None:
    (tmp_path / "player.js").write_text("export default () => 1;\n")
    (tmp_path / "player.html").write_text("<div>\n<!-- controls -->\n</div>\n")
    (tmp_path / "player.css").write_text(".own {\n}\n")
    plain, player = Component.of(tmp_path, "player"), Component.player(tmp_path)
    assert (plain.html, plain.css) == ("<div>\n<!-- controls -->\n</div>\n", ".own {\n}\n")
    assert 'class="play"' in player.html and "<!--" not in player.html
    assert player.js == plain.js == script(tmp_path / "player.js")
    assert player.css.endswith(plain.css) and ".player .bar" in player.css


def test_a_component_s_message_calls_its_script_which_is_among_those_that_are_brought() -> None:
    known = {path.relative_to(ROOT).as_posix() for path in entries(ROOT)}
    assert {"network/player.js", "grid/grid.js", "shared/breaker.js"} <= known and len(known) > 10
    for path in entries(ROOT):
        assert Component.of(path.parent, path.stem).entry in known
