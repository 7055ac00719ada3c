"""Free calls about one base, as the lane of questions makes them."""

from collections.abc import Mapping
from typing import Any

from bot.domain.bases import Told
from bot.worker.outcomes import storable
from gateway import Gateway


async def call(gateway: Gateway, args: Mapping[str, Any]) -> Told:
    """Check, add, remove, or fetch all phones, as `args` says: {verb, name, phones}; raise GatewayError."""
    verb, name, phones = str(args["verb"]), str(args["name"]), list(args["phones"])
    match verb, phones:
        case "check", [phone]:
            return Told(inside=await gateway.has_phone(name, phone))
        case "add", [phone]:
            await gateway.add_phone(name, phone)
            return Told(added=1)
        case "add", _:
            result = await gateway.add_phones(name, phones)
            return Told(added=result.added, rejected=tuple(storable(one) for one in result.rejected))
        case "remove", [phone]:
            await gateway.remove_phone(name, phone)
            return Told()
    return Told(phones=tuple(storable(one) for one in await gateway.phones(name)))
