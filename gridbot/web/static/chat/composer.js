// The place to write: text, a picture, a quote, and words to tap.

import { quoteText } from "./bubble.js";

const TALLEST = 132; // px

export class Composer {
  /** `place`: the pane's element; `on`: say(text, extras), tell(sentence) */
  constructor(place, me, on) {
    Object.assign(this, { me, on });
    this.find = (selector) => place.querySelector(selector);
    this.text = this.find("textarea");
    this.prepareText();
    this.preparePicture();
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.find(".quoting button").addEventListener("click", () => this.quote(null));
    this.find(".at").addEventListener("click", () => this.write(`@${me.bot.name} `));
  }

  prepareText() {
    this.text.addEventListener("input", () => this.fit());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.find(".composer").requestSubmit();
    });
    this.text.addEventListener("paste", (event) => {
      const image = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
      if (image) this.choosePicture(image);
    });
  }

  preparePicture() {
    const file = this.find("input[type=file]");
    file.addEventListener("change", () => {
      if (file.files[0]) this.choosePicture(file.files[0]);
      file.value = "";
    });
    this.find(".picture button").addEventListener("click", () => this.choosePicture(null));
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, TALLEST)}px`;
    this.find(".send").disabled = !this.text.value.trim() && !this.chosen;
  }

  /** A word to tap above the place to write. */
  chip(label, act, className = "") {
    const one = document.createElement("button");
    one.type = "button";
    one.className = className;
    one.textContent = label;
    one.addEventListener("click", act);
    this.find(".chips").append(one);
    this.find(".chips").hidden = false;
  }

  /** A sentence to try; it goes once something was said. */
  suggest(words) {
    if (!this.find(".try")) this.chip(`试一句：${words}`, () => this.write(words), "try");
  }

  tried() {
    this.find(".try")?.remove();
    this.find(".chips").hidden = !this.find(".chips").children.length;
  }

  write(words) {
    this.text.value = this.text.value.includes(words) ? this.text.value : words + this.text.value;
    this.fit();
    this.text.focus();
  }

  async send() {
    const text = this.text.value.trim();
    const picture = this.chosen;
    if (!text && !picture) return;
    const quote = this.quoting;
    this.text.value = "";
    this.quote(null);
    this.choosePicture(null);
    this.fit();
    this.text.focus();
    if (!picture) return void this.on.say(text, { quote });
    try {
      const { id, url } = await this.upload(picture);
      this.on.say(text, { quote, media: [id], preview: url });
    } catch (problem) {
      this.on.tell(problem.message);
      this.text.value = text;
      this.fit();
    }
  }

  async upload(picture) {
    const query = new URLSearchParams({ contact: this.me.contact });
    const answer = await fetch(`/chat/upload?${query}`, { method: "POST", body: picture }).catch(() => null);
    if (answer?.ok) return answer.json();
    if (answer?.status === 413) throw new Error("图片太大，请选 5 MB 以内的。");
    throw new Error(answer?.status === 415 ? (await answer.json()).error : "图片没有发出去，请重试。");
  }

  choosePicture(picture) {
    const place = this.find(".picture");
    this.chosen = picture;
    place.hidden = !picture;
    if (picture) place.querySelector("img").src = URL.createObjectURL(picture);
    this.fit();
  }

  quote(frame) {
    this.quoting = frame;
    const place = this.find(".quoting");
    place.hidden = !frame;
    if (!frame) return;
    place.querySelector("span").textContent = `引用 ${quoteText({ ...frame, name: frame.name }, this.me)}`;
    this.text.focus();
  }
}
