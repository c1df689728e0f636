// A message as it is seen: a bubble, a picture, or a card with buttons.

import { avatar, isStaff } from "./format.js";

const LINK = /(https?:\/\/[^\s，。；）」]+)/;
const NUMBER = /(#\d{1,9})/;

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The whole line: avatar, name, bubble, quote. `me`: {contact, bot}; `act(button, frame)`. */
export function line(frame, me, act) {
  const mine = frame.from === me.contact;
  const made = make("div", `line${mine ? " mine" : ""}`);
  made.dataset.id = frame.id;
  made.dataset.from = frame.from;
  const side = make("div", "side");
  side.append(nameOf(frame, me), row(frame, me, act));
  if (frame.quote && !frame.plain) side.append(make("div", "quoted", quoteText(frame.quote, me)));
  made.append(avatar(frame.from, frame.name || frame.from, me.bot.contact), side);
  return made;
}

export function recalledNote(frame, me) {
  const who = frame.from === me.contact ? "您" : `“${frame.name || "对方"}”`;
  return make("p", "note", `${who}撤回了一条消息`);
}

function nameOf(frame, me) {
  const name = make("div", "name", frame.name || frame.from);
  if (frame.from === me.bot.contact) name.append(make("span", "tag bot", "机器人"));
  else if (isStaff(frame.name || "")) {
    const [post, ...rest] = frame.name.split(" ");
    name.textContent = rest.join(" ");
    name.append(make("span", "tag", post));
  }
  return name;
}

function row(frame, me, act) {
  const made = make("div", "bubble-row");
  made.append(body(frame, me, act));
  const more = make("button", "more", "⋯");
  more.type = "button";
  more.setAttribute("aria-label", "这条消息的操作");
  made.append(more);
  return made;
}

function body(frame, me, act) {
  const pictures = (frame.media || []).filter((item) => item.url && item.kind === "image");
  const files = (frame.media || []).filter((item) => item.kind !== "image" || !item.url);
  if (frame.from === me.bot.contact && isCard(frame)) return card(frame, act);
  const made = make("div", "bubble");
  if (pictures.length && !frame.text.trim()) made.classList.add("photo");
  for (const item of pictures) made.append(picture(item));
  for (const item of files) made.append(file(item));
  made.append(...words(frame.text, frame.from === me.bot.contact));
  return made;
}

function isCard(frame) {
  return (frame.buttons || []).length > 0 || /^【[^】]+】.*\n/.test(frame.text);
}

function picture(item) {
  const link = make("a");
  link.href = item.url;
  link.target = "_blank";
  const image = make("img");
  image.src = item.url;
  image.alt = item.name || "图片";
  image.loading = "lazy";
  link.append(image);
  return link;
}

const KINDS = { image: "图片", voice: "语音", video: "视频", file: "文件", location: "位置", other: "消息" };

function file(item) {
  const label = `［${KINDS[item.kind] || "文件"}］${item.name || ""}`;
  if (!item.url) return make("span", "", label);
  const link = make("a", "", label);
  link.href = item.url;
  link.download = item.name || "";
  return link;
}

/** Text with ticket numbers and mentions set off; links only in what the bot says. */
function words(text, bot) {
  const pattern = bot ? new RegExp(`${LINK.source}|${NUMBER.source}|(@\\S+)`, "g") : /(@\S+)/g;
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(document.createTextNode(text.slice(from, found.index)));
    parts.push(special(found[0]));
    from = found.index + found[0].length;
  }
  parts.push(document.createTextNode(text.slice(from)));
  return parts;
}

function special(word) {
  if (word.startsWith("#")) return make("b", "no", word);
  if (word.startsWith("@")) return make("mark", "", word);
  const link = make("a", "", word.replace(/\?.*/, "…")); // what follows is for the machine
  link.href = word;
  return link;
}

/** A card: its title, pairs like 位置：…, the hint in the last line, and a button for each answer. */
function card(frame, act) {
  const made = make("div", "bubble card");
  const lines = frame.text.split("\n");
  const title = /^【(.+?)】(.*)$/.exec(lines[0]);
  if (title) {
    lines.shift();
    const urgent = /^(紧急|平安未报)/.test(title[1]);
    if (urgent) made.classList.add("alarm");
    else if (title[1].startsWith("待确认")) made.classList.add("ask");
    const short = title[2].length <= 14;
    made.append(make("div", "card-head", short ? `${title[1]}${title[2] ? ` · ${title[2]}` : ""}` : title[1]));
    if (!short) lines.unshift(title[2]);
  }
  const inside = make("div", "card-body");
  for (const text of lines) inside.append(cardLine(text));
  made.append(inside);
  if ((frame.buttons || []).length) made.append(buttons(frame, act));
  return made;
}

function cardLine(text) {
  const pair = /^([^：\s]{2,3})：(.+)$/.exec(text);
  if (pair) {
    const made = make("div", "pair");
    const value = make("div");
    value.append(...words(pair[2], true));
    made.append(make("span", "", pair[1]), value);
    return made;
  }
  const made = make("div", /^(回复|请问|逐条回复)/.test(text) && text.length > 12 ? "hint" : "");
  made.append(...words(text, true));
  return made;
}

function buttons(frame, act) {
  const made = make("div", "buttons");
  for (const button of frame.buttons) {
    const one = make("button", "", button.label.replace(/^\d+\s*/, ""));
    one.type = "button";
    one.dataset.says = button.says;
    one.addEventListener("click", () => act(button, frame));
    made.append(one);
  }
  return made;
}

/** Mark a card as answered with these words. */
export function choose(lineElement, says) {
  for (const button of lineElement.querySelectorAll(".buttons button")) {
    button.disabled = true;
    if (button.dataset.says === says) button.classList.add("chosen");
  }
}

export function quoteText(quote, me) {
  const who = quote.from === me.bot.contact ? me.bot.name : quote.name || "";
  return `${who ? `${who}：` : ""}${quote.text || "［消息］"}`;
}
