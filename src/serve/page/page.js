/* Which view is shown. The page shows what the API answers and computes nothing of its own. */
import {$, day} from "/base.js";

const VIEWS = ["ask", "over-time", "substance", "manifest", "record", "law", "api"];
const begun = {};

async function route() {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const view = VIEWS.includes(query.view) ? query.view : "ask";
  delete query.view;
  for (const name of VIEWS) $(name).hidden = name !== view;
  for (const link of document.querySelectorAll("nav a"))
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  const shown = await import(`/${view}.js`);
  if (!begun[view]) shown.begin();
  begun[view] = true;
  shown.show(query);
}

function begin() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view],a[data-example]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    route();
  });
  addEventListener("popstate", route);
  fetch("/healthz").then((reply) => reply.json()).then((told) => {
    $("edition").textContent = `Law of ${day(told.law.edition)}`;
  }).catch(() => {});
  route();
}

begin();
