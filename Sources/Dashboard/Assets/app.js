"use strict";
// Everything works without this: it keeps pages up to date, tells the time zone, and asks before what cannot be undone.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes("discador_zone=" + zone)) {
    document.cookie = "discador_zone=" + zone + "; path=/; max-age=31536000; SameSite=Strict";
  }

  const url = document.body.dataset.stream;
  if (!url) return;
  const banner = document.querySelector("[data-lost]");
  let source, poll, lost = 0;

  const controls = "a, button, summary, [tabindex]";
  const named = (element) => element.tagName + (element.ariaLabel ?? element.textContent);
  // A part is exchanged with the focus, the opened details and the scrolling that it had.
  const put = (region, html) => {
    const active = region.contains(document.activeElement) ? document.activeElement : undefined;
    const place = active && [...region.querySelectorAll(controls)].indexOf(active);
    const opened = [...region.querySelectorAll("details")].map((d) => d.open);
    const scrolled = [...region.querySelectorAll(".wide, .chart")].map((d) => d.scrollLeft);
    region.innerHTML = html;
    region.querySelectorAll("details").forEach((d, i) => { d.open = opened[i] ?? d.open; });
    region.querySelectorAll(".wide, .chart").forEach((d, i) => { d.scrollLeft = scrolled[i] ?? 0; });
    if (!active) return;
    const next = region.querySelectorAll(controls)[place];
    // Another button at this place must not be pressed by mistake.
    (next && named(next) === named(active) ? next : document.getElementById("content")).focus({ preventScroll: true });
  };
  // What is being pressed or marked waits for that, a little: nothing is shown for long that is no longer true.
  const waiting = new Map();
  const isHeld = (region) => region.querySelector(":active") !== null
    || !getSelection().isCollapsed && region.contains(getSelection().anchorNode);
  const flush = () => {
    for (const [id, { html, since }] of waiting) {
      const region = document.getElementById(id);
      if (region && isHeld(region) && Date.now() - since < 10000) continue;
      waiting.delete(id);
      if (region) put(region, html);
    }
  };
  setInterval(flush, 500);

  const show = (regions) => {
    lost = 0;
    banner.hidden = true;
    for (const [id, html] of Object.entries(regions)) {
      waiting.set(id, { html, since: waiting.get(id)?.since ?? Date.now() });
    }
    flush();
  };
  const ask = async () => {
    try {
      const answer = await fetch(url + "&once=1", { cache: "no-store" });
      if (answer.status === 401 || answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.json());
      return true;
    } catch {
      if (++lost > 1) banner.hidden = false;
      return false;
    }
  };
  const fallBack = (seconds) => {
    source?.close();
    source = undefined;
    clearInterval(poll);
    poll = setInterval(ask, seconds * 1000);
  };
  const listen = () => {
    clearInterval(poll);
    if (!window.EventSource) return fallBack(3);
    source?.close();
    source = new EventSource(url);
    source.addEventListener("regions", (event) => show(JSON.parse(event.data)));
    // Another page of this browser has the stream now.
    source.addEventListener("moved", () => fallBack(5));
    source.addEventListener("over", () => location.reload());
    source.onerror = async () => {
      source?.close();
      // Nobody answers, or too many streams: ask until somebody does, then listen again.
      clearInterval(poll);
      poll = setInterval(async () => { if (await ask()) listen(); }, 2000);
      await ask();
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); clearInterval(poll); } else { ask(); listen(); }
  });
  if (!document.hidden) listen();
})();
