// The Evaluation view: the runs, one run, or two side by side; a question opens to its answer.
Footnote.evaluation = (() => {
  const place = () => document.getElementById("evaluation-shown");
  let asked = 0;
  let shown = ""; // the run whose questions are on the page

  // Without a name, the list; with one, that run; with two, what changed from the first to the second.
  async function show(first = "", second = "") {
    const mine = ++asked;
    const found = await (second ? Footnote.send("page/run/compare", { before: first, after: second })
      : first ? Footnote.send("page/run", { run: first }) : Footnote.send("page/runs", {}));
    if (mine !== asked) return;
    if (!found) { if (first) location.hash = "#/evaluation"; return; }
    shown = second ? "" : first;
    document.getElementById("evaluation-title").textContent = found.title ?? "Evaluation";
    document.getElementById("evaluation-tools").hidden = !first;
    const report = document.getElementById("evaluation-report");
    report.hidden = !shown;
    report.href = `page/report/${encodeURIComponent(shown)}`;
    place().innerHTML = found.html;
    const form = place().querySelector(".filter");
    if (form) { form.hidden = false; narrow(form); }
  }

  async function unfold(details) {
    if (!details.open || details.querySelector(".open") || !details.dataset.id) return;
    const found = await Footnote.send("page/run/question", { run: shown, question: details.dataset.id });
    if (found) details.insertAdjacentHTML("beforeend", found.html);
  }

  // Keep the questions of a type, a half, those that failed, those that hold the words.
  function narrow(form) {
    const { type, half, failed, words } = form.elements;
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...place().querySelectorAll("details.question")];
    for (const row of rows) {
      const text = row.querySelector("summary").textContent.toLowerCase();
      row.hidden = !((!type.value || row.dataset.type === type.value) && (!half.value || row.dataset.half === half.value)
        && (!failed.checked || row.dataset.failed === "yes") && wanted.every((word) => text.includes(word)));
    }
    form.querySelector("output").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  }

  const ticked = () => [...place().querySelectorAll(".runs input:checked")];

  // The list is newest first: the older of the two is what the newer is held against.
  function compare() {
    const [after, before] = ticked().map((box) => box.value);
    location.hash = `#/evaluation/${encodeURIComponent(before)}/${encodeURIComponent(after)}`;
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("#evaluation-shown .runs input")) return;
    const others = ticked().filter((box) => box !== event.target);
    if (others.length > 1) others[0].checked = false; // two at most
    place().querySelector("[data-do='compare-runs']").disabled = ticked().length !== 2;
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("#evaluation-shown .filter");
    if (form) narrow(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("#evaluation-shown .filter")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-do='compare-runs']")) compare();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("#evaluation-shown details.question")) unfold(event.target);
  }, true);
  return { show };
})();
