import pytest

from voicebot.accounts.keyring import KeyLost
from voicebot.errors import BadInput
from voicebot.store.key_file import add_key, read_keyring


@pytest.fixture
def file(tmp_path):
    return tmp_path / "secret.key"


def test_it_is_made_once_for_its_owner_alone(file):
    sealed = read_keyring(file).seal("S", "account 1")
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_keyring(file).open(sealed, "account 1") == "S"


def test_a_new_key_comes_before_the_one_that_is_in_use(file):
    first = read_keyring(file).seal("S", "account 1")
    add_key(file)
    ring = read_keyring(file)
    assert ring.open(first, "account 1") == "S" and not ring.newest(first)
    assert file.stat().st_mode & 0o777 == 0o600
    add_key(file)
    with pytest.raises(KeyLost):
        read_keyring(file).open(first, "account 1")
    assert [one.name for one in file.parent.iterdir() if "key" in one.name] == ["secret.key"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "abc\n", "AAAA\n", "\xff\n"])
def test_a_file_of_something_else_is_named_and_left_alone(file, text):
    file.write_text(text, encoding="latin-1")
    for use in (read_keyring, add_key):
        with pytest.raises(BadInput, match=r"secret\.key: these are not the keys"):
            use(file)
    assert file.read_text(encoding="latin-1") == text


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(BadInput, match="VOICEBOT_SECRET_KEY_FILE"):
        read_keyring(tmp_path / "no" / "secret.key")
