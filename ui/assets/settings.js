// What the visitor chose for this session. It lives in the fields of the dialog and nowhere else: a
// reload forgets it, and the key with it.
Footnote.settings = (() => {
  const dialog = () => document.getElementById("settings");

  function choice() {
    const fields = new FormData(dialog().querySelector("form"));
    const words = ["writer", "model", "endpoint", "key"].map((name) => [name, String(fields.get(name) ?? "").trim()]);
    const numbers = ["depth", "budget"].map((name) => [name, fields.get(name) ? Number(fields.get(name)) : null]);
    return Object.fromEntries([...words, ...numbers]);
  }

  // A clear sign of who will write, where that is not what the header says.
  function sign() {
    const { writer, model, endpoint } = choice();
    const who = writer === "quotes" ? "quoting" : [model || (writer && "a model"), endpoint].filter(Boolean).join(" at ");
    document.querySelector("[data-do='settings']").textContent = who ? `Settings: ${who}` : "Settings";
  }

  Footnote.when("#settings", (box) => {
    box.addEventListener("close", sign);
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  });
  return { choice, show: () => dialog().showModal() };
})();
