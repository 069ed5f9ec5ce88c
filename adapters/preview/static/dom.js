// Elements without innerHTML: whatever a knowledge base says, it is text.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name === "className" ? "class" : name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function link(address, label) {
  const safe = /^https?:\/\//.test(address) ? address : "";
  return element("a", { href: safe || undefined, target: "_blank", rel: "noreferrer noopener" }, label);
}

// Text cut by rules: the rule whose expression matches first makes an element, the rest is read again.
export function spans(text, rules) {
  let first = null;
  for (const [expression, make] of rules) {
    const found = expression.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [document.createTextNode(text)] : [];
  const { found, make } = first;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [...spans(before, rules), make(found), ...spans(after, rules)];
}

export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

let last = 0;

export function fresh() {
  last += 1;
  return `${Date.now()}.${String(last).padStart(6, "0")}`;
}
