/*
 * What the panels with sliders are made of: cwControls, for plan.js and opportunity.js.
 *
 * Needs briefing.js. No libraries, no markup from data: every text goes in as text.
 */
(function () {
  'use strict';

  var STYLE =
    '.cwp{border:1px solid #d5dce4;border-radius:8px;padding:12px 16px;margin:0 0 18px;background:#f6f8fa;font-size:14px;color:#1d2733}' +
    '.cwp h4{font-size:15px;margin:0 0 2px;font-weight:600}' +
    '.cwp p{margin:0 0 8px;color:#45525f}' +
    '.cwp-row{display:flex;flex-wrap:wrap;align-items:center;gap:10px;margin:6px 0}' +
    '.cwp-row>label:first-child{min-width:120px;margin:0;font-weight:600}' +
    '.cwp-row input[type=range]{flex:1 1 220px;max-width:380px}' +
    '.cwp-row output{min-width:90px;font-variant-numeric:tabular-nums;padding:0}' +
    '.cwp-row input[type=number]{width:120px}' +
    '.cwp-check{font-weight:400;margin:0 12px 0 0}' +
    '.cwp-scroll{overflow-x:auto}' +
    '.cwp table{border-collapse:collapse;margin:8px 0;font-size:13px}' +
    '.cwp th,.cwp td{padding:4px 18px 4px 0;border-bottom:1px solid #e6ebf0;text-align:right;font-variant-numeric:tabular-nums}' +
    '.cwp th.cwp-text,.cwp td.cwp-text{text-align:left}' +
    '.cwp-hint{flex:0 0 100%;margin:-8px 0 0 130px;color:#5a6875;font-size:12px}' +
    '.cwp-out td{color:#5a6875}' +
    '.cwp-reasons{margin:6px 0;padding-left:18px}' +
    '.cwp p.cwp-bad,.cwp-bad{color:#a1301f;font-weight:600}';

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  /* An empty panel in the form's place for it. */
  function panel(target, lang, title, about) {
    if (!document.getElementById('cwp-style')) {
      var style = element('style', null, STYLE);
      style.id = 'cwp-style';
      document.head.appendChild(style);
    }
    var box = element('section', 'cwp');
    box.lang = lang === 'zh' ? 'zh-CN' : 'en';
    box.appendChild(element('h4', null, title));
    box.appendChild(element('p', null, about));
    target.textContent = '';
    target.appendChild(box);
    return box;
  }

  function input(type, id, attributes) {
    var made = element('input');
    made.type = type;
    made.id = id;
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function row(labelText, controls) {
    var made = element('div', 'cwp-row');
    var label = element('label', null, labelText);
    if (controls[0].id) { label.htmlFor = controls[0].id; }
    made.appendChild(label);
    controls.forEach(function (control) { made.appendChild(control); });
    return made;
  }

  function button(text) {
    var made = element('button', 'btn btn-default btn-sm', text);
    made.type = 'button';
    return made;
  }

  /*
   * A table of texts; the columns named in `words` (by index) hold words, the others numbers.
   * A row may have a class: { cells: […], className }.
   */
  function table(columns, rows, words) {
    var made = element('table'), head = element('tr'), thead = element('thead'), body = element('tbody');
    function kind(i) { return words.indexOf(i) >= 0 ? 'cwp-text' : null; }
    columns.forEach(function (text, i) {
      var th = element('th', kind(i), text);
      th.scope = 'col';
      head.appendChild(th);
    });
    rows.forEach(function (given) {
      var tr = element('tr', given.className);
      (given.cells || given).forEach(function (text, i) { tr.appendChild(element('td', kind(i), text)); });
      body.appendChild(tr);
    });
    thead.appendChild(head);
    made.appendChild(thead);
    made.appendChild(body);
    return made;
  }

  /* number(value, digits at most, digits at least) */
  function numbers(lang) {
    return function (value, digits, least) {
      return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en',
        { maximumFractionDigits: digits, minimumFractionDigits: least || 0 }).format(value);
    };
  }

  function post(url, body, lang) {
    return window.cwBriefing.request(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': lang },
      body: JSON.stringify(body)
    });
  }

  /*
   * Asks after a pause without further changes; only the answer to the last question is told.
   *
   *   var ask = latest(function () { return promise; }, told, refused);
   */
  function latest(question, told, refused) {
    var WAIT = 80, timer = null, asked = 0; // ms
    return function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var turn = ++asked;
        question().then(function (answer) {
          if (turn === asked) { told(answer); }
        }).catch(function (error) {
          if (turn === asked) { refused(error); }
        });
      }, WAIT);
    };
  }

  window.cwControls = {
    element: element, panel: panel, input: input, row: row, button: button, table: table,
    numbers: numbers, post: post, latest: latest
  };
})();
