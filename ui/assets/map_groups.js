// What the points of the map are grouped by, and the look of each group: a colour and a shape, never a
// colour alone. Colours are Okabe and Ito's (2008), told apart with any colour vision, made darker or
// lighter until they hold 3:1 against the sheet; years run along a scale of lightness.
Footnote.mapGroups = (() => {
  const SHAPES = ["circle", "square", "triangle"];
  const COLOURS = { light: ["#0072b2", "#c24e00", "#007a5e", "#a0408a", "#7a6a00"], dark: ["#56b4e9", "#f08a4b", "#2fcb9a", "#e29ac8", "#f0e442"] };
  const SCALE = { light: [[176, 125, 0], [0, 128, 122], [42, 26, 120]], dark: [[141, 124, 226], [63, 184, 175], [255, 224, 138]] };
  const UNKNOWN = { light: "#70757b", dark: "#a3a8ae" };
  const MOST_YEARS = 12;
  const mode = () => (document.body.classList.contains("dark") ? "dark" : "light");

  // A point between the scale's ends: 0 the oldest, 1 the newest.
  function along(share) {
    const stops = SCALE[mode()];
    const place = share * (stops.length - 1);
    const at = Math.min(Math.floor(place), stops.length - 2);
    return `rgb(${stops[at].map((from, n) => Math.round(from + (stops[at + 1][n] - from) * (place - at))).join(" ")})`;
  }

  const byTheme = (picture) => picture.themes.map((name, theme) => ({
    name,
    holds: (point) => point.theme === theme,
    shape: SHAPES[Math.floor(theme / COLOURS.light.length) % SHAPES.length],
    colour: () => COLOURS[mode()][theme % COLOURS.light.length],
  }));

  // One group a year, the oldest of many years as one, and papers without a date.
  function byYear(picture) {
    const years = [...new Set(picture.points.map((point) => point.year).filter(Boolean))].sort();
    const first = years[Math.max(0, years.length - MOST_YEARS)];
    const shown = years.filter((year) => year >= first);
    const groups = shown.map((year, n) => ({
      name: year === first && first !== years[0] ? `${year} or before` : year,
      holds: (point) => point.year === year || (year === first && point.year && point.year < first),
      shape: "circle",
      colour: () => along(shown.length > 1 ? n / (shown.length - 1) : 1),
    }));
    if (picture.points.every((point) => point.year)) return groups;
    return [...groups, { name: "no date", holds: (point) => !point.year, shape: "square", colour: () => UNKNOWN[mode()] }];
  }

  const hasYears = (picture) => picture.points.some((point) => point.year);
  const groups = (picture, by) => (by === "year" ? byYear(picture) : byTheme(picture));

  function trace(pen, shape, x, y, size) {
    pen.beginPath();
    if (shape === "square") pen.rect(x - size, y - size, 2 * size, 2 * size);
    else if (shape === "triangle") {
      pen.moveTo(x, y - 1.3 * size);
      pen.lineTo(x + 1.2 * size, y + size);
      pen.lineTo(x - 1.2 * size, y + size);
      pen.closePath();
    } else pen.arc(x, y, size, 0, 2 * Math.PI);
  }

  return { groups, hasYears, trace };
})();
