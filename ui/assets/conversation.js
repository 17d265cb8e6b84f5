// The conversation of this tab. The server answers one question at a time and forgets it; the turns
// stand here, in the order in which they were asked. What grows is redrawn in place, so that focus,
// selection and opened folds survive.
Footnote.conversation = (() => {
  let id = null;
  let running = null; // { name, question, replaces, asking, draft }: the question that is being answered
  let editing = null; // the turn whose question stands in the box, to be asked instead
  let known = new Map(); // of each turn, how it was asked, and the conversation after it: { asking, said }

  const room = () => document.getElementById("turns");
  const turnOf = (name) => room()?.querySelector(`.turn[data-turn="${CSS.escape(name)}"]`);
  const box = () => document.querySelector("#question textarea");

  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The conversation after the last turn that has one; `before` names a turn to stop at.
  function said({ before = null } = {}) {
    let last = "";
    for (const turn of room()?.children ?? []) {
      if (turn.dataset.turn === before) return known.get(before)?.asking?.said ?? last;
      last = known.get(turn.dataset.turn)?.said ?? last;
    }
    return last;
  }

  // What Gradio calls as a question is sent: it needs a name before its answer can be shown.
  function begin(question) {
    const { replaces, asking } = waiting ?? { replaces: editing };
    waiting = null;
    editing = null;
    document.body.classList.remove("editing");
    if (!question.trim()) return [question, "", "", ""];
    settle();
    id ??= fresh();
    running = {
      name: fresh(), question, replaces, conversation: id,
      asking: asking ?? Footnote.asking.take(said({ before: replaces })),
    };
    if (replaces) Footnote.asking.clear(); // what was picked in it goes with it
    return [question, running.name, JSON.stringify(Footnote.settings.choice()), JSON.stringify(running.asking)];
  }

  let waiting = null; // what `ask` hands to the next `ticket`
  // Ask as a button says; without `asking`, as the controls at the question box say.
  function ask(question, { replaces = null, asking = null } = {}) {
    waiting = { question, replaces, asking };
    document.querySelector("#again")?.click();
  }
  const ticket = () => begin(waiting?.question ?? "");

  // How a turn was asked, to ask it again; one kept before this was noted is asked anew.
  const asked = (name) => known.get(name)?.asking ?? { said: said({ before: name }) };

  function edit(question, { replaces = null } = {}) {
    const field = box();
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    editing = replaces;
    document.body.classList.toggle("editing", Boolean(replaces));
    Footnote.asking.recall(replaces ? asked(replaces) : null);
  }

  function forgetEdit() {
    if (!editing) return;
    edit("");
  }

  // A turn that will not grow any more says so. What was checked of it until then is kept.
  function settle() {
    const over = running;
    running = null;
    for (const stage of room()?.querySelectorAll(".turn .stage") ?? []) {
      stage.textContent = "stopped";
      stage.classList.replace("stage", "stopped");
    }
    for (const actions of room()?.querySelectorAll(".when-stopped") ?? []) actions.hidden = false;
    if (!over) return;
    known.set(over.name, { asking: over.asking, said: over.draft?.said });
    if (over.draft) finish(over);
    else if (turnOf(over.name)?.querySelector(".stopped")) Footnote.tell("Stopped.");
  }

  async function finish(over) {
    const drawn = await draw([{ ...over, record: over.draft.record, shown: shown(over.name) }]);
    const here = turnOf(over.name);
    if (!drawn || !here) return;
    Footnote.morph(here, drawn[0]);
    Footnote.tell(summary(here));
    Footnote.panel?.fill(over.name);
    await keep(over, over.draft);
  }

  // What Gradio calls when a run is over. Its last words may be on their way into the page still.
  function rest() {
    const over = running?.name;
    setTimeout(() => { if (over && running?.name === over) settle(); }, 300);
  }

  function take(article) {
    const name = article.dataset.turn;
    if (!running || running.name !== name) return;
    const { record, draft, said } = article.dataset;
    for (const kept of ["record", "draft", "said"]) delete article.dataset[kept];
    if (draft) running.draft = { record: draft, said };
    const here = turnOf(name);
    if (here) Footnote.morph(here, article);
    else {
      const before = running.replaces && turnOf(running.replaces);
      running.form = before?.querySelector(".read-as");
      before?.remove();
      show(article);
    }
    lendForm(turnOf(name), running.form);
    if (record) {
      Footnote.panel?.fill(name);
      Footnote.tell(summary(turnOf(name)));
      known.set(name, { asking: running.asking, said });
      keep(running, { record, said });
      running = null;
    }
  }

  // Where what a reader corrected could not be read, the form stays as it was filled in, to be mended.
  function lendForm(turn, form) {
    if (form && turn.querySelector(".refusal[role='alert']") && !turn.querySelector(".read-as")) {
      turn.querySelector("h2.question").after(form);
    }
  }

  // What came of a question, in a line for who listens.
  function summary(turn) {
    const said = turn.querySelector(".answer .count, .refusal p");
    const notes = turn.querySelectorAll(".answer a.fn").length;
    return said?.textContent ?? `Answered, with ${notes === 1 ? "1 footnote" : `${notes} footnotes`}.`;
  }

  function show(article) {
    room().append(article);
    const held = document.activeElement;
    // The button that asked is gone: who goes on by keyboard goes on from the question.
    if (!held || held === document.body || held.closest("#welcome")) article.querySelector("h2.question").focus({ preventScroll: true });
    document.body.classList.add("has-turns");
    if (room().children.length > 1 || window.scrollY) article.scrollIntoView({ block: "start" });
  }

  // The notices that stand above an answer, so that they stand there when it is drawn again.
  const shown = (name) => [...(turnOf(name)?.querySelectorAll(":scope > .notice") ?? [])].map((notice) => notice.textContent);

  async function keep({ name, question, replaces, conversation, asking }, { record, said }) {
    const text = turnOf(name)?.querySelector(".as-words")?.textContent ?? "";
    try {
      const entry = { name, question, conversation, record, said, asking, text, shown: shown(name) };
      await Footnote.storage.keep(entry, { replaces });
    } catch (error) {
      Footnote.say("Nothing can be kept now; this conversation ends with the page.");
      return;
    }
    const isShown = (document.body.dataset.view ?? "ask") === "ask"; // another view has an address of its own
    if (conversation === id && isShown) history.replaceState(null, "", `#/c/${id}`);
  }

  function clear() {
    if (running) document.querySelector("#question .stop-button, #question button[aria-label='Stop']")?.click();
    running = null;
    id = null;
    forgetEdit();
    known = new Map();
    Footnote.asking.clear();
    room().replaceChildren();
    document.body.classList.remove("has-turns");
    Footnote.panel?.empty();
  }

  function startNew() {
    const left = id; // and the way back leads there
    clear();
    if (left) history.pushState(null, "", "#/");
    else history.replaceState(null, "", "#/");
    box()?.focus();
  }

  // Have kept turns drawn by the server, which checks them.
  async function draw(entries) {
    const turns = entries.map(({ name, question, record, shown = [] }) => ({ name, question, record, shown }));
    const drawn = await Footnote.send("page/draw", { turns });
    if (!drawn) return null;
    const holder = document.createElement("template");
    holder.innerHTML = drawn.html;
    return [...holder.content.children];
  }

  // Draw a kept conversation again; `name` is the turn to go to.
  async function open(wanted, name = null) {
    if (wanted === id) { if (name) goTo(name); return; }
    const entries = await Footnote.storage.turns(wanted).catch(() => []);
    clear();
    if (!entries.length) { Footnote.say("This conversation is not kept here."); return; }
    const drawn = await draw(entries);
    if (!drawn) return;
    id = wanted;
    for (const entry of entries) known.set(entry.name, { asking: entry.asking, said: entry.said });
    room().replaceChildren(...drawn);
    for (const entry of entries) if (entry.asking?.whole) turnOf(entry.name)?.querySelector(".rest")?.remove(); // it was all that can be
    document.body.classList.add("has-turns");
    Footnote.panel?.fill(name ?? entries.at(-1).name);
    goTo(name ?? entries.at(-1).name);
  }

  function goTo(name) { turnOf(name)?.scrollIntoView({ block: "start" }); Footnote.panel?.fill(name); }

  Footnote.when("#feed", (feed) => {
    const look = () => {
      const article = feed.querySelector(".turn");
      if (!article) return;
      article.remove(); // its ids must not stand in the page twice
      take(article);
    };
    const everything = { childList: true, subtree: true, attributes: true, characterData: true };
    new MutationObserver(look).observe(feed, everything);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === box()) forgetEdit();
  });

  return { begin, ask, ticket, edit, rest, startNew, open, asked, saidAfter: (name) => known.get(name)?.said ?? "", current: () => id };
})();
