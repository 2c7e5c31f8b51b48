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
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    changed = false;
    // a draft that is just being saved comes first, so that the form is sent with its new version
    if (!form.classList.contains("htmx-request")) return;
    event.preventDefault();
    var button = event.submitter;
    form.addEventListener("htmx:afterSettle", function () { delete form.dataset.sent; form.requestSubmit(button); }, { once: true });
  });
  // what could not be sent is said, and sent when the connection is there again
  function lost(words) {
    var state = document.getElementById("saved-state");
    if (state) state.textContent = words;
    changed = true;
  }
  form.addEventListener("htmx:sendError", function () { lost(form.dataset.textOffline); later(10000); });
  form.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) lost(form.dataset.textEnded);
  });
  window.addEventListener("online", function () { if (changed) later(0); });
  document.addEventListener("htmx:afterSwap", function (event) { if (event.target.id === "saved-state") changed = false; });
  window.addEventListener("beforeunload", function (event) { if (changed) event.preventDefault(); });
})();
