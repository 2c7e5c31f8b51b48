// The workspace by keyboard, and drafts that save themselves; every page works without this file.
(function () {
  "use strict";
  var form = document.getElementById("rating-form");
  if (!form) return;

  function typing(element) {
    return element && /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(radio|checkbox)$/.test(element.type);
  }
  function follow(id) {
    var link = document.getElementById(id);
    if (link) link.click();
  }
  function go(id) {
    var place = document.getElementById(id);
    if (place) place.focus();
  }
  function rate(step) {
    var radio = form.querySelector("input[name=rating][value='" + step + "']");
    if (!radio || radio.disabled) return;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  var keys = {
    j: function () { follow("go-next"); },
    k: function () { follow("go-previous"); },
    r: function () { go("id_reason"); },
    e: function () { go("evidence"); },
    s: function () { follow("save"); }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && typing(document.activeElement)) { document.activeElement.blur(); return; }
    if (typing(event.target)) return;
    if (/^[0-9]$/.test(event.key)) { rate(event.key); return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // a draft is saved when the expert pauses; what is not yet saved is asked about before leaving
  var timer = null;
  var changed = false;
  function later(wait) {
    if (!form.hasAttribute("hx-post")) return;
    changed = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      if (window.htmx) window.htmx.trigger(form, "autosave");
    }, wait);
  }
  form.addEventListener("input", function () { later(1500); });
  form.addEventListener("change", function () { later(300); });
  // what saves itself just now goes first: sent beside it, the form would be taken for an older version
  var sending = false, waiting = null;
  form.addEventListener("htmx:beforeRequest", function () { sending = true; });
  form.addEventListener("htmx:afterRequest", function () {
    sending = false;
    var pressed = waiting;
    waiting = null;
    // after htmx has put the new version in its place
    if (pressed) window.setTimeout(function () { form.requestSubmit(pressed.button); }, 0);
  });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    if (sending) {
      event.preventDefault();
      event.stopPropagation();
      waiting = { button: event.submitter };
      return;
    }
    changed = false;
  });
  document.addEventListener("htmx:afterSwap", function () { changed = false; });
  window.addEventListener("beforeunload", function (event) { if (changed) event.preventDefault(); });
})();
