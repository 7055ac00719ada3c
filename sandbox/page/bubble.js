/** One message as a bubble with its keyboard. */

import { h, icon } from "./dom.js";
import { rich } from "./richtext.js";
import { fullName, phone, size, time } from "./words.js";
import { place } from "./world.js";

const NAME_COLOURS = 6;
const LARGEST_PX = 320;

/** `deeds`: press(message, button), menu(message, anchor), send(text), jump(id). */
export function bubble(message, answered, deeds) {
  const service = serviceLine(message);
  if (service) return h("li", frame(message, "service"), h("span", {}, service));
  const own = !message.by_bot && message.from.id === place.user;
  return h(
    "li",
    frame(message, own ? "own" : message.by_bot ? "bot" : "other"),
    h("div", { class: "bubble" }, ...content(message, own, answered, deeds)),
    message.keyboard.length > 0 && keyboard(message, deeds),
  );
}

export const colour = (user) => `colour-${user.id % NAME_COLOURS}`;

/** What a message says in one line. */
export function digest(message) {
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 120);
  if (message.contact) return `Контакт: ${message.contact.first_name}`;
  return message.photo ? "Фото" : (message.document?.file_name ?? "Сообщение");
}

const frame = (message, side) => ({
  class: `message ${side}${message.deleted ? " deleted" : ""}`,
  "data-testid": `message-${message.message_id}`,
  "data-side": side,
});

function content(message, own, answered, deeds) {
  const isGroup = message.chat < 0;
  return [
    isGroup && !own && h("div", { class: `author ${colour(message.from)}` }, fullName(message.from)),
    message.other.forward_origin && h("div", { class: "forwarded" }, "Переслано от ", h("b", {}, origin(message))),
    answered && replyTo(answered, deeds),
    message.photo && picture(message.photo),
    message.document && attachment(message.document),
    message.contact && contactCard(message.contact),
    message.html && rich(message.html, deeds.send),
    marks(message),
    !message.deleted &&
      h(
        "button",
        { type: "button", class: "more", "aria-label": "Действия с сообщением", onclick: (event) => deeds.menu(message, event.currentTarget) },
        icon("more"),
      ),
  ];
}

function origin(message) {
  const from = message.other.forward_origin;
  return from.sender_user ? fullName(from.sender_user) : from.sender_user_name;
}

const replyTo = (answered, deeds) =>
  h(
    "button",
    { type: "button", class: `quoted ${colour(answered.from)}`, onclick: () => deeds.jump(answered.message_id) },
    h("b", {}, fullName(answered.from)),
    h("span", {}, answered.deleted ? "Сообщение удалено" : digest(answered)),
  );

/** Its size is known before it is loaded, or the newest message would slip out of sight. */
function picture(photo) {
  const scale = Math.min(1, LARGEST_PX / Math.max(photo.width, photo.height));
  const size = { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
  return h(
    "a",
    { href: photo.url, target: "_blank", class: "picture" },
    h("img", { src: photo.url, alt: "Фото", loading: "lazy", ...size }),
  );
}

const attachment = (document) =>
  h(
    "a",
    { href: document.url, download: document.file_name, class: "attachment" },
    h("span", { class: "disc" }, icon("file")),
    h("span", {}, h("b", {}, document.file_name), h("small", {}, size(document.file_size))),
  );

const contactCard = (contact) =>
  h(
    "div",
    { class: "attachment" },
    h("span", { class: "disc" }, contact.first_name.slice(0, 1)),
    h("span", {}, h("b", {}, fullName(contact)), h("small", {}, phone(contact.phone_number.replace("+", "")))),
  );

function marks(message) {
  const edited = message.edits > 0 && `изменено${message.edits > 1 ? ` ${message.edits} раз` : ""}`;
  return h(
    "div",
    { class: "marks" },
    message.deleted && h("span", { class: "gone" }, `удалено ${time(message.deleted_at)}`),
    edited && h("span", { title: `последний раз в ${time(message.edited)}` }, "изменено"),
    message.by_bot && message.notified && h("span", { class: "loud", title: "Пришло со звуком", role: "img", "aria-label": "со звуком" }, icon("bell")),
    h("time", {}, time(message.at)),
  );
}

function keyboard(message, deeds) {
  const rows = message.keyboard.map((row) =>
    h(
      "div",
      { class: "row" },
      ...row.map((button) =>
        h(
          "button",
          { type: "button", disabled: message.deleted, title: button.url, onclick: (event) => deeds.press(message, button, event.currentTarget) },
          h("span", {}, button.text),
        ),
      ),
    ),
  );
  return h("div", { class: "keyboard", role: "group", "aria-label": "Кнопки сообщения" }, ...rows);
}

function serviceLine({ other, from }) {
  if (other.forum_topic_created) return `Тема «${other.forum_topic_created.name}» создана`;
  if (other.new_chat_members) return `В группе: ${other.new_chat_members.map(fullName).join(", ")}`;
  if (other.left_chat_member) return `Вышел из группы: ${fullName(other.left_chat_member)}`;
  if (other.migrate_to_chat_id) return "Группа стала супергруппой";
  if (other.migrate_from_chat_id) return `${fullName(from)}: супергруппа создана`;
  return null;
}
