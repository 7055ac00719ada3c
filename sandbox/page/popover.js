/** Menus beside what opened them; a tap elsewhere or Escape closes. */

import { h } from "./dom.js";

const GAP_PX = 4;

/** `items` are [label, act]; falsy ones are left out. */
export function openMenu(anchor, items) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto" });
  for (const [label, act] of items.filter(Boolean)) {
    const choose = () => {
      menu.hidePopover();
      act();
    };
    menu.append(h("button", { type: "button", role: "menuitem", onclick: choose, onkeydown: walk }, label));
  }
  document.body.append(menu);
  menu.showPopover();
  put(menu, anchor.getBoundingClientRect());
  menu.firstElementChild.focus();
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed") menu.remove();
  });
}

function put(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const above = anchor.top - height - GAP_PX;
  const below = Math.min(anchor.bottom + GAP_PX, innerHeight - height - GAP_PX);
  const left = Math.max(GAP_PX, Math.min(anchor.left, innerWidth - width - GAP_PX));
  Object.assign(menu.style, { left: `${left}px`, top: `${above > GAP_PX ? above : below}px` });
}

function walk(event) {
  const next = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!next) return;
  event.preventDefault();
  event.currentTarget[next]?.focus();
}
