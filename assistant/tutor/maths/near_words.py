"""Words that are one slip from each other and yet two terms: sulfite, sulfate; casual, causal.

A slip of the fingers is told from another term by what it makes: endings that name kinds of things
(-ate and -ite of salts, -ane and -ene) are none, nor is a word of the list, nor a letter for one
that neither lies beside it on the keys nor sounds like it.
"""

import re
from typing import Final

_KINDS: Final = (
    (r"[a-z]*(?:sulf|sulph|nitr|phosph|chlor|brom|iod|arsen|silic|selen)", "ate ite ide ine"),
    (r"(?:cyclo|iso|neo)?(?:meth|eth|prop|but|pent|hex|hept|oct|non|dec|alk)", "ane ene yne yl"),
    (r"[a-z]{2,}an", "ol al"),
    (r"[a-z]{3,}", "ose ase"),
    (r"[a-z]{3,}", "ism ist"),
    (r"[a-z]{3,}", "cyte lyte"),
)  # fmt: skip
"""Stems, and the endings behind them that tell one kind from another."""
_ENDINGS: Final = tuple(
    re.compile(rf"({stem})({'|'.join(endings.split())})") for stem, endings in _KINDS
)
_TERMS: Final = (
    "absorb adsorb,absorption adsorption,adapt adopt,addition audition,altitude aptitude attitude,"
    "angel angle,ascent assent,axiom axion axon,basis bases,breath breathe,capital capitol,"
    "carton cartoon,casual causal,cation caution,censer censor,chlorin chlorine,chord cord,"
    "coarse course,codon colon colony,collage college,coma comma,complement compliment,"
    "confidant confident,content contest context,convex convey,corporal corporeal,country county,"
    "cysteine cystine,dairy diary,deduce deduct,depravation deprivation,desert dessert,"
    "device devise,discreet discrete,divers diverse,elision elusion,envelop envelope,"
    "expansive expensive,fiction friction fraction,gene genie genre,genius genus genes,"
    "heroin heroine,human humane,hungary hungry,ileum ilium,imminent immanent,"
    "infection inflection,ingenious ingenuous,iceland ireland island,isobar isobars,"
    "later latter,lessen lesson,libel label,loose lose,mantel mantle,median medial medium,"
    "meiosis miosis mitosis,mental metal medal,message massage,miner minor,modal model mode,"
    "moral morale mortal,"
    "multiple multiply,morality mortality,monarchy menarchy,mucous mucus,naval navel,"
    "neural neutral,neuron neutron,number numbed,ordinance ordnance,osmoses osmosis,"
    "parity party purity,peasant pheasant pleasant,pedal petal,perineal peroneal,"
    "perpetrate perpetuate,petrel petrol,phase phrase,photon proton,planet plant,"
    "pleural plural,police policy,portal postal,portion potion,predication prediction,"
    "prescribe proscribe,prophecy prophesy,prostate prostrate,protean protein,quiet quite,"
    "quota quote,radial radical,radian radiant,radium radius,ration ratio,rational rationale,"
    "reflex reflux,relay replay,relic relict,retina retinal retinol,section suction,"
    "simile smile,sample simple,singe single,solid stolid,salute solute,staple stable,"
    "stationary stationery,statue stature statute,stimulant simulant,summary summery,"
    "tendon tenon,thorough through,tibia tibial,topic tropic trophic,tortuous torturous,"
    "track tract,treaties treatise,trail trial,united untied,urban urbane,vacation vocation,"
    "valance valence,venal venial,veracious voracious,vertex vortex,vertices vortices,"
    "vertical vortical,viral virile vital,virtual victual,wander wonder"
)
_NEAR: Final = frozenset(
    frozenset((one, other))
    for group in _TERMS.split(",")
    for one in group.split()
    for other in group.split()
    if one != other
)
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE: Final = ("aeiouy", "ckqsx", "sz", "fv", "mn", "dt", "bp", "gj", "vw", "ij")
"""Letters that are written for each other because they sound alike."""
_NEXT_KEY: Final = 1.5


def are_two_terms(key: str, answer: str) -> bool:
    """Whether two words that are one slip apart are two terms rather than one, misspelled."""
    if frozenset((key, answer)) in _NEAR:
        return True
    for pattern in _ENDINGS:
        wanted, given = pattern.fullmatch(key), pattern.fullmatch(answer)
        if wanted and given and wanted[1] == given[1] and wanted[2] != given[2]:
            return True
    return False


def is_slip(wanted: str, given: str) -> bool:
    """Whether a letter is easily written for another: beside it on the keys, or of one sound."""
    if any(wanted in group and given in group for group in _ALIKE):
        return True
    (across, down), (other_across, other_down) = _place(wanted), _place(given)
    return abs(across - other_across) < _NEXT_KEY and abs(down - other_down) <= 1


def _place(letter: str) -> tuple[float, int]:
    """Where a letter lies on the keys; each row stands half a key to the right."""
    for number, row in enumerate(_ROWS):
        if letter in row:
            return row.index(letter) + number / 2, number
    return -9.0, -9  # a letter of another alphabet, which no key is beside
