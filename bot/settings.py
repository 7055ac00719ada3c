"""Every setting of an installation, in one class: the only reader of the environment and of `.env`."""

import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.hours import QuietHours
from bot.domain.policy import Policy
from gateway.checks import check_charset, check_url, check_zone
from gateway.text import check_sender

__all__ = ["PREFIX", "Settings", "SettingsError", "load"]

PREFIX: Final = "SMSBOT_"
_TOKEN: Final = re.compile(r"[1-9][0-9]*:[A-Za-z0-9_-]{3,}")
_DRIVERS: Final = ("sqlite+aiosqlite", "postgresql+asyncpg")
_LONGEST_ID: Final = 2**63


class SettingsError(Exception):
    """A setting that is missing or wrong; its text is one line that names it and says what is expected."""


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("not a token")
    return value


def _sender(value: str) -> str:
    if check_sender(value) is not None:
        raise ValueError("not a sender")
    return value


def _database(value: SecretStr) -> SecretStr:
    try:
        url = make_url(value.get_secret_value())
    except ArgumentError:
        raise ValueError("not an address") from None
    if url.drivername not in _DRIVERS or not url.database:
        raise ValueError("not a database of ours")
    return value


def _zone(value: object) -> ZoneInfo:
    return value if isinstance(value, ZoneInfo) else check_zone(str(value))


def _hours(value: object) -> QuietHours:
    return value if isinstance(value, QuietHours) else QuietHours.parse(str(value))


def _list(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _priced(value: Decimal | None, info: ValidationInfo) -> Decimal | None:
    # Without a price nothing costs anything: a limit that never holds is worse than none.
    if value is not None and info.data.get("price_per_part") is None:
        raise ValueError("no price")
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _setting(about: str, expected: str, default: Any = ..., **limits: Any) -> Any:
    """Declare a setting: what it is for, what it must look like, and what it is unless it is set."""
    return Field(default, description=about, json_schema_extra={"expected": expected}, **limits)


_Url = Annotated[str, AfterValidator(check_url)]
_Zone = Annotated[InstanceOf[ZoneInfo], NoDecode, BeforeValidator(_zone)]
_Hours = Annotated[InstanceOf[QuietHours], NoDecode, BeforeValidator(_hours)]
_Seconds = Annotated[float, Field(gt=0, le=7 * 24 * 3600)]
_Id = Annotated[int, Field(gt=0, lt=_LONGEST_ID)]


class Settings(BaseSettings):
    """The settings as they were read; `policy` is the part of them that rules use."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] = _setting(
        "the bot's token", "the token that @BotFather gave, like 123456:ABC-DEF"
    )
    telegram_api_url: _Url = _setting(
        "where the Bot API is", "an http(s) address without /bot", "https://api.telegram.org"
    )
    gateway_url: _Url = _setting("where SMS2 is", "an http(s) address", "https://my.sms2.ru")
    gateway_user: str = _setting("login at SMS2", "the login of your SMS2 account")
    gateway_password: SecretStr = _setting("password at SMS2", "the password of your SMS2 account")
    gateway_charset: Annotated[str, AfterValidator(check_charset)] = _setting(
        "how texts travel to SMS2", "windows-1251 or utf-8", "windows-1251"
    )
    gateway_timezone: _Zone = _setting("SMS2's own clock", "a zone like Europe/Moscow", ZoneInfo("Europe/Moscow"))
    database_url: Annotated[SecretStr, AfterValidator(_database)] = _setting(
        "where all state lives",
        "sqlite+aiosqlite:///FILE, or postgresql+asyncpg://USER:PASSWORD@HOST/NAME",
        SecretStr("sqlite+aiosqlite:///smsbot.sqlite"),
    )
    owners: Annotated[tuple[_Id, ...], NoDecode, BeforeValidator(_list)] = _setting(
        "who owns the bot from the start", "Telegram user ids, comma-separated, like 1001,1002", min_length=1
    )
    default_sender: Annotated[str, AfterValidator(_sender)] = _setting(
        "the signature of an SMS", "3 to 11 Latin letters and digits, at least one letter, like MyShop"
    )
    timezone: _Zone = _setting("the organisation's clock", "a zone like Europe/Moscow", ZoneInfo("Europe/Moscow"))
    language: Literal["ru", "en"] = _setting("language where Telegram names none", "ru or en", "ru")
    undo_seconds: int = _setting("how long a confirmed send can be taken back", "0 to 600 seconds", 10, ge=0, le=600)
    queue_minutes: int = _setting(
        "how long a send may wait for the provider before it pauses and asks", "1 to 1440 minutes", 30, ge=1, le=1440
    )
    handover_minutes: int = _setting(
        "how long before its start a multicast goes to SMS2, which cannot cancel it",
        "1 to 1440 minutes",
        10,
        ge=1,
        le=1440,
    )
    status_schedule: Annotated[tuple[_Seconds, ...], NoDecode, BeforeValidator(_list)] = _setting(
        "waits between delivery checks, the last one repeating",
        "seconds, comma-separated, like 10,30,60",
        (10.0, 30.0, 60.0, 300.0, 900.0, 3600.0),
        min_length=1,
    )
    status_give_up_hours: int = _setting("how long delivery is asked for", "1 to 720 hours", 72, ge=1, le=720)
    status_rate: float = _setting("delivery checks at most", "calls a second, 0.01 to 1000", 20, ge=0.01, le=1000)
    send_rate: float = _setting("sending at most", "parts a second, 0.01 to 1000", 10, ge=0.01, le=1000)
    send_concurrency: int = _setting("paid calls at the same time", "1 to 100", 20, ge=1, le=100)
    quiet_hours: _Hours = _setting(
        "hours in which nobody wants an SMS", "two hours like 22-09, equal ones for never", QuietHours(22, 9)
    )
    price_per_part: Decimal | None = _setting(
        "roubles for one part, to show what a send costs", "an amount like 5.50, or nothing", None, gt=0, le=10_000
    )
    approve_recipients: int = _setting(
        "recipients above which a second person must approve", "0 to 10000000, 0 for never", 1000, ge=0, le=10_000_000
    )
    approve_cost: Annotated[Decimal | None, AfterValidator(_priced)] = _setting(
        "roubles above which a second person must approve",
        f"an amount like 5000, together with {PREFIX}PRICE_PER_PART, or nothing",
        None,
        gt=0,
        le=1_000_000_000,
    )
    balance_interval: int = _setting("how often the balance is looked at", "60 to 86400 seconds", 300, ge=60, le=86_400)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = _setting(
        "how much is logged", "DEBUG, INFO, WARNING or ERROR", "INFO"
    )
    log_format: Literal["console", "json"] = _setting("how it is logged", "console or json", "console")

    @property
    def policy(self) -> Policy:
        """Return what the rules go by."""
        return Policy(
            sender=self.default_sender,
            zone=self.timezone,
            provider_zone=self.gateway_timezone,
            language=self.language,
            undo=timedelta(seconds=self.undo_seconds),
            handover=timedelta(minutes=self.handover_minutes),
            queue=timedelta(minutes=self.queue_minutes),
            schedule=tuple(timedelta(seconds=seconds) for seconds in self.status_schedule),
            give_up=timedelta(hours=self.status_give_up_hours),
            status_rate=self.status_rate,
            send_rate=self.send_rate,
            send_slots=self.send_concurrency,
            price=self.price_per_part,
            quiet=self.quiet_hours,
            key=hashlib.sha256(b"invites:" + self.telegram_token.get_secret_value().encode()).digest(),
            approve_recipients=self.approve_recipients,
            approve_cost=self.approve_cost,
            watch=timedelta(seconds=self.balance_interval),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what no log line may hold."""
        database = make_url(self.database_url.get_secret_value()).password
        found = (self.telegram_token.get_secret_value(), self.gateway_password.get_secret_value(), str(database or ""))
        return tuple(secret for secret in found if secret)

    @classmethod
    def read(cls, env_file: Path | None) -> Self:
        """Read the environment, which wins, and the file; raise SettingsError."""
        source: dict[str, Any] = {"_env_file": env_file}
        try:
            return cls(**source)
        except ValidationError as error:
            raise SettingsError(_line(error)) from None  # the cause would print what was entered
        except UnicodeDecodeError:
            raise SettingsError(f"{env_file}: expected UTF-8 text") from None


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings; raise SettingsError, whose text never quotes a value."""
    return Settings.read(env_file)


def _line(error: ValidationError) -> str:
    """Say in one line which setting is wrong and what it should be, and name the others."""
    wrong = {str(one["loc"][0]): one["type"] == "missing" for one in error.errors(include_input=False)}
    (first, missing), *others = wrong.items()
    extra: Any = Settings.model_fields[first].json_schema_extra
    line = f"{_name(first)} is {'missing' if missing else 'wrong'}: expected {extra['expected']}"
    return f"{line} (wrong too: {', '.join(_name(name) for name, _ in others)})" if others else line


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"
