/* Reads the page anew every few seconds while it is looked at, and swaps its main part. */
(function () {
  'use strict';
  var EVERY_MS = 5000;

  function refresh() {
    if (document.hidden) { return; }
    fetch(location.href, { credentials: 'same-origin', headers: { Accept: 'text/html' } })
      .then(function (response) {
        if (response.redirected) { location.reload(); }
        return response.ok ? response.text() : null;
      })
      .then(function (text) {
        var focus = document.activeElement;
        var main = document.querySelector('main');
        if (!text || (focus && main.contains(focus))) { return; }
        var next = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
        if (next) { main.innerHTML = next.innerHTML; }
      })
      .catch(function () { /* The next time may succeed. */ });
  }

  setInterval(refresh, EVERY_MS);
})();
