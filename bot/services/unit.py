"""One transaction with every use case bound to it."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Final

from bot.domain.bell import Bell
from bot.domain.policy import Policy
from bot.services.answers import Answers
from bot.services.approvals.asking import Asking
from bot.services.approvals.authors import Authors
from bot.services.approvals.decisions import QUESTIONS as OF_APPROVALS
from bot.services.approvals.decisions import Approvals
from bot.services.bases.adding import Adding
from bot.services.bases.answers import BaseAnswers
from bot.services.bases.bases import QUESTIONS as OF_BASES
from bot.services.bases.bases import Bases
from bot.services.bases.imports import INTO, Imports
from bot.services.bases.into import Into
from bot.services.cards import Cards
from bot.services.cleaning import Cleaning
from bot.services.composers import Composers, SmsComposer
from bot.services.documents import Documents
from bot.services.drafts import Drafts
from bot.services.history.audit import Audit
from bot.services.history.history import QUESTIONS as OF_HISTORY
from bot.services.history.history import History
from bot.services.money.alerts import QUESTIONS as OF_ALERTS
from bot.services.money.alerts import Alerts
from bot.services.money.charts import Charts
from bot.services.money.judging import Judging
from bot.services.money.troubles import Troubles
from bot.services.money.watch import Watch
from bot.services.money.watchers import Watchers
from bot.services.multicasts.calendar import Calendar
from bot.services.multicasts.composer import MulticastComposer
from bot.services.multicasts.drafts import MulticastDrafts
from bot.services.multicasts.handover import Handovers
from bot.services.multicasts.multicasts import Multicasts
from bot.services.multicasts.tracked import Tracked
from bot.services.people.admins import QUESTIONS as OF_ADMINS
from bot.services.people.admins import Admins
from bot.services.people.changes import Changes
from bot.services.people.invites import Invites
from bot.services.people.limits import Limits
from bot.services.people.people import People
from bot.services.people.rooms import QUESTIONS as OF_ROOMS
from bot.services.people.rooms import Rooms
from bot.services.people.settings import QUESTIONS as OF_SETTINGS
from bot.services.people.settings import PersonalSettings
from bot.services.people.strangers import Strangers
from bot.services.people.views import PeopleViews
from bot.services.prompts import Prompts
from bot.services.questions import Asker, Questions
from bot.services.requests import Requests
from bot.services.sending.batches import Batches
from bot.services.sending.bursts import Bursts
from bot.services.sending.dispatch import Dispatch
from bot.services.sending.halt import Halt
from bot.services.sending.mms import Mms, MmsComposer
from bot.services.sending.outcomes import Outcomes
from bot.services.sending.pictures import Pictures
from bot.services.sending.restart import Restart
from bot.services.sending.sends import Sends
from bot.services.sending.sms import Sms
from bot.services.sending.tracking import Tracking
from bot.services.status import Status
from bot.services.views import Views
from bot.storage import defaults
from bot.storage.engine import Database, Tx


class Services:
    """The use cases of one transaction; each is made when it is first asked for."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self.policy = tx, policy
        self.now = tx.now

    @classmethod
    async def of(cls, tx: Tx, policy: Policy) -> "Services":
        """Bind the use cases to a transaction, under what owners have set for everybody by now."""
        return cls(tx, policy.with_defaults(await defaults.load(tx)))

    @cached_property
    def cards(self) -> Cards:
        """What the chats should see."""
        return Cards(self._tx, self.policy)

    @cached_property
    def batches(self) -> Batches:
        """Moves of a batch as a whole."""
        return Batches(self._tx, self.cards)

    @cached_property
    def dispatch(self) -> Dispatch:
        """What may leave now."""
        return Dispatch(self._tx, self.policy, self.cards, self.batches, self.restart)

    @cached_property
    def halt(self) -> Halt:
        """The panic switch."""
        return Halt(self._tx, self.cards, self.batches)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What became of paid calls."""
        return Outcomes(self._tx, self.policy, self.cards, self.batches, self.requests, self.bursts)

    @cached_property
    def requests(self) -> Requests:
        """Free questions to the provider."""
        return Requests(self._tx, self.policy, self.cards, self.batches)

    @cached_property
    def sends(self) -> Sends:
        """What people do to sends."""
        return Sends(self._tx, self.policy, self.cards, self.batches, self.requests, self.asking)

    @cached_property
    def asking(self) -> Asking:
        """Asking a second person."""
        return Asking(self._tx, self.policy, self.cards, self.documents)

    @cached_property
    def approvals(self) -> Approvals:
        """What the second person says."""
        return Approvals(self._tx, self.policy, self.cards, self.questions, self.asking)

    @cached_property
    def authors(self) -> Authors:
        """What an author does while a second person is waited for."""
        return Authors(self._tx, self.cards, self.drafts, self.asking)

    @cached_property
    def drafts(self) -> Drafts:
        """What is being composed."""
        return Drafts(self._tx, self.cards, self.composers, self.limits)

    @cached_property
    def composers(self) -> Composers:
        """Every kind of draft there is."""
        return {
            "sms": SmsComposer(self._tx, self.policy, self.sends, self.requests),
            "multicast": MulticastComposer(self._tx, self.policy, self.requests, self.sends, self.asking),
            "mms": MmsComposer(self._tx, self.policy, self.sends),
        }

    @cached_property
    def multicasts(self) -> Multicasts:
        """Sending to phone bases."""
        return Multicasts(self._tx, self.policy, self.cards, self.drafts)

    @cached_property
    def multicast_drafts(self) -> MulticastDrafts:
        """Composing what is sent to phone bases."""
        return MulticastDrafts(self._tx, self.policy, self.cards, self.drafts, self.requests)

    @cached_property
    def calendar(self) -> Calendar:
        """Multicasts as a calendar."""
        return Calendar(self._tx)

    @cached_property
    def handovers(self) -> Handovers:
        """Handing multicasts to the provider."""
        return Handovers(self._tx, self.policy, self.cards, self.requests)

    @cached_property
    def sms(self) -> Sms:
        """Writing to people."""
        return Sms(self._tx, self.policy, self.cards, self.drafts, self.sends, self.limits)

    @cached_property
    def mms(self) -> Mms:
        """Sending pictures to people."""
        return Mms(self._tx, self.cards, self.drafts)

    @cached_property
    def pictures(self) -> Pictures:
        """Pictures on their way into drafts."""
        return Pictures(self._tx, self.policy, self.cards, self.drafts)

    @cached_property
    def views(self) -> Views:
        """What the cards show."""
        people = PeopleViews(self._tx, self.invites, self.limits)
        return Views(self._tx, self.policy, self.drafts, self.sms, people)

    @cached_property
    def questions(self) -> Questions:
        """Small questions that wait for one typed answer."""
        return Questions(self._tx)

    @cached_property
    def prompts(self) -> Prompts:
        """Questions of groups, asked for a reply."""
        return Prompts(self._tx)

    def asker(self, kind: str) -> Asker:
        """Return who takes the answer to a question of this kind."""
        return next((asker(self) for kinds, asker in _ASKERS if kind in kinds), self.answers)

    @cached_property
    def answers(self) -> Answers:
        """What is answered about unknown outcomes."""
        return Answers(self._tx, self.cards, self.questions, self.sends)

    @cached_property
    def settings(self) -> PersonalSettings:
        """How people like it."""
        return PersonalSettings(self._tx, self.policy, self.cards, self.drafts, self.questions, self.people)

    @cached_property
    def rooms(self) -> Rooms:
        """What groups have of their own."""
        return Rooms(self._tx, self.cards, self.questions)

    @cached_property
    def status(self) -> Status:
        """What became of a message."""
        return Status(self._tx, self.cards, self.sends, self.requests)

    @cached_property
    def history(self) -> History:
        """Looking back on what was sent."""
        return History(self._tx, self.cards, self.questions, self.sends, self.status)

    @cached_property
    def audit(self) -> Audit:
        """Looking at what people did."""
        return Audit(self._tx, self.cards, self.history, self.bases, self.documents)

    @cached_property
    def restart(self) -> Restart:
        """What needs a person after a standstill."""
        return Restart(self._tx, self.cards)

    @cached_property
    def people(self) -> People:
        """Admins, and strangers who may become admins."""
        return People(self._tx, self.policy, self.cards, self.asking)

    @cached_property
    def strangers(self) -> Strangers:
        """Decisions at the door."""
        return Strangers(self._tx, self.cards, self.people)

    @cached_property
    def limits(self) -> Limits:
        """How much a person may still send."""
        return Limits(self._tx, self.policy)

    @cached_property
    def invites(self) -> Invites:
        """Links that let strangers in."""
        return Invites(self._tx, self.policy, self.cards, self.documents, self.people, self.strangers)

    @cached_property
    def admins(self) -> Admins:
        """What owners decide about people."""
        changes = Changes(self._tx, self.cards, self.people, self.invites)
        return Admins(self._tx, self.cards, self.questions, changes, self.invites)

    @cached_property
    def watchers(self) -> Watchers:
        """Who is told of money and troubles."""
        return Watchers(self._tx, self.policy, self.cards)

    @cached_property
    def watch(self) -> Watch:
        """Looking at the account in regular intervals."""
        troubles = Troubles(self._tx, self.watchers)
        return Watch(self._tx, self.policy, self.requests, troubles, self.judging)

    @cached_property
    def judging(self) -> Judging:
        """Comparing the account with what people want to hear of."""
        return Judging(self._tx, self.watchers)

    @cached_property
    def alerts(self) -> Alerts:
        """Choosing what one wants to hear of."""
        return Alerts(self._tx, self.cards, self.questions, self.watchers, self.judging)

    @cached_property
    def bursts(self) -> Bursts:
        """Bursts of rejections."""
        return Bursts(self._tx, self.cards, self.batches, self.sends, self.watchers)

    @cached_property
    def cleaning(self) -> Cleaning:
        """What nobody needs any more."""
        return Cleaning(self._tx)

    @cached_property
    def documents(self) -> Documents:
        """Files that go out below cards."""
        return Documents(self._tx, self.policy)

    @cached_property
    def charts(self) -> Charts:
        """Pictures of the balance's history."""
        return Charts(self._tx, self.cards, self.documents)

    @cached_property
    def bases(self) -> Bases:
        """Walking through the phone bases."""
        answers = BaseAnswers(self._tx, self.cards, self.documents)
        return Bases(self._tx, self.cards, self.questions, self.imports, answers)

    @cached_property
    def imports(self) -> Imports:
        """What people do with imports."""
        return Imports(self._tx, self.cards, self.documents, self.questions)

    @cached_property
    def into(self) -> Into:
        """Which bases imports go into."""
        return Into(self._tx, self.cards, self.imports, self.questions)

    @cached_property
    def adding(self) -> Adding:
        """What the lanes do with imports."""
        return Adding(self._tx, self.policy, self.cards, self.documents, self.questions)

    @cached_property
    def tracked(self) -> Tracked:
        """Multicasts that are sent one by one."""
        return Tracked(self._tx, self.policy, self.cards, self.drafts, self.batches, self.documents)

    @cached_property
    def tracking(self) -> Tracking:
        """News of delivery."""
        return Tracking(self._tx, self.policy, self.batches)


_ASKERS: Final[Sequence[tuple[Collection[str], Callable[[Services], Asker]]]] = (
    (OF_ADMINS, lambda services: services.admins),
    (OF_ALERTS, lambda services: services.alerts),
    (OF_APPROVALS, lambda services: services.approvals),
    (OF_BASES, lambda services: services.bases),
    (OF_HISTORY, lambda services: services.history),
    (OF_ROOMS, lambda services: services.rooms),
    (OF_SETTINGS, lambda services: services.settings),
    ((INTO,), lambda services: services.into),
)


class Unit:
    """Opens transactions: `async with unit() as services` commits at the end, rolls back on any exception."""

    def __init__(self, database: Database, policy: Policy, bell: Bell) -> None:
        self._database, self._policy, self._bell = database, policy, bell
        self.clock = database.clock

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Services]:
        """Give the use cases of one write transaction, and wake whom it concerns once it is committed."""
        async with self._database.write() as tx:
            yield await Services.of(tx, self._policy)
        self._bell.ring(*tx.wakes)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Services]:
        """Give the use cases of a transaction that only reads and waits for no writer."""
        async with self._database.read() as tx:
            yield await Services.of(tx, self._policy)
