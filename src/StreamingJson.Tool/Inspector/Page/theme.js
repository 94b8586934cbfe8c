// The theme: that of the system, unless the reader chose one. Before the first paint, so that nothing flashes.
'use strict';

(() => {
  const names = ['system', 'light', 'dark'];
  const key = 'streamingjson-theme';

  function stored() {
    try {
      const name = localStorage.getItem(key);
      return names.includes(name) ? name : 'system';
    } catch {
      return 'system'; // storage may be forbidden
    }
  }

  function apply(name) {
    document.documentElement.dataset.theme = name;
  }

  apply(stored());

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const label = document.getElementById('theme-name');
    const show = () => {
      const name = document.documentElement.dataset.theme;
      label.textContent = name[0].toUpperCase() + name.slice(1);
      button.setAttribute('aria-label', `Theme: ${name}`);
    };
    button.addEventListener('click', () => {
      const next = names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length];
      apply(next);
      show();
      try {
        localStorage.setItem(key, next);
      } catch {
        // It holds until the page is left, then.
      }
    });
    show();
  });
})();
