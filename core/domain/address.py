"""What an address says: nothing at all (H5), too little (H6), or where to go; in zh, ja, en, es and pt alike."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from core.domain.keyboard import is_drummed

# Words people type when they do not want to say: whole words, told apart by spaces, signs and scripts.
_NOTHING: Final = frozenset(
    "test tests testing tester teste testes testando prueba pruebas probando ejemplo exemplo example sample dummy fake"
    " foo bar baz abc abcd none null nil undefined nan na nope nada nothing nowhere unknown desconocido desconocida"
    " desconhecido desconhecida blah bla lorem ipsum todo tbd tbc xyz"
    " idk whatever anything something delete ignore".split()
)
# Words that say nothing only when they stand alone.
_ALONE: Final = frozenset(
    "a an the my your our mi tu su o el la at in no not sin sem de do da address addr direccion dirección endereco"
    " endereço casa home house here there aqui aquí aca acá somewhere please me yes city".split()
)
_SAYS_NOTHING: Final = re.compile(
    r"(?:測試|测试|試驗|试验|テスト|てすと|試し|測|不知道|不清楚|不告訴你|不告诉你|隨便|随便|隨意|随意|亂填|乱填|待補|待补|沒有|没有"
    r"|未定|未填|地址|住址|住所|なし|無し|ない|不明|ひみつ|秘密|保密|家|裡|里|無|无|あいうえお|いろは|ほげ|哈|呵|嘿|啊|嗚|我|填|的|先|了)+"
)
_TOO_SHORT: Final = {True: 5, False: 6}  # letters and digits of an address, in Chinese signs or others
_CJK: Final = "\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff々〆ヶ"
_WORD: Final = re.compile(rf"[{_CJK}]+|[^\W\d_{_CJK}]+|\d+")
_REGION: Final = re.compile(rf"[{_CJK}]{{1,6}}?[市縣县區区鄉乡鎮镇省州府都県郡]|北海道")
_IN_CHINESE: Final = r"[\d一二三四五六七八九十百零〇兩两甲乙丙丁a-z]"
_DOOR_CJK: Final = re.compile(
    rf"{_IN_CHINESE}\s*(?:號|号|巷|弄|衖|番|丁目|樓|楼|層|层|室|栋|棟|幢|座|单元|單元|戶|户|の\d|[-－]\d)|\d"
)
_NAMED_CJK: Final = re.compile(
    r"大樓|大厦|大廈|大楼|廣場|广场|飯店|饭店|酒店|醫院|医院|學校|学校|大學|大学|中學|中学|小學|小学|車站|车站|駅|機場|机场|空港|病院|ビル|マンション"
    r"|社區|社区|小区|花園|花园|公寓|宿舍|百貨|百货|門市|门市|市場|市场|公園|公园|圖書館|图书馆|ホテル|タワー|ハイツ|団地|園區|园区"
)
_NAMED: Final = re.compile(
    r"\b(?:building|bldg|tower|hotel|hospital|school|college|university|station|airport|mall|plaza|park|library|campus"
    r"|residence|apartments?|church|farm|cottage|lodge|manor|hall|court|edificio|edifício|torre|hospital|escuela|escola"
    r"|universidad|universidade|estación|estación|estação|aeropuerto|aeroporto|centro comercial|shopping|condom[ií]nio"
    r"|residencial|urbanización|finca|fazenda|chácara|quinta|sítio|conjunto|colegio|colégio|iglesia|igreja|mercado"
    r"|s/?n[º°.]?|sin n[uú]mero|sem n[uú]mero|km|lote|quadra|lot)\b|\bs/n"
)
_STREET: Final = re.compile(
    r"\b(?:st|street|rd|road|ave|avenue|av|avda|avenida|blvd|boulevard|lane|ln|drive|dr|way|court|place|pl|sq|square"
    r"|terrace|crescent|highway|hwy|calle|c|carrera|cra|plaza|paseo|camino|travesía|ronda|rua|r|travessa|alameda"
    r"|praça|praca|rodovia|estrada|largo|apt|suite|unit|flat|floor|piso|depto|col|colonia|bairro|sec|section)\b"
    r"|[路街道巷弄號号段]|丁目|番地?"
)
_POSTCODE: Final = re.compile(
    r"〒?\s*\b\d{3}-\d{4}\b|\b\d{5}-\d{3,4}\b|\b\d{5,6}\b|\b[a-z]\d{4}[a-z]{3}\b"
    r"|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
)
_POSTCODE_AT_FIRST: Final = re.compile(rf"^(?:〒\s*)?\d{{3,6}}(?:-\d{{2,4}})?\s*(?=[{_CJK}])")


class Nonsense(StrEnum):
    """Why an address says nothing."""

    EMPTY = "empty"
    SIGNS = "signs"  # neither a letter nor a digit
    ONE_SIGN = "one_sign"  # one sign, or the same few, over and over
    DIGITS = "digits"
    DRUMMED = "drummed"  # fingers on the keyboard
    SAYS_NOTHING = "says_nothing"  # test, none, 測試


class Unclear(StrEnum):
    """What an address lacks."""

    TOO_SHORT = "too_short"
    NO_DOOR = "no_door"  # no house number, nor a building by its name


def nonsense(address: str) -> Nonsense | None:
    """Why nobody could be found by it; None for one that may be an address."""
    text = _plain(address)
    signs = [sign for sign in text if sign.isalnum()]
    if not text:
        return Nonsense.EMPTY
    if not signs:
        return Nonsense.SIGNS
    if _is_one_thing("".join(signs)):
        return Nonsense.ONE_SIGN
    if not any(sign.isalpha() for sign in signs):
        return None if _may_be_code_and_door(text) else Nonsense.DIGITS
    return _of_words(text)


def unclear(address: str, *, has_place: bool = False) -> Unclear | None:
    """What a driver would have to ask; with a place on the map nothing."""
    text = _plain(address)
    if has_place:
        return None
    count = sum(sign.isalnum() for sign in text)
    if count < _TOO_SHORT[_is_cjk(text)]:
        return Unclear.TOO_SHORT
    return None if _names_a_door(text) else Unclear.NO_DOOR


def _plain(address: str) -> str:
    return " ".join(normalize("NFKC", address).casefold().split())


def _is_cjk(text: str) -> bool:
    return re.search(rf"[{_CJK}]", text) is not None


def _is_one_thing(signs: str) -> bool:
    """One sign, two in turns, or one word over and over."""
    few = 1 if _is_cjk(signs) else 2
    return len(set(signs)) <= few or re.fullmatch(r"(.{1,6}?)\1{2,}", signs) is not None


def _may_be_code_and_door(text: str) -> bool:
    """In Brazil and Japan a postal code and a house number find a door."""
    groups = re.findall(r"\d+", text)
    return len(groups) > 1 and re.search(r"\d{5}-\d{3}|\d{3}-\d{4}", text) is not None


def _of_words(text: str) -> Nonsense | None:
    words = _words(text)
    said = [word for word in words if not word.isdigit()]
    empty = [word for word in said if _says_nothing(word)]
    drummed = [word for word in said if is_drummed(word) or _is_heap(word)]
    lost = {*empty, *drummed}
    alone = all(word in lost or word in _ALONE for word in said) and not _is_numbered_house(text)
    if not said:  # a city by itself: too little, but no nonsense
        return None
    if alone or (lost and not _has_street(text, lost)):
        return Nonsense.DRUMMED if drummed and not empty else Nonsense.SAYS_NOTHING
    return None


def _is_numbered_house(text: str) -> bool:
    return re.match(r"casa \d", text) is not None


def _words(text: str) -> list[str]:
    """Without the names of cities and districts: a form fills them in by itself."""
    return _WORD.findall(_REGION.sub(" ", text) if _is_cjk(text) else text)


def _says_nothing(word: str) -> bool:
    return word in _NOTHING or _SAYS_NOTHING.fullmatch(word) is not None


def _is_heap(word: str) -> bool:
    return len(word) > 2 and len(set(word)) == 1


def _has_street(text: str, lost: Iterable[str]) -> bool:
    """Beside the words that say nothing there is a street or a door."""
    rest = text
    for word in lost:
        rest = rest.replace(word, " ")
    return (
        _STREET.search(rest) is not None
        or re.search(r"\d+\s*[^\W\d]+\s+[^\W\d]{3,}|[^\W\d]{3,}\s+\d+\b", rest) is not None
    )


def _names_a_door(text: str) -> bool:
    if _is_cjk(text):
        rest = _POSTCODE_AT_FIRST.sub("", text)
        return bool(_DOOR_CJK.search(rest) or _NAMED_CJK.search(rest))
    if _NAMED.search(text) or re.match(r"\d+[a-z]?\b(?!-)", text):
        return True
    return re.search(r"\d", _POSTCODE.sub(" ", text)) is not None
