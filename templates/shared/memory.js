// What was chosen on the front, for the back: AnkiDroid loads a page per side, and its pages have
// the session storage in common. Without one the back shows the key alone.
const card = sheet.dataset.key;
let kept;
try { kept = JSON.parse(sessionStorage.buildDeck); } catch (error) { /* nothing was kept */ }
if (!kept || !kept.chosen || kept.card !== card || !back && kept.seen) kept = { card, chosen: [] };
const keep = () => { try { sessionStorage.buildDeck = JSON.stringify(kept); } catch (error) { /* so be it */ } };
