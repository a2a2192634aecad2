"""The simulated Stuart answers and tells as the reference says."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from adapters.simulators.marks import NO_DRIVER_MARK
from adapters.simulators.stuart import CLIENT_ID, CLIENT_SECRET, StuartSimulator, Troubles, build
from tests.adapters.simulators.letters_in import LettersIn

NOON = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
WAY = (
    "pending picking almost_picking waiting_at_pickup delivering almost_delivering waiting_at_dropoff delivered"
).split()
BASIC = "Basic " + b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
GRANT = {"grant_type": "client_credentials"}
JOBS = "/v2/jobs"


def job(reference: str = "S-1001", **changed) -> dict:
    """As in the official client's example, with a size."""
    pickup = {
        "address": "46 Boulevard Barbès, 75018 Paris",
        "comment": "Wait outside for an employee to come.",
        "contact": {"firstname": "Martin", "phone": "+33698000756'", "company": "Shop"},
    }
    dropoff = {
        "address": "156 rue de Charonne, 75011 Paris",
        "package_type": "medium",
        "package_description": "Red packet.",
        "client_reference": reference,
        "contact": {"firstname": "Alex", "phone": "+33634000209"},
    }
    return {"job": {"pickups": [pickup], "dropoffs": [dropoff | changed]}}


class Practice:
    """The simulator, its clock in our hand, and calls with a token."""

    def __init__(self, **options) -> None:
        self.time = NOON
        wrong = {name: options.pop(name) for name in list(options) if name in Troubles.__dataclass_fields__}
        self.sim = StuartSimulator(seed=7, speed=1.0, now=lambda: self.time, troubles=Troubles(**wrong), **options)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.sim.app), base_url="http://sim")

    async def log_in(self) -> None:
        answer = await self.http.post("/oauth/token", data=GRANT, headers={"Authorization": BASIC})
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    async def post(self, path: str, body: object = None) -> httpx.Response:
        return await self.http.post(path, json=body)

    async def created(self, body: object = None) -> dict:
        answer = await self.post(JOBS, body or job())
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def read(self, number: int) -> dict:
        return (await self.http.get(f"{JOBS}/{number}")).json()

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def walk(self, number: int) -> list[tuple[str, str]]:
        """Each pair of words it has until its end: the job's, and its delivery's."""
        seen: list[tuple[str, str]] = []
        for _ in range(600):
            told = await self.read(number)
            if (pair := (told["status"], told["deliveries"][0]["status"])) not in seen[-1:]:
                seen.append(pair)
            if told["status"] in ("finished", "canceled", "expired"):
                return seen
            await self.wait(0.25)
        raise AssertionError(f"{number} never ended")


@asynccontextmanager
async def practice(**options) -> AsyncIterator[Practice]:
    """With these options and troubles, until the block ends."""
    begun = Practice(**options)
    await begun.log_in()
    try:
        yield begun
    finally:
        await begun.http.aclose()
        await begun.sim.stop()


class Letterbox(LettersIn):
    """What is posted."""

    def told(self, event: str) -> list[str]:
        """The statuses told of one kind, without repeats."""
        events = self.contents()
        words = [each["data"].get("status", "") for each in events if each["event"] == event]
        return [word for place, word in enumerate(words) if words[place - 1 : place] != [word]]


@pytest.fixture
def letterbox(httpserver) -> Letterbox:
    return Letterbox(httpserver)


# Who calls


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", "Basic x", BASIC])
async def test_without_a_token_of_theirs_it_is_401(given) -> None:
    async with practice() as stuart:
        answer = await stuart.http.post(JOBS, json=job(), headers={"Authorization": given})
        assert (answer.status_code, answer.json()["error"]) == (401, "INVALID_GRANT")
        assert (await stuart.http.get("/_sim/deliveries")).json() == {"deliveries": []}


@pytest.mark.parametrize("where", ["header", "form"])
async def test_both_ways_to_say_who_one_is_are_taken(where) -> None:
    ours = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    async with practice() as stuart:
        headers, form = ({"Authorization": BASIC}, {}) if where == "header" else ({"Authorization": ""}, ours)
        granted = (await stuart.http.post("/oauth/token", data=GRANT | form, headers=headers)).json()
        assert (granted["token_type"], granted["expires_in"]) == ("Bearer", 2_592_000)


@pytest.mark.parametrize(
    ("header", "form", "status", "error"),
    [
        ("Basic eDp5", GRANT, 401, "invalid_client"),
        ("Basic ÿ", GRANT, 401, "invalid_client"),
        ("", GRANT, 401, "invalid_client"),
        (BASIC, {"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
async def test_a_stranger_gets_no_token(header, form, status, error) -> None:
    async with practice() as stuart:
        headers = {"Authorization": header.encode("latin-1")}
        answer = await stuart.http.post("/oauth/token", data=form, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (status, error)


# Calls


async def test_a_price_and_a_time_are_told() -> None:
    async with practice(currency="GBP") as stuart:
        price = (await stuart.post(f"{JOBS}/pricing", job())).json()
        assert (price["currency"], 5 < price["amount"] < 20) == ("GBP", True)
        assert (await stuart.post(f"{JOBS}/eta", job())).json()["eta"] > 60
        assert (await stuart.post(f"{JOBS}/validate", job())).json() == {"valid": True}


async def test_a_larger_package_costs_more() -> None:
    async with practice() as stuart:
        small, large = [
            (await stuart.post(f"{JOBS}/pricing", job(package_type=size))).json()["amount"]
            for size in ("small", "large")
        ]
        assert small < large


async def test_a_job_echoes_what_was_asked_for() -> None:
    async with practice() as stuart:
        told = await stuart.created()
        (delivery,) = told["deliveries"]
        assert (told["status"], delivery["status"], told["driver"]) == ("new", "pending", None)
        assert (delivery["client_reference"], delivery["package_description"]) == ("S-1001", "Red packet.")
        assert delivery["pickup"]["contact"]["company_name"] == "Shop"
        pricing = told["pricing"]
        assert pricing["price_tax_included"] == round(pricing["price_tax_excluded"] + pricing["tax_amount"], 2)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "RECORD_INVALID"),
        ({"job": {}}, "RECORD_INVALID"),
        (job(package_type=None), "RECORD_INVALID"),
        (job(package_type="huge"), "RECORD_INVALID"),
        (job(address=""), "ADDRESS_INVALID"),
        (job(address="?!"), "CANT_GEOCODE_ADDRESS"),
        (job(contact={"phone": "none"}), "PHONE_INVALID"),
    ],
)
async def test_what_is_wrong_is_422_and_says_where(body, code) -> None:
    async with practice() as stuart:
        answer = await stuart.post(JOBS, body)
        assert (answer.status_code, answer.json()["error"]) == (422, code)
        assert answer.json()["data"]


async def test_a_reference_is_unique_among_jobs_under_way() -> None:
    async with practice() as stuart:
        first = await stuart.created()
        answer = await stuart.post(JOBS, job())
        assert (answer.status_code, list(answer.json()["data"])) == (422, ["deliveries.client_reference"])
        await stuart.post(f"{JOBS}/{first['id']}/cancel")
        assert (await stuart.created())["id"] != first["id"]


async def test_a_pickup_in_the_past_is_refused() -> None:
    async with practice() as stuart:
        body = job()
        body["job"]["pickup_at"] = "2026-01-02T02:00:00Z"
        assert (await stuart.post(JOBS, body)).json()["data"] == {
            "job.pickup_at": ["can not schedule a pickup in the past"]
        }


async def test_lists_are_newest_first_by_pages_and_filters() -> None:
    async with practice() as stuart:
        numbers = [(await stuart.created(job(f"S-{count}")))["id"] for count in range(3)]
        await stuart.post(f"{JOBS}/{numbers[0]}/cancel")

        async def listed(**params) -> list[int]:
            return [each["id"] for each in (await stuart.http.get(JOBS, params=params)).json()]

        assert await listed() == numbers[::-1]
        assert await listed(per_page=2, page=2) == numbers[:1]
        assert await listed(client_reference="S-1") == [numbers[1]]
        assert await listed(active="true") == numbers[:0:-1]
        assert await listed(status="canceled") == numbers[:1]


async def test_texts_may_be_changed() -> None:
    async with practice() as stuart:
        told = await stuart.created()
        change = {"id": told["deliveries"][0]["id"], "package_description": "Blue packet."}
        await stuart.http.patch(f"{JOBS}/{told['id']}", json={"job": {"deliveries": [change]}})
        assert (await stuart.read(told["id"]))["deliveries"][0]["package_description"] == "Blue packet."


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{JOBS}/1"),
        ("POST", f"{JOBS}/1/cancel"),
        ("POST", "/v2/deliveries/1/cancel"),
        ("GET", "/v2/deliveries/1/phone_number"),
    ],
)
async def test_what_is_not_there_is_404(method, path) -> None:
    async with practice() as stuart:
        assert (await stuart.http.request(method, path)).status_code == 404


async def test_a_delivery_may_be_called_off_by_its_own_number() -> None:
    async with practice() as stuart:
        told = await stuart.created()
        answer = await stuart.post(f"/v2/deliveries/{told['deliveries'][0]['id']}/cancel", {"comment": "x"})
        assert answer.status_code == 204
        assert (await stuart.read(told["id"]))["status"] == "canceled"


# Ways


async def test_a_job_goes_its_way() -> None:
    async with practice() as stuart:
        pairs = await stuart.walk((await stuart.created())["id"])
        words = [delivery for _, delivery in pairs]
        assert [word for place, word in enumerate(words) if words[place - 1 : place] != [word]] == WAY
        assert [job for job, _ in pairs][:3] == ["new", "searching", "in_progress"]
        assert pairs[-1][0] == "finished"


async def test_the_same_seed_is_the_same_day() -> None:
    days = []
    for _ in range(2):
        async with practice() as stuart:
            told = await stuart.created()
            await stuart.walk(told["id"])
            days.append((told, await stuart.read(told["id"])))
    assert days[0] == days[1]


@pytest.mark.parametrize(
    ("trouble", "end", "reason"),
    [
        ("no_driver", "expired", "no_supply"),
        ("canceled_by_stuart", "canceled", "technical_issue"),
        ("undeliverable", "canceled", "end-customer_unreachable"),
    ],
)
async def test_it_may_come_to_nothing(trouble, end, reason) -> None:
    async with practice(**{trouble: True}) as stuart:
        told = await stuart.created()
        assert (await stuart.walk(told["id"]))[-1] == (end, "cancelled")
        (delivery,) = (await stuart.read(told["id"]))["deliveries"]
        assert delivery["cancellation"]["reason_key"] == reason


async def test_a_note_marks_one_job_alone() -> None:
    async with practice() as stuart:
        marked = await stuart.created(job("S-1", comment=NO_DRIVER_MARK))
        plain = await stuart.created(job("S-2", comment="ring twice"))
        assert (await stuart.walk(plain["id"]))[-1][0] == "finished"
        assert (await stuart.walk(marked["id"]))[-1][0] == "expired"


async def test_a_job_for_later_is_scheduled() -> None:
    async with practice() as stuart:
        body = job()
        body["job"]["pickup_at"] = "2026-01-02T06:00:00Z"
        told = await stuart.created(body)
        assert told["status"] == "scheduled"
        await stuart.wait(60)
        assert (await stuart.read(told["id"]))["status"] == "scheduled"


async def test_after_pickup_nothing_is_called_off() -> None:
    async with practice() as stuart:
        told = await stuart.created()
        while (await stuart.read(told["id"]))["deliveries"][0]["status"] != "delivering":
            await stuart.wait(1)
        answer = await stuart.post(f"{JOBS}/{told['id']}/cancel")
        assert (answer.status_code, answer.json()["error"]) == (422, "CANCELLATION_NOT_ALLOWED")


# Letters


async def test_each_change_is_told_with_the_header(letterbox) -> None:
    async with practice(webhook_url=letterbox.url) as stuart:
        await stuart.walk((await stuart.created())["id"])
        await stuart.sim.settle()
        assert letterbox.told("delivery") == WAY
        assert letterbox.told("job") == ["new", "searching", "in_progress", "finished"]
        assert letterbox.told("driver") == ["busy"]
        wanted = stuart.sim.settings("http://sim")["webhook_secret"]
        assert {request.headers["Authorization"] for request in letterbox.requests} == {wanted}


async def test_a_letter_nobody_took_comes_again(letterbox) -> None:
    letterbox.answers = [500, 503]
    async with practice(webhook_url=letterbox.url) as stuart:
        await stuart.created()
        await stuart.sim.settle()
        before = len(letterbox.requests)
        await stuart.wait(2)
        assert letterbox.told("job")[0] == "new"
        assert len(letterbox.requests) > before


@pytest.mark.parametrize(("trouble", "count"), [("silent_webhooks", 0), ("duplicate_events", 4)])
async def test_letters_may_fail_to_come_or_come_twice(letterbox, trouble, count) -> None:
    async with practice(webhook_url=letterbox.url, **{trouble: True}) as stuart:
        await stuart.created()
        await stuart.sim.settle()
        assert len(letterbox.requests) == count


# The side door


async def test_troubles_are_set_and_told_at_the_side_door() -> None:
    async with practice() as stuart:
        told = (await stuart.post("/_sim/trouble", {"fail": "OUT_OF_RANGE", "fail_on": "create"})).json()
        assert (told["fail"], told["fail_times"]) == ("OUT_OF_RANGE", 1)
        assert (await stuart.post(JOBS, job())).json()["error"] == "OUT_OF_RANGE"
        assert (await stuart.post(JOBS, job())).status_code == 201


@pytest.mark.parametrize("wrong", [{"x": 1}, {"fail": "NONSENSE"}, {"fail_on": "tip"}, ["x"], "no"])
async def test_troubles_they_never_have_are_refused(wrong) -> None:
    async with practice() as stuart:
        answer = await stuart.post("/_sim/trouble", wrong)
        assert answer.status_code == 400
        assert stuart.sim.troubles == Troubles()


async def test_an_answer_may_be_lost_after_the_deed() -> None:
    async with practice(fail="SERVER_ERROR", fail_on="create", fail_after=True) as stuart:
        assert (await stuart.post(JOBS, job())).status_code == 500
        assert len((await stuart.http.get("/_sim/deliveries")).json()["deliveries"]) == 1


async def test_the_one_that_is_built_runs_by_itself(letterbox) -> None:
    simulator = build(seed=1, speed=5_000.0, webhook_url=letterbox.url)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(simulator.app), base_url="http://sim") as http:
        await simulator.start()
        token = (await http.post("/oauth/token", data=GRANT, headers={"Authorization": BASIC})).json()["access_token"]
        made = await http.post(JOBS, json=job(), headers={"Authorization": f"Bearer {token}"})
        assert made.status_code == 201
        await simulator.stop()
