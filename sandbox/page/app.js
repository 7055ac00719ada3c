/** The chat page: picks who looks at what, and brings the parts together. */

import * as account from "./account.js";
import * as attach from "./attach.js";
import * as bases from "./bases.js";
import * as chatColumn from "./chat.js";
import * as composer from "./composer.js";
import * as faults from "./faults.js";
import * as phones from "./phones.js";
import * as sms2 from "./sms2.js";
import { byId, h, icon } from "./dom.js";
import { alertBox } from "./notices.js";
import { fullName } from "./words.js";
import { begin, move, on, place, world } from "./world.js";

/** What the demo makes of the first people; anybody may be given another role. */
const PARTS = { 1001: "владелец", 1002: "оператор", 1003: "незнакомец", 1004: "наблюдатель", 1005: "по-английски" };
const GENERAL = "Общее";

const unread = new Map();

async function start() {
  document.querySelectorAll("[data-icon]").forEach((node) => node.prepend(icon(node.dataset.icon)));
  for (const part of [composer, attach, chatColumn, phones, account, bases, faults]) part.setUp();
  byId("who").addEventListener("change", (event) => look(Number(event.target.value), place.chat < 0 ? place.chat : null, place.thread));
  byId("where").addEventListener("change", (event) => {
    const [chat, thread] = event.target.value.split("/").map(Number);
    look(place.user, chat || null, thread);
  });
  document.querySelectorAll("[data-tab]").forEach((tab) => tab.addEventListener("click", () => show(tab.dataset.tab)));
  addEventListener("popstate", fromAddress);
  on("message", count);
  on("world", drawPickers);
  await begin();
  fromAddress();
  await sms2.begin();
  document.body.dataset.ready = "";
}

/** Look through somebody's eyes at a chat (null: the private one), and let the address say so. */
function look(user, chat, thread = 0) {
  const query = new URLSearchParams({ user, ...(chat && { chat }), ...(thread && { topic: thread }) });
  history.pushState(null, "", `?${query}`);
  fromAddress();
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  const asked = Number(query.get("user"));
  const user = world.people.some((one) => one.id === asked) ? asked : world.people[0].id;
  const chat = Number(query.get("chat"));
  const isGroup = chat < 0 && world.chats.get(chat)?.members[user];
  const topics = isGroup ? world.chats.get(chat).topics : [];
  const thread = topics.some((one) => one.thread === Number(query.get("topic"))) ? Number(query.get("topic")) : 0;
  unread.delete(isGroup ? `${chat}/${thread}` : String(user));
  move(user, isGroup ? chat : user, isGroup ? thread : 0);
  drawPickers();
}

function drawPickers() {
  const { user, chat, thread } = place;
  byId("who").replaceChildren(...world.people.map((one) => option(String(one.id), nameOf(one), one.id === user)));
  const groups = [...world.chats.values()].filter((one) => one.id < 0 && one.members[user]);
  byId("where").replaceChildren(
    option("0/0", "Личный чат", chat > 0, String(user)),
    ...groups.flatMap((group) =>
      [{ thread: 0, name: group.topics.length > 0 ? GENERAL : "" }, ...group.topics].map((topic) => {
        const key = `${group.id}/${topic.thread}`;
        return option(key, [group.title, topic.name].filter(Boolean).join(" · "), chat === group.id && thread === topic.thread);
      }),
    ),
  );
  const others = [...unread].filter(([key]) => key !== String(user) && !key.startsWith("-"));
  byId("who-field").toggleAttribute("data-news", others.length > 0);
  byId("where-field").toggleAttribute("data-news", [...unread].some(([key]) => key === String(user) || key.startsWith("-")));
}

function nameOf(one) {
  return PARTS[one.id] ? `${fullName(one)} · ${PARTS[one.id]}` : fullName(one);
}

function option(value, label, selected, key = value) {
  const waiting = unread.get(key);
  return h("option", { value, selected }, waiting ? `${label} (${waiting})` : label);
}

/** Count what the bot wrote where nobody looks. */
function count({ message }) {
  if (!message?.by_bot || message.deleted) return;
  const isHere = message.chat === place.chat && message.thread === place.thread;
  if (isHere && document.body.dataset.view !== "chat") byId("tab-chat").setAttribute("data-news", "");
  if (isHere || !message.notified) return;
  const key = message.chat < 0 ? `${message.chat}/${message.thread}` : String(message.chat);
  unread.set(key, (unread.get(key) ?? 0) + 1);
  drawPickers();
}

/** Show one of the views; where there is room the chat stays beside it. */
function show(view) {
  document.body.dataset.view = view;
  document.querySelectorAll("[data-tab]").forEach((tab) => {
    tab.setAttribute("aria-pressed", String(tab.dataset.tab === view));
    if (tab.dataset.tab === view) tab.removeAttribute("data-news");
  });
}

start().catch((error) => alertBox(`Песочница не отвечает: ${error.message}`));
