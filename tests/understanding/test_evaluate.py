from voicebot.understanding.evaluate import evaluate


def test_held_out_sentences_are_understood(nlu, interpreter):
    figures = evaluate(nlu, interpreter)
    assert figures["sentences"] >= 800
    assert figures["intent_macro_f1"] >= 0.89, figures["mistakes"]
    assert figures["entity_f1"] >= 0.85
    wrong = [m for m in figures["mistakes"] if m[2] != "out_of_scope"]
    # An honest "not understood" is asked again; a wrong intent leads astray.
    assert len(wrong) / figures["sentences"] <= 0.08, wrong


def test_figures_count_what_is_wrong(tmp_path, interpreter):
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "a.yml").write_text(
        "nlu:\n- intent: goodbye\n  examples: |\n    - au revoir\n    - ça fuit de partout\n"
    )
    figures = evaluate(tmp_path, interpreter)
    assert figures["sentences"] == 2
    assert figures["intent_accuracy"] == 0.5
    assert figures["mistakes"] == [("ça fuit de partout", "goodbye", "report_leak")]
