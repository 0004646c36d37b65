/* Filters: which questions a reader asked for, in words of an address (?topic=networks&find=relu&show=open). */
(() => {
  'use strict';
  deck.shows = {
    all: () => true,
    several: question => question.shape === 'several',
    one: question => question.shape === 'one',
    open: question => question.shape === 'open',
    disputed: question => question.disputed,
    unkeyed: question => question.unkeyed,
    corrected: question => question.corrected,
    fresh: question => question.fresh,
    finding: question => question.findings.length > 0,
  };

  deck.wanted = address => {
    const asked = new URLSearchParams(address);
    return {
      find: asked.get('find') || '',
      show: asked.get('show') in deck.shows ? asked.get('show') : 'all',
      topic: deck.topics.some(topic => topic[1] === asked.get('topic')) ? asked.get('topic') : '',
      tag: asked.get('tag') || '',
      rule: asked.get('rule') || '',
    };
  };

  deck.address = wanted => {
    const asked = new URLSearchParams();
    ['topic', 'find', 'tag', 'rule'].forEach(name => wanted[name] && asked.set(name, wanted[name]));
    if (wanted.show !== 'all') asked.set('show', wanted.show);
    return asked.toString() && '?' + asked;
  };

  // All but `show`, whose numbers stand on the chips
  deck.filter = async wanted => {
    const found = await deck.search(wanted.find), tag = deck.tags.indexOf(wanted.tag);
    const topic = deck.topics.findIndex(each => each[1] === wanted.topic);
    return deck.all.filter(question =>
      (!wanted.topic || question.topic === topic)
      && (!wanted.tag || question.tags.includes(tag))
      && (!wanted.rule || question.findings.some(finding => finding[0] === wanted.rule))
      && (!found || found[question.at]));
  };
})();
