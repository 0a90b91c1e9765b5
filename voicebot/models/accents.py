"""How people from abroad say English: the sounds of their own language in place of its own.

Each table gives, for a phoneme of English, the mnemonic of another voice of eSpeak NG, and behind a
colon the phoneme that it then is to an English ear, where it is another one. An empty mnemonic is a
sound that is not said at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from voicebot.speech.english.phones import INDEX, VOWELS, read_ipa
from voicebot.speech.espeak import PHONEME_SEPARATOR, phonemes

_SAME = "p b t d k f v s z m n l r j w i u a e o"
_TABLES = {
    "fr": """ɡ=g ʃ=S ʒ=Z tʃ=tS dʒ=dZ ŋ=ng ɹ=r h= θ=s:s ð=z:z i=i ɪ=i:i ɛ=E æ=a ɑ=a ɒ=O ɔ=O ʊ=u:u u=u
        ʌ=W ɜ=W ə=Y eɪ=e aɪ=aj ɔɪ=Oj oʊ=o aʊ=aw""",
    "de": """ɡ=g ʃ=S ʒ=Z:ʒ tʃ=tS dʒ=tS:tʃ ŋ=N ɹ=r h=h θ=s:s ð=z:z w=v:v i=i: ɪ=I ɛ=E æ=E:ɛ ɑ=A: ɒ=O
        ɔ=O ʊ=U u=u: ʌ=a ɜ=W ə=@ eɪ=e: aɪ=aI ɔɪ=OY oʊ=o: aʊ=aU""",
    "es": """ɡ=g ʃ=tS:tʃ ʒ=J^:j tʃ=tS dʒ=J^:j ŋ=n:n ɹ=r h=x θ=T ð=d:d v=b:b z=s:s i=i ɪ=i:i ɛ=e
        æ=a ɑ=a ɒ=o ɔ=o ʊ=u:u u=u ʌ=a ɜ=e:ɛ ə=a eɪ=eI aɪ=aI ɔɪ=oI oʊ=o aʊ=aU""",
    "it": """ɡ=g ʃ=S ʒ=dZ:dʒ tʃ=tS dʒ=dZ ŋ=ng ɹ=r h= θ=t:t ð=d:d i=i ɪ=i:i ɛ=E æ=E:ɛ ɑ=a ɒ=O ɔ=O
        ʊ=u:u u=u ʌ=a ɜ=E:ɛ ə=a eɪ=ej aɪ=aj ɔɪ=Oj oʊ=o aʊ=aw""",
}


@dataclass(frozen=True)
class Accent:
    """The sounds of one language, for those of English."""

    voice: str
    """Of eSpeak NG."""
    sounds: dict[str, tuple[str, str]]
    """What is said for each phoneme of English, and which phoneme it then is."""

    def say(self, text: str, rng: Random) -> tuple[str, tuple[str, ...]]:
        """The mnemonics of a text for this voice, and the phonemes that they are."""
        words, heard = [], []
        for word in phonemes(text, rng.choice(("en", "en-us"))).split():
            said = ""
            for unit in word.split(PHONEME_SEPARATOR):
                stress = "'" if "ˈ" in unit else ""
                for phone in read_ipa(unit):
                    mnemonic, is_now = self.sounds[phone]
                    said += f"{stress if phone in VOWELS else ''}{mnemonic}"
                    stress = "" if phone in VOWELS else stress
                    heard += [is_now] if mnemonic else []
            words.append(said)
        return " ".join(words), tuple(heard)


def _read(voice: str) -> Accent:
    sounds = {phone: (phone, phone) for phone in _SAME.split() if phone in INDEX}
    for item in _TABLES[voice].split():
        phone, _, said = item.partition("=")
        mnemonic, _, is_now = said.partition(":") if said.count(":") else (said, "", "")
        if mnemonic + ":" == said:  # a long vowel: "i:"
            mnemonic, is_now = said, ""
        sounds[phone] = (mnemonic, is_now or phone)
    return Accent(voice, sounds)


ACCENTS = tuple(_read(voice) for voice in _TABLES)
