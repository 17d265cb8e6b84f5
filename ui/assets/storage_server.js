// Conversations of a named user, kept on the server: the same as `storage.js` does in the browser, asked of
// `page/kept`. The page says by a mark in its head that the server keeps them.
if (document.querySelector("meta[name='footnote-keeps'][content='server']")) {
  Footnote.storage = (() => {
    async function ask(what, body) {
      const answer = await Footnote.send(`page/kept/${what}`, body);
      if (!answer) throw new Error("not kept");
      return answer;
    }

    return {
      place: "on this server, for you alone",
      conversation: async (id) => (await ask("conversation", { id })).conversation,
      turn: async (name) => (await ask("turn", { id: name })).turn,
      turns: async (id) => (await ask("turns", { id })).turns,
      list: async (words = "") => (await ask("list", { words: words.slice(0, 500) })).conversations,
      keep: async (entry, { replaces = null } = {}) => { await ask("keep", { entry, replaces }); },
      rename: async (id, title) => { await ask("rename", { id, title }); },
      remove: async (id) => { await ask("remove", { id }); },
    };
  })();
}
