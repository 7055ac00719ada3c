/** Where one writes: text, commands, replies and edits, and the keyboard a bot may put below. */

import { post } from "./api.js";
import { digest } from "./bubble.js";
import { byId, h } from "./dom.js";
import { attempt, copy } from "./notices.js";
import { openMenu } from "./popover.js";
import { fullName } from "./words.js";
import { chat, commands, messages, on, place, world } from "./world.js";

/** What the next text does: null, or a reply to or an edit of `message`; `forced` by a ForceReply. */
let mode = null;
const dismissed = new Set();
const usedKeyboards = new Set();

export function setUp() {
  const input = byId("input");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  input.addEventListener("input", () => {
    grow();
    suggest();
  });
  input.addEventListener("keydown", keys);
  byId("commands").addEventListener("click", () => (byId("suggestions").hidden ? suggest("/") : suggest("")));
  byId("mode-close").addEventListener("click", leaveMode);
  on("place", () => {
    setMode(null);
    refresh();
  });
  for (const kind of ["message", "edit", "delete", "world", "menus"]) on(kind, refresh);
}

/** Write a text from the chosen person in the chosen chat. */
export const say = (text) => attempt(() => post("telegram/say", { ...place, text }));

/** What one can do with a message. */
export function messageMenu(message, anchor) {
  const own = !message.by_bot && message.from.id === place.user;
  openMenu(anchor, [
    ["Ответить", () => setMode({ kind: "reply", message })],
    own && message.text && !message.document && !message.photo && ["Изменить", () => setMode({ kind: "edit", message })],
    message.text && ["Копировать текст", () => copy(message.text)],
    own && ["Удалить", () => attempt(() => post("telegram/delete", { chat: message.chat, message_id: message.message_id }))],
  ]);
}

/** Take the text out of the field: it becomes a caption. */
export function takeText() {
  const text = byId("input").value.trim();
  write("");
  return text;
}

function refresh() {
  const wanted = forced();
  if (mode?.forced && mode.message !== wanted) setMode(null);
  if (wanted && !mode) setMode({ kind: "reply", message: wanted, forced: true }, false);
  drawKeyboard();
  byId("commands").hidden = commands().length === 0;
}

/** The newest ForceReply that waits for this person, if any. */
function forced() {
  const all = messages();
  return all.findLast(
    (message) =>
      message.markup?.force_reply &&
      !message.deleted &&
      !dismissed.has(message) &&
      isForMe(message) &&
      !all.some((one) => one.reply_to === message.message_id && one.from.id === place.user),
  );
}

function isForMe(message) {
  if (place.chat > 0 || !message.markup.selective) return true;
  const answered = chat().messages.get(message.reply_to);
  const mentioned = message.entities.some((entity) => entity.user?.id === place.user);
  return mentioned || answered?.from.id === place.user;
}

async function submit() {
  const text = byId("input").value;
  if (!text.trim()) return;
  const current = mode;
  const where = { user: place.user, chat: place.chat };
  const sent = await attempt(() =>
    current?.kind === "edit"
      ? post("telegram/edit", { ...where, message_id: current.message.message_id, text })
      : post("telegram/say", { ...where, thread: place.thread, text, reply_to: current?.message.message_id ?? 0 }),
  );
  if (!sent || byId("input").value !== text) return;
  write("");
  setMode(null);
  refresh();
}

function setMode(next, focus = true) {
  const wasEdit = mode?.kind === "edit";
  mode = next;
  byId("mode").hidden = !mode;
  byId("input").placeholder = mode?.message.markup?.input_field_placeholder ?? "Сообщение";
  if (mode) {
    byId("mode-title").textContent = mode.kind === "edit" ? "Изменить сообщение" : `Ответ: ${fullName(mode.message.from)}`;
    byId("mode-text").textContent = digest(mode.message);
  }
  if (mode?.kind === "edit") write(mode.message.text);
  else if (wasEdit) write("");
  if (mode && focus) byId("input").focus();
}

function leaveMode() {
  if (mode?.forced) dismissed.add(mode.message);
  setMode(null);
}

function write(text) {
  byId("input").value = text;
  grow();
  suggest();
}

function grow() {
  const input = byId("input");
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

function keys(event) {
  if (event.isComposing) return;
  const first = byId("suggestions").querySelector("button");
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    void submit();
  } else if (event.key === "Escape") {
    if (byId("suggestions").hidden) leaveMode();
    else suggest("");
  } else if (event.key === "Tab" && first && !event.shiftKey) {
    event.preventDefault();
    write(`${first.dataset.command} `);
  } else if (event.key === "ArrowUp" && first) {
    event.preventDefault();
    byId("suggestions").querySelector("button:last-child").focus();
  }
}

/** Commands that begin with what is written, the nearest one to the field first under the Tab key. */
function suggest(text = byId("input").value) {
  const found = /^\/\w*$/.test(text) ? commands().filter((one) => `/${one.command}`.startsWith(text)) : [];
  const list = byId("suggestions");
  list.hidden = found.length === 0;
  list.replaceChildren(...found.map(suggestion));
}

function suggestion({ command, description }) {
  const act = () => {
    write("");
    void say(`/${command}`);
    byId("input").focus();
  };
  return h("button", { type: "button", "data-command": `/${command}`, onclick: act, onkeydown: walk }, h("b", {}, `/${command}`), h("span", {}, description));
}

function walk(event) {
  const next = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (event.key === "Escape") suggest("");
  if (!next && event.key !== "Escape") return;
  event.preventDefault();
  (event.currentTarget[next] ?? byId("input")).focus();
}

/** The keyboard below the chat is set and removed by the newest message that says something about it. */
function drawKeyboard() {
  const setter = messages().findLast((message) => {
    const markup = message.markup ?? {};
    return "remove_keyboard" in markup || ("keyboard" in markup && !message.deleted);
  });
  const rows = setter && !usedKeyboards.has(setter.message_id) ? (setter.markup.keyboard ?? []) : [];
  byId("reply-keyboard").hidden = rows.length === 0;
  byId("reply-keyboard").replaceChildren(...rows.map((row) => h("div", { class: "row" }, ...row.map((one) => keyboardButton(one, setter)))));
}

function keyboardButton(button, setter) {
  const press = async () => {
    const done = await attempt(() => post("telegram/reply_keyboard", { user: place.user, chat: place.chat, label: button.text }));
    if (done && setter.markup.one_time_keyboard) usedKeyboards.add(setter.message_id);
    drawKeyboard();
  };
  const title = button.request_contact ? `Отправит номер и имя: ${world.bot.first_name} их увидит` : null;
  return h("button", { type: "button", title, onclick: press }, button.text);
}
