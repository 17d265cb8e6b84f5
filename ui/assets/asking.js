// How the next question is to be asked: of which papers, and for what kind of answer. What was chosen
// holds for one question; the page above goes with each as the conversation that was said so far.
Footnote.asking = (() => {
  let about = null; // { ids, said }: papers that were picked, and the conversation that showed them

  const line = () => document.getElementById("asked-of");
  const kind = () => document.querySelector("#asking-line select");
  const box = () => document.querySelector("#question textarea");
  const counted = (n) => (n === 1 ? "1 paper" : `${n} papers`);

  function draw() {
    line().replaceChildren();
    if (!about) return;
    const leave = document.createElement("button");
    leave.type = "button";
    leave.textContent = "Ask the whole library";
    leave.addEventListener("click", () => { clear(); box()?.focus(); });
    line().append(`Asked of ${counted(about.ids.length)} you picked `, leave);
  }

  function offer(ids, said) {
    about = ids.length ? { ids, said } : null;
    draw();
  }

  function pick(ids, said) { offer(ids, said); box()?.focus(); }

  function clear() { about = null; if (kind()) kind().value = ""; if (line()) draw(); }

  // As a turn was asked, so that its question can be changed and nothing else.
  function recall(asking) {
    about = asking?.papers ? { ids: asking.papers, said: asking.said } : null;
    kind().value = asking?.kind ?? "";
    draw();
  }

  // What goes with the next question, after the conversation `said`.
  function take(said) {
    const asking = { said: about?.said ?? said ?? "", kind: kind().value || null, papers: about?.ids ?? null };
    clear();
    return asking;
  }

  // The form above an answer: what a reader left as it was is told from the words again.
  function corrected(form) {
    const field = (name) => form.elements.namedItem(name);
    const same = (name) => field(name).value.trim() === field(name).defaultValue.trim();
    const words = field("question").value.trim();
    const dated = (name) => {
      const value = field(name).value.trim();
      return same(name) && !same("question") && field("question").defaultValue.includes(value.slice(0, 4)) ? "" : value;
    };
    const criteria = field("criteria");
    const isKept = criteria && (same("question") || !same("criteria"));
    const isTooLong = isKept && same("criteria") && criteria.value.length > criteria.maxLength; // and never typed by anybody
    return {
      question: words,
      kind: field("kind").value || null,
      criteria: isKept && !isTooLong ? criteria.value.trim() : "",
      papers: field("only")?.checked ? JSON.parse(field("only").value) : null,
      since: dated("since"),
      until: dated("until"),
    };
  }

  return { offer, pick, clear, recall, take, corrected };
})();
