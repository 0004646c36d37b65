// Every option draws a number from the note, the day and its slot. Sorting by the numbers is a fair
// shuffle, the same on both sides and on every device, with nothing stored.
function draw(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ h >>> 16, 2246822507);
  h = Math.imul(h ^ h >>> 13, 3266489909);
  return (h ^ h >>> 16) >>> 0;
}
function ordered(slots, seed, rules) {
  if (!rules.shuffle) return slots;
  const drawn = at => rules.last(at) ? 2 ** 32 : draw(at + '/' + seed);
  return slots.map((at, i) => [drawn(at), i, at]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(each => each[2]);
}
