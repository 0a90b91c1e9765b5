from tests.delivery.conftest import server as server
