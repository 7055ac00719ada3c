/** The customer's account at SMS2, its multicasts, and the knobs for them. */

import { post } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { attempt } from "./notices.js";
import { sms2, watch } from "./sms2.js";
import { moment, money } from "./words.js";

const TOP_UP = 1000;

export function setUp() {
  byId("top-up").addEventListener("click", () => setBalance(Number(sms2.balance) + TOP_UP));
  byId("empty-account").addEventListener("click", () => setBalance(sms2.settings.overdraft));
  byId("set-delay").addEventListener("change", (event) => change({ delivery_seconds: Number(event.target.value) }));
  byId("set-price").addEventListener("change", (event) => change({ price: event.target.value.replace(",", ".") }));
  watch(draw);
}

/** Change settings of the account. */
export const change = (settings) => attempt(() => post("sms2/settings", settings));

export const setBalance = (balance) => change({ balance: Number(balance).toFixed(2) });

/** Whether not even one part can be paid. */
export const isPenniless = () => Number(sms2.balance) - Number(sms2.settings.price) < Number(sms2.settings.overdraft);

function draw() {
  const { settings } = sms2;
  byId("balance").textContent = money(sms2.balance);
  byId("balance").classList.toggle("bad", isPenniless());
  byId("limit").textContent = `отправка остановится на ${money(settings.overdraft)} · часть SMS стоит ${money(settings.price)}`;
  if (document.activeElement !== byId("set-price")) byId("set-price").value = settings.price.replace(".", ",");
  if (document.activeElement !== byId("set-delay")) byId("set-delay").value = settings.delivery_seconds;
  byId("senders").textContent = `Подписи: ${settings.senders.join(", ")}. Запретные слова: ${settings.blocked_words.join(", ")}.`;
  const waiting = sms2.multicasts.filter((one) => !one.fired_at).length;
  byId("multicast-count").textContent = waiting > 0 ? `ждут: ${waiting}` : "";
  fill("multicasts", [...sms2.multicasts].reverse().map(multicast), "Рассылок нет");
}

function multicast(one) {
  const state = one.fired_at
    ? `ушло ${one.sent}${one.refused ? `, отказано ${one.refused}` : ""}`
    : `ждёт ${moment(one.start_at)}`;
  return h("li", {}, h("b", {}, one.bases.join(", ")), h("span", { class: "tag" }, state), h("p", {}, `${one.sender}: ${one.text}`));
}
