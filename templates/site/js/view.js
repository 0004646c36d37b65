/* The frame that cards are shown in, from outside. */
(() => {
  'use strict';
  // `heard` gets what the frame tells; the result shows a side of a card
  deck.view = (frame, heard = () => {}) => {
    let ready = false, last;
    const send = message => frame.contentWindow.postMessage(message, '*');
    const page = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');
    addEventListener('message', event => {
      if (event.source !== frame.contentWindow) return;
      if (event.data.ready) {
        ready = true;
        if (last) send({ show: last });
      }
      heard(event.data);
    });
    const own = {
      dark: () => page.dataset.theme === 'dark' || page.dataset.theme === 'auto' && dark.matches,
      show(what) {
        last = what;
        if (!frame.src) frame.src = frame.dataset.src;
        if (ready) send({ show: what });
      },
      press: event => ready && send({ key: { code: event.code, key: event.key, shiftKey: event.shiftKey, altKey: event.altKey } }),
    };
    return own;
  };
})();
