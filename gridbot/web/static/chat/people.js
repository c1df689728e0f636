// The demo's question: whom do you want to play?

import { avatar } from "./format.js";
import { Socket } from "./socket.js";

const MOST_SHOWN = 60;
const wide = matchMedia("(min-width: 900px)");
const news = new Map(); // whom one could play → how much the bot has told them since the page was opened

export async function loadPeople() {
  const answer = await fetch("/chat/people");
  return answer.ok ? answer.json() : { suggested: [], everybody: [] };
}

/** The page of a person: the group where the story plays; on a telephone a worker begins where the cards come in. */
export function address(person) {
  const place = person.kind !== "resident" && !wide.matches ? "bot" : encodeURIComponent(person.room);
  return `/chat?as=${encodeURIComponent(person.contact)}${place ? `#${place}` : ""}`;
}

/** The three in the bar on top: the one being played, and who else may be. */
export function showCast(people, me) {
  const place = document.getElementById("cast");
  if (!people.suggested.some((one) => one.contact === me.contact)) return;
  for (const one of people.suggested) {
    const link = document.createElement("a");
    link.href = address(one);
    link.textContent = one.name;
    link.title = one.about;
    link.dataset.contact = one.contact;
    if (one.contact === me.contact) link.setAttribute("aria-current", "true");
    place.append(link);
  }
}

/** Whom the bot has just told something is marked, so that one sees where the story goes on. */
export function watchCast(people, me) {
  for (const one of people.suggested.filter((other) => other.contact !== me.contact)) {
    let live = false;
    new Socket(one.contact, "", {
      state: () => { live = false; },
      frame: (frame) => {
        if (live && frame.text && frame.from !== one.contact) tellNews(one);
        live ||= Boolean(frame.history);
      },
    });
  }
}

function tellNews(one) {
  news.set(one.contact, (news.get(one.contact) || 0) + 1);
  for (const link of document.querySelectorAll("#cast a, #suggested .persona")) markNews(link);
  for (const dot of document.querySelectorAll(".who-else .dot, #switch .dot")) dot.hidden = false;
}

function markNews(link) {
  const many = news.get(link.dataset.contact);
  if (!many) return;
  link.querySelector(".news")?.remove();
  const mark = Object.assign(document.createElement("span"), { className: "news", textContent: String(many) });
  mark.setAttribute("aria-label", `${many} 条新消息`);
  link.append(mark);
}

export function showPeople(people, me) {
  const dialog = document.getElementById("people");
  document.getElementById("suggested").replaceChildren(...people.suggested.map((one) => pick(one, me, "div")));
  const find = document.getElementById("find");
  const list = document.getElementById("everybody");
  const fill = () => {
    const wanted = find.value.trim().toLowerCase();
    const fits = people.everybody.filter((one) => `${one.name}${one.about}${one.contact}`.toLowerCase().includes(wanted));
    list.replaceChildren(...fits.slice(0, MOST_SHOWN).map((one) => pick(one, me, "li")));
  };
  find.oninput = fill;
  fill();
  dialog.showModal();
}

function pick(one, me, tag) {
  const place = document.createElement(tag);
  place.className = "pick";
  const link = document.createElement("a");
  link.className = "persona";
  link.href = address(one);
  link.dataset.contact = one.contact;
  if (one.contact === me?.contact) link.setAttribute("aria-current", "true");
  const text = document.createElement("span");
  text.className = "text";
  text.append(Object.assign(document.createElement("b"), { textContent: one.name }));
  text.append(Object.assign(document.createElement("small"), { textContent: one.about }));
  link.append(avatar(one.contact, one.name, null), text);
  markNews(link);
  link.addEventListener("click", () => { if (link.pathname === location.pathname && link.search === location.search) document.getElementById("people").close(); });
  const tab = document.createElement("a");
  tab.className = "newtab";
  tab.href = link.href;
  tab.target = "_blank";
  tab.textContent = "新标签页";
  tab.setAttribute("aria-label", `在新标签页里扮演${one.name}`);
  place.append(link, tab);
  return place;
}
