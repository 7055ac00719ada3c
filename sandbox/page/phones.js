/** The phones and what they received, the newest first. */

import { post } from "./api.js";
import { arrange, byId, h, icon } from "./dom.js";
import { attempt, copy } from "./notices.js";
import { report, sms2, watch } from "./sms2.js";
import { fullName, phone, plural, time } from "./words.js";
import { world } from "./world.js";

const FATES = {
  delivered: "доставляется",
  not_delivered: "не доставляется",
  no_report: "без отчёта",
  blacklisted: "в стоп-листе",
  unsupported: "не обслуживается",
  closed: "направление закрыто",
};

const cards = new Map();
let seen = null;

export function setUp() {
  watch(() => {
    drawMagic();
    drawPhones();
  });
}

function drawPhones() {
  const byPhone = Map.groupBy([...sms2.messages].reverse(), (message) => message.phone);
  const newest = Math.max(0, ...sms2.messages.map((one) => one.id));
  const nodes = [...byPhone].map(([number, received]) => cardOf(number, received));
  arrange(byId("phone-list"), nodes);
  byId("no-phones").hidden = nodes.length > 0;
  if (seen === null) byId("magic-fold").open = nodes.length === 0;
  else if (newest > seen) byId("tab-phones").toggleAttribute("data-news", !byId("phone-list").checkVisibility());
  seen = newest;
}

function cardOf(number, received) {
  const looks = JSON.stringify([received.map((one) => [one.id, report(one)]), sms2.fates[number]]);
  const known = cards.get(number);
  if (known?.looks === looks) return known.node;
  const node = h(
    "article",
    { class: "phone", "data-testid": `phone-${number}`, "aria-label": `Телефон ${phone(number)}` },
    h(
      "header",
      {},
      icon("phone"),
      h("div", {}, h("h3", {}, phone(number)), h("small", {}, owner(number), plural(received.length, "сообщение", "сообщения", "сообщений"))),
    ),
    h("ol", {}, ...received.map((message) => sms(message, seen !== null && message.id > seen))),
    h("label", { class: "next" }, h("span", {}, "Следующее SMS"), fateOf(number)),
  );
  cards.set(number, { looks, node });
  return node;
}

function owner(number) {
  const found = world.people.find((one) => one.phone === number);
  return found ? `${fullName(found)} · ` : "";
}

/** Choose what becomes of the next message to this phone. */
function fateOf(number) {
  const fate = sms2.fates[number] ?? "delivered";
  const change = (event) => attempt(() => post("sms2/phones", { phone: number, fate: event.target.value }));
  const options = Object.entries(FATES).map(([value, label]) => h("option", { value, selected: value === fate }, label));
  return h("select", { onchange: change }, ...options);
}

function sms(message, fresh) {
  const [words, kind] = report(message);
  const parts = message.parts > 1 ? plural(message.parts, "часть", "части", "частей") : null;
  return h(
    "li",
    { class: fresh ? "sms fresh" : "sms", "data-testid": `sms-${message.id}` },
    h("div", { class: "sms-head" }, h("b", {}, message.sender), h("time", {}, time(message.at))),
    message.subject && h("div", { class: "subject" }, message.subject),
    message.picture && h("img", { src: message.picture, alt: "Картинка MMS", loading: "lazy" }),
    h("p", {}, message.text),
    h(
      "div",
      { class: "tags" },
      h("span", { class: `tag ${kind}` }, words),
      message.flash && h("span", { class: "tag flash" }, "flash"),
      message.kind !== "sms" && h("span", { class: "tag" }, message.kind === "mms" ? "MMS" : "рассылка"),
      parts && h("span", { class: "tag" }, parts),
      h("small", {}, `ID ${message.mms_id ?? message.id}`),
    ),
  );
}

/** Numbers that behave in a way of their own: a tap copies one. */
function drawMagic() {
  const rows = Object.entries(sms2.fates).filter(([, fate]) => fate !== "delivered");
  byId("magic").replaceChildren(
    ...rows.map(([number, fate]) =>
      h(
        "li",
        {},
        h("button", { type: "button", class: "code", title: "Скопировать", onclick: () => copy(number) }, number),
        ` ${FATES[fate]}`,
      ),
    ),
  );
}
