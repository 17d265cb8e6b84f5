// The library as a picture: points on a canvas, the title of what is pointed at, a click to read it.
Footnote.map = (() => {
  const NEAR = 14; // pixels
  let picture = null;
  let groups = [];
  let alone = null; // the one group that stands out, if any
  let pointed = null;
  let opened = null; // the paper that is read beside the map

  const canvas = () => document.getElementById("map-canvas");
  const by = () => document.querySelector("#map-colouring input:checked").value;

  async function show() {
    const drawn = await Footnote.send("page/map", {});
    if (!drawn) return;
    picture = drawn;
    const missing = drawn.of - drawn.points.length;
    document.getElementById("map-state").textContent =
      (drawn.points.length === 1 ? "1 paper" : `${drawn.points.length.toLocaleString("en")} papers`) + (missing > 0 ? `; ${missing.toLocaleString("en")} more are not drawn: their vectors are being built, or there are too many` : "");
    const year = document.querySelector("#map-colouring input[value='year']");
    year.disabled = !Footnote.mapGroups.hasYears(picture);
    year.parentElement.title = year.disabled ? "No paper of this library has a date." : "";
    regroup();
  }

  // Group the points anew; the group that stood out is forgotten.
  function regroup() {
    if (!picture) return;
    alone = null;
    groups = Footnote.mapGroups.groups(picture, by());
    for (const point of picture.points) point.group = groups.findIndex((group) => group.holds(point));
    canvas().setAttribute("aria-label", `Map of ${picture.points.length} papers, coloured by ${by()}`);
    legend();
    draw();
  }

  function legend() {
    document.getElementById("map-legend").replaceChildren(...groups.map((group, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet-button";
      button.setAttribute("aria-pressed", String(alone === index));
      const mark = document.createElement("i");
      mark.className = group.shape;
      mark.style.background = group.colour();
      const count = document.createElement("small");
      count.textContent = picture.points.filter((point) => point.group === index).length.toLocaleString("en");
      button.append(mark, group.name, " ", count);
      button.addEventListener("click", () => { alone = alone === index ? null : index; legend(); draw(); });
      return button;
    }));
  }

  function place(point) {
    const { clientWidth: width, clientHeight: height } = canvas();
    return [(0.5 + 0.47 * point.x) * width, (0.5 - 0.46 * point.y) * height];
  }

  function draw() {
    const sheet = canvas();
    const scale = devicePixelRatio || 1;
    sheet.width = sheet.clientWidth * scale;
    sheet.height = sheet.clientHeight * scale;
    const pen = sheet.getContext("2d");
    pen.scale(scale, scale);
    const cited = new Set([...document.querySelectorAll("#turns .turn:last-child .cards [data-id]")].map((b) => b.dataset.id));
    const text = getComputedStyle(document.body).color;
    const size = picture.points.length > 3000 ? 2 : 4;
    for (const point of picture.points) {
      const [x, y] = place(point);
      const group = groups[point.group];
      pen.globalAlpha = alone === null || alone === point.group ? 0.9 : 0.12;
      pen.fillStyle = group.colour();
      Footnote.mapGroups.trace(pen, group.shape, x, y, size);
      pen.fill();
      if (cited.has(point.id) || point === pointed) ring(pen, text, x, y, 8);
      if (point.id === opened) ring(pen, text, x, y, 12);
    }
  }

  function ring(pen, colour, x, y, radius) {
    pen.globalAlpha = 1;
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }

  function find(event) {
    const box = canvas().getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best = null;
    let nearest = NEAR;
    for (const point of picture?.points ?? []) {
      if (alone !== null && alone !== point.group) continue;
      const [px, py] = place(point);
      const gap = Math.hypot(px - x, py - y);
      if (gap < nearest) { nearest = gap; best = point; }
    }
    return best;
  }

  function point(event) {
    const found = event.type === "pointerleave" ? null : find(event);
    if (found === pointed) return;
    pointed = found;
    const label = document.getElementById("map-label");
    label.hidden = !found;
    if (found) {
      const [x, y] = place(found);
      label.textContent = found.year ? `${found.title} (${found.year})` : found.title;
      label.style.left = `${Math.min(x + 12, Math.max(0, canvas().clientWidth - label.offsetWidth))}px`;
      label.style.top = `${y + 14}px`;
    }
    draw();
  }

  async function open(event) {
    const found = find(event);
    if (!found) return;
    const paper = await Footnote.send("page/paper", { id: found.id });
    if (!paper) return;
    opened = found.id;
    draw();
    const place = document.getElementById("map-paper");
    place.innerHTML = paper.html;
    place.scrollTop = 0;
    place.scrollIntoView({ block: "nearest" });
  }

  Footnote.when("#map-canvas", (sheet) => {
    sheet.addEventListener("pointermove", point);
    sheet.addEventListener("pointerleave", point);
    sheet.addEventListener("click", open);
    new ResizeObserver(() => { if (picture && sheet.clientWidth) draw(); }).observe(sheet);
  });
  document.addEventListener("change", (event) => { if (event.target.name === "map-by") regroup(); });
  return { show, points: () => picture?.points ?? [], place };
})();
