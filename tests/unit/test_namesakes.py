"""Nicknames that are, or nearly are, the name of somebody answerable for a place."""

from __future__ import annotations

import pytest

from gridbot.models.territory.namesakes import namesake
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank


def _post(name: str, role: str, rank: Rank) -> Post:
    return Post("s1", name, role, rank, "sq", "", "sun", "", "专职", "")


POSTS = (_post("欧阳明", "社区书记", Rank.LEADER), _post("李小网", "网格员", Rank.WORKER))


@pytest.mark.parametrize(
    "nickname",
    [
        "欧阳明",
        "欧 阳 明",
        "欧阳明（书记）",
        "欧书记",
        "欧阳朋",
        "欧阳明明",
        "李小网",
        "网格员李小网",
        "李小罔网格员",
    ],
)
def test_equal_or_near_names_are_seen(nickname: str) -> None:
    assert namesake(nickname, POSTS) is not None


@pytest.mark.parametrize(
    "nickname", ["王大妈", "李小红", "王大妈找网格员", "爱花的人", "3-502", "明", "", "😀", "欧洲杯"]
)
def test_others_are_let_be(nickname: str) -> None:
    assert namesake(nickname, POSTS) is None
