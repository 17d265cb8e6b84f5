// What was typed and not yet answered survives a reload, in this tab alone: the page reloads by itself when
// its server was away.
(() => {
  const NAME = "footnote-draft";
  const field = () => document.querySelector("#question textarea");
  const reloaded = () => performance.getEntriesByType("navigation")[0]?.type === "reload";

  addEventListener("pagehide", () => {
    try { sessionStorage.setItem(NAME, field()?.value ?? ""); } catch { /* no storage: nothing to keep */ }
  });
  Footnote.when("#question textarea", (box) => {
    box.setAttribute("aria-label", "Question"); // its label holds the button, too, and would be called by it
    let kept = "";
    try { kept = reloaded() ? sessionStorage.getItem(NAME) ?? "" : ""; } catch { /* as above */ }
    if (!kept || box.value) return;
    box.value = kept;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
