"""Until when the money lasts, as people say it."""

from datetime import datetime, timedelta

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup

_WEEK = 7


def until(pen: Pen, moment: datetime) -> Markup:
    """Write a moment ahead: до 18:00, до завтра, до четверга, до 12 дек."""
    zone = pen.reader.zone
    day, today = moment.astimezone(zone).date(), pen.reader.now.astimezone(zone).date()
    if day <= today:
        return pen("balance-until-time", time=pen.formats.clock(moment))
    if day == today + timedelta(days=1):
        return pen("balance-until-tomorrow")
    if day < today + timedelta(days=_WEEK):
        return pen(f"balance-until-day-{day.isoweekday()}")
    return pen("balance-until-date", day=pen.formats.brief_day(day))
