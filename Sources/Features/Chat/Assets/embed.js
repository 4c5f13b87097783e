/**
 * Puts a chat button on any page, in one line:
 * <script src="https://HOST/assets/…/chat/embed.js" data-queue="self-assessment" async></script>
 * Also: data-label (the button's words), data-title (the frame's name). Styles are set through CSSOM, which a strict policy allows.
 */
(() => {
  const script = document.currentScript;
  if (!script || !script.dataset.queue) return;
  const host = new URL(script.src).origin;
  const words = script.dataset.label || "Chat with us";
  const isNarrow = () => window.innerWidth < 480 || window.innerHeight < 560;
  let frame = null;

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "dialog");
  Object.assign(button.style, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483000", minHeight: "48px", padding: "12px 20px",
    font: "600 17px/1.2 system-ui, sans-serif", color: "#fff", background: "#0b5563", border: "2px solid #fff",
    borderRadius: "26px", cursor: "pointer", boxShadow: "0 4px 16px rgb(0 0 0 / .35)",
  });

  const panel = document.createElement("div");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", script.dataset.title || words);
  panel.hidden = true;

  const bar = document.createElement("div");
  Object.assign(bar.style, { display: "flex", justifyContent: "space-between", alignItems: "center", padding: "4px 4px 4px 16px", background: "#083d48", color: "#fff", font: "600 16px/1.2 system-ui, sans-serif" });
  const name = document.createElement("span");
  name.textContent = script.dataset.title || words;
  const shut = document.createElement("button");
  shut.type = "button";
  shut.textContent = "Close";
  Object.assign(shut.style, { minHeight: "44px", minWidth: "44px", padding: "0 12px", font: "inherit", color: "#fff", background: "transparent", border: "1px solid rgb(255 255 255 / .6)", borderRadius: "6px", cursor: "pointer" });
  bar.append(name, shut);
  panel.append(bar);

  function fit() {
    const whole = isNarrow();
    Object.assign(panel.style, {
      display: panel.hidden ? "none" : "flex", flexDirection: "column", position: "fixed", zIndex: "2147483001", background: "#fff", overflow: "hidden",
      right: whole ? "0" : "16px", bottom: whole ? "0" : "16px", width: whole ? "100%" : "400px", height: whole ? "100%" : "min(640px, calc(100% - 32px))",
      borderRadius: whole ? "0" : "12px", boxShadow: "0 8px 40px rgb(0 0 0 / .4)",
    });
  }

  function open() {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = script.dataset.title || words;
      frame.src = `${host}/chat/${encodeURIComponent(script.dataset.queue)}?embedded=1`;
      Object.assign(frame.style, { flex: "1", width: "100%", border: "0" });
      panel.append(frame);
    }
    panel.hidden = false;
    button.hidden = true;
    button.style.display = "none";
    button.setAttribute("aria-expanded", "true");
    fit();
    shut.focus();
  }

  /** The frame stays, so that the chat goes on and is there when it is opened again. */
  function close() {
    panel.hidden = true;
    button.hidden = false;
    button.style.display = "";
    button.setAttribute("aria-expanded", "false");
    fit();
    button.focus();
  }

  button.addEventListener("click", open);
  shut.addEventListener("click", close);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("resize", fit);
  // Keys pressed inside the frame do not reach this page: the chat tells us about Escape. Where the browser forbids
  // the frame to store anything, this page keeps its drafts and its place for this tab.
  const prefix = `touchdown ${host} `;
  const keepers = {
    close,
    keep: ({ key, value }) => (value === null ? sessionStorage.removeItem(prefix + key) : sessionStorage.setItem(prefix + key, JSON.stringify(value))),
    recall: () => {
      const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
      const values = Object.fromEntries(keys.map((key) => [key.slice(prefix.length), JSON.parse(sessionStorage.getItem(key))]));
      frame.contentWindow.postMessage({ touchdown: "kept", values }, host);
    },
  };
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== host) return;
    const work = Object.hasOwn(keepers, event.data?.touchdown) ? keepers[event.data.touchdown] : null;
    try {
      work?.(event.data);
    } catch {
      // Storage is forbidden here too: the chat goes on, only a refresh would lose it.
    }
  });
  const place = () => {
    document.body.append(button, panel);
    fit();
  };
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
