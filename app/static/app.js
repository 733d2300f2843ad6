// SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
// SPDX-License-Identifier: EUPL-1.2
// Everything works without this file. It says in the live region when htmx could not save, and puts the
// focus where the reader has to look: on the summary of errors, on a conflict, or on the heading of a new main
// region. A swap that takes the focused element away gives the focus to what stands there now. A question that
// saves itself sends only its own fields, and sends them again until the server has taken them.
"use strict";

(() => {
  const tell = () => {
    const status = document.getElementById("status");
    const words = document.body.dataset.offline;
    // Said once: a live region would read the same words aloud at every attempt.
    if (!status || status.textContent === words) return;
    const told = document.createElement("span");
    told.className = "failed";
    told.textContent = words;
    status.replaceChildren(told);
  };

  const focusOn = (element) => {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus();
  };

  // All questions of a section lie in one form, and htmx sends all of it; one that saves itself needs only its own.
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    const item = sourceElement.dataset.only;
    if (!item) return;
    for (const name of new Set(request.body.keys())) {
      if (name !== "page" && !name.startsWith(`${item}.`)) request.body.delete(name);
    }
  });

  const waiting = new Set();

  // What was chosen stands in the form; it is sent as it stands then.
  const sendAgain = (question) => {
    if (!question?.matches?.("fieldset[data-only]") || waiting.has(question)) return;
    waiting.add(question);
    setTimeout(() => {
      waiting.delete(question);
      if (question.isConnected) htmx.trigger(question, "change");
    }, 4000);
  };

  const answered = (event) => event.detail?.ctx?.response?.status ?? 0;

  // No answer at all: no network, server away, time-out.
  document.addEventListener("htmx:error", (event) => {
    const ctx = event.detail?.ctx;
    if (!ctx?.request) return;
    tell();
    sendAgain(ctx.sourceElement);
  });

  // An answer that is an error. Ours carry their own words for the live region and overwrite these at once.
  document.addEventListener("htmx:response:error", (event) => {
    if (![409, 422].includes(answered(event))) tell();
    if (answered(event) >= 500) sendAgain(event.detail.ctx.sourceElement);
  });

  let focused = null;

  document.addEventListener("htmx:before:swap", () => {
    focused = document.activeElement;
  });

  // Who answers with the keyboard would start again at the top of the page.
  const keepPlace = (target) => {
    if (document.activeElement !== document.body || !focused || focused === document.body) return;
    const again = focused.id && document.getElementById(focused.id);
    focusOn(again || (target?.isConnected ? target : document.getElementById(target?.id)));
  };

  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    keepPlace(target);
    const summary = target?.querySelector?.(".error-summary");
    const conflict = target?.querySelector?.(".conflict");
    if (summary) focusOn(summary);
    // Somebody who is already at another question is not called back.
    else if (conflict && target.contains(document.activeElement)) {
      focusOn(conflict);
      // To the browser it is in view under the bar that stays on top.
      conflict.scrollIntoView({ block: "nearest" });
    }
    else if (target?.id === "main") focusOn(target.querySelector("h1"));
  });

  // An account is signed out after a while without a page. Five minutes before, this says so and offers to stay;
  // the server counts the same way (app/web/touch.py). Other windows of the same browser are told.
  const expiry = () => {
    const place = document.getElementById("expiry");
    if (!place) return;
    const [box, soon, over] = ["box", "soon", "over"].map((part) => place.querySelector(`.expiry__${part}`));
    const [stay, idle, early] = [place.querySelector(".expiry__stay"), Number(place.dataset.idle) * 1000, 300000];
    const others = "BroadcastChannel" in window ? new BroadcastChannel("selbstcheck-session") : null;
    let end = Date.now() + Number(place.dataset.left) * 1000;

    const show = () => {
      const left = end - Date.now();
      box.hidden = left > early;
      soon.hidden = left <= 0;
      stay.hidden = left <= 0;
      over.hidden = left > 0;
    };
    const until = (moment) => {
      end = Math.max(end, moment);
      show();
    };
    // The time of use is written at most every five minutes.
    const used = () => {
      if (end - Date.now() > idle - 300000) return;
      until(Date.now() + idle);
      others?.postMessage(end);
    };

    others?.addEventListener("message", (event) => until(Number(event.data)));
    others?.postMessage(end);
    document.addEventListener("htmx:after:request", (event) => {
      if (answered(event) >= 200 && answered(event) < 300) used();
    });
    box.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const reply = await fetch(box.action, { method: "POST", headers: { "HX-Request": "true" } });
        if (!reply.ok) return tell();
        used();
        document.getElementById("main").focus();
      } catch {
        tell();
      }
    });
    setInterval(show, 10000);
    show();
  };

  document.addEventListener("DOMContentLoaded", expiry);

  // Another language shows the same page; this adds what the server cannot know: filters that htmx put into the
  // address, and the part of the page it points to.
  document.addEventListener("submit", (event) => {
    const back = event.target.matches(".tongues") && event.target.elements.zurueck;
    if (!back || back.value.split("?")[0] !== location.pathname) return;
    back.value = location.pathname + location.search + location.hash;
  });

  document.addEventListener("DOMContentLoaded", () => focusOn(document.querySelector(".error-summary")));
})();
