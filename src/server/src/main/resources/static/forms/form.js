/*
 * What the forms of our tasks in Tasklist have in common. Tasklist loads it at its start.
 *
 *   cwForm(camForm, {
 *     read: ['campaignKey'],             variables that are shown and never written back
 *     write: ['excludedMarkets'],        further variables that are read, and written back
 *     filled: function (form) { … },     once the variables are there
 *     submit: function (form) { … }      before the task is completed
 *   });
 *
 * Each form reads briefingId and shows that briefing in .cw-briefing, and each variable named by
 * data-name of a .cw-figure, as data-kind says (share, number or text), in that cell. It has:
 *
 *   form.value(name), form.set(name, value)        variables
 *   form.original(name)                            as it was before the form
 *   form.find(selector)                            the form's own elements
 *   form.locale                                    'en' or 'zh'
 *   form.addBox(place, value, text, checked)       a check box
 *   form.checked(place)                            values of the checked ones
 *   form.writeJson(name, list)                     a variable of type Json
 *   form.drop(name)                                does not write the variable
 *   form.refuse(text)                              true, and not sent, when there is a text to say
 *   form.briefing                                  promise of the briefing; null when there is none
 */
(function () {
  'use strict';

  function Form(camForm) {
    var manager = camForm.variableManager;
    var root = camForm.formElement[0];
    var form = this;
    var language = (navigator.language || '').indexOf('zh') === 0 ? 'zh' : 'en';

    form.locale = language;
    form.briefing = Promise.resolve(null);
    form.value = function (name) { return (manager.variable(name) || {}).value; };
    form.original = function (name) { return (manager.variable(name) || {}).originalValue; };
    form.set = function (name, value) { manager.variableValue(name, value); };
    form.find = function (selector) { return root.querySelector(selector); };

    form.addBox = function (place, value, text, checked) {
      var row = document.createElement('div');
      var label = document.createElement('label');
      var box = document.createElement('input');
      row.className = 'checkbox';
      box.type = 'checkbox';
      box.value = value;
      box.checked = checked;
      label.appendChild(box);
      label.appendChild(document.createTextNode(' ' + text));
      row.appendChild(label);
      form.find(place).appendChild(row);
    };

    form.checked = function (place) {
      return Array.prototype.map.call(
        root.querySelectorAll(place + ' input:checked'), function (box) { return box.value; });
    };

    form.writeJson = function (name, list) {
      if (!manager.variable(name)) { manager.createVariable({ name: name }); }
      manager.variable(name).type = 'Json';
      manager.variable(name).value = list;
    };

    form.drop = function (name) { delete manager.variables[name]; };

    form.refuse = function (text) {
      var place = form.find('.cw-error');
      place.textContent = text;
      place.hidden = !text;
      camForm.submitPrevented = !!text;
      return !!text;
    };

    form.showFigures = function () {
      var cells = root.querySelectorAll('.cw-figure');
      var writer = window.cwBriefing.writer(language);
      cells.forEach(function (cell) {
        var found = form.value(cell.dataset.name);
        cell.textContent = typeof found !== 'number' ? writer.cell(found)
          : cell.dataset.kind === 'share' ? writer.exact(100 * found) + ' %' : writer.exact(found);
      });
      if (cells.length && form.value('briefingId')) {
        window.cwBriefing.tellInputs(cells[0].closest('table'), form.value('briefingId'), language);
      }
    };

    form.showBriefing = function () {
      var id = form.value('briefingId');
      if (id) { form.briefing = window.cwBriefing.render(form.find('.cw-briefing'), id, language); }
    };
  }

  window.cwForm = function (camForm, parts) {
    var read = ['briefingId'].concat(parts.read || []);
    var form = new Form(camForm);
    camForm.on('form-loaded', function () {
      read.concat(parts.write || []).forEach(function (name) {
        camForm.variableManager.fetchVariable(name);
      });
    });
    camForm.on('variables-fetched', function () {
      form.showBriefing();
      form.showFigures();
      parts.filled(form);
    });
    camForm.on('submit', function () {
      camForm.submitPrevented = false;
      if (parts.submit) { parts.submit(form); }
      if (camForm.submitPrevented) { return; }
      // What was only read must not be written back.
      read.forEach(form.drop);
    });
  };
})();
