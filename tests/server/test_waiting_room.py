"""Who is let in, who waits, who is refused, and who comes next."""

import asyncio

import pytest

from samovar.errors import BusyError
from samovar.server.errors import ClosingError
from samovar.server.waiting_room import WaitingRoom


async def entered(room: WaitingRoom, client: str, order: list[str], name: str):
    place = await room.enter(client)
    order.append(name)
    return place


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("a1 b1 c1", "a1 b1 c1"),
        ("a1 a2 a3 b1", "a1 b1 a2 a3"),  # b has none running and overtakes
        ("a1 a2 b1 b2 c1", "a1 b1 b2 c1 a2"),
    ],
)
def test_the_next_place_goes_to_who_has_fewest(asked, order):
    """Two places, one of them held by a; the other becomes free again and again."""

    async def run():
        room, came = WaitingRoom(2, 10, 10), []
        first = await room.enter("a")  # a holds one place all the time
        tasks = []
        for name in asked.split():
            tasks.append(asyncio.ensure_future(entered(room, name[0], came, name)))
            await asyncio.sleep(0)
        for at in range(len(tasks)):
            await asyncio.sleep(0)
            done = next(task for task in tasks if task.done() and not task.cancelled())
            assert len(came) == at + 1
            tasks.remove(done)
            room.leave(done.result())
        room.leave(first)
        assert (room.running, room.waiting) == (0, 0)
        return " ".join(came)

    assert asyncio.run(run()) == order


def test_limits_of_the_room_and_of_a_client():
    async def run():
        room = WaitingRoom(1, 2, 2)
        place = await room.enter("a")
        waiting = [asyncio.ensure_future(room.enter(client)) for client in "ab"]
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="You have 2 requests"):
            await room.enter("a")
        with pytest.raises(BusyError, match="1 requests are being answered and 2 wait"):
            await room.enter("c")
        waiting[0].cancel()  # who leaves the queue makes room at once
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert room.waiting == 1
        late = asyncio.ensure_future(room.enter("c"))
        await asyncio.sleep(0)
        assert room.waiting == 2
        room.leave(place)
        room.leave(place)
        assert (await waiting[1]).client == "b"
        assert not late.done()
        room.closing = True
        with pytest.raises(ClosingError):
            await room.enter("d")
        room.cancel()
        with pytest.raises(ClosingError):
            await late

    asyncio.run(run())


def test_a_refusal_says_when_a_place_will_be_free():
    async def run():
        room = WaitingRoom(1, 1, 9)
        for seconds in (8, 12):
            place = await room.enter("a")
            place.began -= seconds
            room.leave(place)
        await room.enter("a")
        waiting = asyncio.ensure_future(room.enter("b"))
        await asyncio.sleep(0)
        with pytest.raises(BusyError) as refused:
            await room.enter("c")
        assert refused.value.values["seconds"] in (20, 21)  # ten each, two before it
        waiting.cancel()

    asyncio.run(run())
