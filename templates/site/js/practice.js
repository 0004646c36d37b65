/* Practice: questions shuffled and asked one by one, wrong ones again at the end. What came of it
   stays on this device. */
(() => {
  'use strict';
  const main = document.getElementById('main'), form = main.querySelector('.setup');
  const topic = document.getElementById('topic'), find = document.getElementById('find');
  const quiz = main.querySelector('.quiz'), result = main.querySelector('.result'), weak = main.querySelector('.weak');
  const wanted = deck.wanted(location.search);
  const { element, say, count } = deck;
  const button = name => main.querySelector('[data-do=' + name + ']');
  const view = deck.view(main.querySelector('iframe'), hear);
  // By guid: how often right, how often wrong, whether it was right at last
  const past = deck.kept('practice', {});
  let available = [], round = null;

  // Setting up

  async function look() {
    wanted.topic = topic.value;
    wanted.find = find.value;
    const found = await deck.filter(wanted);
    available = found.filter(deck.shows[wanted.show]).filter(question => !question.unkeyed);
    main.querySelector('.available').textContent = available.length ? count('of_all', available.length) : say('nothing');
    form.querySelector('button').disabled = !available.length;
  }

  function shuffled(list) {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
    }
    return mixed;
  }

  function begin(questions) {
    go({ queue: questions, at: 0, asked: questions.length, first: new Map() });
  }

  function go(on) {
    round = on;
    form.hidden = result.hidden = weak.hidden = true;
    quiz.hidden = false;
    return round.at < round.queue.length ? ask() : end();
  }

  // Asking

  const now = () => round.queue[round.at];

  function offer(...names) {
    main.querySelectorAll('.answer [data-do]').forEach(each => {
      each.hidden = ![...names, 'end'].includes(each.dataset.do);
    });
    button(names[0]).focus({ preventScroll: true });
  }

  async function show(side) {
    const question = now(), note = await deck.note(question);
    const ord = note.cards.includes(0) ? 0 : note.cards[0];
    view.show({ note, ord, side, night: view.dark(), fit: true, anew: side === 'front' });
  }

  async function ask() {
    round.turned = round.judged = false;
    const repeated = round.at >= round.asked;
    main.querySelector('.progress').textContent = repeated
      ? count('to_repeat_left', round.queue.length - round.at)
      : say('progress', { at: round.at + 1, of: round.asked });
    await show('front');
    offer('answer');
    scrollTo(0, 0);
  }

  function answer() {
    round.turned = true;
    show('back');
  }

  function judge(right) {
    const { guid } = now();
    round.judged = true;
    if (!round.first.has(guid)) {
      round.first.set(guid, right);
      const [rights, wrongs] = past[guid] || [0, 0];
      past[guid] = [rights + right, wrongs + !right, +right];
    } else if (right) {
      past[guid][2] = 1;
    }
    if (!right) round.queue.push(now());
    deck.keep('practice', past);
  }

  function hear({ height, judged, enter }) {
    const frame = main.querySelector('iframe');
    if (height) frame.style.height = height + 2 + 'px';
    if (enter && round) [...main.querySelectorAll('.answer [data-do]')].find(each => !each.hidden).click();
    if (judged === undefined || !round || !round.turned) return;
    if (judged === null) return offer('right', 'wrong');
    judge(judged);
    offer('next');
  }

  function next() {
    go({ ...round, at: round.at + 1 });
  }

  // Results

  function rows() {
    const topics = new Map();
    for (const [guid, right] of round.first) {
      const at = deck.places.get(guid).topic, [rights, all] = topics.get(at) || [0, 0];
      topics.set(at, [rights + right, all + 1]);
    }
    return [...topics].sort((a, b) => a[0] - b[0]).map(([at, [rights, all]]) => element('tr', {},
      element('td', { textContent: deck.topics[at][0] }),
      element('td', { className: 'num', textContent: say('score', { right: rights, all }) })));
  }

  function end() {
    quiz.hidden = true;
    if (!round.first.size) return again();
    Object.assign(round, { at: round.queue.length, judged: false });
    const missed = [...round.first].filter(each => !each[1]).map(([guid]) => deck.places.get(guid));
    result.querySelector('.score').textContent =
      say('score', { right: round.first.size - missed.length, all: round.first.size });
    result.querySelector('tbody').replaceChildren(...rows());
    result.querySelector('.missed').hidden = !missed.length;
    result.querySelector('.missed ul').replaceChildren(...missed.map(question =>
      element('li', {}, element('a', { href: deck.page(question), innerHTML: question.stem }))));
    result.hidden = false;
    result.focus();
    remember();
    scrollTo(0, 0);
  }

  function again() {
    round = null;
    quiz.hidden = result.hidden = true;
    form.hidden = false;
    remember();
    look();
  }

  // Weak questions: those that were wrong the last time, or more often than right

  const isWeak = ([right, wrong, last]) => !last || wrong > right;

  function weakOnes() {
    return deck.all.filter(({ guid }) => past[guid] && isWeak(past[guid]));
  }

  function remember() {
    const found = weakOnes();
    weak.hidden = !Object.keys(past).length;
    button('weak').hidden = !found.length;
    document.getElementById('search').value = found.length
      ? found.map(({ guid }) => 'Key:' + guid).join(' OR ')
      : '';
    button('copy').hidden = !found.length;
    document.getElementById('search').hidden = !found.length;
    weak.querySelector('.said').textContent = found.length ? count('weak_found', found.length) : say('weak_none');
  }

  async function copy() {
    const field = document.getElementById('search');
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      weak.querySelector('.said').textContent = say('copied');
    } catch (error) {
      weak.querySelector('.said').textContent = say('copy_yourself');
    }
  }

  function forget() {
    Object.keys(past).forEach(guid => delete past[guid]);
    deck.keep('practice', past);
    remember();
  }

  // Where a reader stands, for a page that is loaded anew: in the middle of a round
  deck.round = {
    place: () => round && {
      queue: round.queue.map(({ guid }) => guid), first: [...round.first], at: round.at + (round.judged ? 1 : 0), asked: round.asked,
    },
    async restore(place) {
      if (!place) return;
      const known = guid => deck.places.has(guid), left = until => place.queue.slice(0, until).filter(known);
      await go({
        queue: left().map(guid => deck.places.get(guid)), first: new Map(place.first.filter(([guid]) => known(guid))),
        at: left(place.at).length, asked: left(place.asked).length,
      });
    },
  };

  const deeds = {
    answer, next, end, again, copy, forget,
    right: () => { judge(true); next(); },
    wrong: () => { judge(false); next(); },
    weak: () => begin(shuffled(weakOnes())),
  };
  main.addEventListener('click', event => {
    const asked = event.target.closest('[data-do]');
    if (asked) deeds[asked.dataset.do]();
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    const number = +form.querySelector('[name=number]:checked').value;
    begin(shuffled(available).slice(0, number || available.length));
  });
  // Digits choose on the card, wherever the keyboard is
  addEventListener('keydown', event => {
    if (round && !round.turned && /^Digit\d$/.test(event.code) && !event.ctrlKey && !event.metaKey) view.press(event);
  });

  topic.append(...deck.topics.map(([title, page]) => new Option(title, page)));
  topic.value = wanted.topic;
  find.value = wanted.find;
  if (wanted.tag || wanted.rule || wanted.show !== 'all') {
    const also = [wanted.show === 'all' ? '' : say('show_' + wanted.show), wanted.tag, wanted.rule];
    form.querySelector('.about').textContent = say('only', { what: also.filter(Boolean).join(', ') });
  }
  topic.addEventListener('change', look);
  find.addEventListener('input', look);
  look();
  remember();
})();
