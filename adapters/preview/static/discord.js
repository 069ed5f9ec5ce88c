// Draws Discord's components (V2), and answers with their custom_ids.

import { element, link, post, spans } from "./dom.js";

const messages = document.getElementById("discord");
const sheet = document.getElementById("discord-view");
const NAMES = { 2: "you" };
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };

const MARKS = [
  [/\\([^A-Za-z0-9\s])/, (found) => document.createTextNode(found[1])],
  [/`([^`\n]+)`/, (found) => element("code", {}, found[1])],
  [/\[((?:\\.|[^\]\\])+)\]\(<?(https?:[^)\s>]+)>?\)/, (found) => link(found[2], element("span", {}, ...marked(found[1])))],
  [/<@!?(\d+)>/, (found) => element("span", { className: "mention" }, `@${NAMES[found[1]] ?? found[1]}`)],
  [/<\/([\w -]+):\d+>/, (found) => element("span", { className: "mention" }, `/${found[1]}`)],
  [/(?<!\\)\*\*((?:\\.|[^\\])+?)\*\*/, (found) => element("strong", {}, ...marked(found[1]))],
  [/(?<![\\*])\*((?:\\.|[^\\*])+?)\*(?!\*)/, (found) => element("em", {}, ...marked(found[1]))],
  [/https?:\/\/[^\s<>()[\]]+/, (found) => link(found[0], found[0])],
];

const LINES = [
  [/^### /, "h3"],
  [/^## /, "h2"],
  [/^# /, "h1"],
  [/^-# /, "small"],
  [/^> /, "blockquote"],
];

function marked(text) {
  return spans(text, MARKS);
}

function markdown(text) {
  const parts = text.split(/```(?:\w+\n)?([\s\S]*?)```/);
  return parts.map((part, at) => (at % 2 ? element("pre", {}, part) : element("div", {}, ...part.split("\n").map(lineOf))));
}

function lineOf(line) {
  for (const [start, tag] of LINES) {
    const found = start.exec(line);
    if (found) return element(tag, { className: "line" }, ...marked(line.slice(found[0].length)));
  }
  return element("div", { className: line ? "line" : "gap" }, ...marked(line));
}

const COMPONENTS = {
  1: (part, message) => element("div", { className: "row" }, ...part.components.map((each) => drawn(each, message))),
  2: button,
  3: menu,
  10: (part) => element("div", { className: "text" }, ...markdown(part.content)),
  13: (_part, message) =>
    element(
      "details",
      { className: "file" },
      element("summary", {}, `📄 ${message.attachment.name}`),
      element("pre", {}, message.attachment.text),
    ),
  14: () => element("hr"),
  17: (part, message) => {
    const made = element("div", { className: "container" }, ...part.components.map((each) => drawn(each, message)));
    if (part.accent_color) made.style.setProperty("--accent", `#${part.accent_color.toString(16).padStart(6, "0")}`);
    return made;
  },
};

function button(part, message) {
  const made = element(
    "button",
    { type: "button", className: STYLES[part.style], disabled: Boolean(part.disabled), "aria-label": part.label ?? part.emoji?.name },
    [part.emoji?.name, part.label].filter(Boolean).join(" "),
  );
  made.dataset.id = part.custom_id;
  made.addEventListener("click", () => press(message, part.custom_id, []));
  return made;
}

function menu(part, message) {
  if (part.min_values === 0 || part.max_values > 1) return several(part, message);
  const made = element(
    "select",
    { "aria-label": part.placeholder },
    element("option", { value: "" }, part.placeholder),
    ...part.options.map((option) => element("option", { value: option.value, title: option.description }, option.label)),
  );
  made.dataset.id = part.custom_id;
  made.addEventListener("change", () => made.value && press(message, part.custom_id, [made.value]));
  return made;
}

function several(part, message) {
  const on = new Set(part.options.filter((option) => option.default).map((option) => option.value));
  const boxes = part.options.map((option) => {
    const box = element("input", { type: "checkbox", checked: on.has(option.value) });
    box.addEventListener("change", () => {
      if (box.checked) on.add(option.value);
      else on.delete(option.value);
      press(message, part.custom_id, [...on]);
    });
    return element("label", {}, box, option.label);
  });
  const made = element("details", { className: "ticks" }, element("summary", {}, part.placeholder), ...boxes);
  made.dataset.id = part.custom_id;
  return made;
}

// What nobody taught this page to draw is shown as such: the tests look for it.
function drawn(part, message) {
  const made = COMPONENTS[part.type]?.(part, message) ?? element("div", { className: "unknown" }, `This page cannot draw component ${part.type}.`);
  made.dataset.discord = String(part.type);
  return made;
}

function speech(who, body, place, app) {
  return element(
    "article",
    { className: `message ${app ? "app" : "person"} ${place}` },
    element("div", { className: "avatar", "aria-hidden": "true" }, app ? "" : "Y"),
    element(
      "div",
      { className: "body" },
      element("div", { className: "who" }, element("b", {}, who), app ? element("span", { className: "badge" }, "APP") : null),
      ...body,
      place === "private" && app ? element("small", { className: "only" }, "👁 Only you can see this · Dismiss message") : null,
    ),
  );
}

export function said(text, place) {
  if (place === "private") return;
  const words = place === "channel" ? [element("span", { className: "mention" }, "@advisor"), ` ${text}`] : [text];
  messages.append(speech("you", [element("p", {}, ...words)], place, false));
}

function added(change, place, thread) {
  const message = { components: change.components, attachment: change.attachment, place, thread };
  const name = document.getElementById("title").textContent;
  message.shown = speech(name, message.components.map((part) => drawn(part, message)), place, true);
  return message;
}

async function press(message, id, values) {
  const { place, thread, components } = message;
  apply(await post("/discord/press", { custom_id: id, values, place, thread, components }), thread, message);
}

export function apply(changes, thread, message = null) {
  for (const change of changes) {
    if (change.do === "add") {
      const made = added(change, change.place, thread);
      messages.append(made.shown);
      made.shown.scrollIntoView({ block: "nearest" });
    } else if (change.do === "replace") {
      const made = added(change, message.place, thread);
      message.shown.replaceWith(made.shown);
      Object.assign(message, { components: made.components, attachment: made.attachment, shown: made.shown });
    } else if (change.do === "delete") message.shown.remove();
    else if (change.do === "shared") mark(message, "Share", (shown) => (shown.disabled = true));
    else if (change.do === "rated") rated(message, change);
  }
}

function mark(message, label, change) {
  for (const shown of message.shown.querySelectorAll("button")) if (shown.textContent.endsWith(label)) change(shown);
}

function rated(message, change) {
  for (const shown of message.shown.querySelectorAll("button")) {
    if (/[👍👎]/u.test(shown.textContent)) shown.className = shown.dataset.id === change.custom_id ? "success" : "secondary";
  }
  if (change.verdict === "no") form(change.custom_id);
}

// The form after a thumbs-down: a modal with a label and a text field.
function form(id) {
  const line = element("input", { type: "text", placeholder: "Leave it empty if you like" });
  const made = element(
    "form",
    { className: "modal", role: "dialog", "aria-label": "Thank you, noted" },
    element("h3", { className: "title" }, "Thank you, noted"),
    element("label", { className: "input" }, element("b", {}, "What was missing?"), line, element("small", {}, "One line, without names.")),
    element("div", { className: "buttons" }, element("button", { type: "submit", className: "primary" }, "Submit")),
  );
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post("/discord/comment", { custom_id: id, line: line.value });
    sheet.hidden = true;
  });
  sheet.replaceChildren(made);
  sheet.hidden = false;
}

export function clear() {
  messages.replaceChildren();
  sheet.hidden = true;
}

export const DRAWN = Object.keys(COMPONENTS).map(Number);
