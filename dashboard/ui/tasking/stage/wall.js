// The meeting on the wall: all items are drawn when the page opens, a key only shows another one.
// The address follows each step at once, in the same history entry; the server is told when the
// keys have come to rest.

const QUIET = 600; // milliseconds without a key before the server is told
const TYPED = 900; // between two digits of one number
const NOTHING = "This item asks for no decision; what does stands on the last one (End).";
const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);

export default function ({ data, parentElement, setStateValue }) {
  const wall = parentElement.querySelector(".wall") ?? built(parentElement);
  if (wall.version !== data.version) fill(wall, data);
  wall.style.colorScheme = isDark(wall) ? "dark" : "light";
  // Streamlit calls this anew for new data and for a new theme, and ends only the last call itself.
  wall.listening?.abort();
  const listening = (wall.listening = new AbortController());
  const options = { signal: listening.signal, capture: true };
  let telling = 0, typed = "", typedAt = 0;

  function show(place) {
    wall.place = Math.max(0, Math.min(place, data.items.length - 1));
    const item = data.items[wall.place];
    wall.sections.forEach((section, at) => { section.hidden = at !== wall.place; });
    wall.said.part.textContent = item.section;
    wall.said.count.textContent = `${wall.place + 1} of ${data.items.length}`;
    wall.buttons.back.disabled = wall.place === 0;
    wall.buttons.next.disabled = wall.place === data.items.length - 1;
    wall.decides.textContent = offered(ways());
    if (wall.said.unknown.textContent === NOTHING) wall.said.unknown.textContent = "";
    wall.scroll.scrollTop = 0;
    document.title = item.title;
    const url = new URL(location.href);
    url.searchParams.set("item", item.key);
    history.replaceState(history.state, "", url);
    clearTimeout(telling);
    telling = setTimeout(() => setStateValue("item", item.key), QUIET);
  }

  function number(digit) {
    const now = performance.now();
    const both = now - typedAt < TYPED ? typed + digit : digit;
    typed = Number(both) <= data.items.length ? both : digit;
    typedAt = now;
    if (Number(typed) > 0) show(Number(typed) - 1);
  }

  function ways() {
    return [...wall.sections[wall.place].querySelectorAll(".decide a")];
  }

  // To the item's one matter; of several the next is only marked, Enter opens it.
  function decide() {
    const all = ways();
    if (!all.length) wall.said.unknown.textContent = NOTHING;
    else if (all.length === 1) all[0].click();
    else all[(all.indexOf(wall.getRootNode().activeElement) + 1) % all.length].focus();
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pressed = event.composedPath()[0];
    if ((event.key === " " || event.key === "Enter") && pressed.closest?.("button, a")) return;
    // Who has come to the frame by Tab, where it scrolls, moves in it.
    const scrolls = pressed === wall.scroll && wall.scroll.scrollHeight > wall.scroll.clientHeight + 1;
    if (scrolls && (event.key === "ArrowDown" || event.key === "ArrowUp")) return;
    if (NEXT.has(event.key)) show(wall.place + 1);
    else if (BACK.has(event.key)) show(wall.place - 1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(data.items.length - 1);
    else if (/^[0-9]$/.test(event.key)) number(event.key);
    else if (event.key.toLowerCase() === "d") decide();
    else if (event.key === "Escape") location.replace(data.leave);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  let from = null;
  const touch = (event) => { from = event.changedTouches[0]; };
  const lift = (event) => {
    const to = event.changedTouches[0];
    const across = to.clientX - from.clientX, down = to.clientY - from.clientY;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) {
      show(wall.place - Math.sign(across));
    }
  };

  document.addEventListener("keydown", key, options);
  wall.addEventListener("touchstart", touch, { ...options, passive: true });
  wall.addEventListener("touchend", lift, options);
  wall.buttons.back.addEventListener("click", () => show(wall.place - 1), options);
  wall.buttons.next.addEventListener("click", () => show(wall.place + 1), options);
  wall.buttons.leave.addEventListener("click", () => location.replace(data.leave), options);
  // Who follows a link has left: told now, the server would draw the wall over the page that opens.
  addEventListener("popstate", () => clearTimeout(telling), options);
  if (wall.place === undefined) show(asked(wall, data));
  return () => {
    clearTimeout(telling);
    listening.abort();
  };
}

// The place that the address names. An item that is not on the agenda is said, not replaced silently;
// so is what else the server did not know of the address.
function asked(wall, data) {
  const key = new URL(location.href).searchParams.get("item");
  const place = data.items.findIndex((item) => item.key === key);
  const missing = key && place < 0 ? `This meeting has no item “${key}”.` : "";
  wall.said.unknown.textContent = [data.unknown, missing].filter(Boolean).join(" ");
  return Math.max(place, 0);
}

// What the key D does among an item's ways to a form or to what was decided; nothing without any.
function offered(ways) {
  if (!ways.length) return "";
  const does = ways.every((way) => way.closest(".opens")) ? "open" : "decide";
  return ways.length === 1 ? ` · D ${does}` : ` · D choose, Enter ${does}`;
}

// Whether the page is dark as it is drawn now: the server hears of a new theme only when it next runs.
function isDark(wall) {
  const [red, green, blue] = getComputedStyle(wall).backgroundColor.match(/[\d.]+/g).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

function built(parent) {
  const wall = document.createElement("div");
  wall.className = "wall";
  parent.appendChild(wall);
  return wall;
}

function fill(wall, data) {
  // The server made this markup and escaped every word in it (dashboard.ui.kit.markup).
  wall.innerHTML = data.markup;
  wall.version = data.version;
  wall.scroll = wall.querySelector(".items");
  wall.sections = [...wall.querySelectorAll(".item")];
  const named = (...names) =>
    Object.fromEntries(names.map((name) => [name, wall.querySelector(`.${name}`)]));
  wall.decides = wall.querySelector(".decides");
  wall.said = named("part", "count", "unknown");
  wall.buttons = named("back", "next", "leave");
  wall.place = undefined;
}
