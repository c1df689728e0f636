// The demo's question: whom do you want to play?

import { avatar } from "./format.js";

const MOST_SHOWN = 60;

export async function loadPeople() {
  const answer = await fetch("/chat/people");
  return answer.ok ? answer.json() : { suggested: [], everybody: [] };
}

export function address(person) {
  const room = person.room ? `#${encodeURIComponent(person.room)}` : "";
  return `/chat?as=${encodeURIComponent(person.contact)}${room}`;
}

/** The three in the bar on top: the one being played, and the others in a new tab. */
export function showCast(people, me) {
  const place = document.getElementById("cast");
  if (!people.suggested.some((one) => one.contact === me.contact)) return;
  for (const one of people.suggested) {
    const link = document.createElement("a");
    link.href = address(one);
    link.textContent = one.name;
    link.title = one.about;
    if (one.contact === me.contact) link.setAttribute("aria-current", "true");
    else link.target = "_blank";
    place.append(link);
  }
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
  if (one.contact === me?.contact) link.setAttribute("aria-current", "true");
  const text = document.createElement("span");
  text.className = "text";
  text.append(Object.assign(document.createElement("b"), { textContent: one.name }));
  text.append(Object.assign(document.createElement("small"), { textContent: one.about }));
  link.append(avatar(one.contact, one.name, null), text);
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
