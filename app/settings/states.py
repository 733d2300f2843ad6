# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The federal states and the law on accessibility that binds their municipalities (A-05, A-07).

Which states make easy language a duty comes from the comparison of the LBIT Hessen (requirements report, A-05).
The names of the acts are a convenience and were not checked with each state: ``accessibility_law`` overrides
them. The enforcement body is a setting, because its name and address change more often than this software.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Official two-letter code of a federal state."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"


@dataclass(frozen=True, slots=True)
class StateLaw:
    """Name of the state, the act its municipalities fall under, and whether easy language is a duty."""

    name: str
    act: str
    easy_language_duty: bool = False


LAWS: dict[State, StateLaw] = {
    State.BW: StateLaw("Baden-Württemberg", "Landes-Behindertengleichstellungsgesetz (L-BGG)", True),
    State.BY: StateLaw("Bayern", "Bayerisches Digitalgesetz und Bayerisches Behindertengleichstellungsgesetz"),
    State.BE: StateLaw("Berlin", "Barrierefreie-IKT-Gesetz Berlin (BIKTG Bln)", True),
    State.BB: StateLaw("Brandenburg", "Brandenburgisches Behindertengleichstellungsgesetz (BbgBGG)", True),
    State.HB: StateLaw("Bremen", "Bremisches Behindertengleichstellungsgesetz (BremBGG)", True),
    State.HH: StateLaw("Hamburg", "Hamburgisches Behindertengleichstellungsgesetz (HmbBGG)", True),
    State.HE: StateLaw("Hessen", "Hessisches Behinderten-Gleichstellungsgesetz (HessBGG)"),
    State.MV: StateLaw("Mecklenburg-Vorpommern", "Landesbehindertengleichstellungsgesetz (LBGG M-V)"),
    State.NI: StateLaw("Niedersachsen", "Niedersächsisches Behindertengleichstellungsgesetz (NBGG)"),
    State.NW: StateLaw("Nordrhein-Westfalen", "Behindertengleichstellungsgesetz Nordrhein-Westfalen (BGG NRW)", True),
    State.RP: StateLaw("Rheinland-Pfalz", "Landesinklusionsgesetz", True),
    State.SL: StateLaw("Saarland", "Saarländisches Behindertengleichstellungsgesetz (SBGG)", True),
    State.SN: StateLaw("Sachsen", "Barrierefreie-Websites-Gesetz (BfWebG)"),
    State.ST: StateLaw("Sachsen-Anhalt", "Behindertengleichstellungsgesetz Sachsen-Anhalt (BGG LSA)"),
    State.SH: StateLaw("Schleswig-Holstein", "Landesbehindertengleichstellungsgesetz (LBGG)"),
    State.TH: StateLaw("Thüringen", "Thüringer Gesetz über den barrierefreien Zugang zu Websites (ThürBarrWebG)"),
}
