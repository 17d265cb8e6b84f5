// Buttons of the page: each names what it does in `data-do`.
(() => {
  const turnOf = (button) => button.closest(".turn");
  const isLast = (turn) => turn === turn.parentElement.lastElementChild;
  const question = (turn) => turn.querySelector("h2.question").textContent;
  const instead = (turn) => (isLast(turn) ? { replaces: turn.dataset.turn } : {});

  // Ask the question of a turn as it was asked, but for what `change` says.
  function again(turn, change = {}) {
    const asking = { ...Footnote.conversation.asked(turn.dataset.turn), ...change };
    Footnote.conversation.ask(question(turn), { ...instead(turn), asking });
  }

  // The form above an answer asks again, with what a reader corrected.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.(".asked-form");
    if (!form) return;
    event.preventDefault();
    const { question: words, ...corrected } = Footnote.asking.corrected(form);
    const turn = turnOf(form);
    if (!words) return;
    const { said } = Footnote.conversation.asked(turn.dataset.turn);
    Footnote.conversation.ask(words, { ...instead(turn), asking: { said, ...corrected } });
  });

  const actions = {
    ask: (button) => Footnote.conversation.ask(button.textContent),
    retry: (button) => again(turnOf(button)),
    whole: (button) => again(turnOf(button), { whole: true }),
    edit: (button) => Footnote.conversation.edit(question(turnOf(button)), instead(turnOf(button))),
    sort: (button) => Footnote.table.sort(button),
    unpick: (button) => Footnote.table.unpick(button.closest(".set")),
    "ask-picked": (button) => {
      const said = Footnote.conversation.saidAfter(turnOf(button).dataset.turn);
      Footnote.asking.pick(Footnote.table.picked(turnOf(button)), said);
    },
    copy: (button) => Footnote.copy(turnOf(button).querySelector(".as-text").textContent),
    "copy-words": (button) => Footnote.copy(turnOf(button).querySelector(".as-words").textContent),
    bibtex: (button) => Footnote.copy(button.closest(".card").querySelector(".bibtex").textContent),
    link: (button) => Footnote.copy(
      `${location.href.split("#")[0]}#/c/${Footnote.conversation.current()}/${turnOf(button).dataset.turn}`),
    similar: async (button) => {
      const found = await Footnote.send("page/similar", { id: button.dataset.id });
      if (!found) return;
      if (document.body.dataset.view !== "ask") { // the panel stands beside the conversation
        const id = Footnote.conversation.current();
        location.hash = id ? `#/c/${id}` : "#/";
        await new Promise((shown) => addEventListener("hashchange", () => setTimeout(shown), { once: true }));
      }
      Footnote.panel.show(found.html);
    },
    export: async (button) => {
      const kept = await Footnote.storage.turn(turnOf(button).dataset.turn).catch(() => null);
      if (!kept) { Footnote.say("This answer is not kept; ask again."); return; }
      const { format } = button.dataset;
      const picked = Footnote.table.picked(turnOf(button));
      const file = await Footnote.send("page/export", { format, records: [kept.record], papers: picked.length ? picked : null });
      if (file) Footnote.save(file.name, file.type, file.text);
    },
    feedback: (button) => {
      const thumbs = button.parentElement;
      for (const other of thumbs.querySelectorAll("button[aria-pressed]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      tell(turnOf(button), button.dataset.verdict, "");
      reason(turnOf(button), button.dataset.verdict);
    },
    remove: (button) => Footnote.papers.remove(button),
    turn: (button) => Footnote.papers.turn(button),
    new: () => Footnote.conversation.startNew(),
    settings: () => Footnote.settings.show(),
    history: () => Footnote.history.show(),
  };

  async function tell(turn, verdict, why) {
    const kept = await Footnote.storage.turn(turn.dataset.turn).catch(() => null);
    if (!kept) { Footnote.say("This answer is not kept; ask again."); return; }
    const sent = await Footnote.send("page/feedback", { name: kept.name, record: kept.record, verdict, reason: why });
    if (sent) Footnote.say("Noted on this server; it is sent nowhere else.");
  }

  // A line below the answer asks why; what is typed there is noted with the verdict.
  function reason(turn, verdict) {
    turn.querySelector("form.reason")?.remove();
    const form = document.createElement("form");
    form.className = "reason";
    const field = document.createElement("input");
    field.maxLength = 500;
    field.setAttribute("aria-label", "Why?");
    field.placeholder = verdict === "good" ? "What was useful? (Enter notes it)" : "What was wrong? (Enter notes it)";
    form.append(field);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) tell(turn, verdict, field.value.trim());
      form.remove();
    });
    turn.querySelector(".actions").after(form);
    field.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    actions[button?.dataset.do]?.(button);
  });
})();
