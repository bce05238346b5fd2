// What is half-typed on a covered console, for the case that its page is read anew: kept for this tab alone, sealed
// with a key that a covered page does not carry and that nobody can make again once the circle is erased. Where the
// browser has no cryptography (plain HTTP from another computer) nothing is kept so.

const name = `drafts ${document.body.dataset.circle}`;
const usable = "textarea, input:not([type=hidden], [type=password], [type=file])";

const fieldsOf = (part) => [...part.querySelectorAll(usable)].filter((field) => field.form && field.name);
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const placeOf = (field) => [field.form.getAttribute("action"), field.name, isTick(field) ? field.value : ""].join(" ");
const isTyped = (field) =>
  isTick(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
const hex = (some) => [...new Uint8Array(some)].map((one) => one.toString(16).padStart(2, "0")).join("");
const keyOf = (part, use) => crypto.subtle.importKey("raw", bytes(part.dataset.drafts), "AES-GCM", false, [use]);

export async function keep(part) {
  const typed = fieldsOf(part).filter(isTyped);
  forget();
  if (!typed.length || !crypto.subtle) return;
  const drafts = typed.map((field) => [placeOf(field), isTick(field) ? field.checked : field.value]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(drafts));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(part, "encrypt"), words);
  sessionStorage.setItem(name, `${hex(iv)}.${hex(sealed)}`);
}

export async function giveBack(part) {
  const kept = sessionStorage.getItem(name);
  forget();
  if (!kept || !crypto.subtle) return;
  const [iv, sealed] = kept.split(".").map(bytes);
  const key = await keyOf(part, "decrypt");
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed).catch(() => null);
  const drafts = new Map(opened ? JSON.parse(new TextDecoder().decode(opened)) : []);
  for (const field of fieldsOf(part)) {
    const draft = drafts.get(placeOf(field));
    if (draft === undefined) continue;
    if (isTick(field)) field.checked = draft;
    else field.value = draft;
    for (let drawer = field.closest("details"); drawer; drawer = drawer.parentElement.closest("details")) {
      drawer.open = true;
    }
  }
}

export function forget() {
  sessionStorage.removeItem(name);
}
