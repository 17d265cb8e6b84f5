// Conversations, kept in this browser alone: IndexedDB holds each turn as the record that the server
// gave with it. Without storage (a private window, a full disk) the page works, and nothing is kept.
window.Footnote = window.Footnote ?? {};
Footnote.storage = (() => {
  const VERSION = 1;
  let opening = null;

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("footnote", VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("conversations", { keyPath: "id" });
        request.result.createObjectStore("turns", { keyPath: "name" }).createIndex("conversation", "conversation");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opening;
  }

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  async function store(name, mode = "readonly") {
    return (await open()).transaction(name, mode).objectStore(name);
  }

  const conversation = async (id) => done((await store("conversations")).get(id));
  const turn = async (name) => done((await store("turns")).get(name));

  // Newest first; `words` keeps those whose title, questions or answers hold every word.
  async function list(words = "") {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const all = await done((await store("conversations")).getAll());
    return all
      .filter((c) => wanted.every((word) => `${c.title} ${c.words}`.toLowerCase().includes(word)))
      .sort((a, b) => b.updated.localeCompare(a.updated));
  }

  async function turns(id) {
    const kept = await conversation(id);
    const all = await done((await store("turns")).index("conversation").getAll(id));
    return (kept?.names ?? []).map((name) => all.find((t) => t.name === name)).filter(Boolean);
  }

  // Keep a turn; `replaces` names the one whose place it takes.
  async function keep(entry, { replaces = null } = {}) {
    const now = new Date().toISOString();
    const kept = (await conversation(entry.conversation)) ?? {
      id: entry.conversation, title: entry.question.slice(0, 120), created: now, names: [], words: "",
    };
    kept.names = [...kept.names.filter((name) => name !== replaces && name !== entry.name), entry.name];
    kept.words = `${kept.words} ${entry.question} ${entry.text}`.slice(-50_000);
    kept.updated = now;
    await done((await store("turns", "readwrite")).put({ ...entry, kept: now }));
    await done((await store("conversations", "readwrite")).put(kept));
    if (replaces) await done((await store("turns", "readwrite")).delete(replaces));
  }

  async function rename(id, title) {
    const kept = await conversation(id);
    if (kept && title.trim()) await done((await store("conversations", "readwrite")).put({ ...kept, title: title.trim() }));
  }

  async function remove(id) {
    for (const entry of await turns(id)) await done((await store("turns", "readwrite")).delete(entry.name));
    await done((await store("conversations", "readwrite")).delete(id));
  }

  return { place: "in this browser alone", conversation, turn, list, turns, keep, rename, remove };
})();
