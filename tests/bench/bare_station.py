"""The bare server of the same kind: HMAC, parse, one raw durable commit each, in its loop."""

import base64
import hashlib
import hmac
import json
import sqlite3
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bench.letters import PATH, SECRET


def main(path: str, port: str) -> None:
    """Until killed."""
    store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    store.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE inbox (key TEXT PRIMARY KEY, body BLOB);"
        "CREATE TABLE orders (id TEXT PRIMARY KEY, number TEXT, total TEXT, at TEXT);"
        "CREATE TABLE lines (order_id TEXT, place INTEGER, name TEXT, quantity INTEGER);"
        "CREATE TABLE journal (id INTEGER PRIMARY KEY, order_id TEXT, kind TEXT);"
    )

    async def take(request: Request) -> Response:
        body = await request.body()
        right = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(right, request.headers["x-shopify-hmac-sha256"]):
            return Response(status_code=401)
        _save(store, request.headers["x-shopify-webhook-id"], body)
        return JSONResponse({"status": "ok"})

    app = Starlette(routes=[Route(PATH, take, methods=["POST"])])
    uvicorn.run(app, port=int(port), log_config=None, access_log=False, ws="none", lifespan="off")


def _save(store: sqlite3.Connection, key: str, body: bytes) -> None:
    order = json.loads(body)
    name = str(order["id"])
    store.execute("BEGIN IMMEDIATE")
    store.execute("INSERT INTO inbox VALUES (?, ?)", (key, body))
    store.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?)", (name, order["name"], order["total_price"], order["updated_at"])
    )
    lines = [(name, line["id"], line["title"], line["quantity"]) for line in order["line_items"]]
    store.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", lines)
    store.execute("INSERT INTO journal (order_id, kind) VALUES (?, 'order_received')", (name,))
    store.execute("COMMIT")


if __name__ == "__main__":
    main(*sys.argv[1:])
