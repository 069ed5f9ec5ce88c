// The page around both platforms: what is typed goes to both, and a changed knowledge base is shown at once.

import { element, fresh, post } from "./dom.js";
import * as discord from "./discord.js";
import * as slack from "./slack.js";

const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const TABS = ["chats", "home", "reading"];
let thread = fresh();
let typed = [];

async function say(text) {
  const place = byId("place").value;
  typed.push({ text, place });
  await send(text, place);
}

async function send(text, place) {
  slack.said(text, place);
  discord.said(text, place);
  const changes = await post("/say", { text, place, thread });
  slack.apply(changes.slack, thread);
  discord.apply(changes.discord, thread);
  if (!text.startsWith("/")) await explain(text);
}

async function explain(text) {
  const why = await post("/explain", { text });
  const words = why.words.map((word) => [word.written, word.read, word.known ? "" : "not in any phrasing", word.side]);
  const near = why.nearest.map((each) => [each.group, each.phrasing, each.likeness, each.words, each.meaning, each.confidence]);
  byId("explained").replaceChildren(
    element("h3", {}, text),
    element("p", {}, [why.topic, why.question].filter(Boolean).join(" / "), element("br"), why.decided),
    table(["Word", "Read as", "", "Side"], words),
    table(["Topic or group", "Nearest phrasing", "Words in common", "By words", "By meaning", "Confidence"], near),
  );
}

function table(heads, rows) {
  const row = (cells, tag) => element("tr", {}, ...cells.map((cell) => element(tag, {}, String(cell ?? ""))));
  return element("table", {}, row(heads, "th"), ...rows.map((cells) => row(cells, "td")));
}

function clear() {
  slack.clear();
  discord.clear();
  thread = fresh();
}

async function again() {
  clear();
  for (const { text, place } of typed) await send(text, place);
}

async function introduce() {
  const about = await (await fetch("/about")).json();
  byId("title").textContent = about.title;
  document.title = `Preview: ${about.title}`;
  byId("guide").hidden = byId("modal").hidden = !about.guide;
  if (about.examples.length) byId("text").placeholder = `For example: ${about.examples[0]}`;
}

async function open(tab) {
  for (const each of TABS) byId(each).setAttribute("aria-pressed", String(each === tab));
  for (const pane of document.querySelectorAll("main > .pane")) pane.hidden = tab !== "chats";
  byId("home-pane").hidden = tab !== "home";
  byId("reading-pane").hidden = tab !== "reading";
  if (tab === "home") slack.showHome(await (await fetch("/home")).json());
}

function toggle(button, name, on, off) {
  const pressed = root.dataset[name] !== on;
  root.dataset[name] = pressed ? on : off;
  button.setAttribute("aria-pressed", String(pressed));
}

async function heard(event) {
  const { changed, mistakes } = JSON.parse(event.data);
  byId("mistakes").hidden = !mistakes;
  byId("mistakes").textContent = mistakes;
  byId("news").hidden = !changed;
  byId("news").textContent = `The knowledge base was read again at ${new Date().toLocaleTimeString()}.`;
  if (!changed) return;
  await introduce();
  await again();
}

byId("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("text").value.trim();
  byId("text").value = "";
  if (text) await say(text);
});
for (const tab of TABS) byId(tab).addEventListener("click", () => open(tab));
byId("phone").addEventListener("click", (event) => toggle(event.target, "width", "phone", "desktop"));
byId("dark").addEventListener("click", (event) => toggle(event.target, "theme", "dark", "light"));
byId("guide").addEventListener("click", () => say("/recommend"));
byId("modal").addEventListener("click", async () => slack.apply(await post("/slack/shortcut", {}), thread));
byId("clear").addEventListener("click", () => {
  typed = [];
  clear();
});
new EventSource("/changes").addEventListener("message", heard);
await introduce();
root.dataset.ready = "yes";
