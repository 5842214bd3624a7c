// A click on a link of the house opens its page in the session that runs, not in a new one, and is
// one entry of the browser's history: the address changes as it does by Back, which Streamlit
// follows. A new tab, a file, another site or a place on the page are the browser's own business.

export default function ({ data, parentElement }) {
  // Streamlit calls this anew for new data and for a new theme, and ends only the last call itself.
  parentElement.listening?.abort();
  const listening = (parentElement.listening = new AbortController());

  function follow(event) {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (event.button !== 0 || !plain || event.defaultPrevented) return;
    // A tile of a map is a link too, of SVG.
    const link = event.composedPath().find((part) => part.localName === "a");
    const href = link?.getAttribute("href");
    if (!href || link.hasAttribute("download")) return;
    // Streamlit has every link of its markdown open a new tab.
    const own = link.closest("[data-testid=stMarkdown]") ? "_blank" : "_self";
    if (![null, "", own].includes(link.getAttribute("target"))) return;
    const to = new URL(href, document.baseURI);
    const page = to.pathname.split("/").pop();
    if (to.origin !== location.origin || to.hash || !data.pages.includes(page)) return;
    event.preventDefault();
    event.stopPropagation();
    if (/Nav.*Link$/.test(link.dataset.testid)) {
      keep(to);
      close(link);
    }
    const other = to.pathname !== location.pathname;
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    // A card of this very page keeps its place while it is drawn anew.
    const card = other ? null : document.querySelector(`.st-key-card-${link.dataset.lands}`);
    card?.scrollIntoView({ block: "start" });
    if (other) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }

  // A room of the menu opens on what is looked at.
  function keep(to) {
    const here = new URL(location.href).searchParams;
    for (const key of data.kept) if (here.has(key)) to.searchParams.set(key, here.get(key));
  }

  // The menu's list, and on a phone the menu, go away as they do when Streamlit follows the link.
  function close(link) {
    link.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    document.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    if (link.dataset.testid.includes("Sidebar")) {
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    }
  }

  document.addEventListener("click", follow, { capture: true, signal: listening.signal });
  return () => listening.abort();
}
