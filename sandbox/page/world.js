/** The Telegram side as this page knows it, who looks at it, and the news about both. */

import { get } from "./api.js";
import { follow } from "./live.js";

/** `chats` by id, each with `messages` by id; `menus` by "user:chat". */
export const world = { bot: null, people: [], chats: new Map(), menus: new Map(), last: 0 };

/** Whose eyes we look through, and at what; `thread` is 0 outside of topics. */
export const place = { user: 0, chat: 0, thread: 0 };

const news = new EventTarget();
const answers = new Map();
const KEPT_ANSWERS = 50;
const ANSWER_MS = 30_000;

/** Call `act(detail)` on news: message, edit, delete, answer, action, menus, place, world. */
export const on = (kind, act) => news.addEventListener(kind, (event) => act(event.detail));

const tell = (kind, detail) => news.dispatchEvent(new CustomEvent(kind, { detail }));

export const chat = () => world.chats.get(place.chat);

export const person = (id) => world.people.find((one) => one.id === id);

/** Messages of the chosen chat and topic in order, deleted ones included. */
export function messages() {
  return [...(chat()?.messages.values() ?? [])]
    .filter((message) => message.thread === place.thread)
    .sort((one, other) => one.message_id - other.message_id);
}

export const commands = () => world.menus.get(`${place.user}:${place.chat}`) ?? [];

/** Look through other eyes or at another chat. */
export function move(user, chatId, thread = 0) {
  Object.assign(place, { user, chat: chatId, thread });
  tell("place");
  if (!world.menus.has(`${user}:${chatId}`)) refreshMenus().catch(() => {});
}

/** Read everything once, then keep up with the news. */
export async function begin() {
  const ready = load().then((last) => (world.last = last));
  follow(
    "telegram",
    async (wait) => {
      await ready;
      return get("telegram/events", { after: world.last, wait });
    },
    async (answer) => {
      await ready;
      if (answer.last < world.last) location.reload(); // the sandbox has begun anew
      for (const event of answer.events) if (event.id > world.last) await take(event);
    },
  );
  await ready;
}

/** The bot's answer to a press, or null when none came in time. */
export function answerTo(query) {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => resolve(null), ANSWER_MS);
    const check = () => {
      if (!answers.has(query)) return;
      clearTimeout(giveUp);
      news.removeEventListener("answer", check);
      resolve(answers.get(query));
    };
    news.addEventListener("answer", check);
    check();
  });
}

async function load() {
  const seen = await get("telegram");
  Object.assign(world, { bot: seen.bot, people: seen.people });
  world.chats = new Map(seen.chats.map((one) => [one.id, { ...one, messages: byId(one.messages) }]));
  takeMenus(seen.menus);
  return seen.last_event;
}

const byId = (list) => new Map(list.map((message) => [message.message_id, message]));

function takeMenus(menus) {
  for (const menu of menus) world.menus.set(`${menu.user}:${menu.chat}`, menu.commands);
  tell("menus");
}

async function take(event) {
  world.last = event.id;
  if (event.message) world.chats.get(event.chat)?.messages.set(event.message.message_id, event.message);
  if (event.kind === "answer") remember(event);
  if (event.kind === "menu") {
    world.menus.clear();
    refreshMenus().catch(() => {});
  }
  if (event.kind === "member" || !world.chats.has(event.chat ?? place.chat)) {
    await load();
    tell("world");
  }
  tell(event.kind, event);
}

function remember(answer) {
  answers.set(answer.query_id, answer);
  if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value);
}

let refreshing = null;

/** A starting bot sets a dozen menus at once: one look for all of them, at the chosen chat alone. */
function refreshMenus() {
  refreshing ??= new Promise((resolve) => setTimeout(resolve, 200)).then(async () => {
    refreshing = null;
    takeMenus((await get("telegram", { chat: place.chat })).menus);
  });
  return refreshing;
}
