// The page around the terminal: waits for the font, hears the bell, and comes back by itself after a lost connection.
"use strict";

(() => {
  const CLOSED = 1000; // by the person at the counter
  const ENDED = 4001; // by itself; the reason is ours
  const FONT_WITHIN = 3000; // milliseconds; then the terminal starts with another font
  const TRY_AGAIN = 2000;

  const words = document.body.dataset;
  const [cover, said, again] = ["cover", "said", "again"].map((id) => document.getElementById(id));
  let socket = null;
  let isLeaving = false;

  const bell = new TabBell(document.getElementById("sound"), (id, trouble) => tell("rung", { id, trouble }));
  const heard = { chime: (told) => bell.ring(told), probe: (told) => bell.probe(told), hush: () => bell.hush() };

  function tell(type, told) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify([type, told]));
  }

  function hear(event) {
    if (typeof event.data !== "string") return uncover();
    const [type, told] = JSON.parse(event.data);
    if (type in heard) heard[type](told);
  }

  function part(event) {
    bell.hush();
    if (isLeaving) return;
    if (event.code === CLOSED) return show(words.closed, true);
    if (event.code === ENDED) return show([words.ended, event.reason].filter(Boolean).join("\n"), true);
    show(words.lost);
    setTimeout(comeBack, TRY_AGAIN);
  }

  async function comeBack() {
    try {
      await fetch("/", { method: "HEAD" });
      window.location.reload(); // whatever it answers, a shut door says what to do
    } catch {
      setTimeout(comeBack, TRY_AGAIN);
    }
  }

  function show(text, mayOpen = false) {
    cover.hidden = !text;
    said.textContent = text;
    again.hidden = !mayOpen;
    if (mayOpen) again.focus();
  }

  function uncover() {
    if (cover.hidden) return;
    show("");
    focusTerminal();
  }

  function focusTerminal() {
    if (cover.hidden) document.querySelector(".xterm-helper-textarea")?.focus();
  }

  // The terminal's script opens the connection and keeps it to itself.
  window.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url);
      socket = this;
      this.addEventListener("message", hear);
      this.addEventListener("close", part);
    }
  };

  const terminal = document.getElementById("terminal");
  terminal.dataset.sessionWebsocketUrl = `${window.location.origin.replace(/^http/, "ws")}/ws`;

  const open = window.onload;
  window.onload = async (event) => {
    const late = new Promise((done) => setTimeout(done, FONT_WITHIN));
    await Promise.race([document.fonts.load("16px 'Roboto Mono'").catch(() => null), late]);
    open(event);
  };

  again.addEventListener("click", () => window.location.reload());
  window.addEventListener("focus", focusTerminal);
  window.addEventListener("click", focusTerminal);
  window.addEventListener("beforeunload", () => (isLeaving = true));
})();
