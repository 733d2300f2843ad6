# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parser of GV100AD: exact positions, both encodings, both line ends; every fault with its line."""

import pytest

from app.municipalities.gv100ad import GEMEINDE, RegisterError, read
from tests.app.municipalities.gv100ad import SMALL, Line, changed, file_of, without


def faults(raw: bytes) -> list[str]:
    with pytest.raises(RegisterError) as refused:
        read(raw)
    return [str(fault) for fault in refused.value.faults]


def test_a_line_written_by_hand_is_read_field_by_field() -> None:
    """Every position counted on paper, not by the same code that makes the other lines."""
    line = (
        "60" "20231130" "03459012" "0012" + "Bad Übung am Wald, Stadt".ljust(50) + " " * 50 + "63" + "    "
        "00000004712" "00000014071" "00000007000" + " " * 4 + "49191" "*****" "  " "2365" "4100" "26400" "00038 "
    )  # fmt: skip
    raw = "\n".join([str(Line("10", "03", "N")), str(Line("40", "03459", "K", "44")), line.ljust(220)])
    record = read(raw.encode())[-1]
    assert len(line) <= 220
    assert (record.level, record.key, record.name, record.kind) == (
        GEMEINDE,
        "034590012012",
        "Bad Übung am Wald, Stadt",
        "63",
    )
    assert (record.as_of.isoformat(), record.population, record.postcode, record.line) == (
        "2023-11-30",
        14_071,
        "49191",
        3,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    assert read(file_of(encoding=encoding, end=end)) == read(file_of())
    assert "Osnabrück, Stadt" in [record.name for record in read(file_of(encoding=encoding, end=end))]


def test_the_end_of_a_dos_file_and_empty_lines_are_no_fault() -> None:
    assert read(file_of() + b"\r\n\x1a") == read(file_of())
    assert read(file_of().removesuffix(b"\r\n")) == read(file_of())


def test_several_postcodes_are_none() -> None:
    records = read(file_of(changed("034590012012", postcode="*****")))
    assert next(record for record in records if record.key == "034590012012").postcode == ""


@pytest.mark.parametrize(
    ("start", "length", "wrong", "message"),
    [
        (0, 2, "70", "Satzart '70' is unknown"),
        (2, 8, "20231301", "the Gebietsstand '20231301' (characters 3 to 10) is no day"),
        (10, 2, "17", "the key '174040000000' (characters 11 to 22) is not complete"),
        (15, 3, "   ", "is not complete"),
        (22, 50, " " * 50, "the name (characters 23 to 72) is missing"),
        (122, 2, "S ", "the Textkennzeichen 'S ' (characters 123 and 124) is no number"),
        (139, 11, "    14.071 ", "the number of inhabitants '    14.071 ' (characters 140 to 150) is no number"),
        (165, 5, "4919 ", "the postcode '4919 ' (characters 166 to 170) is none"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(start: int, length: int, wrong: str, message: str) -> None:
    lines = [str(line) for line in SMALL]
    lines[4] = lines[4][:start] + wrong + lines[4][start + length :]
    (fault,) = faults("\n".join(lines).encode())
    assert fault.startswith("line 5: ")
    assert message in fault


def test_all_faults_are_told_at_once() -> None:
    lines = [str(line) for line in SMALL]
    lines[4], lines[7] = lines[4][:-1], lines[7] + " "
    assert [fault.partition(";")[0] for fault in faults("\n".join(lines).encode())] == [
        "line 5: 219 characters instead of 220",
        "line 8: 221 characters instead of 220",
    ]


def test_a_file_cut_within_a_line() -> None:
    (fault,) = faults(file_of()[:-40])
    assert fault == (
        f"line {len(SMALL)}: 182 characters instead of 220; the file seems to be cut off or changed. Download it again"
    )


def test_a_file_cut_between_lines() -> None:
    assert faults(file_of(SMALL[:-1])) == ["line 24: the file ends before a Gemeinde: it is empty or cut off"]
    assert faults(b"") == ["line 1: the file ends before a Gemeinde: it is empty or cut off"]


def test_gaps_in_the_middle() -> None:
    assert faults(file_of(without("034600006006"))) == ["line 13: there is no Gemeinde of Vechta: the file has gaps"]
    assert faults(file_of(without("09184")))[0] == (
        "line 21: there is no record of 09184, to which Aying belongs, before this line"
    )
    assert faults(file_of(without("09")))[0].startswith("line 17: there is no record of 09, to which München")


def test_the_same_key_twice() -> None:
    (fault,) = faults(file_of([*SMALL, SMALL[-1]]))
    assert fault == "line 26: the key 091840119119 stands in line 25 already"


@pytest.mark.parametrize("raw", [b"ARS;Name;Einwohner\n" * 500, "Straße\n".encode("iso-8859-1"), b"{}"])
def test_another_file_is_refused_in_one_sentence(raw: bytes) -> None:
    (fault,) = faults(raw)
    assert fault.startswith("line 1: ")
    assert fault.endswith("this is no GV100AD file. Give the text file whose name begins with GV100AD_")


def test_what_is_no_text_is_refused() -> None:
    (fault,) = faults(b"PK\x03\x04\x14\x00\x00\x00\x08\x00")
    assert "no text file" in fault
