"""Builds ``resources/fonts`` and ``resources/icons`` from the packages that carry the originals.

Run by hand when a version changes; the results are kept in the repository, so neither the
application nor its tests need this script. Needs ``npm`` on the path, and fonttools with brotli in
the Python that runs it (``pip install fonttools brotli``).

Fonts lose the scripts and features that the application does not use, and their hints. Icons are
taken as they are, without the licence comment that each repeats.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class _Package:
    name: str
    version: str
    sha512: str
    licence: str


_INTER = _Package(
    "inter-ui",
    "4.1.1",
    "451h0J29HyOmA+JXgSi/6M12tL7ZCZ8arYKZUXiOXTJpJbAKqJvFh3k5SiV3x7tKe0C0KyrKUUiQIvvZ2PQDcA==",
    "LICENSE.txt",
)
_MONO = _Package(
    "@expo-google-fonts/jetbrains-mono",
    "0.4.1",
    "CslACrtMOcRwoWXCO7OMEI+9w3fukWSoBtvNz46OqPoogEuuoY0tkDY1O8sFumk8t0pC6Cx0Xr95O0TOQhpkug==",
    "LICENSE_FONT",
)
_LUCIDE = _Package(
    "lucide-static",
    "1.62.0",
    "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
    "LICENSE",
)

_FONTS = (
    (_INTER, "web/Inter-Regular.woff2", "Inter-Regular.ttf"),
    (_INTER, "web/Inter-Medium.woff2", "Inter-Medium.ttf"),
    (_INTER, "web/Inter-SemiBold.woff2", "Inter-SemiBold.ttf"),
    (_INTER, "web/Inter-Italic.woff2", "Inter-Italic.ttf"),
    (_INTER, "display/InterDisplay-SemiBold.woff2", "InterDisplay-SemiBold.ttf"),
    (_MONO, "400Regular/JetBrainsMono_400Regular.ttf", "JetBrainsMono-Regular.ttf"),
)

# Latin, Greek, Cyrillic, Vietnamese; punctuation, currency, letterlike, arrows, mathematics,
# technical, lines and blocks, the ticks and stars among the dingbats, ligature letters.
_RANGES = (
    "0020-024F,0259,02B0-02FF,0300-036F,0370-03FF,0400-052F,1E00-1EFF,2000-206F,2070-209F,"
    "20A0-20CF,2100-218F,2190-21FF,2200-22FF,2300-23FF,2460-24FF,2500-25FF,2600-26FF,2700-27BF,"
    "27E6-27EF,27F5-27FF,2A00-2AFF,FB00-FB06,FEFF,FFFD"
)
_TEXT_FEATURES = "kern,mark,mkmk,ccmp,locl,calt,tnum,case,frac,sups,subs"
_CODE_FEATURES = "mark,mkmk,ccmp,locl"  # without calt there are no ligatures in code

_ICONS = """
    archive archive-restore arrow-down arrow-down-wide-narrow arrow-left arrow-up badge-check
    book-open bookmark box bug calculator calendar-check calendar-days chart-column chart-line
    check chevron-down chevron-left chevron-right chevron-up circle circle-alert circle-check
    circle-dashed circle-play circle-question-mark circle-x clipboard-copy clock code command
    contrast copy corner-down-left cpu download dumbbell eject ellipsis external-link eye
    eye-off file-check file-down file-input file-text file-up flag folder-open folder-search
    funnel gauge ghost git-branch graduation-cap hard-drive hash hat-glasses history info
    key-round keyboard languages layers library lightbulb list list-checks list-filter
    loader-circle lock lock-open log-out maximize-2 memory-stick message-square minimize-2 minus
    monitor monitor-check monitor-cog moon music palette panel-left pause pencil pin pin-off
    play plus printer refresh-cw rotate-ccw route save scroll-text search settings shield-check
    sliders-horizontal sprout square square-pen star step-forward sun tag target text-search
    thumbs-down thumbs-up trash-2 triangle-alert type undo-2 upload user-round-pen wifi wifi-off
    wrench x zap zoom-in zoom-out
"""


def _unpacked(package: _Package, scratch: Path) -> Path:
    """The folder of ``package``, fetched by name and checked."""
    spec = f"{package.name}@{package.version}"
    done = subprocess.run(
        ["npm", "pack", spec, "--silent"], cwd=scratch, check=True, capture_output=True, text=True
    )
    archive = scratch / done.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        sys.exit(f"{spec} is not the package it was: its SHA-512 is {digest}.")
    target = scratch / archive.stem
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    return target / "package"


def _subset(source: Path, target: Path, features: str) -> None:
    subprocess.run(
        [
            sys.executable, "-m", "fontTools.subset", str(source),
            f"--unicodes={_RANGES}", f"--layout-features={features}",
            "--no-hinting", "--desubroutinize", "--name-IDs=*", "--notdef-outline",
            f"--output-file={target}",
        ],
        check=True,
    )  # fmt: skip
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def _icon(source: Path) -> str:
    """The drawing on one line, thinner, coloured later."""
    text = re.sub(r"<!--.*?-->", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r'\s+class="[^"]*"', "", text)
    text = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", text)).strip()
    return text.replace('stroke-width="2"', 'stroke-width="1.75"').replace(" >", ">") + "\n"


def main() -> None:
    """Fetches, checks, cuts down and writes all fonts and icons with their licences."""
    fonts, icons = _RESOURCES / "fonts", _RESOURCES / "icons"
    with tempfile.TemporaryDirectory() as scratch:
        at = {p.name: _unpacked(p, Path(scratch)) for p in (_INTER, _MONO, _LUCIDE)}
        for folder in (fonts, icons):
            folder.mkdir(parents=True, exist_ok=True)
        for package, source, name in _FONTS:
            features = _CODE_FEATURES if package is _MONO else _TEXT_FEATURES
            _subset(at[package.name] / source, fonts / name, features)
        for name in _ICONS.split():
            drawn = _icon(at[_LUCIDE.name] / "icons" / f"{name}.svg")
            (icons / f"{name}.svg").write_text(drawn, encoding="utf-8")
        for package, target in (
            (_INTER, fonts / "LICENCE-Inter.txt"),
            (_MONO, fonts / "LICENCE-JetBrains-Mono.txt"),
            (_LUCIDE, icons / "LICENCE-Lucide.txt"),
        ):
            text = (at[package.name] / package.licence).read_text(encoding="utf-8")
            target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
