/* Search: the questions that hold a word beginning with each word that is typed. */
(() => {
  'use strict';
  const WORD = /[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\p{L}\p{N}])+/gu;

  deck.normal = text => text.normalize('NFKC').toLowerCase().replace(/ё/g, 'е');
  deck.wordsOf = text => deck.normal(text).match(WORD) || [];

  // Lines are sorted as strings are: the first that is not less
  function first(lines, start) {
    let low = 0, high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async function holding(start) {
    const found = new Uint8Array(deck.all.length), letter = String.fromCodePoint(start.codePointAt(0));
    await deck.load('data/words-' + start.codePointAt(0) % deck.wordPieces + '.js');
    const lines = deck.pieces.get(letter) || [];
    for (let at = first(lines, start); at < lines.length && lines[at].startsWith(start); at++) {
      let number = 0;
      for (const step of lines[at].slice(lines[at].indexOf(' ') + 1).split(',')) {
        number += parseInt(step, 36);
        found[number] = 1;
      }
    }
    return found;
  }

  // For each question whether it has all the words; null if none was typed
  deck.search = async text => {
    const words = deck.wordsOf(text);
    if (!words.length) return null;
    const found = await Promise.all(words.map(holding));
    return found.reduce((all, each) => all.map((has, at) => has & each[at]));
  };
})();
