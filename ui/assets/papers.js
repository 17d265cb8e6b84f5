// The Papers view: look through the library, read a paper, take one out, add files.
Footnote.papers = (() => {
  const looking = { words: "", year: "", source: "", page: 0 };
  const place = () => document.getElementById("papers-found");
  const shown = () => document.body.dataset.view === "papers";
  let asked = 0;

  async function look(change = {}) {
    Object.assign(looking, { page: 0 }, change);
    const mine = ++asked;
    const found = await Footnote.send("page/papers", looking);
    if (!found || mine !== asked) return;
    const again = refind(document.activeElement);
    place().innerHTML = found.html;
    again?.()?.focus();
  }

  // How to find what had the focus in a list that is drawn anew: a choice, a button that turns, a row's.
  function refind(held) {
    if (!held || !place().contains(held)) return null;
    const { choice } = held.dataset;
    if (choice) return () => place().querySelector(`[data-choice="${choice}"]`);
    const buttons = () => [...place().querySelectorAll("[data-do='turn']")];
    const turning = buttons().indexOf(held);
    if (turning < 0) return () => document.getElementById("papers-words");
    return () => (buttons()[turning]?.disabled ? buttons()[1 - turning] : buttons()[turning]);
  }

  // While vectors are being built, the state is asked for now and then.
  let next = null;
  async function watch() {
    clearTimeout(next);
    const state = await Footnote.send("page/state", {});
    if (!state) return;
    document.getElementById("index-state").textContent = state.index;
    refresh("#facts .facts", state.facts);
    refresh("#welcome .welcome", state.welcome);
    clearTimeout(next);
    if (state.index !== "index complete") next = setTimeout(watch, 3000);
  }

  // Where it says something else now: its buttons may have the focus.
  function refresh(selector, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const [old, fresh] = [document.querySelector(selector), holder.content.firstElementChild];
    if (old && old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
  }

  function show() { look({ page: looking.page }); watch(); }

  async function remove(button) {
    if (!confirm(`Take “${button.dataset.title}” out of the library?`)) return;
    if (await Footnote.send("page/remove", { id: button.dataset.id })) {
      Footnote.say("Removed.");
      show();
    }
  }

  async function unfold(details) {
    if (!details.open || details.querySelector(".card")) return;
    const found = await Footnote.send("page/paper", { id: details.dataset.id });
    if (found) details.insertAdjacentHTML("beforeend", found.html);
  }

  // Files go up one after the other, each with a bar of its own.
  async function add(files) {
    const lines = [...files].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("strong");
      name.textContent = file.name;
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", `Upload of ${file.name}`);
      const report = document.createElement("div");
      line.append(name, bar, report);
      document.getElementById("uploads").append(line);
      return { file, bar, report };
    });
    for (const { file, bar, report } of lines) await send(file, bar, report);
    show();
  }

  function send(file, bar, report) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", `page/add?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        if (event.loaded === event.total) bar.removeAttribute("value"); // being read
        else bar.value = event.loaded / event.total;
      };
      request.onloadend = () => {
        bar.remove();
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* the connection was cut */ }
        if (request.status === 200) report.innerHTML = answer.html;
        else report.textContent = typeof answer.detail === "string" ? answer.detail : "Not added: the server does not answer, or the file is too large.";
        resolve();
      };
      request.send(file);
    });
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "papers-words") look({ words: event.target.value.slice(0, 200) });
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "files") { add(event.target.files); event.target.value = ""; }
    else if (event.target.dataset?.choice) look({ [event.target.dataset.choice]: event.target.value });
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".papers-list details")) unfold(event.target);
  }, true);
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // or the browser would open the file in place of the page
      if (!shown() && name === "dragenter") Footnote.say("Let go to add files to the library.");
      document.getElementById("drop").classList.toggle("over", name === "dragenter" || name === "dragover");
      if (name !== "drop") return;
      if (!shown()) location.hash = "#/papers";
      add(event.dataTransfer.files);
    });
  }
  Footnote.when("#facts .facts", (facts) => { if (!facts.textContent.includes("index complete")) watch(); });
  return { show, remove, turn: (button) => look({ page: Number(button.dataset.page) }) };
})();
