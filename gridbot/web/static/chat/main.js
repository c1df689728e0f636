// The chat page: who am I, which conversations, which of them is seen.

import { avatar, shortMoment } from "./format.js";
import { Pane } from "./pane.js";
import { address, loadPeople, showCast, showPeople, watchCast } from "./people.js";

const STORY = "3号楼2单元电梯又停了 老人下不去楼";
const CHIPS = { resident: ["进度", "网格员", "帮助"], staff: ["待办", "后台", "帮助"], department: ["待办", "帮助"], stranger: ["帮助"] };
const wide = matchMedia("(min-width: 900px)");
const places = { room: document.getElementById("room"), bot: document.getElementById("bot") };
const panes = new Map(); // room ("" = the private chat) → Pane
const rows = new Map(); // the same → its row in the list
const unread = new Map();
let me = null;

async function start() {
  const asked = new URLSearchParams(location.search).get("as");
  const demo = document.getElementById("people") !== null;
  const people = demo ? await loadPeople() : { suggested: [], everybody: [] };
  if (demo && !asked) {
    const first = people.suggested[0] || people.everybody[0];
    if (first) return void location.replace(address(first));
  }
  const query = demo ? `?${new URLSearchParams({ contact: asked })}` : "";
  const answer = await fetch(`/chat/me${query}`);
  if (!answer.ok) return void location.replace("/chat");
  me = await answer.json();
  showMe();
  if (demo) {
    showCast(people, me);
    document.getElementById("switch").addEventListener("click", () => showPeople(people, me));
  }
  open(people);
  if (demo) watchCast(people, me);
}

function showMe() {
  const place = document.getElementById("me");
  place.querySelector(".avatar").replaceWith(Object.assign(avatar(me.contact, me.name, null)));
  place.querySelector(".avatar").classList.add("small");
  place.querySelector("b").textContent = me.name;
  place.querySelector("small").textContent = me.about;
  place.hidden = false;
  document.title = `${me.name} · 网格聊天`;
}

function open(people) {
  const bot = { room: "", name: me.bot.name, about: "机器人 · 一对一私聊", bot: true };
  const groups = me.groups.map((group) => ({ ...group, about: group.residents ? `${group.about} · 居民群` : `${group.about} · 工作群` }));
  const list = document.getElementById("seats");
  const on = { line: noted, live: arrived };
  for (const seat of [bot, ...groups]) list.append(seatRow(seat));
  panes.set("", new Pane(places.bot, bot, me, on, { chips: CHIPS[me.kind], hint: privateHint() }));
  for (const group of groups) {
    const place = document.createElement("div");
    place.className = "pane-inner";
    panes.set(group.room, new Pane(place, group, me, on, { hint: groupHint(group) }));
  }
  for (const place of Object.values(places)) {
    place.addEventListener("click", (event) => { if (event.target.closest(".back")) location.hash = "list"; });
    place.addEventListener("click", (event) => { if (event.target.closest(".who-else")) showPeople(people, me); });
  }
  addEventListener("hashchange", show);
  wide.addEventListener("change", show);
  addEventListener("focus", show);
  show();
}

/** Everything said before is on the page: a desk that was sent nowhere begins where somebody spoke last. */
function arrived() {
  if ([...panes.values()].some((pane) => !pane.live)) return;
  sortRows();
  const latest = byLatest()[0];
  if (location.hash || !wide.matches || !latest) return;
  history.replaceState(null, "", `#${encodeURIComponent(latest)}`);
  show();
}

function byLatest() {
  return [...rows.keys()].filter(Boolean).sort((one, other) => (panes.get(other).last || 0) - (panes.get(one).last || 0));
}

/** The group that spoke last comes first, below the private chat. */
function sortRows() {
  const list = document.getElementById("seats");
  byLatest().forEach((room, at) => {
    const item = rows.get(room).parentElement;
    if (list.children[at + 1] !== item) list.insertBefore(item, list.children[at + 1]);
  });
}

function groupHint(group) {
  if (!group.residents || (me.kind !== "resident" && me.kind !== "stranger")) return { title: group.name, text: "居民在这里聊天和报事。新事件会以卡片私发给您。" };
  return { title: `欢迎来到${group.name}`, text: "有事在群里说一声就行，机器人听到会登记，网格员来办。试一句：", words: me.demo ? STORY : "" };
}

function privateHint() {
  if (me.kind === "staff") return { title: "您的工作助手", text: "居民的新事件会以卡片出现在这里，点一下就能接单；办完回复“办结 编号 结果”。" };
  return { title: `您好，我是${me.bot.name}`, text: "我是机器人。不方便在群里说的事，可以在这里告诉我，只有工作人员能看到。" };
}

// ------------------------------------------------------------------ which conversation is seen

function current() {
  return decodeURIComponent(location.hash.slice(1));
}

function show() {
  const wanted = current();
  const view = wanted === "bot" ? "bot" : panes.has(wanted) && wanted ? "room" : "list";
  document.body.dataset.view = view;
  places.bot.hidden = false;
  const room = view === "room" ? wanted : wide.matches ? places.room.dataset.room || me.groups[0]?.room || "" : "";
  places.room.hidden = !room;
  if (room && places.room.dataset.room !== room) {
    places.room.dataset.room = room;
    places.room.replaceChildren(panes.get(room).place);
    places.room.setAttribute("aria-label", panes.get(room).seat.name);
  }
  for (const [seat, row] of rows) row.setAttribute("aria-current", String(seatSeen(seat) && !(wide.matches && room && !seat)));
  for (const seat of rows.keys()) if (seatSeen(seat) && document.hasFocus()) setUnread(seat, 0);
  if (room) panes.get(room).toEnd();
  panes.get("").toEnd();
}

function seatSeen(seat) {
  if (wide.matches) return seat === "" ? true : places.room.dataset.room === seat && !places.room.hidden;
  return seat === "" ? document.body.dataset.view === "bot" : document.body.dataset.view === "room" && places.room.dataset.room === seat;
}

// ------------------------------------------------------------------ the list

function seatRow(seat) {
  const item = document.createElement("li");
  const row = document.createElement("button");
  row.type = "button";
  row.className = "seat";
  const picture = seat.bot ? avatar(me.bot.contact, seat.name, me.bot.contact) : document.createElement("span");
  if (!seat.bot) {
    picture.className = "avatar group";
    picture.textContent = seat.residents ? "群" : "工";
    picture.setAttribute("aria-hidden", "true");
  }
  const text = document.createElement("span");
  text.className = "text";
  const top = document.createElement("span");
  top.className = "top";
  top.append(Object.assign(document.createElement("b"), { textContent: seat.name }), document.createElement("time"));
  const last = Object.assign(document.createElement("span"), { className: "last", textContent: seat.about });
  text.append(top, last);
  const count = Object.assign(document.createElement("span"), { className: "count", hidden: true });
  row.append(picture, text, count);
  row.addEventListener("click", () => {
    location.hash = seat.bot ? "bot" : encodeURIComponent(seat.room);
    panes.get(seat.room).composer.text.focus();
  });
  rows.set(seat.room, row);
  item.append(row);
  return item;
}

function noted(frame, pane) {
  const seat = pane.seat.room;
  const row = rows.get(seat);
  const at = new Date(frame.at);
  const who = seat && frame.from !== me.contact ? `${(frame.name || "").split(" ").pop()}：` : "";
  row.querySelector(".last").textContent = frame.recalled ? "撤回了一条消息" : `${who}${frame.text.replaceAll("\n", " ") || "［图片］"}`;
  row.querySelector("time").textContent = shortMoment(at);
  if (frame.fresh) sortRows();
  if (frame.fresh && frame.from !== me.contact && !(seatSeen(seat) && document.hasFocus())) setUnread(seat, (unread.get(seat) || 0) + 1);
}

function setUnread(seat, number) {
  unread.set(seat, number);
  const count = rows.get(seat).querySelector(".count");
  count.hidden = !number;
  count.textContent = number > 99 ? "99+" : String(number);
  count.setAttribute("aria-label", `${number} 条未读`);
  const all = [...unread.values()].reduce((sum, one) => sum + one, 0);
  document.title = `${all ? `(${all}) ` : ""}${me.name} · 网格聊天`;
  for (const [name, pane] of panes) {
    pane.find(".back .dot").hidden = all - (unread.get(name) || 0) <= 0;
  }
}

start();
