// Keeps what is typed in this browser until it is saved, and saves a claim while it is typed.
(function () {
  "use strict";
  var WAIT = 1200;
  var PREFIX = "clustermark:typed:";

  function values(form) {
    var found = {};
    new FormData(form).forEach(function (value, name) {
      var field = form.elements[name];
      if (name === "csrfmiddlewaretoken" || name === "version" || typeof value !== "string") return;
      if (field instanceof Element && field.hasAttribute("data-not-kept")) return;
      (found[name] = found[name] || []).push(value);
    });
    return found;
  }
  function put(form, kept) {
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.name === "version") return;
      if (field.type === "hidden" || field.type === "file" || field.type === "submit") return;
      var there = kept[field.name] || [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = there.indexOf(field.value) >= 0;
      else if (there.length) field.value = there[0];
    });
  }
  function store(action, key, value) {
    try {
      if (action === "get") return JSON.parse(localStorage.getItem(key));
      if (action === "set") localStorage.setItem(key, JSON.stringify(value));
      if (action === "drop") localStorage.removeItem(key);
    } catch (error) { /* a browser that keeps nothing */ }
    return null;
  }

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = PREFIX + location.pathname;
    var state = form.querySelector("[data-saved-state]");
    var box = document.querySelector("[data-kept]");
    var first = JSON.stringify(values(form));
    var timer = null, sending = false, again = false, stopped = false, waiting = null;

    var kept = store("get", key);
    if (kept && JSON.stringify(kept) === first) { store("drop", key); kept = null; }
    if (kept && box) {
      box.hidden = false;
      box.querySelector("[data-kept-take]").addEventListener("click", function () {
        put(form, kept); box.hidden = true; changed();
      });
      box.querySelector("[data-kept-drop]").addEventListener("click", function () {
        store("drop", key); box.hidden = true;
      });
    }
    document.querySelectorAll("[data-forget]").forEach(function (link) {
      link.addEventListener("click", function () { store("drop", key); });
    });

    function say(words) { if (state) state.textContent = words; }
    function changed() {
      store("set", key, values(form));
      if (!form.hasAttribute("data-autosave") || stopped) return;
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    }
    function save() {
      if (sending) { again = true; return; }
      var sent = JSON.stringify(values(form));
      sending = true;
      say(form.dataset.textSaving);
      fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        headers: { Accept: "application/json" }
      }).then(function (answer) {
        if (answer.status === 401 || answer.status === 403) { stopped = true; say(form.dataset.textEnded); return null; }
        if (answer.status === 409) { stopped = true; say(form.dataset.textConflict); return null; }
        if (answer.status === 422) { say(form.dataset.textWrong); return null; }
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (answer) {
        if (!answer) return;
        form.elements.version.value = answer.version;
        say(answer.saved);
        if (JSON.stringify(values(form)) === sent) store("drop", key);
      }).catch(function () {
        say(form.dataset.textOffline);
        clearTimeout(timer);
        timer = setTimeout(save, WAIT * 8);
      }).then(function () {
        sending = false;
        var pressed = waiting;
        waiting = null;
        if (pressed) { again = false; form.requestSubmit(pressed.button); }
        else if (again) { again = false; save(); }
      });
    }
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    window.addEventListener("online", function () { if (store("get", key)) changed(); });
    // what saves itself just now goes first: sent beside it, the form would be taken for an older version
    form.addEventListener("submit", function (event) {
      clearTimeout(timer);
      if (sending) {
        event.preventDefault();
        event.stopPropagation();
        waiting = { button: event.submitter };
      } else stopped = true;
    });
    // what the server shows with errors or beside another version is not saved yet
    if (document.querySelector(".error-summary, .is-changed")) store("set", key, values(form));
  });
  // a saved page says so: its copy is no longer needed
  if (document.querySelector(".notice--success")) {
    Object.keys(localStorage).forEach(function (key) {
      if (key.indexOf(PREFIX) === 0 && document.referrer && new URL(document.referrer).pathname === key.slice(PREFIX.length)) localStorage.removeItem(key);
    });
  }
})();
