"""The one table of colours. Everything that is drawn takes its colours from here.

Plain strings ("#RRGGBB"), so that the table can be checked without Qt; painters wrap them in
``QColor``. The contrast of each pair is held by a test.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """The three shades of one kind of thing (calendar, tasks, study, meals).

    Args:
        text: Words on ``tint`` or on a card.
        tint: The ground of a block.
        graphic: Bars, lines of plots, swatches.
    """

    text: str
    tint: str
    graphic: str


@dataclass(frozen=True, slots=True)
class CodeColours:
    """The colours of source text; ``plain`` is the page's ink."""

    ground: str
    plain: str
    keyword: str
    string: str
    number: str
    builtin: str
    comment: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, by what it is for.

    Args:
        dark: Whether the ground is dark.
        desk: Ground of the sidebar.
        page: Ground of the work area.
        card: Ground of cards, fields and menus.
        well: Hover, and the user's own words.
        press: Selected and pressed.
        line: Dividers.
        line2: Borders of controls.
        control: Switch, box and slider.
        ink: Text.
        ink2: Secondary text.
        ink3: Notes, axes, placeholders.
        lamp: Fill of the primary button.
        onlamp: Text on ``lamp``.
        lampedge: Border of lamp fills.
        lampline: Focus and the lit line.
        lampink: Amber text.
        lampsoft: Amber tint.
        good: Fits, passed, checked; ``ready`` is its graphic shade.
        caution: Slow, does not fit well.
        bad: Failed.
        slate: Calendar.
        teal: Tasks.
        plum: Study.
        clay: Meals.
        mastery: Four steps of light, weakest first.
        onmastery: Text on the fourth step.
        energy: Fill of the energy curve; ``energyedge`` is its line.
        disabled: Text and icons of what cannot be used now.
        grid: Grid of plots.
        selection: Ground of selected text.
        code: Colours of source text.
    """

    dark: bool
    desk: str
    page: str
    card: str
    well: str
    press: str
    line: str
    line2: str
    control: str
    ink: str
    ink2: str
    ink3: str
    lamp: str
    onlamp: str
    lampedge: str
    lampline: str
    lampink: str
    lampsoft: str
    good: str
    goodsoft: str
    ready: str
    caution: str
    cautionsoft: str
    bad: str
    badsoft: str
    slate: Kind
    teal: Kind
    plum: Kind
    clay: Kind
    mastery: tuple[str, str, str, str]
    onmastery: str
    energy: str
    energyedge: str
    disabled: str
    grid: str
    selection: str
    code: CodeColours


LIGHT = Tokens(
    dark=False,
    desk="#F2F0EC",
    page="#FAF9F7",
    card="#FFFFFF",
    well="#F1EFEA",
    press="#E8E4DD",
    line="#E5E1DA",
    line2="#CFC9BF",
    control="#8C8375",
    ink="#221F1A",
    ink2="#554E45",
    ink3="#6C6459",
    lamp="#F0AA3C",
    onlamp="#271A00",
    lampedge="#D9921F",
    lampline="#BF7607",
    lampink="#845000",
    lampsoft="#FBF0DC",
    good="#1C6A44",
    goodsoft="#E3F1E8",
    ready="#2F8558",
    caution="#665600",
    cautionsoft="#F3EFCB",
    bad="#A62F24",
    badsoft="#FAE8E4",
    slate=Kind("#2C527B", "#E6EDF5", "#4B77A8"),
    teal=Kind("#1A615F", "#DFEFED", "#2F807D"),
    plum=Kind("#6A4280", "#F0E8F5", "#8D62A6"),
    clay=Kind("#87401F", "#F8E9E1", "#B45F3A"),
    mastery=("#FCF6EA", "#FAEACB", "#F6D79A", "#F0BE63"),
    onmastery="#221F1A",
    energy="#F8F1E1",
    energyedge="#EBDCBB",
    disabled="#A79F93",
    grid="#EEEBE5",
    selection="#F6D79A",
    code=CodeColours(
        ground="#FDFCFA",
        plain="#221F1A",
        keyword="#6A4280",
        string="#1A615F",
        number="#2C527B",
        builtin="#87401F",
        comment="#6C6459",
    ),
)

DARK = Tokens(
    dark=True,
    desk="#151412",
    page="#1B1A18",
    card="#232220",
    well="#2B2927",
    press="#383532",
    line="#34312E",
    line2="#4B4742",
    control="#8A8278",
    ink="#EFEBE4",
    ink2="#C0B9AE",
    ink3="#A89F94",
    lamp="#F2B24C",
    onlamp="#241700",
    lampedge="#F2B24C",
    lampline="#E0A03A",
    lampink="#F4BC62",
    lampsoft="#34280F",
    good="#86CFA3",
    goodsoft="#1D3126",
    ready="#5DB585",
    caution="#DCCB62",
    cautionsoft="#322E14",
    bad="#F4A091",
    badsoft="#40231D",
    slate=Kind("#A5C4E6", "#1F2D3C", "#7BA3D1"),
    teal=Kind("#8CCFC9", "#1B302F", "#5FB0AA"),
    plum=Kind("#D2AEE8", "#302638", "#B083CC"),
    clay=Kind("#F0AC8C", "#3A281F", "#D98860"),
    mastery=("#2C271D", "#46391E", "#715525", "#D8A450"),
    onmastery="#221F1A",
    energy="#28241B",
    energyedge="#443A25",
    disabled="#6E675E",
    grid="#2F2C2A",
    selection="#715525",
    code=CodeColours(
        ground="#1E1D1B",
        plain="#EFEBE4",
        keyword="#D2AEE8",
        string="#8CCFC9",
        number="#A5C4E6",
        builtin="#F0AC8C",
        comment="#A89F94",
    ),
)


def _high_contrast(tokens: Tokens) -> Tokens:
    """Stronger borders and text, no tints; the grounds stay so that the place is known again."""

    def plain(kind: Kind) -> Kind:
        return replace(kind, tint=tokens.card)

    return replace(
        tokens,
        line=tokens.control,
        line2=tokens.ink3,
        control=tokens.ink2,
        ink="#000000" if not tokens.dark else "#FFFFFF",
        ink2=tokens.ink,
        ink3=tokens.ink2,
        lampedge=tokens.lampink,
        lampline=tokens.lampink,
        lampsoft=tokens.card,
        goodsoft=tokens.card,
        cautionsoft=tokens.card,
        badsoft=tokens.card,
        slate=plain(tokens.slate),
        teal=plain(tokens.teal),
        plum=plain(tokens.plum),
        clay=plain(tokens.clay),
        energy=tokens.card,
        energyedge=tokens.control,
        disabled=tokens.control,
        grid=tokens.line2,
        code=replace(
            tokens.code,
            ground=tokens.card,
            plain="#000000" if not tokens.dark else "#FFFFFF",
            comment=tokens.ink2,
        ),
    )


LIGHT_CONTRAST = _high_contrast(LIGHT)
DARK_CONTRAST = _high_contrast(DARK)


def choose(*, dark: bool, high_contrast: bool) -> Tokens:
    """The table for a ground and a contrast."""
    if high_contrast:
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT
