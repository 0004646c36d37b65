/* The card beside the list: which one, which side, how it looks, what check finds about it. */
(() => {
  'use strict';
  const main = document.getElementById('main'), aside = main.querySelector('.col-view');
  const tools = aside.querySelector('.tools'), which = document.getElementById('which');
  const turns = [...aside.querySelectorAll('[data-step]')];
  const view = deck.view(aside.querySelector('.view'));
  const { element } = deck;
  const value = name => tools.querySelector('input[name=' + name + ']:checked').value;
  const set = (name, to) => { tools.querySelector('input[name=' + name + '][value=' + to + ']').checked = true; };
  let question, note;

  function draw(anew) {
    const options = note.cards.filter(ord => ord > 0 && note.kind === 'choice');
    tools.querySelector('[value=option]').disabled = !options.length;
    tools.querySelector('[value=question]').disabled = !note.cards.includes(0);
    if (value('card') === 'option' && !options.length) set('card', 'question');
    if (value('card') === 'question' && !note.cards.includes(0)) set('card', 'option');
    const option = value('card') === 'option';
    aside.querySelector('.which').hidden = !option;
    main.classList.toggle('is-desk', value('wide') === 'desk');
    view.show({ note, ord: option ? +which.value : 0, side: value('side'), night: value('night') === 'night', anew });
  }

  function plain(html) {
    return element('template', { innerHTML: html }).content.textContent;
  }

  function fillIn() {
    const options = note.cards.filter(ord => ord > 0);
    which.replaceChildren(...options.map((ord, i) =>
      new Option(i + 1 + '. ' + plain(note.fields['Option ' + ord]).slice(0, 80), ord)));
    const found = aside.querySelector('.found');
    found.hidden = !question.findings.length;
    found.replaceChildren(...question.findings.map(([rule, severity, message, hint, where]) =>
      element('li', { className: 'is-' + severity, lang: 'en' },
        element('code', { textContent: where }), ' ' + severity + ': ' + message + ' [' + rule + ']',
        ...(hint ? [element('span', { className: 'hint', textContent: hint })] : []))));
    aside.querySelector('.where').textContent = note.place;
    aside.querySelector('.link').href = deck.page(question);
    offerTurns();
  }

  function offerTurns() {
    turns.forEach(button => { button.disabled = !deck.list.beside(question.guid, +button.dataset.step); });
  }

  async function show(guid, scroll) {
    const found = deck.places.get(guid);
    if (!found) return told(guid);
    if (main.dataset.topic && deck.topics[found.topic][1] !== main.dataset.topic) return location.replace(deck.page(found));
    const [, loaded] = await Promise.all([deck.listed, deck.note(found)]);
    question = found;
    note = loaded;
    aside.hidden = false;
    deck.list.select(guid);
    fillIn();
    draw(true);
    if (scroll && matchMedia('(max-width: 999px)').matches) aside.scrollIntoView();
  }

  function told(guid) {
    if (!deck.retired.includes(guid)) return;
    main.querySelector('.count').before(element('p', { className: 'fine', textContent: deck.say('is_retired') }));
  }

  const asked = () => decodeURIComponent(location.hash.slice(1));
  set('night', view.dark() ? 'night' : 'day');
  tools.addEventListener('change', () => draw(false));
  main.addEventListener('listed', () => question && offerTurns());
  turns.forEach(button => button.addEventListener('click', () => {
    location.hash = deck.list.beside(question.guid, +button.dataset.step).guid;
  }));
  aside.querySelector('.to-list').addEventListener('click', event => {
    event.preventDefault();
    deck.list.back();
  });
  which.addEventListener('change', () => draw(true));
  document.documentElement.addEventListener('themechange', () => {
    set('night', view.dark() ? 'night' : 'day');
    if (note) draw(false);
  });
  addEventListener('hashchange', () => show(asked(), true));
  const inside = topic => deck.all.filter(each => deck.topics[each.topic][1] === topic);
  const topicOf = found => deck.topics[found.topic][1];
  // Where a reader stood before a question went away, as it does while its file is being mended
  let before;
  deck.card = {
    place: () => note ? {
      tools: ['card', 'side', 'night', 'wide'].map(name => [name, value(name)]),
      which: which.value,
      topic: topicOf(question),
      nth: inside(topicOf(question)).indexOf(question),
    } : before,
    async restore(place) {
      if (!place) return;
      before = place;
      // A new question has its guid from its words until deck.lock knows it: go by its place then
      const same = inside(place.topic)[place.nth];
      if (same && !deck.places.has(asked())) {
        history.replaceState(null, '', '#' + same.guid);
        await show(same.guid, false);
      }
      place.tools.forEach(([name, to]) => set(name, to));
      if (note && [...which.options].some(option => option.value === place.which)) which.value = place.which;
      if (note) draw(false);
    },
  };

  // On a wide page the first question of the list is open at once
  deck.shown = deck.listed.then(() => {
    if (asked()) return show(asked(), true);
    const first = main.querySelector('.qs a');
    return first && matchMedia('(min-width: 1000px)').matches ? show(first.hash.slice(1), false) : null;
  });
})();
