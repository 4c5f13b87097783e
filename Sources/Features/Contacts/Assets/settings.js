/** The dialog of keys, sound and notices; kept on this computer. */
import { byId } from "../web/dom.js";
import { likes } from "./store.js";

export function showSettings() {
  const dialog = byId("settings-dialog");
  byId("settings-open").addEventListener("click", () => dialog.showModal());
  for (const name of ["sound", "notify", "enter", "keys"]) {
    const box = byId(`set-${name}`);
    box.checked = likes[name];
    box.addEventListener("change", async () => {
      if (name === "notify" && box.checked) {
        const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
        box.checked = answer === "granted";
      }
      likes[name] = box.checked;
    });
  }
}
