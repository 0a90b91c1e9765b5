"""What the callers of the benches say: messages for a law office, each in other words."""

from __future__ import annotations

from voicebot.caller.script import Line, Script, line

CLIENT = "cabinet-durand"

REQUESTS = (
    "Bonjour, je voudrais laisser un message pour maître Durand au sujet de mon divorce.",
    "Bonjour, c'est pour prévenir que j'ai reçu le courrier du tribunal ce matin.",
    "Je vous appelle parce que je n'ai toujours pas eu de réponse pour mon dossier.",
    "Bonjour madame, est-ce que maître Durand peut me rappeler pour mon audience ?",
    "Je souhaite laisser un message concernant la vente de ma maison.",
    "Bonjour, j'aimerais que l'on me rappelle au sujet d'une facture que je conteste.",
    "C'est au sujet de mon licenciement, je voudrais parler de la lettre que j'ai reçue.",
    "Bonjour, je dois envoyer des documents à maître Durand pour la succession de mon père.",
)
NAMES = (
    "Martin Dupont.", "Je m'appelle Sophie Bernard.", "Claire Lefèvre.", "Monsieur Petit.",
    "C'est madame Moreau.", "Je m'appelle Julien Robert.", "Nathalie Garnier.", "Paul Lambert.",
)  # fmt: skip
NUMBERS = (
    ("zéro six", "douze", "trente-quatre", "cinquante-six", "vingt-huit"),
    ("zéro un", "quarante-deux", "dix-huit", "zéro trois", "vingt"),
    ("zéro sept", "cinquante-cinq", "trente et un", "quarante", "soixante-six"),
    ("zéro quatre", "vingt-six", "quinze", "trente-trois", "quarante-quatre"),
)
WHENS = ("Demain matin.", "Lundi après-midi.", "Dès que possible.", "Jeudi vers dix heures.")


def caller_script(turn: int) -> Script:
    """A caller who leaves a message; `turn` chooses his words."""
    number = line(" ".join(NUMBERS[turn % len(NUMBERS)]))
    return script_of(
        line(REQUESTS[turn % len(REQUESTS)]), line(NAMES[turn % len(NAMES)]), number, turn
    )


def script_of(request: Line, name: Line, number: Line, turn: int) -> Script:
    """The message's questions, answered with these lines."""
    return Script(
        opening=(request,),
        answers={
            "utter_ask_caller_name*": (name,),
            "utter_ask_own_number_ok*": (line("Oui, c'est bien ça."),),
            "utter_ask_callback_number*": (number,),
            "utter_confirm_callback_number*": (line("Oui."),),
            "utter_ask_callback_when*": (line(WHENS[turn % len(WHENS)]),),
            "utter_partial*": (number,),
            "utter_ask_message*": (request,),
        },
    )
