/** The chat column: bubbles in order, presses, and keeping the newest in sight. */

import { bubble, colour } from "./bubble.js";
import { arrange, byId, h } from "./dom.js";
import { alertBox, attempt, copy, toast } from "./notices.js";
import { post } from "./api.js";
import { day, fullName, plural } from "./words.js";
import { answerTo, chat, messages, on, place, world } from "./world.js";
import { messageMenu, say } from "./composer.js";

const PAGE = 200;
const NEAR_PX = 80;
const TYPING_MS = 5000;
const ACTIONS = { upload_document: "отправляет файл…", upload_photo: "отправляет фото…" };

const drawn = new Map();
const pressed = new Map();
let unseen = 0;
let limit = PAGE;

export function setUp() {
  const list = byId("messages");
  on("place", () => {
    drawn.clear();
    limit = PAGE;
    list.replaceChildren();
    draw();
    toBottom();
  });
  on("world", draw);
  on("message", (event) => here(event) && arrived(event.message));
  on("edit", (event) => here(event) && keepPlace(draw));
  on("delete", (event) => here(event) && keepPlace(draw));
  on("action", (event) => event.chat === place.chat && showTyping(event.action));
  list.addEventListener("scroll", () => isNear() && setUnseen(0), { passive: true });
  byId("down").addEventListener("click", () => toBottom("smooth"));
  byId("show-deleted").addEventListener("change", (event) => {
    byId("chat").toggleAttribute("data-show-deleted", event.target.checked);
    draw();
  });
  byId("start").addEventListener("click", () => say("/start"));
  new ResizeObserver(() => stuck && toBottom()).observe(list);
}

const here = (event) => event.chat === place.chat && event.message?.thread === place.thread;

function draw() {
  const all = messages();
  const seen = byId("show-deleted").checked ? all : all.filter((message) => !message.deleted);
  const nodes = seen.length > limit ? [earlier(seen.length - limit)] : [];
  let last = "";
  for (const message of seen.slice(-limit)) {
    if (day(message.at) !== last) nodes.push(separator((last = day(message.at))));
    nodes.push(nodeOf(message));
  }
  arrange(byId("messages"), nodes);
  byId("welcome").hidden = all.some((message) => !message.deleted && !message.other.forum_topic_created);
  byId("messages").hidden = !byId("welcome").hidden;
  byId("start").hidden = place.chat < 0;
  byId("chat").dataset.kind = place.chat < 0 ? "group" : "private";
  drawHead();
}

function drawHead() {
  const current = chat();
  byId("avatar").className = `avatar ${current.title ? "colour-3" : colour(world.bot)}`;
  byId("avatar").textContent = current.title ? current.title.slice(0, 1) : "✉";
  byId("chat-name").textContent = current.title ?? fullName(world.bot);
  if (!typing) byId("chat-state").textContent = current.title ? groupState(current) : `@${world.bot.username}`;
}

function groupState(group) {
  const topic = group.topics.find((one) => one.thread === place.thread);
  const here = Object.values(group.members).filter((status) => !["left", "kicked"].includes(status));
  const people = plural(here.length, "участник", "участника", "участников");
  return topic ? `тема «${topic.name}» · ${people}` : people;
}

function earlier(count) {
  const more = () => {
    limit += PAGE;
    draw();
  };
  return h("li", { class: "earlier" }, h("button", { type: "button", class: "plain", onclick: more }, `Показать раньше: ${count}`));
}

function separator(label) {
  const key = `day ${label}`;
  if (!drawn.has(key)) drawn.set(key, { node: h("li", { class: "day" }, h("span", {}, label)) });
  return drawn.get(key).node;
}

function nodeOf(message) {
  const known = drawn.get(message.message_id);
  if (known?.message === message) return known.node;
  const answered = message.reply_to ? chat().messages.get(message.reply_to) : null;
  const node = bubble(message, answered, { press, jump, menu: messageMenu, send: say });
  if (known?.node.contains(document.activeElement)) queueMicrotask(() => focusAgain(node, document.activeElement));
  drawn.set(message.message_id, { message, node });
  showBusy(node, message);
  return node;
}

/** A card that changes under the keyboard's focus keeps it: on its first button. */
function focusAgain(node, active) {
  if (active === document.body || !active) node.querySelector(".keyboard button")?.focus({ preventScroll: true });
}

async function press(message, button, node) {
  if (button.url) return window.open(button.url, "_blank", "noopener");
  if (button.copy_text) return copy(button.copy_text.text);
  const key = pressKey(message);
  if (pressed.has(key)) return null;
  const { user } = place;
  pressed.set(key, button.callback_data);
  showBusy(node.closest(".message"), message);
  const fields = { user, chat: message.chat, message_id: message.message_id, data: button.callback_data };
  const query = await attempt(() => post("telegram/press", fields));
  const answer = query && (await answerTo(query.query_id));
  pressed.delete(key);
  showBusy(drawn.get(message.message_id)?.node, message);
  if (answer?.text && user === place.user) (answer.show_alert ? alertBox : toast)(answer.text);
  return null;
}

const pressKey = (message) => `${place.user}:${message.chat}:${message.message_id}`;

/** While a press is in flight the keyboard waits; `aria-disabled` keeps the focus where it is. */
function showBusy(node, message) {
  const busy = pressed.get(pressKey(message));
  const buttons = message.keyboard.flat();
  node?.querySelectorAll(".keyboard button").forEach((one, at) => {
    if (busy) one.setAttribute("aria-disabled", "true");
    else one.removeAttribute("aria-disabled");
    one.toggleAttribute("data-spinning", busy !== undefined && buttons[at]?.callback_data === busy);
  });
}

function arrived(message) {
  const stay = !isNear() && message.from.id !== place.user;
  if (message.by_bot) showTyping(null);
  draw();
  if (message.deleted) return;
  if (stay) setUnseen(unseen + 1);
  else toBottom();
  drawn.get(message.message_id)?.node.classList.add("fresh");
}

let stuck = true;

function isNear() {
  const list = byId("messages");
  stuck = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  return stuck;
}

/** An edit does not scroll; who was at the end stays at the end. */
function keepPlace(change) {
  const atEnd = isNear();
  change();
  if (atEnd) toBottom();
}

function toBottom(behavior = "instant") {
  const list = byId("messages");
  list.scrollTo({ top: list.scrollHeight, behavior });
  stuck = true;
  setUnseen(0);
}

function setUnseen(count) {
  unseen = count;
  byId("down").hidden = count === 0;
  byId("down-count").textContent = count;
}

function jump(id) {
  const node = drawn.get(id)?.node;
  if (!node?.isConnected) return toast("Этого сообщения уже нет на экране");
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("fresh");
  void node.offsetWidth; // restart the animation
  node.classList.add("fresh");
  return null;
}

let typing = 0;

function showTyping(action) {
  clearTimeout(typing);
  typing = action ? setTimeout(() => showTyping(null), TYPING_MS) : 0;
  if (action) byId("chat-state").textContent = ACTIONS[action] ?? "печатает…";
  else drawHead();
}
