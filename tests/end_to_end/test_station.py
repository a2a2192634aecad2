"""The station as a process: how it starts, ends, and refuses to be the second."""

import socket
import time

import httpx

from tests.end_to_end import letters
from tests.end_to_end.shop import Shop


def test_it_says_one_line_when_it_listens_and_ends_cleanly_when_asked(shop: Shop) -> None:
    station = shop.serve()
    assert httpx.get(f"{shop.url}/health").json()["pid"] == station.process.pid
    begun = time.monotonic()
    assert station.end() == (0, "")
    assert time.monotonic() - begun < 10
    assert "Traceback" not in station.words


def test_it_ends_while_a_call_is_half_sent(shop: Shop) -> None:
    station = shop.serve()
    with socket.create_connection(("127.0.0.1", shop.port)) as caller:
        caller.sendall(b"POST /channels/web HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
        assert station.end() == (0, "")
    assert "Traceback" not in station.words


def test_what_it_took_in_is_there_after_a_restart(shop: Shop) -> None:
    station = shop.serve()
    assert shop.post("1042").status_code == 200
    station.end()
    shop.serve()
    assert shop.order("list")[0]["ringing"]


def test_a_second_one_on_the_store_is_refused_and_says_who_runs(shop: Shop) -> None:
    station = shop.serve()
    shop.settings["station"]["port"] = 0
    shop.write()
    said = shop.run("serve")
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert f"a station runs on this store already: process {station.process.pid} on " in said.err
    assert said.err.endswith(f"{shop.url}\n")
    assert httpx.get(f"{shop.url}/health").is_success


def test_a_taken_port_is_said_with_the_mend(shop: Shop) -> None:
    with socket.create_server(("127.0.0.1", shop.port)):
        said = shop.run("serve")
    assert (said.code, said.out) == (1, "")
    assert f"127.0.0.1:{shop.port}: " in said.err
    assert "set station.port" in said.err
    assert "Traceback" not in said.err


def test_port_0_takes_any_free_one_and_says_which(shop: Shop) -> None:
    shop.settings["station"]["port"] = 0
    shop.write()
    told = shop.start("serve").first()
    assert httpx.get(f"{told['url']}/health").json()["status"] == "ok"


def test_doctor_sees_it_run(shop: Shop) -> None:
    station = shop.serve()
    shop.settings["couriers"] = {}
    shop.write()
    found = {finding["subject"]: finding for finding in shop.here("doctor", "--json").told}
    assert found["station"]["found"] == f"process {station.process.pid} at {shop.url}"
    assert found["station"]["grade"] == "ok"


def test_an_unknown_channel_kind_is_3_and_nothing_listens(shop: Shop) -> None:
    shop.settings["channels"]["web"]["kind"] = "shopifi"
    shop.write()
    said = shop.run("serve")
    assert (said.code, said.out) == (3, "")
    assert "channels.web.kind: found 'shopifi'; allowed are cyberbiz, shopify, standard" in said.err
    assert shop.here("doctor").code == 1


def test_log_lines_hold_no_customer(shop: Shop) -> None:
    station = shop.serve()
    shop.post("1042")
    letters.post(shop.url, letters.signed(letters.order("1043", payment="perhaps")))
    letters.post(shop.url, letters.signed(letters.order("1044"), secret="whsec_b3RoZXI="))
    station.end()
    assert not [word for word in ("陳怡君", "0912", "南京東路") if word in station.words]
