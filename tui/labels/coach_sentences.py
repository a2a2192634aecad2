"""What to say on the telephone, kindly and at once (L25–L32)."""

from typing import Final

from core.domain.coaching import Sentence
from tui.i18n import N_

SENTENCES: Final[dict[Sentence, str]] = {
    Sentence.NOT_CHARGED: N_("Nothing was charged, so nothing is owed. Shall I call the order off for you?"),
    Sentence.FREE_TO_CANCEL: N_("That is no trouble at all. I call it off now and you get everything back."),
    Sentence.NOT_BEGUN_YET: N_("We have not begun yet, so I can call it off and you get everything back."),
    Sentence.ALREADY_PACKED: N_(
        "We have already made it ready for you. I can call it off and give you {sum} back. Would that be all right?"
    ),
    Sentence.DRIVER_COMES: N_(
        "It is packed and a driver is coming for it. I can still stop it and give you {sum} back. Is that all right?"
    ),
    Sentence.PLEASE_TAKE_IT: N_(
        "It is on its way and will be with you soon. Would you take it all the same? It would be a pity to waste it."
    ),
    Sentence.COMES_BACK: N_(
        "I understand. The driver brings it back to us, and when it is here I can give you {sum} back. Do you agree?"
    ),
    Sentence.SORRY_WE_ARE_LATE: N_(
        "I am very sorry, we are late. It is being hurried now. Would you like to wait, or shall I call it off?"
    ),
    Sentence.SORRY_DRIVER_LATE: N_(
        "I am very sorry, the driver is late. I call the courier now. Would you like to wait, or not?"
    ),
    Sentence.SORRY_WAS_LATE: N_(
        "I am very sorry that you had to wait so long. We take it up with the courier, and make it good to you."
    ),
    Sentence.SORRY_QUALITY: N_(
        "I am very sorry. Please tell me what is wrong with it; I write it down and look into it at once."
    ),
    Sentence.SORRY_DAMAGED: N_(
        "I am very sorry that it was damaged. Please tell me what is broken, a picture would help. We make it good."
    ),
    Sentence.FOUND_A_FLAW: N_(
        "I am sorry: part of your order is not as good as it should be. May I leave it out and give you money back?"
    ),
    Sentence.WHICH_ADDRESS: N_("It has not left yet. Please tell me the right address, and a phone number on the way."),
    Sentence.ADDRESS_COSTS: N_(
        "The driver had the address we were given. Please tell me the right one; the extra way is charged to you."
    ),
    Sentence.NOBODY_THERE: N_(
        "The driver stood at the door and called several times. When may we bring it, and which number do you answer?"
    ),
    Sentence.CALL_BACK_PLEASE: N_(
        "We tried to reach you about your order. Please call us back soon, so that it is not late."
    ),
    Sentence.ORDERED_TWICE: N_("I see the other order. Which of the two shall come? I call the other one off."),
    Sentence.RAN_OUT: N_(
        "I am sorry, something has run out. May I send something like it, leave it out, or call the order off?"
    ),
    Sentence.SOMETHING_MISSING: N_(
        "I am very sorry that something is missing. I can give you {sum} back for it, or send it after you."
    ),
    Sentence.WEATHER: N_(
        "I am sorry: weather or traffic holds it up, beyond anybody's power. I tell you as soon as I know the new time."
    ),
    Sentence.WE_MUST_CANCEL: N_("I am very sorry, we cannot make your order. You get all of your money back at once."),
    Sentence.WE_TAKE_IT_BACK: N_("I am very sorry, please do not use it: we take it back and you get your money back."),
    Sentence.ALL_HERE_AGAIN: N_("It is back with us and I have looked at it. I can give you {sum} back. Do you agree?"),
    Sentence.IT_IS_OVER: N_("This order is over. I look up what was agreed, and call you back."),
    Sentence.KEPT_IT: N_("It was delivered as ordered. I ask whether we can take it back, and call you."),
}
