"""All that the card of a notice may show: most notices are said as they stand, lists gather what they list."""

from bot.domain.alerts import AlertsCard
from bot.domain.audit_cards import AuditCard
from bot.domain.cards import AskCard, NoticeCard
from bot.domain.history import HistoryCard
from bot.domain.multicast_cards import MulticastListCard

NoticeModel = AlertsCard | NoticeCard | AskCard | MulticastListCard | HistoryCard | AuditCard
