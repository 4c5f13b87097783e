/** Contacts put to this adviser: each until its time is over, with accept and refuse. */
import { byId, make, reconcile, setText } from "../web/dom.js";
import { clock, secondsSince, secondsUntil, timeOfDay } from "../web/time.js";
import { runClock } from "./ticker.js";

const refusals = ["Not my subject", "I know this customer", "Something is wrong with my equipment", "I need a moment"];

export class Offers {
  #known = new Set();
  #busy = new Set();
  #accepted = null;
  /** Hears of a contact that has just become hers by her own wish. */
  onAccepted = () => {};

  constructor(store, act, dialogs, alerts) {
    this.store = store;
    this.act = act;
    this.dialogs = dialogs;
    this.alerts = alerts;
    this.list = byId("offers");
    this.template = byId("offer-template").content.firstElementChild;
    store.on("desk", () => this.show());
  }

  show() {
    const { offers } = this.store.desk;
    reconcile(this.list, offers, (offer) => offer.id, (offer) => this.#create(offer));
    byId("offers-none").hidden = offers.length > 0;
    document.querySelector(".offers").classList.toggle("has-some", offers.length > 0);
    const news = offers.filter((offer) => !this.#known.has(offer.id));
    if (news.length) this.alerts.offers(news, inWords(news, offers[0]));
    this.#known = new Set(offers.map((offer) => offer.id));
    this.alerts.offersLeft(offers.length);
    const mine = this.#accepted && this.store.contact(this.#accepted);
    if (mine) this.#take(mine.id);
  }

  /** Accepts an offer, or the first. The chat appears when the server says it is hers. */
  async accept(offer = this.store.desk?.offers[0]) {
    if (!offer || this.#busy.has(offer.id)) return;
    await this.#try(offer, ["Accepting…", `Accepted: ${offer.customerName}`], async () => {
      const answer = await this.act("POST", `offers/${offer.id}/acceptance`, {});
      this.#accepted = answer?.contact?.id ?? answer?.contact ?? offer.contact;
      if (this.store.contact(this.#accepted)) this.#take(this.#accepted);
    });
  }

  #take(id) {
    this.#accepted = null;
    this.store.select(id);
    this.onAccepted(id);
  }

  async refuse(offer = this.store.desk?.offers[0]) {
    if (!offer || this.#busy.has(offer.id)) return;
    setText(byId("refuse-title"), `Refuse ${offer.customerName}: why?`);
    setText(byId("refuse-words"), `${offer.customerName} keeps the place in the queue.`);
    const reason = await this.dialogs.choose("refuse", this.store.desk.refusalReasons ?? refusals);
    if (reason) await this.#try(offer, ["Refusing…", `Refused: ${offer.customerName}`], () => this.act("POST", `offers/${offer.id}/refusal`, { reason }));
  }

  async #try(offer, [before, after], work) {
    const element = this.list.querySelector(`[data-key="${CSS.escape(String(offer.id))}"]`);
    const buttons = element?.querySelectorAll("button") ?? [];
    const left = element?.querySelector(".offer-problem");
    this.#busy.add(offer.id);
    for (const button of buttons) button.disabled = true;
    if (left) left.hidden = true;
    setText(byId("desk-says"), before);
    try {
      await work();
      setText(byId("desk-says"), after);
    } catch (error) {
      for (const button of buttons) button.disabled = false;
      if (element?.isConnected) {
        left.hidden = false;
        setText(left, error.detail);
        setText(byId("desk-says"), error.detail);
      } else {
        this.dialogs.tell(error.detail);
      }
    } finally {
      this.#busy.delete(offer.id);
    }
  }

  #create(offer) {
    const element = this.template.cloneNode(true);
    const part = (name) => element.querySelector(`.offer-${name}`);
    setText(part("name"), offer.customerName);
    const earlier = offer.earlierContacts ? `, ${offer.earlierContacts} earlier` : "";
    part("queue").append(make("span", { text: offer.queue.name, lang: offer.queue.language }), `${earlier}, waiting `, waiting(offer));
    setText(part("words"), offer.firstMessage ?? "");
    if (offer.note) {
      part("note").hidden = false;
      setText(part("note"), `Transferred: ${offer.note}`);
    }
    part("away").hidden = !offer.customerAway;
    if (offer.customerAway) setText(part("away"), `Not seen since ${timeOfDay(offer.customerAway.since)}`);
    runClock(part("left"), { until: offer.until });
    const bar = part("bar").firstElementChild;
    bar.dataset.barUntil = offer.until;
    bar.dataset.whole = Math.max(1, offer.offeredAt ? (Date.parse(offer.until) - Date.parse(offer.offeredAt)) / 1000 : secondsUntil(offer.until));
    const [accept, refuse] = element.querySelectorAll("button");
    accept.addEventListener("click", () => this.accept(offer));
    refuse.addEventListener("click", () => this.refuse(offer));
    accept.setAttribute("aria-label", `Accept ${offer.customerName}`);
    refuse.setAttribute("aria-label", `Refuse ${offer.customerName}`);
    return element;
  }
}

/** New offers in words; the key accepts the first of all that stand. */
function inWords(news, first) {
  const words = news.map((offer) => `Offer: ${offer.customerName}, ${offer.queue.name}, waiting ${clock(secondsSince(offer.arrivedAt))}.`);
  const which = news.length === 1 && news[0] === first ? "" : ` ${first.customerName}`;
  return `${words.join(" ")} Alt A accepts${which}.`;
}

function waiting(offer) {
  const element = document.createElement("span");
  element.className = "number";
  runClock(element, { since: offer.arrivedAt });
  return element;
}
