"""The demo clients, whole: what `voicebot lint` reads."""

from pathlib import Path

from voicebot.clients.loader import load_clients


def test_all_demo_clients_load_with_their_flows():
    clients = load_clients(Path("flows"))
    assert len(clients) == 6
    assert all(client.flows.flows for client in clients.values())


def test_what_holds_no_fact_of_a_client_is_said_in_english_too():
    """Who speaks English is asked no French question, not even one of a client's own."""
    untold = {
        f"{client.name}: {response.name}"
        for client in load_clients(Path("flows")).values()
        for response in client.flows.responses.values()
        for variation in response.variations
        if variation.text and "{" not in variation.text and "en" not in variation.translation
    }
    assert {name.split(": ")[1] for name in untold} <= {"utter_english"}, untold
