async def test_every_company_can_be_rung(browser, clients):
    text = (await browser.get("/")).text

    for client in clients.values():
        assert f'value="{client.name}"' in text
        assert client.company in text


async def test_a_link_chooses_the_company(browser):
    text = (await browser.get("/?client=plomberie-moreau")).text

    assert 'data-company="Plomberie Moreau" checked' in text
    assert text.count("checked") == 1


async def test_an_unknown_company_chooses_the_first(browser):
    text = (await browser.get("/?client=<script>")).text

    assert 'data-company="Cabinet de Maître Durand" checked' in text
    assert "<script>" not in text


async def test_no_company_at_all(browser, clients):
    clients.clear()
    text = (await browser.get("/")).text

    assert "Aucune entreprise n'est configurée" in text
    assert "Appeler</button>" not in text


async def test_the_keypad_has_twelve_keys(browser):
    text = (await browser.get("/")).text

    assert [piece[0] for piece in text.split('data-key="')[1:]] == list("123456789*0#")
