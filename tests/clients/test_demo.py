"""The demo clients, whole: what `voicebot lint` reads."""

from pathlib import Path

from voicebot.clients.loader import load_clients


def test_all_demo_clients_load_with_their_flows():
    clients = load_clients(Path("flows"))
    assert len(clients) == 6
    assert all(client.flows.flows for client in clients.values())
