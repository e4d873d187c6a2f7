/* The pages' own script: marks in a text, dialogs, keys, what is taken away. It asks the server through one event. */
"use strict";
const desk = (() => {
  const waiting = new Map();
  let count = 0;

  const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  const typing = (event) => {
    const field = within(event, "input, select, textarea, dialog, [contenteditable]");
    /* A dialog that has just been closed may keep the focus for a moment; keys are not for it any more. */
    const dialog = field?.closest("dialog");
    return field && (!dialog || dialog.open);
  };

  function say(text) {
    const place = document.getElementById("said");
    if (!place) return;
    place.textContent = text;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { place.textContent = ""; }, 6000);
  }

  function ask(act, sent) {
    const number = ++count;
    return new Promise((resolve) => {
      waiting.set(number, resolve);
      emitEvent("desk", { ...sent, act, number });
    });
  }

  function answered(message) {
    const resolve = waiting.get(message.number);
    waiting.delete(message.number);
    if (message.sign) {
      location.assign("/desk/sign?" + new URLSearchParams({ back: location.pathname + location.search, fault: message.fault }));
    } else if (message.fault) {
      say(message.fault);
    } else if (message.said) {
      say(message.said);
    }
    if (message.verdicts) for (const [id, text] of Object.entries(message.verdicts)) verdict(id, text);
    if (message.go) location.assign(message.go);
    if (message.reload) setTimeout(() => location.reload(), 250);
    if (resolve) resolve(message);
  }

  function verdict(id, text) {
    for (const place of document.querySelectorAll("[data-verdict]")) {
      if (place.dataset.verdict === id) place.textContent = text;
    }
    for (const button of document.querySelectorAll("[data-entry][data-verdict-is]")) {
      if (button.dataset.entry === id) {
        button.setAttribute("aria-pressed", String(text.startsWith(button.dataset.verdictIs)));
      }
    }
  }

  /* Marks */
  let pinned = null;
  function pop() {
    let box = document.getElementById("pop");
    if (!box) {
      box = document.createElement("div");
      box.id = "pop";
      box.className = "pop";
      box.setAttribute("role", "tooltip");
      box.hidden = true;
      document.body.append(box);
    }
    return box;
  }
  function light(keys) {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (!keys) return;
    for (const key of keys) {
      for (const piece of document.querySelectorAll(`[data-k~="${key}"]`)) piece.classList.add("lit");
      document.getElementById(key)?.classList.add("lit");
    }
  }
  function show(mark) {
    const key = mark.dataset.main;
    const gist = document.getElementById(key)?.querySelector(".gist");
    light([key]);
    if (!gist) return;
    const box = pop();
    box.replaceChildren(...[...gist.cloneNode(true).childNodes]);
    box.hidden = false;
    const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left + scrollX, scrollX + innerWidth - box.offsetWidth - 16));
    const below = at.bottom + box.offsetHeight + 12 < innerHeight || at.top < box.offsetHeight + 12;
    box.style.left = `${left}px`;
    box.style.top = below ? `${at.bottom + scrollY + 6}px` : `${at.top + scrollY - box.offsetHeight - 6}px`;
    mark.setAttribute("aria-describedby", "pop");
  }
  function hide() {
    pop().hidden = true;
    light(null);
    pinned = null;
    document.querySelector("[aria-describedby=pop]")?.removeAttribute("aria-describedby");
  }
  function open(key) {
    const card = document.getElementById(key);
    if (!card) return;
    const why = card.querySelector("details");
    if (why) why.open = true;
    card.scrollIntoView({ block: "nearest", behavior: "smooth" });
    light([key]);
  }
  document.addEventListener("pointerover", (event) => {
    if (pinned || event.pointerType === "touch") return;
    const mark = within(event, ".mark");
    if (mark) show(mark);
    else if (!within(event, ".pop")) {
      const card = within(event, ".entry[id]");
      pop().hidden = true;
      light(card ? [card.id] : null);
    }
  });
  document.addEventListener("focusin", (event) => {
    const mark = within(event, ".mark");
    if (mark && mark.matches(":focus-visible")) show(mark);
    else if (!pinned && !mark && !pop().hidden) hide();
  });

  /* Buttons */
  async function press(button, event) {
    const data = { ...button.dataset };
    if (data.open) {
      event.preventDefault();
      const dialog = document.getElementById(data.open);
      const form = dialog.querySelector("form");
      form.reset();
      for (const [name, value] of Object.entries(JSON.parse(data.fill || "{}"))) {
        if (form.elements[name]) form.elements[name].value = value ?? "";
      }
      dialog.showModal();
      return;
    }
    if (data.act) {
      event.preventDefault();
      button.setAttribute("aria-busy", "true");
      await ask(data.act, data);
      button.removeAttribute("aria-busy");
    } else if (data.close !== undefined) {
      button.closest("dialog")?.close();
    } else if (data.theme) {
      document.cookie = `dragoman_theme=${data.theme}; path=/; max-age=31536000; samesite=strict`;
      location.reload();
    } else if (data.png) {
      event.preventDefault();
      await png(data.png);
    }
  }
  document.addEventListener("click", (event) => {
    const button = within(event, "[data-act], [data-open], [data-close], [data-theme], [data-png]");
    if (button && !(button instanceof HTMLFormElement)) return void press(button, event);
    const judged = within(event, "[data-review-act]");
    if (judged) return void review.judge(judged.dataset.reviewAct);
    const mark = within(event, ".mark");
    if (mark) {
      pinned = mark;
      show(mark);
      open(mark.dataset.main);
    } else if (!within(event, ".pop")) hide();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.add !== undefined) {
      event.preventDefault();
      await adding.send(form);
    } else if (form.dataset.act) {
      event.preventDefault();
      const sent = Object.fromEntries(new FormData(form, event.submitter));
      const answer = await ask(form.dataset.act, { ...form.dataset, ...sent });
      if (!answer.fault) form.closest("dialog")?.close();
      if (document.querySelector("[data-review]")) review.kept(sent.entry, answer);
    } else if (form.method === "get") {
      /* What is empty does not go into the address. */
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 0);
    }
  });
  document.addEventListener("change", (event) => {
    const form = within(event, "form.filters");
    if (form && within(event, "select, input[type=checkbox], input[type=date]")) form.requestSubmit();
  });

  /* Keys */
  const keys = new Map();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const mark = within(event, ".mark");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pinned = mark;
      show(mark);
      open(mark.dataset.main);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("seek")?.focus();
      return;
    }
    if (document.querySelector("[data-review]") && review.key(event)) {
      event.preventDefault();
      return;
    }
    const button = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  /* Theme: the first visit follows the system's. */
  if (!/(^|; )dragoman_theme=/.test(document.cookie) && matchMedia("(prefers-color-scheme: dark)").matches) {
    document.cookie = "dragoman_theme=dark; path=/; max-age=31536000; samesite=strict";
    if (/(^|; )dragoman_theme=dark/.test(document.cookie)) location.reload();
  }

  /* PNG: the page's content is drawn into a canvas, with its own style and nothing from outside. */
  async function png(name) {
    const source = document.querySelector(".nicegui-content");
    const copy = source.cloneNode(true);
    for (const left of copy.querySelectorAll(".foot, .said, .filters, .buttons, dialog, script")) left.remove();
    const canvases = source.querySelectorAll("canvas");
    copy.querySelectorAll("canvas").forEach((canvas, place) => {
      const image = document.createElement("img");
      image.src = canvases[place].toDataURL("image/png");
      image.width = canvases[place].clientWidth;
      image.height = canvases[place].clientHeight;
      canvas.replaceWith(image);
    });
    const sheet = await (await fetch(document.querySelector('link[href*="desk.css"]').href)).text();
    const width = source.clientWidth, height = Math.min(source.scrollHeight, 12000);
    const holder = document.createElementNS("http://www.w3.org/1999/xhtml", "div");
    holder.className = document.body.className;
    const style = document.createElement("style");
    /* There is no body in there: its rules go to the holder. */
    style.textContent = sheet.replaceAll("body.body--dark", ".body--dark").replaceAll(/(^|\n)body,/g, "$1.holder,");
    holder.classList.add("holder");
    holder.append(style, copy);
    const text = new XMLSerializer().serializeToString(holder);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${text}</foreignObject></svg>`;
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    await image.decode();
    const scale = Math.min(devicePixelRatio * 1.5, 2);
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${name}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(`Saved as ${name}.png`);
  }

  /* The map: outlines once, then the chart that waits for them. */
  let outlines = null;
  async function world(id, options) {
    const { echarts } = await import("nicegui-echart");
    outlines ??= fetch("/desk/-/world.json").then((answer) => answer.json());
    echarts.registerMap("world", await outlines);
    for (let tries = 0; tries < 200; tries++) {
      const chart = getElement(id)?.chart;
      if (chart) {
        options.tooltip.formatter = tip;
        delete options.tooltip[":formatter"];
        chart.setOption(options);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /* Review: one card at a time. */
  const review = {
    cards: () => [...document.querySelectorAll("[data-card]")],
    at: 0,
    done: new Set(),
    show(place) {
      const cards = review.cards();
      review.at = Math.max(0, Math.min(place, cards.length));
      cards.forEach((card, number) => { card.hidden = number !== review.at; });
      document.querySelector("[data-end]").hidden = review.at < cards.length;
      document.querySelector("[data-place]").textContent = review.at < cards.length ? `${review.at + 1} of ${cards.length}` : "all done";
      const bar = document.querySelector("[data-review] .progress");
      bar.setAttribute("aria-valuenow", review.done.size);
      bar.firstElementChild.style.width = `${(review.done.size / cards.length) * 100}%`;
      if (review.at === cards.length) document.querySelector("[data-end] a").focus();
    },
    kept(entry, answer) {
      if (answer.fault) return;
      review.done.add(entry);
      if (answer.so_far) document.querySelector("[data-so-far]").textContent = answer.so_far.words;
      const place = review.cards().findIndex((card) => card.dataset.card === entry);
      if (place === review.at) review.show(place + 1);
    },
    async judge(verdict) {
      const card = review.cards()[review.at];
      if (!card || card.dataset.busy) return;
      card.dataset.busy = "yes";
      const answer = await ask("judge", { entry: card.dataset.card, verdictIs: verdict });
      delete card.dataset.busy;
      review.kept(card.dataset.card, answer);
    },
    key(event) {
      const acts = { r: "right", w: "wrong", u: "unsure" };
      const card = review.cards()[review.at];
      if (event.key in acts && card?.querySelector("[data-review-act]")) review.judge(acts[event.key]);
      else if (event.key === "c") card?.querySelector("[data-open]")?.click();
      else if (event.key === "e" && card) card.querySelector("details").open = !card.querySelector("details").open;
      else if (event.key === "ArrowRight" || event.key === "ArrowDown") review.show(review.at + 1);
      else if (event.key === "ArrowLeft" || event.key === "ArrowUp") review.show(review.at - 1);
      else return false;
      return true;
    },
  };

  /* Add: the form is sent, then its job is looked at until it is over. */
  const adding = {
    async send(form) {
      const button = form.querySelector("[type=submit]");
      button.disabled = true;
      try {
        const answer = await fetch("/desk/add/take", { method: "POST", body: new FormData(form) });
        const job = await answer.json();
        if (job.fault) {
          adding.doing(job.fault, true);
          if (answer.status === 403) {
            location.assign("/desk/sign?" + new URLSearchParams({ back: "/desk/add", fault: job.fault }));
          }
          return;
        }
        form.reset();
        await adding.watch(job.id);
      } catch (error) {
        adding.doing(`The server did not answer (${error.message}). What was added before is kept; send it again.`, true);
      } finally {
        button.disabled = false;
      }
    },
    doing(words, failed) {
      const place = document.getElementById("add-doing");
      place.textContent = words;
      place.classList.toggle("notice", Boolean(failed));
    },
    async watch(id) {
      const bar = document.getElementById("add-bar");
      bar.hidden = false;
      for (;;) {
        const answer = await fetch(`/desk/add/job/${encodeURIComponent(id)}`);
        const job = await answer.json();
        if (job.fault) return adding.doing(job.fault, true);
        adding.show(job);
        if (job.over) break;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      bar.hidden = true;
    },
    show(job) {
      const number = job.added + job.there + job.failed;
      document.getElementById("add-count").textContent = `${job.added} added, ${job.there} already there, ${job.failed} refused`;
      adding.doing(job.over ? "Done." : `${job.doing} …`, false);
      document.querySelector("#add-bar i").style.width = job.over ? "100%" : `${Math.min(94, 8 + number * 9)}%`;
      const place = document.getElementById("add-lines");
      for (const line of job.lines.slice(place.children.length)) {
        const item = document.createElement("li");
        const tag = document.createElement("span");
        tag.className = line.what === "refused" ? "tag late" : "tag";
        tag.textContent = { added: "added", there: "already there", refused: "refused" }[line.what];
        const words = document.createElement(line.address ? "a" : "span");
        words.textContent = line.words;
        if (line.address) words.href = line.address;
        item.append(tag, " ", words);
        place.append(item);
      }
    },
  };
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = within(event, "[data-drop]");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop") place.querySelector("input").files = event.dataTransfer.files;
    });
  }

  const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  function tip(point) {
    const [first, ...rest] = point.data?.tip ?? [point.name];
    if (!point.data?.tip) return "";
    return `<strong>${escaped(first)}</strong>${rest.map((line) => `<br>${escaped(line)}`).join("")}`;
  }

  return { answered, world, say, ask, tip };
})();
