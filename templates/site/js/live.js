/* A page of build-deck serve: loaded anew when a source was saved, and shown where it was. */
(() => {
  'use strict';
  const PLACE = 'build-deck-place:' + location.pathname;
  const parts = () => [['list', deck.list, deck.listed], ['card', deck.card, deck.shown]].filter(part => part[1]);

  function leave() {
    const kept = { hash: location.hash, scroll: scrollY };
    parts().forEach(([name, part]) => { kept[name] = part.place(); });
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  }

  async function comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || 'null');
    sessionStorage.removeItem(PLACE);
    if (!kept) return;
    for (const [name, part, ready] of parts()) {
      await ready;
      if (kept[name]) await part.restore(kept[name]);
    }
    scrollTo(0, kept.scroll);
  }

  // The server names its build; another name means that something was saved
  function listen() {
    let build;
    const events = new EventSource('/live');
    const bar = document.querySelector('.server');
    events.addEventListener('build', event => {
      if (bar) bar.hidden = true;
      if (build && build !== event.data) {
        leave();
        location.reload();
      }
      build = event.data;
    });
    events.addEventListener('failed', event => {
      if (!bar) return;
      bar.textContent = event.data ? JSON.parse(event.data) : '';
      bar.hidden = !event.data;
    });
    addEventListener('pagehide', () => events.close());
  }

  comeBack().finally(listen);
})();
