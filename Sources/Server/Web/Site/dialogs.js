// Questions that need an answer before something happens.

const byId = (id) => document.getElementById(id);

/** Asks, and returns `null` or `{reason}`. */
function ask({ title, text, action, asksReason }) {
  const dialog = byId("dialog");
  byId("dialog-title").textContent = title;
  byId("dialog-text").textContent = text;
  byId("dialog-ok").textContent = action;
  byId("dialog-reason").hidden = !asksReason;
  byId("reason").value = "";
  byId("reason").required = false;
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "ok" ? { reason: byId("reason").value.trim() } : null);
    }, { once: true });
  });
}

export const askBlock = (name) => ask({
  title: `Block ${name}?`,
  text: "You will not see each other any more, neither as friends nor as strangers. They are not told.",
  action: "Block",
});

export const askReport = (name) => ask({
  title: `Report ${name}?`, text: "Whoever runs this server reads it. They are not told.", action: "Report", asksReason: true,
});
