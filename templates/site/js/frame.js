/* A card in its frame, shown as Anki's desktop does: the front and the back of a card take turns in
   #qa, whose scripts run anew each time (Anki's ts/reviewer/index.ts, setInnerHTML). The page
   around it says what to show, and is told the height and the answer. */
const deck = (() => {
  'use strict';
  const qa = document.getElementById('qa'), own = {};
  let kinds = {};
  own.kinds = found => { kinds = found; };
  own.sides = sides;

  // What a card remembers from front to back lives as long as the frame, and in no other
  const storage = {};
  Object.defineProperty(window, 'sessionStorage', { value: storage });

  // Anki's template language, as builder/card_html.py reads it
  const empty = html => /^(?:[ \t\n\v\f\r]|<\/?(?:br|div) ?\/?>)*$/i.test(html);
  function fill(nodes, fields) {
    return nodes.map(node => {
      if (typeof node === 'string') return node;
      if (node.length === 1) return fields[node[0]] || '';
      const [sign, name, inside] = node;
      return (sign === '^') === empty(fields[name] || '') ? fill(inside, fields) : '';
    }).join('');
  }

  function sides(note, ord) {
    const [name, front, back] = kinds[note.kind][ord], fields = Object.assign({ Card: name }, note.fields);
    const shown = fill(front, fields);
    return { front: shown, back: fill(back, Object.assign({ FrontSide: shown }, fields)) };
  }

  function put(html) {
    qa.innerHTML = html;
    qa.querySelectorAll('script').forEach(old => {
      const script = document.createElement('script');
      script.append(old.textContent);
      old.replaceWith(script);
    });
  }

  function dress(kind) {
    const look = document.getElementById('look'), href = kind + '.css';
    if (look.getAttribute('href') !== href) look.setAttribute('href', href);
  }

  // What a back says of the answer: null where the source has no key
  function judged() {
    const rows = [...qa.querySelectorAll('.bd-answer .bd-options > li:not(.v-withdrawn)')];
    const chosen = JSON.parse(storage.buildDeck || '{}').chosen || [];
    const has = row => chosen.includes(+row.dataset.slot), is = (row, verdict) => row.classList.contains('v-' + verdict);
    if (!rows.some(row => is(row, 'correct') || is(row, 'wrong'))) return null;
    return rows.every(row => is(row, 'correct') ? has(row) : !(is(row, 'wrong') && has(row)));
  }

  function show({ note, ord, side, night, fit, anew }) {
    document.body.className = 'card card' + (ord + 1) + (night ? ' nightMode night_mode' : '') + (fit ? ' fit' : '');
    document.documentElement.className = night ? 'night-mode' : '';
    if (anew) delete storage.buildDeck;
    dress(note.kind);
    put(sides(note, ord)[side]);
    scrollTo(0, 0);
    if (side === 'back') tell({ judged: judged() });
  }

  const tell = message => parent.postMessage(message, '*');
  addEventListener('message', event => {
    if (event.source !== parent) return;
    if (event.data.show) show(event.data.show);
    if (event.data.key) document.dispatchEvent(new KeyboardEvent('keydown', event.data.key));
  });
  addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.tagName !== 'A' && event.target.tagName !== 'SUMMARY') tell({ enter: true });
  });
  addEventListener('load', () => {
    new ResizeObserver(() => tell({ height: Math.ceil(qa.getBoundingClientRect().height) })).observe(qa);
    tell({ ready: true });
  });
  return own;
})();
