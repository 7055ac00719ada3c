"""Settings: read from one place, refused in one line."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours import QuietHours
from bot.domain.policy import Policy
from bot.settings import PREFIX, Settings, SettingsError, load

REQUIRED = {
    "TELEGRAM_TOKEN": "123456:ABC-DEF",
    "GATEWAY_USER": "shop",
    "GATEWAY_PASSWORD": "s3cret pass",
    "OWNERS": "1001, 1002",
    "DEFAULT_SENDER": "MyShop",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{field.upper()}", raising=False)


def read(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str], env_file: Path | None = None) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    return load(env_file)


def refusal(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        read(monkeypatch, given)
    return str(refused.value)


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The five required ones are enough, and the rules' defaults are those of the policy."""
    settings = read(monkeypatch, REQUIRED)
    assert settings.policy == Policy(sender="MyShop", key=settings.policy.key)
    assert settings.owners == (1001, 1002)


def test_the_policy_is_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "TIMEZONE": "Asia/Yekaterinburg",
        "LANGUAGE": "en",
        "UNDO_SECONDS": "0",
        "QUEUE_MINUTES": "5",
        "STATUS_SCHEDULE": "1, 2.5",
        "STATUS_GIVE_UP_HOURS": "24",
        "STATUS_RATE": "2",
        "SEND_RATE": "0.5",
        "SEND_CONCURRENCY": "3",
        "QUIET_HOURS": "23-8",
        "PRICE_PER_PART": "5.50",
        "APPROVE_RECIPIENTS": "0",
        "APPROVE_COST": "5000",
    }
    expected = Policy(
        sender="MyShop",
        zone=ZoneInfo("Asia/Yekaterinburg"),
        language="en",
        undo=timedelta(0),
        queue=timedelta(minutes=5),
        schedule=(timedelta(seconds=1), timedelta(seconds=2.5)),
        give_up=timedelta(hours=24),
        status_rate=2,
        send_rate=0.5,
        send_slots=3,
        price=Decimal("5.50"),
        quiet=QuietHours(23, 8),
        approve_recipients=0,
        approve_cost=Decimal(5000),
    )
    policy = read(monkeypatch, REQUIRED | given).policy
    assert policy == replace(expected, key=policy.key)


def test_the_links_of_another_bot_are_made_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [read(monkeypatch, REQUIRED | {"TELEGRAM_TOKEN": f"12345{last}:ABC-DEF"}).policy.key for last in "67"]
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]


def test_a_limit_in_roubles_without_a_price_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would never hold, and nobody would know."""
    line = refusal(monkeypatch, REQUIRED | {"APPROVE_COST": "5000"})
    assert line.startswith("SMSBOT_APPROVE_COST is wrong: expected an amount like 5000, together with ")


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_one_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """So is one that is there and empty, as in a copy of .env.example."""
    for rest in ({}, {name: ""}):
        line = refusal(monkeypatch, {key: value for key, value in REQUIRED.items() if key != name} | rest)
        assert line.startswith(f"SMSBOT_{name} is missing: expected ")
        assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "no-token"),
        ("TELEGRAM_API_URL", "ftp://telegram"),
        ("GATEWAY_URL", "https://user:pass@my.sms2.ru"),
        ("GATEWAY_CHARSET", "koi8-r"),
        ("GATEWAY_TIMEZONE", "Mars/Olympus"),
        ("DATABASE_URL", "mysql://root:hidden-value@host/name"),
        ("DATABASE_URL", "postgresql+asyncpg://host"),
        ("OWNERS", "maria"),
        ("OWNERS", "1001,,1002"),
        ("OWNERS", "-1001"),
        ("DEFAULT_SENDER", "Магазин"),
        ("DEFAULT_SENDER", "12345"),
        ("TIMEZONE", "../etc/passwd"),
        ("LANGUAGE", "de"),
        ("UNDO_SECONDS", "-1"),
        ("QUEUE_MINUTES", "0"),
        ("STATUS_SCHEDULE", "10,soon"),
        ("STATUS_SCHEDULE", "0"),
        ("STATUS_GIVE_UP_HOURS", "1e9"),
        ("STATUS_RATE", "0"),
        ("SEND_RATE", "nan"),
        ("SEND_RATE", "inf"),
        ("SEND_CONCURRENCY", "0"),
        ("QUIET_HOURS", "22"),
        ("QUIET_HOURS", "22-25"),
        ("PRICE_PER_PART", "free"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_one_is_named_in_one_line_that_does_not_quote_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    line = refusal(monkeypatch, REQUIRED | {name: value})
    assert line.startswith(f"SMSBOT_{name} is wrong: expected ")
    assert value not in line.removeprefix(f"SMSBOT_{name}") or len(value) < 3
    assert "\n" not in line


def test_of_several_wrong_ones_all_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    line = refusal(monkeypatch, REQUIRED | {"LANGUAGE": "de", "SEND_RATE": "fast"})
    assert line == "SMSBOT_LANGUAGE is wrong: expected ru or en (wrong too: SMSBOT_SEND_RATE)"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("".join(f"SMSBOT_{key}={value}\n" for key, value in REQUIRED.items()) + "SMSBOT_LANGUAGE=en\n")
    assert read(monkeypatch, {}, file).language == "en"
    assert read(monkeypatch, {"LANGUAGE": "ru"}, file).language == "ru"


def test_a_file_that_is_no_text_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("SMSBOT_GATEWAY_USER=Магазин\n".encode("cp1251"))
    with pytest.raises(SettingsError) as refused:
        read(monkeypatch, REQUIRED, file)
    assert str(refused.value) == f"{file}: expected UTF-8 text"


def test_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where they are printed whole; whoever redacts is given all three."""
    url = "postgresql+asyncpg://bot:db-pass@host/name"
    settings = read(monkeypatch, REQUIRED | {"DATABASE_URL": url})
    assert settings.secrets == ("123456:ABC-DEF", "s3cret pass", "db-pass")
    assert [secret for secret in settings.secrets if secret in repr(settings) + str(settings)] == []
