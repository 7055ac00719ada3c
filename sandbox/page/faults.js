/** The switches that make SMS2 and Telegram fail. */

import { post, remove } from "./api.js";
import { change, isPenniless, setBalance } from "./account.js";
import { byId, h } from "./dom.js";
import { attempt } from "./notices.js";
import { sms2, watch } from "./sms2.js";

const SIDES = { sms2: "SMS2", telegram: "Telegram" };
const DEFAULT_BALANCE = "5006.75";
const WORDS = {
  delay: "отвечает медленно",
  hang: "молчит, ничего не сделано",
  cut_before: "связь рвётся, ничего не сделано",
  cut_after: "сделано, но связь рвётся: ответ потерян",
  error500_before: "ошибка 500, ничего не сделано",
  error500_after: "сделано, но ответ – ошибка 500",
  html: "сделано, но ответ – страница HTML",
  empty: "сделано, но ответ пуст",
  trickle: "сделано, ответ идёт по байту",
  429: "слишком часто (429), ничего не сделано",
  forbidden: "бот заблокирован, ничего не сделано",
};
const TELEGRAM_ONLY = ["429", "forbidden"];
const CALLS = {
  sms2: {
    "*": "любой вызов",
    "sms.cgi": "отправка SMS",
    "sms_status2.cgi": "статус SMS",
    "get_credit_info.cgi": "баланс",
    "api_call.cgi": "базы и рассылки",
    "start_multicast": "запуск рассылки",
    "api.php": "отправка MMS",
  },
  telegram: {
    "*": "любой вызов",
    sendMessage: "новое сообщение",
    editMessageText: "правка сообщения",
    deleteMessage: "удаление",
    answerCallbackQuery: "ответ на нажатие",
    getUpdates: "получение обновлений",
    sendDocument: "отправка файла",
    getFile: "скачивание файла",
  },
};
const PRESETS = [
  ["Связь рвётся после приёма SMS", "один раз: SMS ушло, ответа нет", { side: "sms2", call: "sms.cgi", kind: "cut_after" }],
  ["SMS2 отвечает страницей HTML", "один раз: SMS ушло, ответ непонятен", { side: "sms2", call: "sms.cgi", kind: "html" }],
  ["SMS2 недоступен", "пока не выключите", { side: "sms2", call: "*", kind: "cut_before", times: null }],
  ["SMS2 молчит", "пока не выключите", { side: "sms2", call: "*", kind: "hang", times: null }],
  ["Telegram: 429", "3 сообщения, подождать 3 с", { side: "telegram", call: "sendMessage", kind: "429", times: 3, retry_after: 3 }],
  ["Telegram: ответ потерян", "один раз: сообщение пришло, бот не знает", { side: "telegram", call: "sendMessage", kind: "cut_after" }],
  ["Telegram медленный", "3 с на вызов, пока не выключите", { side: "telegram", call: "*", kind: "delay", seconds: 3, times: null }],
  ["Telegram недоступен", "пока не выключите", { side: "telegram", call: "*", kind: "cut_before", times: null }],
];

export function setUp() {
  byId("presets").append(...PRESETS.map(([label, hint, fault]) => preset(label, hint, () => set(fault))));
  byId("presets").append(
    preset("SMS2: нет денег", "баланс на пределе", () => setBalance(sms2.settings.overdraft)),
    preset("SMS2 выключен", "провайдер закрыл отправку", () => change({ switched_off: true })),
  );
  const form = byId("fault-form");
  form.elements.side.addEventListener("change", fillForm);
  form.elements.kind.addEventListener("change", showExtras);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void set(read(form));
  });
  watch(draw);
}

const set = (fault) => attempt(() => post("faults", fault));

const preset = (label, hint, act) =>
  h("button", { type: "button", class: "preset", onclick: act }, h("b", {}, label), h("small", {}, hint));

function draw() {
  const form = byId("fault-form");
  if (!form.elements.kind.length) fillForm();
  const rows = [...sms2.faults.map(active), ...ofAccount()];
  byId("active-faults").replaceChildren(...(rows.length > 0 ? rows : [h("li", { class: "muted" }, "Всё работает")]));
  byId("clear-faults").replaceChildren(...clearing());
  byId("fault-count").textContent = rows.length || "";
}

function active({ side, call, kind, times, seconds }) {
  const left = times === null ? "пока не выключите" : `ещё ${times} раз${times > 1 && times < 5 ? "а" : ""}`;
  const facts = [CALLS[side][call] ?? call, left, seconds > 0 && `${String(seconds).replace(".", ",")} с`];
  return h("li", { "data-testid": "fault" }, h("b", {}, `${SIDES[side]}: ${words(kind)}`), h("small", {}, facts.filter(Boolean).join(" · ")));
}

/** Two failures that are no faults of a call: the account stands so. */
function ofAccount() {
  const row = (label, undo) =>
    h("li", { "data-testid": "fault" }, h("b", {}, label), h("button", { type: "button", class: "plain", onclick: undo }, "Вернуть"));
  return [
    isPenniless() && row("SMS2: нет денег", () => setBalance(DEFAULT_BALANCE)),
    sms2.settings.switched_off && row("SMS2 выключен", () => change({ switched_off: false })),
  ].filter(Boolean);
}

function clearing() {
  const sides = Object.keys(SIDES).filter((side) => sms2.faults.some((fault) => fault.side === side));
  return sides.map((side) =>
    h("button", { type: "button", class: "plain", onclick: () => attempt(() => remove("faults", { side })) }, `Починить ${SIDES[side]}`),
  );
}

const words = (kind) => WORDS[kind] ?? sms2.kinds[kind] ?? kind;

function fillForm() {
  const { side, call, kind } = byId("fault-form").elements;
  const options = (pairs) => pairs.map(([value, label]) => h("option", { value }, label));
  call.replaceChildren(...options(Object.entries(CALLS[side.value]).map(([name, label]) => [name, `${label} (${name})`])));
  const kinds = Object.keys(sms2.kinds).filter((name) => side.value === "telegram" || !TELEGRAM_ONLY.includes(name));
  kind.replaceChildren(...options(kinds.map((name) => [name, words(name)])));
  showExtras();
}

/** Only some kinds take seconds, only one a wait to ask for. */
function showExtras() {
  const kind = byId("fault-form").elements.kind.value;
  byId("seconds-field").hidden = !["delay", "hang", "trickle", "429"].includes(kind);
}

function read(form) {
  const { side, call, kind, times, seconds } = form.elements;
  const fault = { side: side.value, call: call.value, kind: kind.value, times: times.value ? Number(times.value) : null };
  const given = Number(seconds.value.replace(",", ".")) || 0;
  return kind.value === "429" ? { ...fault, retry_after: given || 5 } : { ...fault, seconds: given };
}
