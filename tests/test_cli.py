"""The command line: what a user's mistake looks like, and what the commands print."""

import json
import os
import socket
import subprocess
import sys
import wave

import pytest

VOICEBOT = [sys.executable, "-c", "from voicebot.cli import main; main()"]


def voicebot(*arguments, typed="", env=None, cwd=None):
    """Runs the program as a user does."""

    return subprocess.run(
        [*VOICEBOT, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        timeout=120,
    )


def one_line(result, code):
    """Bad input is one line on standard error, an exit code, and never a traceback."""
    assert result.returncode == code, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("voicebot: ")
    return lines[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return {"VOICEBOT_DATA": str(tmp_path_factory.mktemp("data"))}


def test_chat_holds_a_whole_conversation(data):
    typed = "\n".join(
        (
            "bonjour je voudrais laisser un message pour maître durand",
            "j'ai reçu une lettre du tribunal",
            "je m'appelle Sophie Bernard",
            "zéro six douze trente-quatre dix-huit vingt",
            "oui",
            "dès que possible",
            "",
        )
    )
    result = voicebot("chat", "--client", "cabinet-durand", typed=typed, env=data)
    assert result.returncode == 0, result.stderr
    assert "Cabinet de Maître Durand, bonjour." in result.stdout
    assert "+33612341820" in result.stdout
    assert "ended: message_taken (bot)" in result.stdout


def test_an_unknown_client_is_one_line_that_lists_the_known_ones(data):
    line = one_line(voicebot("chat", "--client", "durant", env=data), 2)
    assert "durant" in line and "cabinet-durand" in line


def test_a_wrong_setting_is_one_line_that_names_it(data):
    line = one_line(voicebot("chat", "--client", "x", env={**data, "VOICEBOT_PORT": "many"}), 2)
    assert "setting port" in line and "VOICEBOT_PORT" in line


def test_an_unknown_setting_in_the_file_is_one_line(data, tmp_path):
    (tmp_path / "voicebot.toml").write_text('eer = "lite-fr"\n')
    line = one_line(voicebot("doctor", env=data, cwd=tmp_path), 2)
    assert "eer" in line


def test_a_settings_file_that_is_no_toml_is_one_line(data, tmp_path):
    (tmp_path / "voicebot.toml").write_text("ear = lite\n")
    line = one_line(voicebot("doctor", env=data, cwd=tmp_path), 2)
    assert "voicebot.toml" in line


def test_calling_needs_words_or_a_file(data):
    line = one_line(voicebot("call", "--client", "cabinet-durand", env=data), 2)
    assert "--wav" in line and "--say" in line


def test_calling_a_server_that_is_not_there_says_how_to_start_one(data):
    call = ("call", "--client", "cabinet-durand", "--say", "Bonjour")
    line = one_line(voicebot(*call, "--server", "http://127.0.0.1:9", env=data), 1)
    assert "voicebot serve" in line


@pytest.mark.parametrize("content", [b"", b"ceci n'est pas un son\n"])
def test_a_file_that_is_no_sound_is_one_line(data, tmp_path, content):
    (tmp_path / "a.wav").write_bytes(content)
    call = ("call", "--client", "cabinet-durand", "--wav", str(tmp_path / "a.wav"))
    assert "a.wav" in one_line(voicebot(*call, env=data), 2)


def test_an_empty_wav_is_one_line(data, tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
    call = ("call", "--client", "cabinet-durand", "--wav", str(tmp_path / "a.wav"))
    assert "a.wav" in one_line(voicebot(*call, env=data), 2)


def test_an_ear_that_does_not_exist_is_one_line(data):
    line = one_line(voicebot("serve", env={**data, "VOICEBOT_EAR": "cat"}), 2)
    assert "cat" in line and "lite-fr" in line


def test_a_whisper_that_was_not_pulled_says_how_to_get_it(data):
    env = {**data, "VOICEBOT_EAR": "whisper:small"}
    line = one_line(voicebot("serve", env=env), 3)
    assert "voicebot models pull" in line


def test_a_port_that_is_taken_is_one_line(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        line = one_line(voicebot("serve", "--port", port, env=data), 2)
    assert port in line and "VOICEBOT_PORT" in line


def test_lint_finds_nothing_in_what_ships(data):
    result = voicebot("lint", "--json", env=data)
    assert result.returncode == 0
    assert json.loads(result.stdout) == {"errors": 0, "findings": []}


def test_lint_names_file_and_line(data, tmp_path):
    client = tmp_path / "clients" / "boulangerie"
    client.mkdir(parents=True)
    (client / "client.yml").write_text("company: Boulangerie\nsectr: pain\n")
    result = voicebot("lint", str(tmp_path), env=data)
    assert result.returncode == 1
    assert "client.yml:2" in result.stdout


def test_models_list_tells_what_is_here(data):
    listed = json.loads(voicebot("models", "list", "--json", env=data).stdout)
    here = {entry["name"]: entry["here"] for entry in listed}
    assert here["lite-fr"] and here["espeak"] and not here["whisper-small"]


def test_doctor_finds_what_the_voicebot_needs(data):
    result = voicebot("doctor", "--json", env={**data, "VOICEBOT_PORT": "18099"})
    checks = {check["name"]: check["ok"] for check in json.loads(result.stdout)}
    assert checks["ear"] and checks["voice"] and checks["flows"]
