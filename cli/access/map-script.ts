/** Script of the map's page: plain JavaScript, for it is not compiled. It puts names into the page as text only. */
export const MAP_SCRIPT = String.raw`
"use strict";
const { secrets, edges, open } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
let chosen = null;

const make = (name, text, className) => {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

function visible() {
  const words = at("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  return edges.filter((edge) => {
    if (at("undeclared").checked && edge.standing !== "undeclared") return false;
    const text = [edge.secret, edge.reader, edge.when, edge.declared, edge.regions].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function names(shown) {
  const filtered = at("search").value.trim() !== "" || at("undeclared").checked;
  const ofSecrets = new Set(shown.map((edge) => edge.secret));
  return {
    readers: [...new Set(shown.map((edge) => edge.reader))].sort(),
    secrets: filtered ? secrets.filter((name) => ofSecrets.has(name)) : secrets,
  };
}

function list(id, kind, items, shown) {
  at(id).replaceChildren(...items.map((name) => {
    const isBad = shown.some((edge) => edge[kind] === name && edge.standing === "undeclared");
    const button = make("button", name, isBad ? "undeclared" : "");
    button.type = "button";
    button.dataset.name = name;
    button.setAttribute("aria-pressed", String(chosen !== null && chosen.kind === kind && chosen.name === name));
    button.addEventListener("click", () => {
      chosen = chosen !== null && chosen.kind === kind && chosen.name === name ? null : { kind, name };
      draw();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function lines(shown) {
  const box = at("lines").getBoundingClientRect();
  const buttons = (id) => new Map([...at(id).querySelectorAll("button")].map((one) => [one.dataset.name, one.getBoundingClientRect()]));
  const [left, right] = [buttons("readers"), buttons("secrets")];
  at("lines").replaceChildren(...shown.map((edge) => {
    const [from, to] = [left.get(edge.reader), right.get(edge.secret)];
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const [x1, y1] = [from.right - box.left, from.top + from.height / 2 - box.top];
    const [x2, y2] = [to.left - box.left, to.top + to.height / 2 - box.top];
    path.setAttribute("d", "M" + x1 + " " + y1 + " C" + (x1 + x2) / 2 + " " + y1 + " " + (x1 + x2) / 2 + " " + y2 + " " + x2 + " " + y2);
    const isChosen = chosen !== null && edge[chosen.kind] === chosen.name;
    path.setAttribute("class", edge.standing + (isChosen ? " chosen" : ""));
    return path;
  }));
}

function reasons(shown) {
  const mine = chosen === null ? [] : shown.filter((edge) => edge[chosen.kind] === chosen.name);
  if (chosen === null) return void at("reason").replaceChildren(make("p", "Choose a reader or a secret to see why it can read."));
  const blocks = mine.map((edge) => {
    const block = document.createElement("dl");
    const rows = [[edge.reader, "reads " + edge.secret], ["Regions", edge.regions], ["when", edge.when], ["declared", edge.declared], ["a call that succeeds", edge.call]];
    for (const [term, text] of rows) if (text !== "") block.append(make("dt", term), make("dd", text));
    return block;
  });
  at("reason").replaceChildren(make("h2", chosen.name), ...(blocks.length === 0 ? [make("p", "Nobody can read it.")] : blocks));
}

function draw() {
  const shown = visible();
  const { readers, secrets: some } = names(shown);
  list("readers", "reader", readers, shown);
  list("secrets", "secret", some, shown);
  lines(shown);
  reasons(shown);
  at("count").textContent = readers.length + " readers, " + some.length + " secrets, " + shown.length + " connections";
}

at("search").addEventListener("input", draw);
at("undeclared").addEventListener("change", draw);
addEventListener("resize", draw);
at("open").replaceChildren(...open.map((note) => make("li", "Cannot tell: " + note)));
draw();
`;
