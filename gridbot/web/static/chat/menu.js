// The small menu of a message: 引用, 复制, 撤回.

const menu = document.getElementById("menu");
let actions = {};
let opener = null;

/** Show it at an element; an action that is null is left out. */
export function openMenu(anchor, given) {
  actions = given;
  opener = anchor;
  for (const item of menu.children) item.hidden = !actions[item.dataset.do];
  menu.hidden = false;
  const [at, size] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect()];
  const above = at.top - size.height - 8;
  menu.style.top = `${above > 60 ? above : Math.min(at.bottom + 8, innerHeight - size.height - 8)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - size.width / 2, innerWidth - size.width - 8))}px`;
  [...menu.children].find((item) => !item.hidden)?.focus();
}

function close() {
  if (menu.hidden) return;
  menu.hidden = true;
  opener?.focus?.();
}

menu.addEventListener("click", (event) => {
  const what = event.target.closest("button")?.dataset.do;
  close();
  actions[what]?.();
});
document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.hidden = true; });
document.addEventListener("keydown", (event) => {
  if (menu.hidden) return;
  if (event.key === "Escape") close();
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  const items = [...menu.children].filter((item) => !item.hidden);
  const step = event.key === "ArrowRight" ? 1 : items.length - 1;
  items[(items.indexOf(document.activeElement) + step) % items.length].focus();
});
addEventListener("resize", () => { menu.hidden = true; });
