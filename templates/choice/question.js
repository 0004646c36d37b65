(() => {
  const sheet = document.querySelector('.bd'), back = document.querySelector('.bd-back');
  const has = trait => sheet.classList.contains(trait);
  const all = (within, what) => [...within.querySelectorAll(what)];
  const slot = row => +row.dataset.slot;
  <% include "shared/memory.js" %>
  <% include "choice/order.js" %>
  // Like Anki's own, the day ends at four in the morning; the day of the front counts
  kept.day = kept.day || new Date(Date.now() - 4 * 3600e3).toDateString();

  // The rows of a list in the order of the day, without those that were taken out of the question
  function arrange(list) {
    all(list, '.v-withdrawn').forEach(row => row.remove());
    const byAuthor = sheet.dataset.order.split(' ');
    const place = row => byAuthor.indexOf(row.dataset.slot) + 1 || slot(row);
    const rows = all(list, 'li[data-slot]').sort((a, b) => place(a) - place(b));
    const slots = ordered(rows.map(slot), card + '/' + kept.day, {
      shuffle: has('shuffle') && !has('fixed'),
      last: at => has('pin-' + at)
    });
    rows.sort((a, b) => slots.indexOf(slot(a)) - slots.indexOf(slot(b)));
    list.append(...rows);
    return rows;
  }

  function front() {
    const list = sheet.querySelector('.bd-options');
    all(list, '.bd-further').forEach(makeChoosable);
    const rows = arrange(list), inputs = rows.map(row => row.querySelector('input'));
    inputs.forEach((input, i) => {
      input.type = has('single') ? 'radio' : 'checkbox';
      input.name = 'bd';
      input.checked = kept.chosen.includes(slot(rows[i]));
    });
    const save = () => {
      kept.chosen = rows.filter((row, i) => inputs[i].checked).map(slot);
      keep();
    };
    const strike = (row, struck) => {
      row.classList.toggle('is-struck', struck);
      row.querySelector('.bd-struck').textContent = struck ? list.dataset.struck : '';
    };
    rows.forEach((row, i) => {
      row.querySelector('.bd-body').insertAdjacentHTML('beforeend', '<span class="bd-struck bd-unseen"></span>');
      inputs[i].addEventListener('change', () => { strike(row, false); save(); });
    });
    const choose = (input, event) => {
      const row = rows[inputs.indexOf(input)];
      if (!event.shiftKey) return !input.click();
      // Shift and 1 without Alt is Anki's: it suspends the note
      if (!event.altKey) return false;
      input.checked = false;
      strike(row, !row.classList.contains('is-struck'));
      save();
      return true;
    };
    <% include "shared/keys.js" %>
    save();
  }

  // An option beyond the slots is a row without an input
  function makeChoosable(row) {
    const old = row.querySelector('.bd-row'), label = document.createElement('label');
    label.className = 'tappable';
    label.append(document.createElement('input'), ...old.childNodes);
    old.replaceWith(label);
  }

  // What became of a row. A disputed option, and one without a verdict, is never right or wrong
  function became(row) {
    const picked = kept.chosen.includes(slot(row));
    if (row.classList.contains('v-correct')) return picked ? 'right' : 'missed';
    if (row.classList.contains('v-wrong')) return picked ? 'wrong' : 'left';
    return picked ? 'chosen' : 'left';
  }

  function reveal(rows) {
    const tally = { right: 0, wrong: 0, missed: 0, left: 0, chosen: 0, disputed: 0 };
    rows.forEach(row => {
      const state = became(row), details = row.querySelector('details');
      tally[state] += 1;
      if (state === 'chosen') tally.disputed += row.classList.contains('v-disputed');
      if (state !== 'left') row.classList.add('is-' + state);
      if (state !== 'missed' || !has('single')) say(row, state);
      if (details) details.open = state === 'wrong' || state === 'chosen' || state === 'missed' && has('single');
    });
    score(tally);
  }

  // The word of what became of an option takes the place of its verdict's; of one that stays out of
  // the count, the choice is only read aloud, for its mark shows it
  function say(row, state) {
    const said = row.parentNode.dataset[state], word = row.querySelector('.bd-word');
    if (!said) return;
    if (state !== 'chosen') word.textContent = '';
    const part = word.appendChild(document.createElement('b'));
    part.textContent = said;
    if (state === 'chosen') part.className = 'bd-unseen';
  }

  function score(tally) {
    const line = back.querySelector('.bd-score'), sum = line.querySelector('.bd-sum');
    const correct = tally.right + tally.missed;
    if (!has('single')) {
      all(line, '[data-of]').forEach(part => count(part, tally[part.dataset.of]));
      if (correct) sum.textContent = sum.dataset.score.replace('{right}', tally.right).replace('{correct}', correct);
    } else if (tally.right || tally.wrong) {
      const state = tally.right ? 'right' : 'wrong';
      sum.textContent = sum.dataset[state];
      sum.classList.add('bd-sign', 'is-' + state);
    }
    sum.hidden = !sum.textContent;
  }

  function count(part, number) {
    let form = 'other';
    try { form = new Intl.PluralRules(sheet.lang).select(number); } catch (error) { /* an old WebView */ }
    part.textContent = (part.dataset[form] || part.dataset.other).replace('{n}', number);
    part.hidden = !number;
  }

  // The score takes the very place of the hint, also where that has several lines
  function makeRoom() {
    const asked = sheet.querySelector('.bd-choose');
    asked.style.display = 'block';
    back.querySelector('.bd-score').style.minHeight = asked.querySelector('.bd-hint').offsetHeight + 'px';
    asked.remove();
  }

  function start() {
    if (!back) return front();
    makeRoom();
    const rows = arrange(back.querySelector('.bd-options'));
    if (kept.chosen.length) reveal(rows);
    kept.seen = true;
    return keep();
  }
  // On a page of its own the back is still being read: wait for the rest of it
  if (back && document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
