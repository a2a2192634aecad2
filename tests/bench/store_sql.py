"""The statements that fill a store. Ids tell the past (`past-…`), what is open (`open-…`) and what letters brought."""

_SEQUENCE = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
_COLUMNS = (
    "id, channel, shop, channel_order_id, number, told_at, placed_at, payment, type, customer_name, customer_phone,"
    " customer_address, total_minor, currency, promised_to, note, allergens, wants_invoice, is_test, is_fulfilled,"
    " clash, stage, version, received_at, accept_by, opened_at, seen_at, seen_by, accepted_at, accepted_by, ready_by,"
    " ready_at, left_at, ended_at, reason, changed, parcels, is_short"
)
_LINE = "order_id, id, place, sku, name, quantity, unit_price_minor, weight_g, barcode, options, note, shelf, is_gift"
_DELIVERY = "id, order_id, courier, ref, key, state, word, at, state_since, booked_at, waybill, driver_name"
_AT = "strftime('%Y-%m-%d %H:%M:%f000', 1600000000 + i * 150, 'unixepoch')"
_TOLD = '{"channel": "web", "number": "1", "stage": "new", "payment": "paid"}'

ADD_PAST = (
    f"INSERT INTO orders ({_COLUMNS}) {_SEQUENCE}"
    f"SELECT printf('past-%09d', i), 'web', 'bench', printf('p%09d', i), i, {_AT}, {_AT}, 'paid', 'delivery',"
    f" 'Customer ' || i, '0912' || i, 'No. ' || i || ', Nanjing West Road', 42000, 'TWD', {_AT}, '', '', 0, 0, 0, '',"
    f" 'completed', 6, {_AT}, {_AT}, {_AT}, {_AT}, 'mei', {_AT}, 'mei', {_AT}, {_AT}, {_AT}, {_AT}, '', '', 1, 0"
    " FROM n;"
    f"INSERT INTO lines ({_LINE}, picked, shipped, refunded) {_SEQUENCE}"
    " SELECT printf('past-%09d', i), '1', 0, 'TEA', 'Oolong 600 ml', 2, 21000, 640, '', '', '', 'A-03', 0, 2, 2, 0"
    " FROM n;"
    f"INSERT INTO journal (id, at, order_id, kind, by, data) {_SEQUENCE}"
    f" SELECT 2 * i + 1, {_AT}, printf('past-%09d', i), 'order_opened', 'system', '{{{{}}}}' FROM n"
    f" UNION ALL SELECT 2 * i + 2, {_AT}, printf('past-%09d', i), 'order_seen', 'mei', '{{{{}}}}' FROM n;"
    f"INSERT INTO deliveries ({_DELIVERY}, tracking_url, pin, reason, return_ref, ended_at) {_SEQUENCE}"
    f" SELECT 'past-' || i, printf('past-%09d', i), 'uber', 'r' || i, 'k' || i, 'delivered', 'delivered',"
    f" {_AT}, {_AT}, {_AT}, 'W' || i, 'A-Ming', '', '', '', '', {_AT} FROM n WHERE i % 4 = 0;"
)

_STAGE = (
    "CASE i % 10 WHEN 0 THEN 'new' WHEN 1 THEN 'preparing' WHEN 2 THEN 'preparing' WHEN 3 THEN 'preparing'"
    " WHEN 4 THEN 'ready' WHEN 5 THEN 'ready' WHEN 6 THEN 'out' WHEN 7 THEN 'out' WHEN 8 THEN 'out'"
    " ELSE 'waiting_payment' END"
)
_LATER = "strftime('%Y-%m-%d %H:%M:%f000', julianday(:soon) + i / 1000000.0)"
_IF = "CASE WHEN i % 10 {} THEN :before END"

ADD_OPEN = (
    f"INSERT INTO orders ({_COLUMNS}) "
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :count - 1)"
    f"SELECT printf('open-%09d', i), 'web', 'bench', printf('o%09d', i), 1000000 + i, :before, :before,"
    " CASE WHEN i % 10 = 9 THEN 'unpaid' ELSE 'paid' END, 'delivery', 'Customer ' || i, '0912' || i,"
    f" 'No. ' || i || ', Nanjing West Road', 42000, 'TWD', {_LATER}, '', '', 0, 0, 0, '', {_STAGE}, 3, :before,"
    f" {_LATER}, CASE WHEN i % 10 < 9 THEN :before END, CASE WHEN i % 10 < 9 THEN :before END, 'mei',"
    f" {_IF.format('BETWEEN 1 AND 8')}, 'mei', CASE WHEN i % 10 BETWEEN 1 AND 8 THEN {_LATER} END,"
    f" {_IF.format('BETWEEN 4 AND 8')}, {_IF.format('BETWEEN 6 AND 8')}, NULL, '', '', 1, 0 FROM n"
)
_OPEN_ONES = "FROM orders WHERE id >= 'open-' AND id < 'open.'"
ADD_BELONGINGS = (
    *(
        f"INSERT INTO lines ({_LINE}, picked, shipped, refunded) SELECT id, '{place}', {place}, 'TEA-{place}',"
        f" 'Oolong {place}', 1, 14000, 640, '', '', '', 'A-0{place}', 0,"
        f" CASE WHEN stage IN ('ready', 'out') THEN 1 ELSE 0 END, 1, 0 {_OPEN_ONES}"
        for place in (1, 2, 3)
    ),
    "INSERT INTO checks (order_id, name) SELECT orders.id, c.name FROM orders, (SELECT 'quantity' AS name UNION SELECT"
    " 'quality' UNION SELECT 'packaging' UNION SELECT 'size') c WHERE stage IN ('ready', 'out')",
    f"INSERT INTO journal (at, order_id, kind, by, data) SELECT received_at, id, 'order_received', 'system', '{_TOLD}'"
    f" {_OPEN_ONES}",
)
ADD_DRIVERS = (
    f"INSERT INTO deliveries ({_DELIVERY}, tracking_url, pin, reason, return_ref)"
    " SELECT 'live-' || id, id, 'uber', 'live-' || id, 'live-' || id, CASE stage WHEN 'out' THEN 'picked_up' ELSE"
    f" 'heading_to_store' END, '', :now, :now, :now, 'W' || number, 'A-Ming', '', '', '', '' {_OPEN_ONES}"
    " AND (stage = 'out' OR (stage = 'ready' AND number % 2 = 0))"
)
FORGET = "".join(
    f"DELETE FROM {table} WHERE order_id < 'past-' OR order_id >= 'past.';" for table in ("lines", "checks", "outbox")
) + (
    "DELETE FROM deliveries WHERE ended_at IS NULL; DELETE FROM problems; DELETE FROM inbox; DELETE FROM lease;"
    "DELETE FROM orders WHERE id < 'past-' OR id >= 'past.';"
)
