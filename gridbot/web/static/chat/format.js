// Moments and names as people read them, in the office's time zone.

const zone = document.body.dataset.zone || "Asia/Shanghai";
const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
const DAY = 86_400_000;

/** 14:05, 昨天 14:05, 周二 14:05, 3月2日 14:05 */
export function moment(at, now = new Date()) {
  const [day, today] = [date.format(at), date.format(now)];
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / DAY);
  return `${dayName(day, ago)}${clock.format(at)}`;
}

/** 14:05 today, else the day alone: for the list of conversations. */
export function shortMoment(at, now = new Date()) {
  const [day, today] = [date.format(at), date.format(now)];
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / DAY);
  return ago === 0 ? clock.format(at) : dayName(day, ago).trim();
}

function dayName(day, ago) {
  if (ago === 0) return "";
  if (ago === 1) return "昨天 ";
  const [year, month, dom] = day.split("-").map(Number);
  if (ago > 1 && ago < 7) return `周${"日一二三四五六"[new Date(Date.UTC(year, month - 1, dom)).getUTCDay()]} `;
  return `${month}月${dom}日 `;
}

/** The letter on an avatar: the family name behind a door number or a title. */
export function initial(name) {
  const bare = name.replace(/^\S+\s+/, "").replace(/^[\d\-号楼栋单元室]+/, "");
  return [...(bare || name || "？")][0];
}

/** One of eight colours, always the same for the same person. */
export function tone(contact) {
  let sum = 0x811c9dc5;
  for (const letter of contact) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
  sum ^= sum >>> 15;
  return `tone${(sum >>> 3) % 8}`;
}

/** Whether a name is a post and a name (网格员 李网). */
export function isStaff(name) {
  return /^\S+\s\S+$/.test(name);
}

export function avatar(contact, name, bot) {
  const made = document.createElement("span");
  made.setAttribute("aria-hidden", "true");
  if (contact === bot) {
    made.className = "avatar bot";
  } else {
    made.className = `avatar ${isStaff(name) ? "staff" : tone(contact)}`;
    made.textContent = initial(name);
  }
  return made;
}

/** A new id; crypto.randomUUID is missing on plain http. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
