from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.clients.loader import load_clients
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import BadInput
from voicebot.speech.whisper_captions import load_captions, plain
from voicebot.speech.whisper_prompt import MOST_LETTERS, prompt_for

FLOWS = Path(__file__).parents[2] / "flows"


def test_the_clients_names_are_expected_in_free_speech_and_in_a_name() -> None:
    for expectation in (ANYTHING, Expectation(Kind.NAME), Expectation(Kind.ADDRESS)):
        assert "Loctudy" in prompt_for(expectation, ("Moreau", "Loctudy")).text


@pytest.mark.parametrize("kind", [Kind.PHONE_NUMBER, Kind.DATE, Kind.YES_NO, Kind.NUMBER])
def test_a_number_or_a_day_is_not_drawn_towards_a_name(kind: Kind) -> None:
    prompt = prompt_for(Expectation(kind), ("Moreau", "Loctudy"))
    assert prompt.hotwords == ()
    assert prompt.question.endswith("?")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_no_question_holds_an_answer(kind: Kind, language: str) -> None:
    question = prompt_for(Expectation(kind, language=language), ()).question
    assert not any(letter.isdigit() for letter in question)


def test_the_question_is_in_the_calls_language() -> None:
    assert "votre nom" in prompt_for(Expectation(Kind.NAME), ()).text
    assert "surname" in prompt_for(Expectation(Kind.NAME, language="en"), ()).text


def test_what_is_awaited_comes_before_the_names_and_twice_never() -> None:
    prompt = prompt_for(Expectation(Kind.PHRASES, phrases=("plomberie", "gaz")), ("gaz", "Moreau"))
    assert prompt.hotwords == ("plomberie", "gaz", "Moreau")


@given(st.lists(st.text(min_size=1, max_size=40), max_size=60), st.sampled_from(list(Kind)))
def test_a_prompt_is_never_long(words, kind) -> None:
    prompt = prompt_for(Expectation(kind, phrases=tuple(words)), tuple(words))
    assert len(prompt.text) <= MOST_LETTERS


def test_the_shipped_clients_lose_no_awaited_phrase_to_the_limit() -> None:
    from voicebot.dialogue.expecting import possible

    for client in load_clients(FLOWS).values():
        for expectation in possible(client.flows):
            prompt = prompt_for(expectation, client.words)
            assert set(expectation.phrases) <= set(prompt.hotwords), client.name


def test_a_list_of_captions_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    for n, text in enumerate(("never: 3", "- a", "never: ['...']\nhabits: []", ":\t:")):
        path = tmp_path / f"{n}.yml"
        path.write_text(text)
        with pytest.raises(BadInput, match=f"{n}.yml") as caught:
            load_captions(path)
        assert "\n" not in str(caught.value)


def test_the_shipped_captions_cut_no_word_of_the_training_sentences() -> None:
    """What callers of every sector say, as the interpreter is trained on it."""
    captions = load_captions()
    sentences = [
        line.strip().removeprefix("- ")
        for path in sorted((FLOWS.parent / "nlu").rglob("*.yml"))
        for line in path.read_text().splitlines()
        if line.strip().startswith("- ")
    ]
    assert len(sentences) > 1_000
    assert [s for s in sentences if plain(captions.cut(s)) != plain(s)] == []
