// Draws Block Kit as Slack does, and answers with the payloads that Slack would send.

import { element, fresh, link, post, spans } from "./dom.js";

const NAMES = { U0YOU: "you" };
const CHANNELS = ["C0GENERAL", "C0HELP"];
const messages = document.getElementById("slack");
const sheet = document.getElementById("slack-view");
const home = document.getElementById("slack-home");
let views = [];

const MARKS = [
  [/`([^`\n]+)`/, (found) => element("code", {}, decoded(found[1]))],
  [/<(https?:[^|>]+)\|?([^>]*)>/, (found) => link(decoded(found[1]), decoded(found[2] || found[1]))],
  [/<@([A-Z0-9]+)>/, (found) => element("span", { className: "mention" }, `@${NAMES[found[1]] ?? found[1]}`)],
  [/<#([A-Z0-9]+)>/, (found) => element("span", { className: "mention" }, channelName(found[1]))],
  [/(?<![\w\u2060*])\*(\S|\S[^\n]*?\S)\*(?![\w*])/, (found) => element("strong", {}, ...marked(found[1]))],
  [/(?<![\w\u2060])_(\S|\S[^\n]*?\S)_(?!\w)/, (found) => element("em", {}, ...marked(found[1]))],
  [/&(?:amp|lt|gt);/, (found) => document.createTextNode(decoded(found[0]))],
];

function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function channelName(id) {
  return `#${id.replace(/^C0/, "").toLowerCase()}`;
}

function marked(text) {
  return spans(text, MARKS);
}

function mrkdwn(text) {
  const lines = text.split("\n").map((line) => {
    const quoted = /^(?:>|&gt;) ?/.exec(line);
    const body = marked(quoted ? line.slice(quoted[0].length) : line);
    return element("div", { className: quoted ? "quote" : "line" }, ...(body.length ? body : ["\u00a0"]));
  });
  return element("div", { className: "mrkdwn" }, ...lines);
}

function textOf(object) {
  return object.type === "mrkdwn" ? mrkdwn(object.text) : element("span", {}, object.text);
}

const BLOCKS = {
  header: (block) => element("h3", {}, block.text.text),
  section: (block, around) =>
    element("div", { className: "section" }, textOf(block.text), block.accessory && drawn(block.accessory, block, around)),
  context: (block) => element("div", { className: "context" }, ...block.elements.map(textOf)),
  divider: () => element("hr"),
  actions: (block, around) => row("actions", block, around),
  context_actions: (block, around) => row("context-actions", block, around),
  container: (block, around) =>
    element(
      "details",
      { open: !block.default_collapsed },
      element("summary", {}, block.title.text),
      ...block.child_blocks.map((child) => blockOf(child, around)),
    ),
  table: (block) => element("table", {}, ...block.rows.map((cells, at) => tableRow(cells, at ? "td" : "th"))),
  rich_text: (block) =>
    element("div", {}, ...block.elements.map((part) => element("pre", {}, ...part.elements.map((each) => each.text)))),
  input: (block, around) =>
    element(
      "label",
      { className: "input" },
      element("b", {}, block.label.text, block.optional ? element("small", {}, " (optional)") : null),
      drawn(block.element, block, around),
      block.hint ? element("small", {}, block.hint.text) : null,
    ),
};

const ELEMENTS = {
  button: (part, block, around) =>
    element(
      "button",
      {
        type: "button",
        className: part.style ?? "",
        "aria-label": part.accessibility_label,
        onclick: () => confirmed(part) && around.press(part, block, {}),
      },
      part.text.text,
    ),
  icon_button: (part, block, around) =>
    element(
      "button",
      {
        type: "button",
        className: "icon",
        title: part.text.text,
        "aria-label": part.accessibility_label,
        onclick: () => confirmed(part) && around.press(part, block, {}),
      },
      part.icon === "trash" ? "🗑" : part.icon,
    ),
  feedback_buttons: (part, block, around) => {
    const thumb = (side, sign) => {
      const made = element(
        "button",
        { type: "button", className: "icon", "aria-label": side.accessibility_label, title: side.text.text },
        sign,
      );
      made.addEventListener("click", () => {
        for (const other of made.parentElement.children) other.setAttribute("aria-pressed", String(other === made));
        around.press(part, block, { value: side.value });
      });
      return made;
    };
    return element("span", { className: "thumbs" }, thumb(part.positive_button, "👍"), thumb(part.negative_button, "👎"));
  },
  static_select: (part, block, around) =>
    menu(part, part.options, (option) => around.press(part, block, { selected_option: option })),
  multi_static_select: (part, block, around) =>
    ticks(part.options, part.initial_options ?? [], (chosen) => around.press(part, block, { selected_options: chosen })),
  conversations_select: (part, block, around) =>
    menu(part, channels(part.initial_conversation), (option) =>
      around.press(part, block, { selected_conversation: option.value }),
    ),
  multi_conversations_select: (part, block, around) =>
    ticks(channels(), channels().filter((o) => (part.initial_conversations ?? []).includes(o.value)), (chosen) =>
      around.press(part, block, { selected_conversations: chosen.map((option) => option.value) }),
    ),
  radio_buttons: (part) =>
    element(
      "span",
      { className: "radios" },
      ...part.options.map((option) =>
        element(
          "label",
          {},
          element("input", { type: "radio", name: part.action_id, value: option.value }),
          option.text.text,
        ),
      ),
    ),
  plain_text_input: (part, block, around) =>
    element("input", {
      type: "text",
      maxlength: String(part.max_length ?? 3000),
      placeholder: part.placeholder?.text,
      onkeydown: (event) => {
        if (event.key !== "Enter" || !block.dispatch_action) return;
        event.preventDefault();
        around.press(part, block, { value: event.target.value });
      },
    }),
};

function channels(chosen) {
  return CHANNELS.map((id) => ({ value: id, text: { text: channelName(id) }, chosen: id === chosen }));
}

function confirmed(part) {
  if (!part.confirm) return true;
  return window.confirm(`${part.confirm.title.text}\n${part.confirm.text.text}`);
}

function menu(part, options, choose) {
  const made = element(
    "select",
    { "aria-label": part.placeholder?.text ?? "Choose" },
    element("option", { value: "" }, part.placeholder?.text ?? "Choose a conversation"),
    ...options.map((option, at) => element("option", { value: String(at), selected: option.chosen }, option.text.text)),
  );
  made.addEventListener("change", () => made.value && choose(options[Number(made.value)]));
  return made;
}

function ticks(options, initial, choose) {
  const on = new Set(initial.map((option) => option.value));
  const change = (option, box) => {
    if (box.checked) on.add(option.value);
    else on.delete(option.value);
    choose(options.filter((each) => on.has(each.value)));
  };
  const boxes = options.map((option) => {
    const box = element("input", { type: "checkbox", checked: on.has(option.value) });
    box.addEventListener("change", () => change(option, box));
    return element("label", {}, box, option.text.text);
  });
  return element("details", { className: "ticks" }, element("summary", {}, on.size ? `${on.size} chosen` : "Choose"), ...boxes);
}

function tableRow(cells, tag) {
  return element("tr", {}, ...cells.map((cell) => element(tag, {}, cell.text)));
}

function row(name, block, around) {
  return element("div", { className: name }, ...block.elements.map((part) => drawn(part, block, around)));
}

// What nobody taught this page to draw is shown as such: the tests look for it.
function unknown(kind) {
  return element("div", { className: "unknown" }, `This page cannot draw “${kind}”.`);
}

function drawn(part, block, around) {
  const made = ELEMENTS[part.type]?.(part, block, around) ?? unknown(part.type);
  made.dataset.slack = part.type;
  if (part.action_id) made.dataset.action = part.action_id;
  return made;
}

function blockOf(block, around) {
  const made = BLOCKS[block.type]?.(block, around) ?? unknown(block.type);
  made.dataset.slack = block.type;
  if (block.block_id) made.dataset.block = block.block_id;
  return made;
}

function pressed(part, block, more) {
  const action = { type: part.type, action_id: part.action_id, block_id: block.block_id ?? "", value: part.value };
  return [{ ...action, ...more }];
}

// Messages.

function speech(who, body, surface, app) {
  return element(
    "article",
    { className: `message ${app ? "app" : "person"} ${surface}` },
    element("div", { className: "avatar", "aria-hidden": "true" }, app ? "" : "Y"),
    element(
      "div",
      { className: "body" },
      surface === "private" && app ? element("small", { className: "only" }, "👁 Only visible to you") : null,
      element("div", { className: "who" }, element("b", {}, who), app ? element("span", { className: "badge" }, "APP") : null),
      ...body,
    ),
  );
}

export function said(text, place) {
  const words = place === "channel" ? [element("span", { className: "mention" }, "@advisor"), ` ${text}`] : [text];
  messages.append(speech("You", [element("p", {}, ...words)], place, false));
}

function added(payload, surface, thread) {
  const message = { ts: fresh(), payload, surface, thread };
  const around = { press: (part, block, more) => press(message, part, block, more) };
  message.shown = speech(
    document.getElementById("title").textContent,
    payload.blocks.map((block) => blockOf(block, around)),
    surface,
    true,
  );
  return message;
}

async function press(message, part, block, more) {
  const channel = message.surface === "direct" ? `D${message.thread}` : message.surface === "private" ? `C${message.thread}` : "C0GENERAL";
  const body = {
    type: "block_actions",
    trigger_id: fresh(),
    container: {
      type: "message",
      channel_id: channel,
      message_ts: message.ts,
      thread_ts: message.surface === "channel" ? message.thread : "",
      is_ephemeral: message.surface === "private",
    },
    message: { blocks: message.payload.blocks },
    actions: pressed(part, block, more),
  };
  apply(await post("/slack/press", body), message.thread, message);
}

export function apply(changes, thread, message = null) {
  for (const change of changes) {
    if (change.do === "add") {
      const made = added(change.payload, change.surface, thread);
      messages.append(made.shown);
      made.shown.scrollIntoView({ block: "nearest" });
    } else if (change.do === "replace") {
      const made = added(change.payload, message.surface, thread);
      message.shown.replaceWith(made.shown);
      Object.assign(message, { payload: change.payload, shown: made.shown });
    } else if (change.do === "delete") message.shown.remove();
    else if (change.do === "home") showHome(change.view);
    else changeView(change, thread);
  }
}

export function clear() {
  messages.replaceChildren();
  views = [];
  showView("");
}

// Views: modals, one on top of another, and the App Home.

function changeView(change, thread) {
  if (change.do === "close") views = [];
  else if (change.do === "open") views = [{ ...change.view, id: "V1" }];
  else if (change.do === "push") views.push({ ...change.view, id: `V${views.length + 1}` });
  else if (change.do === "update") views[views.length - 1] = { ...change.view, id: views[views.length - 1].id };
  showView(thread);
}

function body(view, rest) {
  const below = views.length > 1 ? views[views.length - 2].id : null;
  return { view: { ...view, root_view_id: views[0]?.id, previous_view_id: below, ...rest }, trigger_id: fresh() };
}

function viewPress(view, thread) {
  return async (part, block, more) => {
    if (view.type === "modal" && part.type === "conversations_select") return;
    const said = { type: "block_actions", container: { type: "view" }, actions: pressed(part, block, more), ...body(view) };
    apply(await post("/slack/press", said), thread);
  };
}

function showView(thread) {
  const view = views[views.length - 1];
  sheet.hidden = !view;
  sheet.replaceChildren();
  if (!view) return;
  const around = { press: viewPress(view, thread) };
  const close = () => {
    views.pop();
    showView(thread);
  };
  const form = element(
    "form",
    { className: "modal", role: "dialog", "aria-label": view.title.text },
    element("h3", { className: "title" }, view.title.text),
    ...view.blocks.map((block) => blockOf(block, around)),
    element(
      "div",
      { className: "buttons" },
      element("button", { type: "button", className: "close", onclick: close }, view.close?.text ?? "Cancel"),
      view.submit ? element("button", { type: "submit", className: "primary" }, view.submit.text) : null,
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = stateOf(view, form);
    if (values) apply(await post("/slack/submit", { ...body(view, { state: { values } }), response_urls: urls(view) }), thread);
  });
  sheet.append(form);
}

function urls(view) {
  return view.blocks.some((block) => block.element?.response_url_enabled) ? [{ channel_id: "C0GENERAL", response_url: "https://slack.example/" }] : [];
}

function stateOf(view, form) {
  const values = {};
  for (const block of view.blocks.filter((each) => each.type === "input")) {
    const { element: part } = block;
    const shown = form.querySelector(`[data-block="${CSS.escape(block.block_id)}"]`);
    const value = part.type === "radio_buttons" ? shown.querySelector("input:checked")?.value : (shown.querySelector("input")?.value ?? "");
    if (part.type === "radio_buttons" && !value) return null;
    values[block.block_id] = { [part.action_id]: part.type === "radio_buttons" ? { selected_option: { value } } : { value } };
  }
  return values;
}

export function showHome(view) {
  const around = { press: viewPress({ ...view, id: "VHOME" }, "") };
  home.replaceChildren(...view.blocks.map((block) => blockOf(block, around)));
}

export const DRAWN = [...Object.keys(BLOCKS), ...Object.keys(ELEMENTS)];
