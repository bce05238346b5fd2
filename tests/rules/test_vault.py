"""Keys of circles, and what is sealed under them (`sessions.circle.vault`)."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sessions.circle.vault import KeyGone, UnsafeFolder, Vault

HERE, ELSEWHERE = "here", "elsewhere"
OVERHEAD = 12 + 16  # nonce and tag


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path / "run" / "keys")
    vault.make(HERE)
    vault.make(ELSEWHERE)
    return vault


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("words", ["", "hello", "é" * 1000, "\x80\0\x80", "👩‍👩‍👧‍👦"])
def test_what_is_sealed_can_be_unsealed(vault: Vault, words: str) -> None:
    sealed = vault.seal(HERE, "note", "1", words)
    assert vault.unseal(HERE, "note", "1", sealed) == words


def test_another_process_reads_the_key_from_its_file(vault: Vault) -> None:
    sealed = vault.seal(HERE, "note", "1", "hello")
    assert Vault(vault.folder).unseal(HERE, "note", "1", sealed) == "hello"


def test_the_same_words_are_never_sealed_alike(vault: Vault) -> None:
    assert len({vault.seal(HERE, "note", "1", "hello") for _ in range(100)}) == 100
    assert b"hello" not in vault.seal(HERE, "note", "1", "hello")


@pytest.mark.parametrize(("letters", "steps"), [(0, 1), (1, 1), (255, 1), (256, 2), (511, 2), (512, 3), (4000, 16)])
def test_lengths_go_up_in_steps_of_256(vault: Vault, letters: int, steps: int) -> None:
    assert len(vault.seal(HERE, "note", "1", "x" * letters)) == OVERHEAD + 256 * steps


@pytest.mark.parametrize(
    ("circle", "kind", "item"), [(ELSEWHERE, "note", "1"), (HERE, "check-in", "1"), (HERE, "note", "2")]
)
def test_moved_to_another_place_it_does_not_open(vault: Vault, circle: str, kind: str, item: str) -> None:
    sealed = vault.seal(HERE, "note", "1", "hello")
    with pytest.raises(KeyGone):
        vault.unseal(circle, kind, item, sealed)


@pytest.mark.parametrize("at", [0, 11, 12, 100, -1])
def test_with_one_bit_changed_it_does_not_open(vault: Vault, at: int) -> None:
    changed = bytearray(vault.seal(HERE, "note", "1", "hello"))
    changed[at] ^= 1
    with pytest.raises(KeyGone):
        vault.unseal(HERE, "note", "1", bytes(changed))


def test_a_destroyed_key_opens_nothing_and_seals_nothing(vault: Vault) -> None:
    sealed, theirs = vault.seal(HERE, "note", "1", "hello"), vault.seal(ELSEWHERE, "note", "1", "still here")
    vault.destroy(HERE)
    assert not vault.has(HERE) and vault.circles() == [ELSEWHERE]
    with pytest.raises(KeyGone):
        vault.unseal(HERE, "note", "1", sealed)
    with pytest.raises(KeyGone):
        vault.seal(HERE, "note", "1", "hello")
    assert vault.unseal(ELSEWHERE, "note", "1", theirs) == "still here"


def test_destroying_it_again_does_no_harm(vault: Vault) -> None:
    for _ in range(3):
        vault.destroy(HERE)
    vault.destroy("never made")
    assert vault.circles() == [ELSEWHERE]


def test_destroying_it_many_times_at_once_does_no_harm(vault: Vault) -> None:
    for number in range(50):
        vault.make(str(number))
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(vault.destroy, [str(number)] * 4))
        assert not vault.has(str(number))


def test_the_key_is_overwritten_before_it_is_unlinked(vault: Vault) -> None:
    key = (vault.folder / f"{HERE}.key").read_bytes()
    os.link(vault.folder / f"{HERE}.key", vault.folder / "another name")
    vault.destroy(HERE)
    assert (vault.folder / "another name").read_bytes() != key


def test_a_key_is_never_made_twice(vault: Vault) -> None:
    with pytest.raises(FileExistsError):
        vault.make(HERE)


def test_only_its_owner_can_look_into_it(vault: Vault) -> None:
    assert mode(vault.folder) == 0o700
    assert {mode(file) for file in vault.folder.iterdir()} == {0o600}
    assert {file.stat().st_size for file in vault.folder.iterdir()} == {32}


@pytest.mark.parametrize("bits", [0o755, 0o750, 0o701, 0o777])
def test_a_folder_others_may_look_into_is_refused(tmp_path: Path, bits: int) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    folder.chmod(bits)
    with pytest.raises(UnsafeFolder):
        Vault(folder)


def test_a_folder_of_somebody_else_is_refused(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: vault.folder.stat().st_uid + 1)
    with pytest.raises(UnsafeFolder):
        Vault(vault.folder)


def test_a_link_to_a_folder_is_refused(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault.folder)
    with pytest.raises(UnsafeFolder):
        Vault(tmp_path / "link")


@pytest.mark.parametrize("left", [b"", b"too short", b"x" * 16, b"x" * 32], ids=["0", "9", "16", "32"])
def test_a_spoilt_key_file_opens_nothing(vault: Vault, left: bytes) -> None:
    sealed = vault.seal(HERE, "note", "1", "hello")
    (vault.folder / f"{HERE}.key").write_bytes(left)
    with pytest.raises(KeyGone):
        Vault(vault.folder).unseal(HERE, "note", "1", sealed)
