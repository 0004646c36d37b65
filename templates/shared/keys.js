// Digits choose, with Alt where Anki's desktop keeps the plain ones for itself: there 1 to 7 are
// shortcuts of its window on both sides of a card (qt/aqt/reviewer.py, _shortcutKeys), and no page
// hears of them. The page may outlive the card: the first key after that takes the listener away.
document.addEventListener('keydown', function press(event) {
  // "Digit1" and so on
  const input = inputs[event.code.slice(5) - 1];
  if (!sheet.isConnected) document.removeEventListener('keydown', press);
  else if (input && !event.ctrlKey && !event.metaKey && choose(input, event)) event.preventDefault();
});
// A click on a row gives the keys back to Anki: space must not take the tick away again
sheet.addEventListener('click', event => {
  if (event.target.tagName !== 'INPUT' && event.target.closest('label')) setTimeout(() => document.activeElement.blur());
});
sheet.classList.add('live');
