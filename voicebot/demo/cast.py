"""The callers of the demo. They answer what they are asked, in whatever order."""

from __future__ import annotations

from voicebot.caller.script import Script, line
from voicebot.demo.role import End, Role
from voicebot.speech.callers import CALLERS

_YES = (line("Oui."), line("Oui, c'est ça."))
_SOON = (line("Dès que possible."),)

VITAL = Role(
    name="vital",
    title="Danger to life: a heart attack, at a doctors' practice",
    client="maison-sante-lilas",
    person=CALLERS[1],
    number="+33612345678",
    script=Script(
        opening=(
            line("Bonjour, mon mari a très mal à la poitrine, il n'arrive plus à respirer."),
            line("Mon mari a une douleur dans la poitrine, il ne respire plus."),
        ),
        answers={
            "utter_ask_danger_understood*": (line("Oui, j'ai compris."), line("Oui.")),
            "utter_ask_own_number_ok*": _YES,
            "utter_ask_callback_number*": (line("Le numéro d'où j'appelle."),),
            "utter_confirm_callback_number*": _YES,
            "utter_ask_danger_name*": (line("Je m'appelle Claire Bernard."),),
        },
    ),
    end=End("danger", "vital", alert=True),
)

URGENT = Role(
    name="urgent",
    title="Urgent: a leak that cannot be stopped, and the technician on call, at a plumber's",
    client="plomberie-moreau",
    person=CALLERS[0],
    number="+33472001122",
    script=Script(
        opening=(
            line("Bonjour, j'ai une grosse fuite d'eau dans la cuisine, ça coule partout."),
            line("J'ai une fuite d'eau, il y a de l'eau partout."),
        ),
        answers={
            "utter_ask_water_off*": (line("Non, je n'arrive pas à couper l'eau."), line("Non.")),
            "utter_ask_own_number_ok*": _YES,
            "utter_ask_callback_number*": (line("Le numéro d'où j'appelle."),),
            "utter_confirm_callback_number*": _YES,
            "utter_ask_address*": (line("Douze rue des Lilas, à Villeurbanne."),),
            "utter_ask_caller_name*": (line("Martin Dupont."), line("Je m'appelle Dupont.")),
            "utter_ask_what_happens*": (line("J'ai une fuite d'eau."),),
            "utter_ask_callback_when*": _SOON,
        },
        person=(line("Merci, dépêchez-vous, il y en a jusque dans le couloir."),),
    ),
    end=End("handed_over", "urgent", {"callback_number": "+33472001122"}, alert=True, spoken=True),
)

MESSAGE = Role(
    name="message",
    title="A message, with a number dictated, at a law office",
    client="cabinet-durand",
    person=CALLERS[2],
    script=Script(
        opening=(
            line("Bonjour, je voudrais laisser un message pour maître Durand."),
            line("Je voudrais laisser un message."),
        ),
        answers={
            "utter_ask_message*": (
                line("J'ai reçu une lettre du tribunal pour mon divorce, je voudrais son avis."),
            ),
            "utter_ask_caller_name*": (line("Sophie Bernard."), line("Je m'appelle Bernard.")),
            "utter_ask_callback_number*": (
                line("Zéro six", 0.4, "douze", 0.3, "trente-quatre", 0.5, "dix-huit", 0.3,
                     "vingt."),
            ),
            "utter_confirm_callback_number*": _YES,
            "utter_partial*": (line("Zéro six douze trente-quatre dix-huit vingt."),),
            "utter_ask_callback_when*": (line("Demain matin."),),
        },
    ),
    end=End("message_taken", None, {"callback_number": "+33612341820"}),
)  # fmt: skip

HESITANT = Role(
    name="hesitant",
    title="He hesitates, corrects himself and interrupts, at an IT hotline",
    client="infoge-services",
    person=CALLERS[4],
    script=Script(
        interrupts={
            "utter_greeting": line(
                "Oui bonjour,", 0.5, "euh,", 0.6, "c'est pour l'imprimante du bureau,", 0.5,
                "elle ne marche plus.", interrupts_after_s=1.5,
            )
        },
        opening=(line("C'est pour l'imprimante du bureau, elle ne marche plus."),),
        answers={
            "utter_ask_message*": (line("L'imprimante du bureau ne marche plus."),),
            "utter_ask_caller_name*": (
                line("Alors,", 0.5, "je m'appelle", 0.6, "Julien Robert."),
                line("Julien Robert."),
            ),
            "utter_ask_callback_number*": (
                line("Zéro sept", 0.6, "cinquante-cinq", 0.5, "trente et un", 0.4, "quarante", 0.5,
                     "soixante."),
                line("Zéro sept cinquante-cinq trente et un quarante soixante-deux."),
            ),
            "utter_confirm_callback_number*": (
                line("Non, c'est le zéro sept", 0.4, "cinquante-cinq", 0.3, "trente et un", 0.4,
                     "quarante", 0.3, "soixante-deux."),
                *_YES,
            ),
            "utter_corrected*": _YES,
            "utter_partial*": (
                line("Zéro sept cinquante-cinq trente et un quarante soixante-deux."),
            ),
            "utter_ask_callback_when*": _SOON,
        },
    ),
    end=End("message_taken", None, {"callback_number": "+33755314062"}, interrupted=True),
)  # fmt: skip

CAST = (VITAL, URGENT, MESSAGE, HESITANT)
