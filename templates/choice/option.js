(() => {
  const sheet = document.querySelector('.bd'), back = document.querySelector('.bd-back');
  const inputs = [...sheet.querySelectorAll('input')];
  <% include "shared/memory.js" %>
  if (back) {
    sheet.querySelector('fieldset').disabled = true;
    back.classList.add('chose-' + kept.chosen);
    kept.seen = true;
  } else {
    kept.chosen.forEach(i => { inputs[i].checked = true; });
    sheet.addEventListener('change', () => {
      kept.chosen = [inputs.findIndex(input => input.checked)];
      keep();
    });
    const choose = (input, event) => !event.shiftKey && !input.click();
    <% include "shared/keys.js" %>
  }
  keep();
})();
