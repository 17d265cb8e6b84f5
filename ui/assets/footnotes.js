// Footnotes: hover shows the quote, click opens the paper in the panel, arrow keys step along.
Footnote.panel = (() => {
  const GAP = 10;
  let card = null; // the quote that hovers
  let drawn = ""; // the cards that the panel shows

  function hideCard() {
    card?.remove();
    card = null;
    document.querySelector("a.fn[aria-describedby]")?.removeAttribute("aria-describedby");
  }

  function showCard(link) {
    hideCard();
    const quote = link.dataset.quote;
    if (!quote) return;
    card = document.createElement("div");
    card.className = "fn-card";
    card.id = "fn-card";
    link.setAttribute("aria-describedby", card.id);
    card.setAttribute("role", "tooltip");
    card.textContent = `“${quote}”`;
    document.body.append(card);
    place(link);
  }

  function place(link) {
    const box = link.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left - 40), window.innerWidth - card.offsetWidth - 8);
    const below = box.bottom + 8 + card.offsetHeight < window.innerHeight;
    card.style.left = `${left}px`;
    card.style.top = `${below ? box.bottom + 8 : box.top - card.offsetHeight - 8}px`;
  }

  // Fill the panel with the cards of a turn, unless they are there already. An answer that still grows
  // brings more cards and more marks; the reader's place is kept.
  function fill(turn) {
    const cards = document.getElementById(`cards-${turn}`);
    const panel = document.getElementById("papers");
    if (!cards || !panel) return null;
    if (panel.dataset.turn !== turn || drawn !== cards.innerHTML) {
      const place = panel.dataset.turn === turn ? panel.scrollTop : 0;
      const current = panel.querySelector(".card.current")?.id;
      const copies = [...cards.children].map((child) => child.cloneNode(true));
      for (const copy of copies) copy.id = `open-${copy.id}`;
      panel.replaceChildren(closing(), ...copies);
      document.getElementById(current)?.classList.add("current");
      panel.dataset.turn = turn;
      panel.scrollTop = place;
      drawn = cards.innerHTML;
    }
    return panel;
  }

  function closing() {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close";
    close.addEventListener("click", shut);
    return close;
  }

  // Show other papers in the panel, until a footnote brings the cited ones back.
  function show(html) {
    const panel = document.getElementById("papers");
    const holder = document.createElement("template");
    holder.innerHTML = html;
    panel.replaceChildren(closing(), ...holder.content.children);
    panel.scrollTop = 0;
    panel.dataset.turn = "";
    document.body.classList.add("evidence-open");
    panel.focus({ preventScroll: true });
  }

  function empty() {
    const panel = document.getElementById("papers");
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Footnotes open here: the paper, with the quoted words marked.";
    panel?.replaceChildren(hint);
    if (panel) panel.dataset.turn = "";
    document.body.classList.remove("evidence-open");
  }

  function open(link) {
    const { turn, number } = link.dataset;
    const panel = fill(turn);
    const paper = document.getElementById(`open-paper-${turn}-${number}`);
    if (!panel || !paper) return;
    document.body.classList.add("evidence-open");
    for (const other of document.querySelectorAll("a.fn.current, .card.current")) {
      other.classList.remove("current");
    }
    link.classList.add("current");
    paper.classList.add("current");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = calm ? "auto" : "smooth";
    // Beside the text only the panel moves: what is being read stays where it is. A sheet that would
    // cover the footnote moves the text up, too.
    const bar = panel.querySelector(".close").offsetHeight; // 0 where the panel is no sheet
    const marks = [...paper.querySelectorAll("mark")];
    const [quote] = link.dataset.quote.split(" … "); // the first of several
    const mark = marks.find((m) => m.textContent.includes(quote)) ?? marks[0];
    const room = panel.clientHeight - bar - 2 * GAP;
    const fits = !mark || mark.getBoundingClientRect().bottom - paper.getBoundingClientRect().top < room;
    const top = (fits ? paper : mark).getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTo({ top: panel.scrollTop + top - bar - GAP, behavior });
    const covered = link.getBoundingClientRect().bottom + 2 * GAP - panel.getBoundingClientRect().top;
    if (bar && covered > 0) window.scrollBy({ top: covered, behavior });
  }

  function shut() {
    document.body.classList.remove("evidence-open");
    document.querySelector("a.fn.current")?.focus({ preventScroll: true });
  }

  const isSheet = () => Boolean(document.querySelector("#papers .close")?.offsetHeight);

  const footnote = (event) => event.target instanceof Element ? event.target.closest("a.fn") : null;

  document.addEventListener("click", (event) => {
    const link = footnote(event);
    if (link) { event.preventDefault(); hideCard(); open(link); }
  });
  document.addEventListener("mouseover", (event) => { const link = footnote(event); if (link) showCard(link); });
  document.addEventListener("mouseout", (event) => { if (footnote(event)) hideCard(); });
  document.addEventListener("focusin", (event) => {
    const link = footnote(event);
    if (link?.matches(":focus-visible")) showCard(link); // a tap focuses too, and opens the paper instead
    if (event.target.closest?.("#asking")) document.body.classList.remove("evidence-open"); // a sheet would cover it
  });
  document.addEventListener("focusout", (event) => { if (footnote(event)) hideCard(); });
  document.addEventListener("scroll", () => {
    const link = card && document.querySelector("a.fn:is(:hover, :focus-visible)");
    if (link) place(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hideCard(); if (isSheet()) shut(); return; }
    const link = footnote(event);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!link || !step) return;
    const all = [...link.closest(".turn").querySelectorAll("a.fn")].filter((one) => one.offsetParent); // what a table hides, is passed over
    const next = all[all.indexOf(link) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  return { fill, show, empty };
})();
