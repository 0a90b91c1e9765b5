import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot.bench.urgency import run
from voicebot.cli import app
from voicebot.errors import BadInput
from voicebot.speech.ears import open_ear

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "flows"


def test_typed_figures_and_no_vital_missed():
    report = run(FLOWS)
    figures = report["figures"]
    assert report["bench"] == "urgency"
    assert figures["utterances_typed"] >= 1000
    assert figures["vital_missed_typed"] == 0
    assert figures["unseen_vital_typed"] >= 60
    assert len(report["sectors"]["typed"]) == 6
    assert set(report["sets"]["typed"]) >= {"known", "frightened", "circumstances", "unseen"}
    assert not any("heard" in name for name in figures)


def test_heard_by_the_shipped_ear():
    heard = []
    ear = open_ear("lite-fr", ROOT / "models")
    report = run(FLOWS, ear=ear, every=250, progress=lambda what, share: heard.append(share))
    figures = report["figures"]
    told = figures["utterances_heard"] + figures.get("unseen_utterances_heard", 0)
    assert told == len(heard) == len(range(0, total(), 250))
    assert heard[-1] == 1.0
    for row in report["mistakes"]["heard"]:
        assert row["said"]


def total() -> int:
    figures = run(FLOWS)["figures"]
    return figures["utterances_typed"] + figures["unseen_utterances_typed"]


def test_one_client_alone():
    figures = run(FLOWS, only="cabinet-durand")["figures"]
    assert 30 <= figures["vital_typed"] < 100
    with pytest.raises(BadInput, match="cabinet-durand"):
        run(FLOWS, only="cabinet")


def test_the_command_prints_one_json_object(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, ["urgency", "test", "--json", "--client", "agri-robotique"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["figures"]["vital_missed_typed"] == 0


def test_a_missed_vital_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "a.yml").write_text("cabinet-durand:\n  - [vital, bonjour]\n")
    for part in FLOWS.glob("*.yml"):
        (tmp_path / part.name).write_bytes(part.read_bytes())
    (tmp_path / "clients").symlink_to(FLOWS / "clients")
    monkeypatch.setenv("VOICEBOT_FLOWS", str(tmp_path))
    result = CliRunner().invoke(app, ["urgency", "test", "--missed"])
    assert result.exit_code == 1
    assert "vital → normal" in result.stdout
