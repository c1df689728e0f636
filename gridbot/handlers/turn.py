"""One turn: a message, what it means, who said it where, and the ways to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.messages import Address, Attachment, Button, Event, Incoming, Say
from gridbot.models.acts import Act
from gridbot.models.cases import questions
from gridbot.models.cases.tickets import Question
from gridbot.models.territory.directory import Group
from gridbot.models.territory.people import Person, Post
from gridbot.nlp import Reading, Scene, Speaker
from gridbot.profiles import Profile, Rank
from gridbot.texts import Texts, typeset
from gridbot.world import World

_ABOUT = (("no", "ticket"), ("candidate", "candidate"))  # parameters that say what a message is about
PLAINLY = 0.4  # confidence from which words name a matter so clearly that they can be no talk about another
QUESTION_LIVES = timedelta(minutes=30)
Buttons = tuple[tuple[str, str], ...]  # (label, what it says)


@dataclass(slots=True)
class Turn:
    """Handlers get a Turn and return Says. `grid` is the node the message belongs to ("" if unknown)."""

    id: int
    heard: Incoming
    reading: Reading
    person: Person
    group: Group | None
    now: datetime
    world: World
    question: Question | None = None  # what this person was asked here and has not answered
    grid: str = ""
    role: str = ""  # in which of his roles a member of staff acts; see `act_as`
    event: Event | None = None  # what happened; `heard` is the same where it was a message
    tally: dict[str, int] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        return self.world.texts

    @property
    def act(self) -> Act:
        """This turn as the author of changes."""
        return Act(self.person.who, self.now, self.id, self.role)

    @property
    def profile(self) -> Profile:
        return self.world.directory.profile(self.grid)

    @property
    def rest(self) -> str:
        """The free text of the command."""
        return typeset(self.reading.command.rest) if self.reading.command else ""

    @property
    def private(self) -> bool:
        return self.heard.where.private

    @property
    def asked(self) -> Question:
        """What is answered: for the handlers of `?kind`, which are called with a question alone."""
        assert self.question is not None
        return self.question

    def read(self, text: str) -> Reading:
        """What other words of a colleague mean by themselves: a part of these, or some of a moment ago."""
        gazetteer = self.world.gazetteer(self.person.posts[0].node) if self.person.posts else None
        scene = Scene(Speaker.STAFF, addressed=True, gazetteer=gazetteer)
        return self.world.reader.read(text, at=self.heard.at, scene=scene)

    # --- answering ----------------------------------------------------------------------------------------

    def say(self, key: str, *, buttons: Buttons = (), urgent: bool = False, **params: object) -> Say:
        """An answer where the message was said; in a group it mentions the speaker.

        `ticket=no` among the parameters marks what it is about. Where the group may not have it now,
        the speaker gets it in private.
        """
        room = self.heard.where.room is not None
        return self.written(
            self.heard.where, key, params, buttons, urgent,
            mentions=(self.heard.sender,) if room else (), instead=self.heard.sender if room else None,
        )  # fmt: skip

    def refuse(self, refusal: Refusal) -> Say:
        """The polite "no", in private: a group need not watch."""
        return self.written(self.private_with(self.heard.sender), refusal.key, refusal.params, (), False)

    @property
    def plainly_a_matter(self) -> bool:
        """Whether the words clearly name a matter."""
        return self.reading.category is not None and self.reading.confidence >= PLAINLY

    @property
    def discreet(self) -> bool:
        """Whether others read along who need not hear the answer to a command: in residents' groups."""
        return not self.private and (self.group is None or self.group.residents)

    def reply(self, key: str, *, buttons: Buttons = (), **params: object) -> Say:
        """An answer to a command: here among staff, in private where residents read along."""
        if self.discreet:
            return self.written(self.private_with(self.heard.sender), key, params, buttons)
        return self.written(
            self.heard.where, key, params, buttons, mentions=() if self.private else (self.heard.sender,)
        )

    def whisper(self, key: str, *, buttons: Buttons = (), urgent: bool = False, **params: object) -> Say:
        """An answer to the speaker in private."""
        return self.tell(self.heard.sender, key, buttons=buttons, urgent=urgent, **params)

    def tell(
        self, contact: str, key: str, *, buttons: Buttons = (), urgent: bool = False, **params: object
    ) -> Say:
        """Something said to anybody in private."""
        return self.written(self.private_with(contact), key, params, buttons, urgent)

    def tell_at(
        self, to: Address, key: str, *, buttons: Buttons = (), urgent: bool = False, **params: object
    ) -> Say:
        """Something said at an address of a ticket's own transport."""
        return self.written(to, key, params, buttons, urgent)

    def tell_group(self, room: Group, key: str, *, urgent: bool = False, **params: object) -> Say:
        """Something said in a group other than by way of an answer."""
        here = room is self.group or not self.world.several
        where = replace(self.heard.where, room=room.room, contact=None) if here else self.world.room(room)
        return self.written(where, key, params, (), urgent)

    def written(
        self,
        to: Address,
        key: str,
        params: Mapping[str, object],
        buttons: Buttons = (),
        urgent: bool = False,
        *,
        mentions: tuple[str, ...] = (),
        instead: str | None = None,
    ) -> Say:
        """A sentence for an address; what it is about is read off the parameters."""
        about = {name: int(str(params[key])) for key, name in _ABOUT if key in params}
        return Say(
            to=to, text=self.texts.say(key, **params), key=key, mentions=mentions, about=about,
            buttons=tuple(Button(label, says) for label, says in buttons), urgent=urgent, instead=instead,
        )  # fmt: skip

    def private_with(self, contact: str) -> Address:
        """The private chat with the speaker here, with anybody else on the transport he is on."""
        where = self.heard.where
        if contact == self.heard.sender:
            return replace(where, room=None, contact=contact)
        return self.world.private(contact, where)

    def when(self, at: datetime) -> str:
        """A moment as people say it."""
        return self.texts.moment(at, self.now)

    @property
    def media(self) -> tuple[Attachment, ...]:
        return self.heard.media

    # --- asking back --------------------------------------------------------------------------------------

    async def ask(
        self,
        contact: str,
        kind: str,
        *,
        where: Address | None = None,
        subject: int | None = None,
        data: Mapping[str, object] | None = None,
        lives: timedelta = QUESTION_LIVES,
    ) -> None:
        """Save what was asked of a person in a place (default: here); the asking Say is the caller's."""
        lane = (where or self.heard.where).lane
        await questions.ask(contact, lane, kind, self.now, lives, subject=subject, data=dict(data or {}))

    def one_or_two(self, *yes: str) -> int | None:
        """How a question with two answers was answered: 好 and the commands `yes` mean 1, 不是 means 2."""
        command = self.reading.command
        if command is None:
            return None
        known = {"no": 2, "yes": 1, **dict.fromkeys(yes, 1)}
        choice = command.choice or known.get(command.name)
        return choice if choice in (1, 2) else None

    # --- rights -------------------------------------------------------------------------------------------

    def require(self, node: str, *ranks: Rank) -> Post:
        """The speaker's post (of these ranks) that covers the node; raises NotAllowed."""
        directory = self.world.directory
        for post in self.person.posts:
            if (not ranks or post.rank in ranks) and directory.inside(node, post.node):
                self.act_as(node)
                return post
        raise NotAllowed

    def act_as(self, node: str, *matters: str) -> None:
        """Remember in which of his roles the speaker acts at a node.

        It is the one whose duty the command or one of the matters (as people call them) is, else the
        first of those that reach the node; residents have none.
        """
        directory, posts = self.world.directory, self.person.posts
        if len({post.role for post in posts}) < 2:
            self.role = posts[0].role if posts else ""
            return
        command = self.reading.command
        words = {*matters, *(self.world.reader.command_words.get(command.name, ()) if command else ())}
        near = [post for post in posts if directory.inside(node, post.node)] or list(posts)
        fit = (post for post in near if words & set(directory.duties(post)))
        self.role = next(fit, near[0]).role

    def require_staff(self, *ranks: Rank) -> Post:
        """Any post of the speaker (of these ranks); raises NotAllowed."""
        for post in self.person.posts:
            if not ranks or post.rank in ranks:
                self.act_as(post.node)
                return post
        raise NotAllowed
