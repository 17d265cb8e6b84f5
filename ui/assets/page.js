// What the scripts of the page share: a quiet line for the reader, and the way to our own server.
window.Footnote = window.Footnote ?? {};
Footnote.say = (text) => {
  const line = document.getElementById("said");
  if (!line) return;
  line.textContent = text;
  clearTimeout(Footnote.saying);
  Footnote.saying = setTimeout(() => { line.textContent = ""; }, 6000);
};
// The same for who listens to the page: what the eye sees anyway.
Footnote.tell = (text) => {
  const line = document.getElementById("heard");
  line.textContent = "";
  setTimeout(() => { line.textContent = text; }, 50); // the same words twice are said twice
};
// Post JSON to a path below the page, whatever prefix a proxy gives it; null when that failed.
Footnote.send = async (path, body) => {
  try {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    Footnote.say(typeof answer.detail === "string" ? answer.detail : `The server refused this (${response.status}).`);
  } catch {
    Footnote.say("The server does not answer. What is on the page stays; try again in a moment.");
  }
  return null;
};
Footnote.copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not over plain http from another machine
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  Footnote.say("Copied.");
};
Footnote.save = (name, type, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};
// Gradio draws the page after these scripts have run: call `act` with the element once it is there.
Footnote.when = (selector, act) => {
  const found = document.querySelector(selector);
  if (found) act(found);
  else setTimeout(() => Footnote.when(selector, act), 30);
};
// The header stays in sight where there is room: what is scrolled to stands below it, however many lines it takes.
Footnote.when("#header", (header) => {
  new ResizeObserver(() => document.documentElement.style.setProperty("--header", `${header.offsetHeight}px`)).observe(header);
});
