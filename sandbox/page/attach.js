/** What can be attached: contacts, pictures and files, forwarded texts; and what one can do to the chat. */

import { post, upload } from "./api.js";
import { byId, h } from "./dom.js";
import { takeText } from "./composer.js";
import { ask, attempt, field, toast } from "./notices.js";
import { openMenu } from "./popover.js";
import { fullName, phone } from "./words.js";
import { person, place, world } from "./world.js";

export function setUp() {
  byId("attach").addEventListener("click", (event) => openMenu(event.currentTarget, choices()));
  byId("chat-menu").addEventListener("click", (event) => openMenu(event.currentTarget, chatDeeds()));
  for (const kind of ["photo", "document"]) {
    byId(`pick-${kind}`).addEventListener("change", (event) => sendFiles(event.target, kind));
  }
  byId("input").addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) void Promise.all(files.map((file) => sendFile(file, file.type.startsWith("image/") ? "photo" : "document")));
  });
}

const choices = () => [
  ["Фото", () => byId("pick-photo").click()],
  ["Файл", () => byId("pick-document").click()],
  ["Мой контакт", () => sendContact(person(place.user), place.user)],
  ["Чужой контакт…", askContact],
  ["Переслать текст…", askForward],
];

function chatDeeds() {
  const shown = byId("show-deleted");
  const me = person(place.user);
  return [
    [shown.checked ? "Скрыть удалённые" : "Показать удалённые", () => shown.click()],
    place.chat > 0 && [me.blocked ? "Разблокировать бота" : "Заблокировать бота", () => block(!me.blocked)],
  ];
}

async function block(blocked) {
  if (await attempt(() => post("telegram/block", { user: place.user, blocked }))) {
    toast(blocked ? "Бот заблокирован: он не может писать сюда" : "Бот разблокирован");
  }
}

async function sendFiles(input, kind) {
  for (const file of input.files) await sendFile(file, kind);
  input.value = "";
}

const sendFile = (file, kind) =>
  attempt(() => upload("telegram/upload", { ...place, as: kind, caption: takeText(), file }));

const sendContact = (contact, owner = null) =>
  attempt(() =>
    post("telegram/contact", { ...place, phone: contact.phone, first_name: contact.first_name, contact_user_id: owner }),
  );

async function askContact() {
  const name = h("input", { name: "first_name", required: true, value: "Ольга", autocomplete: "off" });
  const number = h("input", { name: "phone", required: true, value: "79119876543", inputmode: "tel", autocomplete: "off" });
  const known = h("datalist", { id: "known-phones" }, ...world.people.map((one) => h("option", { value: one.phone }, fullName(one))));
  number.setAttribute("list", known.id);
  const given = await ask("Отправить контакт", [field("Имя", name), field("Телефон", number), known], "Отправить");
  if (given) await sendContact({ ...given, phone: given.phone.replace(/[^\d+]/g, "") });
}

async function askForward() {
  const text = h("textarea", { name: "text", rows: 4, required: true, maxlength: 4096 });
  const authors = world.people.filter((one) => one.id !== place.user);
  const from = h("select", { name: "from" }, h("option", { value: "" }, "Скрытое имя: «Акции»"));
  from.append(...authors.map((one) => h("option", { value: one.id }, `${fullName(one)}, ${phone(one.phone)}`)));
  const given = await ask("Переслать текст", [field("Чьё сообщение", from), field("Текст", text)], "Переслать");
  if (!given) return;
  const from_user = given.from ? Number(given.from) : null;
  await attempt(() => post("telegram/forward", { ...place, text: given.text, name: "Акции", from_user }));
}
