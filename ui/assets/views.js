// The address says what is shown: #/ asks, #/papers, #/map and #/evaluation[/RUN[/RUN]] are the other
// views, and #/c/CONVERSATION[/TURN] opens a kept conversation.
(() => {
  const VIEWS = ["ask", "papers", "map", "evaluation"];

  function route() {
    const [, first = "", id = "", name = null] = location.hash.replace(/^#/, "").split("/");
    const view = VIEWS.includes(first) ? first : "ask";
    document.body.dataset.view = view;
    document.body.classList.remove("evidence-open");
    for (const link of document.querySelectorAll("#header nav a")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const here = Footnote.conversation.current();
    if (!first && here) history.replaceState(null, "", `#/c/${here}`); // it stays on the page
    if (first === "c" && id) Footnote.conversation.open(id, name);
    if (view === "papers") Footnote.papers.show();
    if (view === "map") Footnote.map?.show();
    if (view === "evaluation") Footnote.evaluation.show(decodeURIComponent(id), decodeURIComponent(name ?? ""));
    if (view !== "ask") window.scrollTo(0, 0);
  }

  // Back to a conversation that is still on the page, from another view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#header nav a[data-view='ask']");
    const id = Footnote.conversation.current();
    if (link && id) { event.preventDefault(); location.hash = `#/c/${id}`; }
  });
  window.addEventListener("hashchange", route);
  Footnote.when("#turns", () => Footnote.when("#header nav", route));
})();
