/** What pops up: toasts for three seconds, alerts until OK, and questions in a dialog. */

import { byId, h } from "./dom.js";

const TOAST_MS = 3000;

export function toast(text, kind = "") {
  const note = h("div", { class: `toast ${kind}`, "data-testid": "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** Run an action; what goes wrong is shown, and gives null. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, "bad");
    return null;
  }
}

export function alertBox(text) {
  const box = dialog("alert", "alertdialog", [h("p", {}, text), h("div", { class: "actions" }, button("OK", "ok"))]);
  box.showModal();
}

/**
 * Ask for the fields of a form; resolves with them by name, or with null when closed.
 *
 * `fields` are labelled controls (see `field`), the last line confirms; another way out resolves with "other".
 */
export function ask(title, fields, confirm, other = null) {
  const form = h("form", { method: "dialog" }, h("h2", {}, title), ...fields);
  form.append(
    h(
      "div",
      { class: "actions" },
      other && h("button", { type: "button", class: "plain other", onclick: () => box.close("other") }, other),
      h("button", { type: "button", class: "plain", onclick: () => box.close() }, "Отмена"),
      button(confirm, "ok"),
    ),
  );
  const box = dialog("question", "dialog", [form]);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      if (box.returnValue === "other") resolve("other");
      else resolve(box.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null);
    });
  });
}

/** A control with its label above. */
export const field = (label, control) => h("label", { class: "field" }, h("span", {}, label), control);

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Скопировано");
  } catch {
    toast("Браузер не дал скопировать", "bad");
  }
}

const button = (label, value) => h("button", { class: "primary", value, autofocus: value === "ok" && label === "OK" }, label);

function dialog(kind, role, content) {
  const inside = content[0].tagName === "FORM" ? content : [h("form", { method: "dialog" }, ...content)];
  const box = h("dialog", { class: kind, role, "data-testid": kind, "aria-modal": "true" }, ...inside);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  return box;
}
