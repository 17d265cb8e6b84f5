// The list of kept conversations: open, search, rename, delete, save as Markdown.
Footnote.history = (() => {
  const dialog = () => document.getElementById("history");

  function element(tag, { className = "", text = "", ...rest } = {}) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    for (const [name, value] of Object.entries(rest)) made.setAttribute(name, value);
    return made;
  }

  async function show() {
    dialog().querySelector("input").value = "";
    await draw();
    if (!dialog().open) dialog().showModal();
  }

  let asked = 0;
  async function draw() {
    const mine = ++asked;
    const words = dialog().querySelector("input").value;
    const kept = await Footnote.storage.list(words).catch(() => null);
    if (mine !== asked) return; // a later word was quicker
    const place = dialog().querySelector("ul");
    place.replaceChildren(...(kept ?? []).map(row));
    const nothing = words ? "No conversation holds these words." : "Nothing yet. What you ask is kept " + Footnote.storage.place + ".";
    dialog().querySelector(".hint").textContent = kept === null ? "Nothing can be kept now (a private window, or a server that does not answer)." : kept.length ? "" : nothing;
  }

  function row(kept) {
    const line = element("li");
    const open = element("a", { className: "title", text: kept.title, href: `#/c/${kept.id}`, dir: "auto" });
    open.addEventListener("click", () => dialog().close());
    const day = element("time", { text: kept.updated.slice(0, 10), datetime: kept.updated });
    const tools = element("span", { className: "tools" });
    for (const [name, act] of [["Rename", rename], ["Save as Markdown", save], ["Delete", remove]]) {
      const button = element("button", { text: name, type: "button", "aria-label": `${name}: ${kept.title}` });
      button.addEventListener("click", () => act(kept));
      tools.append(button);
    }
    line.append(open, day, tools);
    return line;
  }

  async function rename(kept) {
    const title = prompt("Name of the conversation", kept.title);
    if (title) await Footnote.storage.rename(kept.id, title);
    await draw();
  }

  async function remove(kept) {
    if (!confirm(`Delete “${kept.title}”? It is kept ${Footnote.storage.place}.`)) return;
    await Footnote.storage.remove(kept.id);
    if (Footnote.conversation.current() === kept.id) Footnote.conversation.startNew();
    await draw();
  }

  async function save(kept) {
    const records = (await Footnote.storage.turns(kept.id)).map((turn) => turn.record);
    const file = await Footnote.send("page/export", { format: "markdown", records, title: kept.title });
    if (file) Footnote.save(file.name, file.type, file.text);
  }

  document.addEventListener("input", (event) => { if (event.target.closest?.("#history")) draw(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#history [data-close]") || event.target === dialog()) dialog().close();
  });
  return { show };
})();
