// Narrow the list of questions to a type, a half, those that failed, or words.
(() => {
  const form = document.querySelector(".filter");
  if (!form) return;
  const rows = [...document.querySelectorAll("details.question")];
  const count = form.querySelector("output");
  const narrow = () => {
    const { type, half, failed, words } = form.elements;
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.querySelector("summary").textContent.toLowerCase();
      const fits = (!type.value || row.dataset.type === type.value)
        && (!half.value || row.dataset.half === half.value)
        && (!failed.checked || row.dataset.failed === "yes")
        && wanted.every((word) => text.includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${rows.length}`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  narrow();
})();
