/* The list of questions: search, filters, rows a page at a time. */
(() => {
  'use strict';
  const STEP = 40;
  const main = document.getElementById('main'), field = document.getElementById('find');
  const list = main.querySelector('.qs'), status = main.querySelector('.count'), more = main.querySelector('.more');
  const chips = main.querySelector('.chips'), picks = main.querySelector('.picks'), practise = document.getElementById('practise');
  const here = main.dataset.topic, number = deck.topics.findIndex(topic => topic[1] === here);
  const wanted = deck.wanted(location.search);
  const { element, say, count } = deck;
  // A page of a topic that is no more is left over from an earlier site
  if (here && number < 0) location.replace(deck.root + 'questions.html' + location.hash);
  if (here) wanted.topic = here;
  let shown = [], current = '', turn = 0;

  function flags(question) {
    const parts = [element('span', { textContent: say('shape.' + question.shape) })];
    if (question.options) parts.push(element('span', { textContent: count('option', question.options) }));
    if (question.disputed) parts.push(element('span', { className: 'q-flag bd-sign is-disputed', textContent: say('disputed') }));
    if (question.unkeyed) parts.push(element('span', { className: 'q-flag', textContent: say('unkeyed') }));
    if (question.corrected) parts.push(element('span', { className: 'q-flag', textContent: say('answer_changed') }));
    if (question.findings.length) {
      parts.push(element('span', { className: 'q-flag q-find', textContent: count('finding', question.findings.length) }));
    }
    return parts;
  }

  function row(question, number) {
    const stem = element('span', { className: 'q-t', innerHTML: question.stem });
    const link = element('a', { href: '#' + question.guid },
      element('span', { className: 'q-n', textContent: number }),
      element('span', { className: 'q-b' }, stem, element('span', { className: 'q-m' }, ...flags(question))));
    if (question.guid === current) link.setAttribute('aria-current', 'true');
    return element('li', {}, link);
  }

  function grow(least) {
    const from = list.children.length, to = Math.min(shown.length, Math.max(least, from + STEP));
    list.append(...shown.slice(from, to).map((question, i) => row(question, from + i + 1)));
    more.hidden = to === shown.length;
    more.textContent = say('more', { n: Math.min(STEP, shown.length - to) });
  }

  function label(found) {
    for (const chip of chips.children) {
      const name = chip.dataset.show;
      chip.lastChild.textContent = name === 'all' ? found.length : found.filter(deck.shows[name]).length;
      chip.setAttribute('aria-pressed', String(name === wanted.show));
    }
  }

  // The last that was asked for wins, however long an earlier search takes
  async function show(least = 0) {
    const mine = turn += 1;
    deck.settled = false;
    const found = await deck.filter(wanted);
    if (mine !== turn) return;
    shown = found.filter(deck.shows[wanted.show]);
    list.replaceChildren();
    grow(least);
    label(found);
    status.textContent = shown.length ? count('of_all', shown.length) : say('nothing');
    deck.settled = true;
    main.dispatchEvent(new Event('listed'));
    practise.href = deck.root + 'practice.html' + deck.address(wanted);
  }

  function makeChips() {
    const inside = deck.all.filter(question => !here || question.topic === number);
    for (const name of Object.keys(deck.shows)) {
      if (name !== 'all' && !inside.some(deck.shows[name])) continue;
      const chip = element('button', { type: 'button', className: 'chip' }, say('show_' + name) + ' ', element('span'));
      chip.dataset.show = name;
      chip.addEventListener('click', () => { wanted.show = name; show(); });
      chips.append(chip);
    }
    return inside;
  }

  function pick(name, options, any) {
    if (options.length < 2) return;
    const select = element('select', { id: 'pick-' + name }, new Option(any, ''),
      ...options.map(([text, value]) => new Option(text, value)));
    select.value = wanted[name];
    select.addEventListener('change', () => {
      wanted[name] = select.value;
      show();
    });
    const text = element('label', { htmlFor: select.id, className: 'bd-unseen', textContent: any });
    picks.append(element('span', {}, text, select));
  }

  function makePicks(inside) {
    const tags = [...new Set(inside.flatMap(question => question.tags))].sort((a, b) => a - b);
    const rules = [...new Set(inside.flatMap(question => question.findings.map(finding => finding[0])))].sort();
    if (!here) pick('topic', deck.topics, say('all_topics'));
    pick('tag', tags.map(tag => [deck.tags[tag], deck.tags[tag]]), say('all_tags'));
    pick('rule', rules.map(rule => [rule, rule]), say('all_findings'));
  }

  // Where the reader stands, for a page that is loaded anew
  deck.list = {
    select(guid) {
      current = guid;
      list.querySelectorAll('[aria-current]').forEach(link => link.removeAttribute('aria-current'));
      const at = shown.findIndex(question => question.guid === guid);
      if (at >= list.children.length) grow(at + 1);
      if (at >= 0) list.children[at].firstChild.setAttribute('aria-current', 'true');
    },
    // The question so many places after another in the list, if there is one
    beside: (guid, step) => shown[shown.findIndex(question => question.guid === guid) + step],
    back() {
      const link = list.querySelector('[aria-current]') || field;
      link.focus();
      link.scrollIntoView({ block: 'center' });
    },
    place: () => ({ wanted, rows: list.children.length }),
    async restore(place) {
      Object.assign(wanted, place.wanted);
      field.value = wanted.find;
      picks.querySelectorAll('select').forEach(select => { select.value = wanted[select.id.slice(5)]; });
      await show(place.rows);
    },
  };

  field.value = wanted.find;
  field.addEventListener('input', () => { wanted.find = field.value; show(); });
  field.form.addEventListener('submit', event => event.preventDefault());
  more.addEventListener('click', () => {
    const next = list.children.length;
    grow(0);
    list.children[next].firstChild.focus();
  });
  makePicks(makeChips());
  deck.listed = show();
})();
