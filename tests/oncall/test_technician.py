import pytest

from voicebot.oncall.technician import Contact, Technician, Way, read_contact


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("06 39 98 10 01", "+33639981001"),
        ("0033 6 39 98 10 01", "+33639981001"),
        ("+33 1 99 00 10 09", "+33199001009"),
        ("01.99.00.10.09", "+33199001009"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_as_people_write_it(text, address):
    assert read_contact(Way.RING, text) == Contact(Way.RING, address)


@pytest.mark.parametrize(
    "text", ["", "15", "112", "06 39 98 10", "06 39 98 10 01 2", "karim", "00"]
)
def test_a_number_that_is_not_one(text):
    with pytest.raises(ValueError, match="not a telephone number"):
        read_contact(Way.SMS, text)


@pytest.mark.parametrize(
    "text", ["", "karim", "karim@", "@x.fr", "a b@x.fr", "a@b", "a@x.fr,b@x.fr"]
)
def test_an_address_that_is_not_one(text):
    with pytest.raises(ValueError, match="not an e-mail address"):
        read_contact(Way.EMAIL, text)


def test_a_number_is_read_in_its_country():
    assert read_contact(Way.RING, "022 700 10 20", "CH").address == "+41227001020"


def test_a_contact_is_normalised_before_it_is_one():
    with pytest.raises(ValueError, match=r"E\.164"):
        Contact(Way.RING, "06 39 98 10 01")


def test_a_name_that_could_not_stand_in_a_link():
    with pytest.raises(ValueError, match="small letters"):
        Technician("Karim H.", "Karim Haddad")
