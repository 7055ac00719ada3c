/** The SMS2 side and the faults as this page knows them; looked at again when something changed or is due. */

import { get } from "./api.js";
import { follow } from "./live.js";

export const sms2 = { messages: [], multicasts: [], bases: [], fates: {}, settings: {}, faults: [], kinds: {} };

const LAST = 200;
const SOONEST_MS = 300;
const watchers = [];
let revision = "";
let offset = 0;
let dueTimer = 0;

/** Call `act()` after each look. */
export const watch = (act) => watchers.push(act);

/** Seconds since the epoch by the sandbox's clock. */
export const now = () => performance.now() / 1000 + offset;

export async function begin() {
  await look();
  follow("sms2", (wait) => get("changes", { after: revision, wait }), async (answer) => {
    offset = answer.now - performance.now() / 1000;
    if (answer.revision === revision) return;
    revision = answer.revision;
    await look();
  });
}

async function look() {
  const [state, faults] = await Promise.all([get("sms2", { last: LAST }), get("faults")]);
  Object.assign(sms2, state, faults);
  for (const act of watchers) act();
  clearTimeout(dueTimer);
  const due = [...sms2.messages.map((one) => one.due), ...sms2.multicasts.map((one) => one.start_at)];
  const next = Math.min(...due.filter((at) => at > now()));
  if (Number.isFinite(next)) dueTimer = setTimeout(() => look().catch(() => {}), Math.max(SOONEST_MS, Math.min(2 ** 31 - 1, (next - now()) * 1000 + 50)));
}

/** What became of a message: the words of a report, and its colour. */
export function report(message) {
  if (message.status === "delivered") return ["доставлено", "ok"];
  if (message.status === "not_delivered") return ["не доставлено", "bad"];
  if (message.fate === "no_report" && now() >= message.due) return ["нет отчёта", "unknown"];
  return ["ждёт отчёта", "wait"];
}
