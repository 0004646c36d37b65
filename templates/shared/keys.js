// Digits choose, with Alt where Anki's desktop keeps the plain ones for itself. The page may outlive
// the card: the first key after that takes the listener away.
document.addEventListener('keydown', function press(event) {
  // "Digit1" and so on
  const input = inputs[event.code.slice(5) - 1];
  if (!sheet.isConnected) document.removeEventListener('keydown', press);
  else if (input && !event.ctrlKey && !event.metaKey && choose(input, event)) event.preventDefault();
});
sheet.classList.add('live');
