// Tables of papers: sort, filter by words and by what is told, hide, pick. In a set a paper is a row; in a comparison
// it is a column, whose cells carry its place. All of it works on what stands in the page; which papers are
// picked is told to exports and to the next question.
Footnote.table = (() => {
  const setOf = (element) => element.closest(".set");
  const papers = (set) => [...set.querySelectorAll("[data-paper]")]; // the row, or the head of the column
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const homes = new WeakMap(); // of each row, the group it was drawn in
  const counted = (n) => (n === 1 ? "1 paper" : `${n} papers`);
  const isColumn = (paper) => paper.matches("th");
  const cells = (paper) => (isColumn(paper) ? [...paper.closest("table").querySelectorAll(`[data-of="${paper.dataset.of}"]`)] : [paper]);
  const cell = (paper, column) =>
    paper.querySelector(`[data-column="${CSS.escape(column)}"]`) ??
    paper.closest("table").querySelector(`tr[data-column="${CSS.escape(column)}"] > [data-of="${paper.dataset.of}"]`);
  const orderOf = (paper, column) => cell(paper, column)?.dataset.order ?? "";

  function order(set) {
    const head = set.querySelector("th[aria-sort]");
    const column = head?.closest("[data-column]").dataset.column ?? "number";
    const sign = head?.getAttribute("aria-sort") === "descending" ? -1 : 1;
    const before = (one, other) =>
      sign * collator.compare(orderOf(one, column), orderOf(other, column)) ||
      collator.compare(orderOf(one, "number"), orderOf(other, "number"));
    for (const group of set.querySelectorAll("tbody")) {
      group.append(...[...group.querySelectorAll("tr[data-paper]")].sort(before));
    }
    for (const paper of papers(set).filter(isColumn).sort(before)) {
      for (const own of cells(paper)) own.parentElement.append(own);
    }
  }

  // Up, down, and where no column tells the number, back to how they came.
  function sort(button) {
    const head = button.closest("th");
    const set = setOf(button);
    const returns = !set.querySelector("th[data-column='number']");
    const next = { ascending: "descending", descending: returns ? null : "ascending" }[head.getAttribute("aria-sort")];
    for (const other of set.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    if (next !== null) head.setAttribute("aria-sort", next ?? "ascending");
    order(set);
  }

  function filter(set) {
    const words = set.querySelector("[data-words]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const mark = set.querySelector("[data-keeps]").value;
    for (const paper of papers(set)) {
      const own = cells(paper);
      const text = own.map((one) => one.textContent).join(" ").toLowerCase();
      const hidden = !words.every((word) => text.includes(word)) || (mark !== "" && !paper.dataset.marks.split(" ").includes(mark));
      for (const one of own) one.hidden = hidden;
    }
    const all = papers(set);
    const shown = all.filter((paper) => !paper.hidden).length;
    set.querySelector(".shown").textContent = shown === all.length ? counted(shown) : `${shown} of ${counted(all.length)}`;
    for (const theme of set.querySelectorAll("tr.theme")) {
      theme.hidden = ![...theme.parentElement.querySelectorAll("tr[data-paper]")].some((row) => !row.hidden);
    }
    mind(set);
  }

  function show(box) {
    for (const cell of setOf(box).querySelectorAll(`table [data-column="${CSS.escape(box.dataset.column)}"]`)) {
      cell.hidden = !box.checked;
    }
  }

  // Rows under the names of their themes, or all in one group.
  function group(box) {
    const set = setOf(box);
    const table = set.querySelector("table");
    for (const row of papers(set)) homes.set(row, homes.get(row) ?? row.parentElement);
    const all = table.tBodies[0];
    for (const row of papers(set)) (box.checked ? homes.get(row) : all).append(row);
    table.classList.toggle("flat", !box.checked);
    order(set);
    filter(set);
  }

  const shownBoxes = (set) => papers(set).filter((paper) => !paper.hidden).map((paper) => paper.querySelector("[data-pick]")).filter(Boolean);
  const chosen = (set) => [...set.querySelectorAll("[data-pick]:checked")];
  const picked = (turn) => [...turn.querySelectorAll("[data-pick]:checked")].map((box) => box.closest("[data-paper]").dataset.paper);

  // What is picked is said beside the table and at the buttons that save it.
  function mind(set) {
    const number = chosen(set).length;
    const said = set.querySelector(".picked");
    said.dataset.hint ??= said.textContent;
    said.textContent = number ? `${number} picked` : said.dataset.hint;
    for (const button of set.querySelectorAll(".picks button")) button.hidden = !number;
    for (const paper of papers(set)) {
      for (const one of cells(paper)) one.classList.toggle("is-picked", Boolean(paper.querySelector("[data-pick]:checked")));
    }
    const all = set.querySelector("[data-pick-all]");
    const boxes = shownBoxes(set);
    all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    all.indeterminate = number > 0 && !all.checked;
    const what = number ? `the ${number} picked` : "the sources";
    for (const button of set.closest(".turn").querySelectorAll("[data-do='export']")) {
      button.setAttribute("aria-label", `Save ${what} as ${button.textContent}`);
    }
    const label = set.closest(".turn").querySelector(".saves .what");
    if (label) label.textContent = number ? `Save ${number} picked:` : "Save:";
  }

  // Papers that are picked are what the next question is asked of; the line above the question box says so.
  function offer(set) {
    const turn = set.closest(".turn");
    Footnote.asking.offer(picked(turn), Footnote.conversation.saidAfter(turn.dataset.turn));
  }

  function unpick(set) {
    for (const box of chosen(set)) box.checked = false;
    mind(set);
    offer(set);
    set.querySelector("[data-pick-all], [data-pick]").focus(); // the button that was pressed is gone
  }

  document.addEventListener("change", (event) => {
    const box = event.target instanceof Element && event.target.closest(".set") ? event.target : null;
    if (!box) return;
    const set = setOf(box);
    if (box.matches("[data-pick-all]")) {
      for (const one of shownBoxes(set)) one.checked = box.checked;
    }
    if (box.matches("[data-pick], [data-pick-all]")) { mind(set); offer(set); }
    else if (box.matches("[data-column]")) show(box);
    else if (box.matches("[data-themes]")) group(box);
    else if (box.matches("[data-keeps]")) filter(set);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.(".set [data-words]")) filter(setOf(event.target));
  });
  // A title opens its paper, as the footnote behind its words does.
  document.addEventListener("click", (event) => {
    const title = event.target.closest?.(".set .title");
    title?.closest("[data-paper]")?.querySelector("a.fn")?.click();
    for (const open of document.querySelectorAll(".set .columns[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.(".set .columns[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  return { sort, unpick, picked };
})();
