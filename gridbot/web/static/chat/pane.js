// One conversation on the page: its lines, and the place to write.

import { choose, line, recalledNote } from "./bubble.js";
import { Composer } from "./composer.js";
import { moment, newId } from "./format.js";
import { openMenu } from "./menu.js";
import { Socket } from "./socket.js";

const SEPARATE_AFTER = 5 * 60_000;
const RECALL_WITHIN = 2 * 60_000;
const NEAR_END = 120;

export class Pane {
  /** `place`: the element; `seat`: {room, name, about}; `me`; `on`: {line(frame), live()}; `options`: chips, hint */
  constructor(place, seat, me, on, options = {}) {
    Object.assign(this, { place, seat, me, on, options });
    this.frames = new Map();
    this.last = null;
    this.lastCard = null;
    place.replaceChildren(document.getElementById("pane").content.cloneNode(true));
    this.find = (selector) => place.querySelector(selector);
    this.log = this.find(".lines");
    this.find("h2").textContent = seat.name;
    this.find(".pane-title p").textContent = seat.about;
    this.composer = new Composer(place, me, {
      say: (text, extras) => this.say(text, extras),
      tell: (sentence) => this.tell(sentence),
    });
    this.find(".at").hidden = !seat.room;
    for (const word of options.chips || []) this.composer.chip(word, () => this.say(word));
    this.prepareReading();
    this.showEmpty();
    this.socket = new Socket(me.contact, seat.room, {
      frame: (frame) => this.take(frame),
      state: (state) => { this.find(".state").textContent = state === "up" ? "" : "正在重新连接……"; },
    });
  }

  // ------------------------------------------------------------------ what comes in

  take(frame) {
    if (frame.error) return this.fail(frame);
    if (frame.history) return this.goLive();
    frame.fresh = Boolean(this.live);
    frame.arrived = Date.now();
    if (typeof frame.recalled === "string") return this.showRecalled(frame.recalled, frame.from);
    const key = `${frame.from}/${frame.id}`;
    const known = this.frames.get(key);
    if (known && !known.sending) return undefined;
    this.frames.set(key, frame);
    if (known) return this.settle(frame);
    this.append(frame);
    return this.on.line(frame, this);
  }

  /** Everything said before has been read; what comes now is news. */
  goLive() {
    this.live = true;
    const words = this.options.hint?.words;
    const tried = [...this.frames.values()].some((one) => one.from === this.me.contact && one.text === words);
    if (words && !tried && !this.find(".empty")) this.composer.suggest(words);
    this.toEnd();
    this.on.live();
  }

  append(frame) {
    this.find(".empty")?.remove();
    const stay = this.nearEnd() || frame.from === this.me.contact;
    this.separate(frame);
    if (frame.recalled) {
      this.log.append(recalledNote(frame, this.me));
    } else {
      this.answerCard(frame);
      if (frame.quote) frame.quote.name = this.nameOf(frame.quote.from);
      const made = line(frame, this.me, (button, card) => this.press(button, card));
      this.log.append(made);
      if ((frame.buttons || []).length) this.lastCard = made;
    }
    if (stay) this.toEnd();
    else this.find(".newer").hidden = false;
  }

  separate(frame) {
    const at = new Date(frame.at);
    if (!this.last || at - this.last > SEPARATE_AFTER) {
      const made = document.createElement("p");
      made.className = "when";
      made.textContent = moment(at);
      this.log.append(made);
    }
    this.last = at;
  }

  /** An answer in the words of a card's button settles that card, now and when it is read back later. */
  answerCard(frame) {
    if (frame.from !== this.me.contact) return;
    const card = frame.quote ? this.element(frame.quote.from, frame.quote.id) : this.lastCard;
    const says = frame.text.trim();
    const fits = card && [...card.querySelectorAll(".buttons button")].some((button) => button.dataset.says === says);
    if (!fits) return;
    choose(card, says);
    if (card !== this.lastCard) return;
    frame.plain = true; // right below its card an answer needs no quote
    this.lastCard = null;
  }

  settle(frame) {
    const made = this.element(frame.from, frame.id);
    made?.classList.remove("sending", "failed");
    made?.querySelector(".status")?.remove();
    this.on.line(frame, this);
  }

  fail(frame) {
    const made = frame.id ? this.element(this.me.contact, frame.id) : null;
    if (!made || !made.classList.contains("sending")) return this.tell(frame.error);
    made.classList.replace("sending", "failed");
    const sent = this.frames.get(`${this.me.contact}/${frame.id}`);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "status";
    again.textContent = `${frame.error}点这里重发`;
    again.addEventListener("click", () => {
      again.remove();
      made.classList.replace("failed", "sending");
      this.socket.say(sent.wire);
    });
    made.querySelector(".side").append(again);
    return undefined;
  }

  tell(sentence) {
    const made = document.createElement("p");
    made.className = "note";
    made.textContent = sentence;
    this.log.append(made);
    this.toEnd();
  }

  showRecalled(id, from) {
    const frame = this.frames.get(`${from}/${id}`);
    const made = frame && this.element(from, id);
    if (!made) return;
    made.replaceWith(recalledNote(frame, this.me));
    frame.recalled = true;
  }

  element(from, id) {
    return [...this.log.children].find((one) => one.dataset.id === id && one.dataset.from === from);
  }

  nameOf(contact) {
    if (contact === this.me.contact) return this.me.name;
    return [...this.frames.values()].findLast((frame) => frame.from === contact)?.name || "";
  }

  // ------------------------------------------------------------------ what goes out

  say(text, { quote = null, media = [], preview = null } = {}) {
    const wire = { id: newId(), text };
    if (quote) wire.quote = quote.id;
    if (media.length) wire.media = media;
    if (text.includes(`@${this.me.bot.name}`)) wire.mentions = [this.me.bot.contact];
    const frame = {
      id: wire.id, from: this.me.contact, name: this.me.name, text, at: new Date().toISOString(), sending: true, wire,
      quote: quote && { id: quote.id, from: quote.from, text: quote.text },
      media: preview ? [{ kind: "image", url: preview, name: "" }] : [],
    };
    this.frames.set(`${frame.from}/${frame.id}`, frame);
    this.append(frame);
    const made = this.element(frame.from, frame.id);
    made.classList.add("sending");
    this.toEnd();
    this.composer.tried();
    this.socket.say(wire);
  }

  /** A tap on a card's button says its words, quoting the card so that it is certain which is meant. */
  press(button, card) {
    this.say(button.says, { quote: card });
  }

  // ------------------------------------------------------------------ reading

  prepareReading() {
    this.log.addEventListener("scroll", () => { if (this.nearEnd()) this.find(".newer").hidden = true; });
    this.find(".newer").addEventListener("click", () => this.toEnd());
    this.log.addEventListener("load", () => { if (this.nearEnd(400)) this.toEnd(); }, true);
    this.log.addEventListener("click", (event) => {
      const more = event.target.closest(".more");
      if (more) this.menu(more.closest(".line"), more);
    });
    this.log.addEventListener("contextmenu", (event) => {
      const one = event.target.closest(".line");
      if (!one || event.target.closest("a, img")) return;
      event.preventDefault();
      this.menu(one, one.querySelector(".bubble"));
    });
    this.prepareLongPress();
  }

  prepareLongPress() {
    let timer = 0;
    this.log.addEventListener("touchstart", (event) => {
      const one = event.target.closest(".line");
      clearTimeout(timer);
      if (one && !event.target.closest("button")) {
        timer = setTimeout(() => this.menu(one, one.querySelector(".bubble")), 500);
      }
    }, { passive: true });
    for (const over of ["touchend", "touchmove", "touchcancel"]) {
      this.log.addEventListener(over, () => clearTimeout(timer), { passive: true });
    }
  }

  menu(made, anchor) {
    const frame = this.frames.get(`${made.dataset.from}/${made.dataset.id}`);
    if (!frame) return;
    const mine = frame.from === this.me.contact;
    const recallable = mine && !frame.sending && frame.fresh && Date.now() - frame.arrived < RECALL_WITHIN;
    openMenu(anchor, {
      quote: () => this.composer.quote(frame),
      copy: navigator.clipboard && frame.text ? () => navigator.clipboard.writeText(frame.text) : null,
      recall: recallable ? () => this.socket.recall(frame.id) : null,
    });
  }

  showEmpty() {
    const hint = this.options.hint;
    if (!hint) return;
    const made = document.createElement("div");
    made.className = "empty";
    made.append(Object.assign(document.createElement("h3"), { textContent: hint.title }));
    made.append(Object.assign(document.createElement("p"), { textContent: hint.text }));
    if (hint.words) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: hint.words });
      button.addEventListener("click", () => this.composer.write(hint.words));
      made.append(button);
    }
    this.log.append(made);
  }

  nearEnd(within = NEAR_END) {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < within;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.find(".newer").hidden = true;
  }
}
