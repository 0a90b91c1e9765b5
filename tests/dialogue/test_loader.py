"""Every mistake of an author is one line with file and line."""

import pytest

from voicebot.dialogue.loader import load_flows
from voicebot.errors import FlowError

GOOD = """\
flows:
  answer:
    steps:
      - action: utter_hello
      - collect: room
        give_up: END
        next:
          - if: slots.room > 100
            then:
              - action: utter_up
              - action: utter_hello
                next: END
          - else: END
slots:
  room: {type: number}
responses:
  utter_hello: [{text: Bonjour.}]
  utter_up: [{text: En haut.}]
  utter_ask_room: [{text: "Quelle chambre ?"}]
"""


@pytest.fixture
def write(tmp_path):
    def write(shared, own=""):
        (tmp_path / "client").mkdir(exist_ok=True)
        (tmp_path / "a.yml").write_text(shared, encoding="utf-8")
        (tmp_path / "client" / "flows.yml").write_text(own or "flows: {}", encoding="utf-8")
        return load_flows(tmp_path, tmp_path / "client", {})

    return write


def test_steps_written_in_place_are_flattened(write):
    steps = write(GOOD).flows["answer"].steps
    assert list(steps) == [
        "action_utter_hello",
        "collect_room",
        "action_utter_up",
        "action_utter_hello_2",
    ]
    assert [branch.target for branch in steps["collect_room"].next] == ["action_utter_up", "END"]


def test_client_yml_is_not_a_flow(write, tmp_path):
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "client.yml").write_text("company: X", encoding="utf-8")
    assert "answer" in write(GOOD).flows


def test_a_client_replaces_a_shared_response(write):
    flows = write(GOOD, "responses:\n  utter_hello: [{text: Salut.}]\n")
    assert flows.responses["utter_hello"].variations[0].text == "Salut."


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("      - collect: room", "      - colect: room", 5, "did you mean 'collect'"),
        ("        give_up: END", "        giveup: END", 6, "did you mean 'give_up'"),
        ("slots.room > 100", "room > 100", 8, "slots.NAME"),
        ("{type: number}", "{type: numbre}", 15, "did you mean 'number'"),
        ("    steps:", "    stesp:", 3, "did you mean 'steps'"),
        ("responses:", "responces:", 16, "did you mean 'responses'"),
        ("  utter_up:", "  utter_hello:", 18, "twice"),
        ("  utter_up:", "  up:", 18, "must be called utter_"),
        ("[{text: En haut.}]", "[{txt: En haut.}]", 18, "did you mean 'text'"),
        ("[{text: En haut.}]", "[]", 18, "says nothing"),
        ("action: utter_up", "action: action_save_mesage", 10, "did you mean 'action_save"),
        ("action: utter_up", "action: action_hang_up", 10, "is no outcome"),
        ("action: utter_up", "action: action_speak", 10, "needs a language"),
        ("          - else: END", "          - els: END", 13, "did you mean 'else'"),
        ("            then:", "            than:", 9, "did you mean 'then'"),
        ("flows:", "flows: [", 1, "not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(write, tmp_path, old, new, line, words):
    with pytest.raises(FlowError) as error:
        write(GOOD.replace(old, new, 1))
    assert words in str(error.value)
    assert error.value.where.file == tmp_path / "a.yml"
    if words != "not YAML":
        assert error.value.where.line == line


def test_two_flows_of_one_name(write):
    with pytest.raises(FlowError, match=r"two flows of the name 'answer', the other at .*a.yml:2"):
        write(GOOD, "flows:\n  answer:\n    steps: [{action: utter_hello}]\n")


def test_two_steps_of_one_id(write):
    twice = GOOD.replace("- action: utter_hello\n", "- {id: x, action: utter_hello}\n", 1)
    twice = twice.replace("- action: utter_up", "- {id: x, action: utter_up}")
    with pytest.raises(FlowError, match="two steps of the id 'x'"):
        write(twice)


@pytest.mark.parametrize("text", ["- a\n- b", "just text", "flows: 3", "\x00", "a: &x [*x]"])
def test_other_files_are_a_clear_error(write, text):
    with pytest.raises(FlowError):
        write(text)


def test_bytes_that_are_no_text(write, tmp_path):
    (tmp_path / "b.yml").write_bytes(b"\xff\xfe\x00flows")
    with pytest.raises(FlowError, match="UTF-8"):
        write(GOOD)
