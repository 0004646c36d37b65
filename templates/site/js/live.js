/* A page of build-deck serve: loaded anew when a source was saved, and shown where it was. */
(() => {
  'use strict';
  const PLACE = 'build-deck-place:' + location.pathname;
  const bar = document.querySelector('.server');
  // What stands somewhere: each part says where, and goes back there when it is ready
  const parts = typeof deck === 'undefined' ? [] :
    [['list', deck.list, deck.listed], ['card', deck.card, deck.shown], ['round', deck.round]].filter(part => part[1]);
  let leaving = false, events = null;

  // Which child of which child has the focus
  function focused() {
    const path = [];
    for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) {
      path.unshift([...at.parentElement.children].indexOf(at));
    }
    return path;
  }

  function leave() {
    leaving = true;
    const kept = { hash: location.hash, scroll: scrollY, focus: focused() };
    parts.forEach(([name, part]) => { kept[name] = part.place(); });
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
    location.reload();
  }

  async function comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || 'null');
    sessionStorage.removeItem(PLACE);
    if (!kept || kept.hash !== location.hash) return;
    for (const [name, part, ready] of parts) {
      await ready;
      await part.restore(kept[name]);
    }
    const had = kept.focus.reduce((at, nth) => at && at.children[nth], document.body);
    if (had && had !== document.body) had.focus({ preventScroll: true });
    scrollTo(0, kept.scroll);
  }

  // Every page knows of which build it is, so that none is missed between two looks
  function hear(build) {
    if (build && build !== bar.dataset.build && !leaving) leave();
  }

  function say(text, language) {
    bar.textContent = text;
    bar.lang = language;
    bar.hidden = !text;
  }

  function listen() {
    if (events || document.hidden) return;
    events = new EventSource('/live');
    events.addEventListener('build', event => hear(event.data));
    events.addEventListener('failed', event => say(event.data && JSON.parse(event.data), 'en'));
    events.addEventListener('error', () => say(bar.dataset.gone, ''));
  }

  function rest() {
    if (events) events.close();
    events = null;
  }

  // Browsers open six connections to a server: a page that nobody sees gives its own to others
  function ask() {
    if (document.hidden) fetch('/build').then(answer => answer.text()).then(hear, () => {});
  }

  comeBack().finally(() => {
    listen();
    setInterval(ask, 1000);
    document.addEventListener('visibilitychange', () => document.hidden ? rest() : listen());
    addEventListener('pagehide', rest);
    addEventListener('pageshow', listen);
  });
})();
