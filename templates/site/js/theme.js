/* Light, dark, or as the system is: the reader's choice, kept on the device. */
(() => {
  'use strict';
  const themes = ['auto', 'light', 'dark'], page = document.documentElement;
  const kept = () => { try { return localStorage.getItem('build-deck-theme'); } catch (error) { return ''; } };
  if (themes.includes(kept())) page.dataset.theme = kept();

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('.theme');
    if (!button) return;
    const unseen = document.createElement('span');
    unseen.className = 'bd-unseen';
    unseen.textContent = button.dataset.name + ' ';
    const name = () => button.replaceChildren(unseen, button.dataset[page.dataset.theme]);
    button.addEventListener('click', () => {
      page.dataset.theme = themes[(themes.indexOf(page.dataset.theme) + 1) % themes.length];
      try { localStorage.setItem('build-deck-theme', page.dataset.theme); } catch (error) { /* for this page only */ }
      name();
      page.dispatchEvent(new Event('themechange'));
    });
    name();
    button.hidden = false;
  });
})();
