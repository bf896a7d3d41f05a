// An address box that proposes as one types: the combobox pattern of the ARIA Authoring Practices, list autocomplete.

const PAUSE_MS = 180;
const SHORTEST = 2;

/** `onChoose(suggestion)` when one is taken, `onType()` at each change by hand, `say(sentence)` for screen readers. */
export class AddressBox {
  constructor(input, { url, words, onChoose, onType, say }) {
    Object.assign(this, { input, url, words, onChoose, onType, say });
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.list = this.#makeList();
    this.#tie();
  }

  #makeList() {
    const around = document.createElement("div");
    around.className = "map-suggest";
    this.input.before(around);
    const list = document.createElement("ul");
    list.id = `${this.input.id}-propositions`;
    list.className = "map-suggest__list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.words.suggestions);
    list.hidden = true;
    around.append(this.input, list);
    return list;
  }

  #tie() {
    const attributes = {
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the box
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(Number(option.dataset.index));
    });
  }

  #typed() {
    this.onType();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const typed = this.input.value.trim();
    const turn = ++this.asked;
    if (typed.length < SHORTEST) return this.close();
    const found = await this.#fetch(typed);
    if (turn !== this.asked || !found || document.activeElement !== this.input) return;
    this.#show(found);
  }

  async #fetch(typed) {
    try {
      const response = await fetch(`${this.url}?${new URLSearchParams({ q: typed.slice(0, 200) })}`);
      return response.ok ? (await response.json()).suggestions : null;
    } catch {
      return null;
    }
  }

  #show(found) {
    this.options = found;
    this.list.replaceChildren(...found.map((one, index) => this.#option(one, index)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.#mark(-1);
    const { found_none, found_one, found_many } = this.words;
    this.say(found.length > 1 ? found_many.replace("{n}", found.length) : found.length ? found_one : found_none);
  }

  #option(suggestion, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = suggestion.label;
    return option;
  }

  #mark(index) {
    this.active = index;
    for (const [at, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(at === index));
    const option = this.list.children[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const isOpen = !this.list.hidden;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" && !isOpen) this.#ask();
    else if (event.key === "ArrowDown") this.#mark(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp" && isOpen) this.#mark(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Enter" && isOpen && this.active >= 0) this.#choose(this.active);
    else if (event.key === "Escape" && isOpen) this.close();
    else return;
    event.preventDefault();
  }

  #choose(index) {
    const suggestion = this.options[index];
    this.input.value = suggestion.query || suggestion.label;
    this.close();
    this.onChoose(suggestion);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1; // an answer on its way comes too late
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }
}
