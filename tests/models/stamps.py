"""A small folder laid out as Tux Paint's stamps are, spoken by eSpeak NG."""

import numpy as np
import soundfile

from voicebot.speech.espeak import EspeakMouth

TEXTS = {
    "fr": (
        "Une grenouille.", "Un bateau à voile.", "La maison est rouge.", "Deux pommes.",
        "Un camion de pompiers.", "Le chat dort.", "Une chaise.", "Un arbre en hiver.",
    ),
    "es": ("Una manzana roja.", "Un barco de vela.", "La casa grande."),
}  # fmt: skip


def make_stamps(folder):
    for language, texts in TEXTS.items():
        for number, text in enumerate(texts):
            said = EspeakMouth(voice="fr" if language == "fr" else language).speak(text)
            quiet = np.zeros(said.sample_rate // 2, np.float32)
            samples = np.concatenate([quiet, said.samples, quiet])
            stem = folder / "animals" / f"{language}{number}"
            stem.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(f"{stem}_desc_{language}.ogg", samples, said.sample_rate)
            stem.with_suffix(".txt").write_text(
                f"Something.\n{language}.utf8={text}\nde.utf8=Etwas.\n", encoding="utf-8"
            )
    return folder
