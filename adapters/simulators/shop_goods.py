"""What the simulated shop sells."""

from dataclasses import dataclass
from typing import Final

INSIDE_ONE_SHOP: Final = "29"  # barcodes with this prefix belong to no maker in the world


@dataclass(frozen=True, kw_only=True)
class Good:
    """One article; grams, millimetres and New Taiwan dollars of one piece."""

    sku: str
    name: str
    barcode: str
    grams: int
    edges: tuple[int, int, int]
    price: int
    shelf: str
    option: str = ""


def gtin_13(first_twelve: str) -> str:
    """Thirteen digits, the last of them the check digit."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return f"{first_twelve}{-weighed % 10}"


# sku, name, grams, edges, price, shelf, option
_ROWS: Final = (
    ("TEA-OOL-600", "高山烏龍茶 Oolong tea 600 ml", 630, (66, 66, 225), 39, "A-01", "無糖 No sugar"),
    ("TEA-GRN-600", "四季春青茶 Green tea 600 ml", 630, (66, 66, 225), 35, "A-01", "微糖 Low sugar"),
    ("TEA-BLK-500", "鮮奶紅茶 Milk tea 500 ml", 540, (90, 90, 180), 55, "A-02", "少冰 Less ice"),
    ("COF-LAT-350", "拿鐵咖啡 Caffè latte 350 ml", 380, (90, 90, 150), 75, "A-03", "熱 Hot"),
    ("COF-AME-350", "美式咖啡 Americano 350 ml", 370, (90, 90, 150), 60, "A-03", "冰 Iced"),
    ("JUI-ORA-400", "柳橙汁 Orange juice 400 ml", 430, (70, 70, 190), 65, "A-04", ""),
    ("WAT-SPR-2L", "礦泉水 Spring water 2 L", 2050, (105, 105, 320), 32, "A-06", ""),
    ("SOY-MLK-900", "無糖豆漿 Soy milk 900 ml", 950, (85, 85, 240), 48, "B-01", ""),
    ("MLK-FRS-930", "鮮乳 Fresh milk 930 ml", 970, (85, 85, 230), 92, "B-01", ""),
    ("YOG-PLN-500", "原味優格 Plain yoghurt 500 g", 540, (110, 110, 95), 89, "B-02", ""),
    ("EGG-10", "洗選蛋 Eggs, box of 10", 680, (260, 105, 70), 95, "B-03", ""),
    ("TOF-300", "板豆腐 Firm tofu 300 g", 320, (130, 90, 50), 25, "B-04", ""),
    ("BRD-TST", "生吐司 Milk toast", 420, (240, 120, 120), 89, "C-01", ""),
    ("BUN-PNA", "菠蘿麵包 Pineapple bun", 110, (110, 110, 60), 38, "C-01", ""),
    ("CAK-PNA-6", "鳳梨酥 Pineapple cakes, 6", 330, (220, 130, 45), 240, "C-02", ""),
    ("CRK-RICE", "仙貝米果 Rice crackers", 150, (200, 60, 260), 45, "C-03", ""),
    ("NUT-CAS-200", "原味腰果 Cashew nuts 200 g", 220, (140, 60, 200), 169, "C-03", ""),
    ("NOO-BEEF", "紅燒牛肉麵 Beef noodles, instant", 200, (160, 160, 110), 52, "D-01", ""),
    ("RIC-WHT-2", "池上白米 White rice 2 kg", 2030, (160, 80, 270), 210, "D-02", ""),
    ("RIC-WHT-5", "池上白米 White rice 5 kg", 5050, (230, 110, 350), 455, "D-02", ""),
    ("SAU-SOY-500", "薄鹽醬油 Soy sauce 500 ml", 900, (70, 70, 250), 118, "D-03", ""),
    ("FRU-BAN-1", "香蕉 Bananas 1 kg", 1020, (240, 160, 120), 59, "E-01", ""),
    ("FRU-GUA-2", "珍珠芭樂 Guavas, 2", 700, (190, 100, 100), 79, "E-01", ""),
    ("TIS-BOX-5", "抽取式衛生紙 Tissues, pack of 5", 900, (230, 120, 280), 99, "F-01", ""),
)


def _good(
    place: int, sku: str, name: str, grams: int, edges: tuple[int, int, int], price: int, shelf: str, option: str
) -> Good:
    return Good(
        sku=sku,
        name=name,
        barcode=gtin_13(f"{INSIDE_ONE_SHOP}{place:010d}"),
        grams=grams,
        edges=edges,
        price=price,
        shelf=shelf,
        option=option,
    )


GOODS: Final = tuple(_good(place, *row) for place, row in enumerate(_ROWS, start=1))
BY_SKU: Final = {good.sku: good for good in GOODS}
