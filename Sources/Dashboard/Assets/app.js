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

  const show = (regions) => {
    lost = 0;
    banner.hidden = true;
    for (const [id, html] of Object.entries(regions)) {
      const region = document.getElementById(id);
      // What somebody is using stays as it is until they are done.
      if (!region || region.contains(document.activeElement) && document.activeElement !== document.body) continue;
      const opened = [...region.querySelectorAll("details")].map((d) => d.open);
      region.innerHTML = html;
      region.querySelectorAll("details").forEach((d, i) => { d.open = opened[i] ?? d.open; });
    }
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
