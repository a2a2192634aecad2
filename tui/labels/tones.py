"""What a word on the screen means; the themes give the meanings their colours."""

from enum import StrEnum


class Tone(StrEnum):
    """What a word on the screen is; never a colour by itself, a sign and a word go with it."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    FAINT = "faint"
    HEADING = "heading"
    HAND = "hand"  # the one loud colour: needs your hand
    HAND_CAP = "hand_cap"
    HAND_LOW = "hand_low"  # to be done, and can wait a little
    CAP = "cap"
    GOOD = "good"
    INFO = "info"
    HOLD = "hold"  # somebody wants it to wait
    HOLD_CAP = "hold_cap"
    TROUBLE = "trouble"
    TROUBLE_CAP = "trouble_cap"
    RING = "ring"
    RING_LOW = "ring_low"
