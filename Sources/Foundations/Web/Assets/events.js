/** Reads the text of server-sent events as it comes in, in pieces of any size. */
export class EventReader {
  #rest = "";
  #skipsNewline = false;
  #event = "";
  #data = [];
  /** The id that a later connection resumes after. */
  lastId;

  constructor(lastId, onEvent) {
    this.lastId = lastId;
    this.onEvent = onEvent;
  }

  /** Takes the next piece. */
  feed(piece) {
    if (this.#skipsNewline && piece.startsWith("\n")) piece = piece.slice(1);
    this.#skipsNewline = piece.endsWith("\r");
    const lines = (this.#rest + piece).split(/\r\n|\r|\n/);
    this.#rest = lines.pop();
    for (const line of lines) this.#read(line);
  }

  /** Forgets a half event when a connection broke inside it. */
  reset() {
    this.#rest = "";
    this.#skipsNewline = false;
    this.#clear();
  }

  #read(line) {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id" && !value.includes("\0")) this.nextId = value;
  }

  #dispatch() {
    // The id counts only once the event has been handed over, or a break in between would skip it.
    const { nextId } = this;
    const name = this.#event || "message";
    const data = this.#data.join("\n");
    const has = this.#data.length > 0;
    this.#clear();
    if (has) this.onEvent(name, data, nextId);
    if (nextId !== undefined) this.lastId = nextId;
  }

  #clear() {
    this.#event = "";
    this.#data = [];
    this.nextId = undefined;
  }
}
