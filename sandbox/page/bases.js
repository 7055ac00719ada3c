/** The account's phone bases, and the form that makes, changes and deletes one as the provider's cabinet does. */

import { post, remove } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { ask, attempt, field } from "./notices.js";
import { sms2, watch } from "./sms2.js";
import { plural } from "./words.js";

const NUMBER = /^7\d{10}$/;
const NAMED = 3;

export function setUp() {
  byId("new-base").addEventListener("click", () => edit());
  watch(() => fill("bases", sms2.bases.map(row), "Баз нет"));
}

const row = (one) =>
  h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "entry", "data-testid": "base", title: "Изменить базу", onclick: () => edit(one) },
      h("b", {}, one.name),
      one.protected && h("span", { class: "tag" }, "защищена"),
      h("span", { class: "muted" }, plural(one.phones.length, "номер", "номера", "номеров")),
    ),
  );

/** Ask for what a base shall hold, the present numbers given; without a base, for a new one. */
async function edit(one = null) {
  const name = h("input", { name: "name", required: true, pattern: ".*\\S.*", value: one?.name, readonly: one !== null, autocomplete: "off" });
  const phones = h("textarea", { name: "phones", rows: 6, placeholder: "79119876543", autocomplete: "off" });
  phones.value = one?.phones.join("\n") ?? "";
  const guard = h("input", { type: "checkbox", name: "protected", checked: Boolean(one?.protected) });
  if (!one) name.addEventListener("input", () => name.setCustomValidity(isTaken(name.value) ? "Такая база уже есть" : ""));
  phones.addEventListener("input", () => phones.setCustomValidity(complaint(numbers(phones.value))));
  const fields = [field("Имя", name), field("Номера, каждый с новой строки", phones)];
  const check = h("label", { class: "check" }, guard, "Защищена: только для рассылок");
  const given = await ask(one ? "База" : "Новая база", [...fields, check], "Сохранить", one && "Удалить");
  if (given === "other") await attempt(() => remove("sms2/bases", { name: one.name }));
  else if (given) await attempt(() => post("sms2/bases", read(given)));
}

const read = (given) => ({ name: given.name.trim(), phones: numbers(given.phones), protected: "protected" in given });

const isTaken = (name) => sms2.bases.some((known) => known.name === name.trim());

function complaint(given) {
  const wrong = given.filter((number) => !NUMBER.test(number));
  return wrong.length > 0 ? `Не номера: ${wrong.slice(0, NAMED).join(", ")}` : "";
}

const numbers = (text) => text.split(/[\n,;]+/).map(digits).filter(Boolean);

/** 8 911 987-65-43 and +7 911 987-65-43 as the provider keeps them. */
const digits = (text) => text.trim().replace(/[\s()+-]/g, "").replace(/^8(?=\d{10}$)/, "7");
