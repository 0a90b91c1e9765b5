"""What the technician's page says, in his language."""

from __future__ import annotations

from collections.abc import Mapping

from voicebot.web import labels

FR = {
    "lang": "fr",
    "hello": "Bonjour {name}",
    "since": "Appel reçu {when}",
    "call_back": "Rappeler le {number}",
    "facts": "Ce qui a été noté",
    "others": "{count} autres appels pour la même affaire",
    "other": "Un autre appel pour la même affaire",
    "take": "Je m'en occupe",
    "decline": "Je ne peux pas",
    "declined": "Vous avez répondu que vous ne pouvez pas. La personne suivante est prévenue.",
    "take_after_all": "Finalement, je m'en occupe",
    "yours": "L'intervention est à vous.",
    "arrive": "J'arrive dans…",
    "minutes": "{minutes}\N{NO-BREAK SPACE}min",
    "arrive_at": "ou à",
    "tell": "Prévenir",
    "arriving": "Arrivée annoncée : {when}.",
    "start": "Je commence l'intervention",
    "start_again": "Je reprends l'intervention",
    "started": "Intervention commencée {when}.",
    "end": "J'ai terminé l'intervention",
    "ended": "Intervention terminée {when}.",
    "close": "L'affaire est réglée : clore l'alerte",
    "taken": "{name} s'en occupe. Vous n'avez rien à faire.",
    "closed": "L'affaire est close. Merci.",
    "shift": "Votre astreinte commence {when}.",
    "shift_began": "Votre astreinte a commencé {when}.",
    "present": "Je prends mon poste",
    "confirmed": "Prise de poste confirmée. Bonne astreinte !",
    "not_asked": "Aucune prise de poste n'est attendue de vous pour le moment.",
    "refused_time": "Cette heure n'a pas été comprise. Rien n'a été noté.",
    "refused_late": "Entre-temps, la situation a changé. Voici où elle en est.",
    "expired": "Ce lien n'est plus valable.",
    "expired_why": "Il a expiré. En cas de besoin, appelez votre responsable d'astreinte.",
    "unknown": "Ce lien n'existe pas.",
    "unknown_why": "Vérifiez qu'il a été ouvert en entier, tel qu'il était dans le message.",
    "removed": "Vous ne faites plus partie de cette astreinte.",
    "removed_why": "Ce lien n'ouvre plus rien. En cas d'erreur, appelez votre responsable.",
    "many": "Trop de demandes à la fois.",
    "many_why": "Patientez une minute, puis rouvrez le lien.",
    "valid": "Lien personnel, valable jusqu'à {when}. Ne le transmettez pas.",
    "refresh": "Actualiser",
}
EN = {
    "lang": "en",
    "hello": "Hello {name}",
    "since": "Call received {when}",
    "call_back": "Ring back {number}",
    "facts": "What was noted",
    "others": "{count} other calls about the same matter",
    "other": "Another call about the same matter",
    "take": "I'll take it",
    "decline": "I can't",
    "declined": "You answered that you can't. The next person is being told.",
    "take_after_all": "I'll take it after all",
    "yours": "The job is yours.",
    "arrive": "I'll be there in…",
    "minutes": "{minutes}\N{NO-BREAK SPACE}min",
    "arrive_at": "or at",
    "tell": "Tell them",
    "arriving": "Arrival announced: {when}.",
    "start": "I'm starting work",
    "start_again": "I'm starting work again",
    "started": "Work started {when}.",
    "end": "I've finished work",
    "ended": "Work finished {when}.",
    "close": "It is settled: close the alert",
    "taken": "{name} is taking care of it. There is nothing for you to do.",
    "closed": "The matter is closed. Thank you.",
    "shift": "Your on-call shift begins {when}.",
    "shift_began": "Your on-call shift began {when}.",
    "present": "I'm on duty",
    "confirmed": "Your shift start is confirmed. Have a quiet shift!",
    "not_asked": "No shift start is expected from you at the moment.",
    "refused_time": "That time was not understood. Nothing was noted.",
    "refused_late": "Things have changed meanwhile. Here is how they stand.",
    "expired": "This link is no longer valid.",
    "expired_why": "It has expired. If you need to, ring your on-call manager.",
    "unknown": "This link does not exist.",
    "unknown_why": "Check that it was opened whole, as it stood in the message.",
    "removed": "You are no longer part of this on-call team.",
    "removed_why": "This link opens nothing any more. If that is a mistake, ring your manager.",
    "many": "Too many requests at once.",
    "many_why": "Wait a minute, then open the link again.",
    "valid": "A personal link, valid until {when}. Do not pass it on.",
    "refresh": "Refresh",
}
WORDS: Mapping[str, Mapping[str, str]] = {"fr": FR, "en": EN}
URGENCIES = {"vital": "Danger to life", "urgent": "Urgent"}
FACTS = {
    "caller_name": "Name",
    "callback_number": "Number",
    "address": "Address",
    "request": "Request",
    "callback_when": "When to ring back",
}


def words(language: str) -> Mapping[str, str]:
    """The page's words; French where the language has none."""
    return WORDS.get(language, FR)


def urgency(name: str, language: str) -> str:
    """How grave it is."""
    english = URGENCIES.get(name) if language == "en" else None
    return english or labels.urgency(name)


def fact(name: str, language: str) -> str:
    """The name of a fact."""
    english = FACTS.get(name) if language == "en" else None
    return english or labels.slot(name)
