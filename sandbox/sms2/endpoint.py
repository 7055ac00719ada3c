"""From request to answer: read, judge, write down, act out the fault or execute."""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sandbox.faults import Fault, Faults
from sandbox.sms2 import accounts, calls, forms, multicasts, scripts
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import RefusedError
from sandbox.sms2.forms import Charset, Form
from sandbox.store import Store
from sandbox.wire import CutResponse, apply

__all__ = ["Endpoint"]

_SIDE = "sms2"


class Endpoint:
    """One script of the provider; `name` is its path without the slash."""

    def __init__(self, name: str, store: Store, faults: Faults) -> None:
        self._name = name
        self._store = store
        self._faults = faults

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        try:
            form = await forms.read(request)
        except ClientDisconnect:
            return CutResponse()
        params, problems = forms.decode(form, self._charset(form))
        call = Call(params, form.files)
        script, unknown = scripts.resolve(self._name, call)
        complaints = [*form.problems, *problems, *unknown]
        fault = self._fault(call)
        call_id = self._arrive(form, call, complaints, fault)

        async def execute() -> Response:
            return self._execute(call_id, script, call, complaints)

        return await apply(fault, request, execute)

    def _charset(self, form: Form) -> Charset:
        if self._name == "api.php":
            return "utf-8"
        return "utf-8" if self._name == "sms.cgi" and form.fields.get("enc") == b"utf-8" else "cp1251"

    def _fault(self, call: Call) -> Fault | None:
        function = call["function"] if self._name == "api_call.cgi" else ""
        return (function and self._faults.take(_SIDE, function)) or self._faults.take(_SIDE, self._name)

    def _arrive(self, form: Form, call: Call, complaints: list[str], fault: Fault | None) -> int:
        for complaint in complaints:
            self._store.violation(self._name, complaint)
        kind = fault.kind if fault else None
        path = f"/{self._name}"
        return calls.arrive(self._store, method=form.method, path=path, call=call, size=form.size, fault=kind)

    def _execute(self, call_id: int, script: scripts.Script, call: Call, complaints: list[str]) -> Response:
        with self._store.transaction():
            multicasts.fire(self._store)
            answer = self._answer(script, call, complaints)
            calls.executed(self._store, call_id, answer)
        charset = accounts.read(self._store).answer_charset
        return Response(answer.encode(charset, "replace"), headers={"content-type": "text/plain"})

    def _answer(self, script: scripts.Script, call: Call, complaints: list[str]) -> str:
        try:
            account = self._authenticate(call)
            run = scripts.refusing(script.refusal) if complaints else script.run
            return run(self._store, account, call)
        except RefusedError as refusal:
            return str(refusal)

    def _authenticate(self, call: Call) -> Account:
        if self._name == "api.php":
            return accounts.authenticate_hash(self._store, call["user"], call["hash"])
        return accounts.authenticate(self._store, call["user"], call["pass"])
