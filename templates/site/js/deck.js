/* The deck: what scripts below data/ bring, and how texts are said. */
const deck = (() => {
  'use strict';
  const root = document.currentScript.src.replace(/js\/deck\.js.*$/, '');
  const loaded = new Map(), notes = new Map();
  const own = { root, words: {}, topics: [], tags: [], all: [], pieces: new Map() };

  // A script is fetched once; what it brings is there when the promise is kept
  function load(path) {
    if (!loaded.has(path)) {
      loaded.set(path, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = root + path;
        script.onload = resolve;
        script.onerror = () => { loaded.delete(path); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return loaded.get(path);
  }

  own.load = load;
  own.about = facts => Object.assign(own, facts);
  own.questions = rows => {
    own.all = rows.map(([guid, topic, shape, options, marks, stem, tags, findings], at) => ({
      at, guid, topic, shape, options, stem, tags, findings,
      disputed: !!(marks & 1), unkeyed: !!(marks & 2), fresh: !!(marks & 4), corrected: !!(marks & 8),
    }));
    own.places = new Map(own.all.map(question => [question.guid, question]));
  };
  own.notes = (chunk, list) => list.forEach((note, i) => notes.set(chunk * own.chunk + i, note));
  own.lines = piece => Object.entries(piece).forEach(([letter, text]) => own.pieces.set(letter, text.split('\n')));

  own.note = async question => {
    await load('data/notes-' + Math.floor(question.at / own.chunk) + '.js');
    return notes.get(question.at);
  };

  own.page = question => root + 'questions.html#' + question.guid;

  // Texts: places in braces are filled, counted ones have a form per plural category
  own.say = (name, values = {}) =>
    own.words[name].replace(/\{(\w+)\}/g, (place, key) => key in values ? values[key] : place);
  own.count = (name, n) => {
    const form = name + '.' + new Intl.PluralRules(own.language).select(n);
    return own.say(form in own.words ? form : name + '.other', { n });
  };

  // What is kept on this device alone, and nothing where the browser keeps nothing
  own.keep = (name, value) => { try { localStorage.setItem('build-deck:' + own.uid + ':' + name, JSON.stringify(value)); } catch (error) { /* so be it */ } };
  own.kept = (name, otherwise) => {
    try { return JSON.parse(localStorage.getItem('build-deck:' + own.uid + ':' + name)) || otherwise; } catch (error) { return otherwise; }
  };

  // An element: what it is, its properties, what it holds
  own.element = (tag, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  return own;
})();
