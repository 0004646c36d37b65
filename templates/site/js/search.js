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

  // The texts of a line: distances in base 36, commas between them. A short start may have 100,000 in all
  function mark(found, line) {
    let number = 0, step = 0;
    for (let at = line.indexOf(' ') + 1; at < line.length; at++) {
      const code = line.charCodeAt(at);
      if (code === 44) {
        found[number += step] = 1;
        step = 0;
      } else {
        step = step * 36 + code - (code < 58 ? 48 : 87);
      }
    }
    found[number + step] = 1;
  }

  async function holding(start) {
    const found = new Uint8Array(deck.all.length), letter = String.fromCodePoint(start.codePointAt(0));
    await deck.load('data/words-' + start.codePointAt(0) % deck.wordPieces + '.js');
    const lines = deck.pieces.get(letter) || [];
    for (let at = first(lines, start); at < lines.length && lines[at].startsWith(start); at++) {
      mark(found, lines[at]);
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
