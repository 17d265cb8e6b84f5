// Change the element `old` into `fresh` with as few changes as can be, so that focus, selection and opened folds survive.
Footnote.morph = (old, fresh) => {
  for (const { name } of [...old.attributes]) {
    const ours = name === "open" || (name === "class" && old.classList.contains("current"));
    if (!fresh.hasAttribute(name) && !ours) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name === "class" && old.classList.contains("current")) continue;
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((node, at) => {
    const there = before[at];
    if (!there) old.append(node);
    else if (there.nodeName !== node.nodeName) there.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) {
      if (there.data !== node.data) there.data = node.data;
    } else Footnote.morph(there, node);
  });
  for (const rest of before.slice(after.length)) rest.remove();
};
