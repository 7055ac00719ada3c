/** Telegram's HTML as it behaves under a finger: code copies, quotes unfold, commands send themselves. */

import { h } from "./dom.js";
import { copy } from "./notices.js";

const COMMAND = /(?<![\w/])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g;

/** Give a node for the sandbox's safe HTML; `send(text)` is called for a tapped command. */
export function rich(html, send) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const text = h("div", { class: "text" }, template.content);
  text.querySelectorAll("blockquote, pre").forEach(swallowBreak);
  text.querySelectorAll("code, pre").forEach(tapToCopy);
  text.querySelectorAll("blockquote[expandable]").forEach(unfoldable);
  text.querySelectorAll(".tg-spoiler").forEach((node) => node.addEventListener("click", () => node.classList.add("seen")));
  text.querySelectorAll("a").forEach(outside);
  commandsIn(text).forEach((node) => linkCommands(node, send));
  return text;
}

/** The line break behind a block ends the block's own last line: it makes no empty one. */
function swallowBreak({ nextSibling }) {
  if (nextSibling?.nodeType === Node.TEXT_NODE) nextSibling.data = nextSibling.data.replace(/^\n/, "");
}

function tapToCopy(node) {
  if (node.parentElement.tagName === "PRE") return;
  tappable(node, "Скопировать", () => copy(node.textContent));
}

function unfoldable(quote) {
  quote.setAttribute("aria-expanded", "false");
  tappable(quote, "Развернуть цитату", (event) => {
    if (event.target.closest("code, pre, a") || String(getSelection())) return;
    quote.setAttribute("aria-expanded", String(quote.getAttribute("aria-expanded") === "false"));
  });
}

function tappable(node, title, act) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.title = title;
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === node) act(event);
  });
}

function outside(link) {
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  if (link.protocol === "tg:") link.removeAttribute("href"); // a mention: there is no profile to open
}

function commandsIn(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("code, pre, a") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.search(COMMAND) >= 0) found.push(walker.currentNode);
  return found;
}

function linkCommands(node, send) {
  const pieces = [];
  let at = 0;
  for (const match of node.data.matchAll(COMMAND)) {
    pieces.push(node.data.slice(at, match.index));
    pieces.push(h("button", { type: "button", class: "command", onclick: () => send(match[0]) }, match[0]));
    at = match.index + match[0].length;
  }
  node.replaceWith(...pieces, node.data.slice(at));
}
