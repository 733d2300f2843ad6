// SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
// SPDX-License-Identifier: EUPL-1.2
// Everything works without this file. It says in the live region when htmx could not save, and puts the
// focus where the reader has to look: on the summary of errors, or on the heading of a new main region.
"use strict";

(() => {
  const tell = () => {
    const status = document.getElementById("status");
    if (status) status.textContent = document.body.dataset.offline;
  };

  const focusOn = (element) => {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus();
  };

  const answered = (event) => event.detail?.ctx?.response?.status ?? 0;

  // No answer at all: no network, server away, time-out.
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx?.request) tell();
  });

  // An answer that is an error. Ours carry their own words for the live region and overwrite these at once.
  document.addEventListener("htmx:response:error", (event) => {
    if (![409, 422].includes(answered(event))) tell();
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const summary = target?.querySelector?.(".error-summary");
    if (summary) focusOn(summary);
    else if (target?.id === "main") focusOn(target.querySelector("h1"));
  });

  document.addEventListener("DOMContentLoaded", () => focusOn(document.querySelector(".error-summary")));
})();
