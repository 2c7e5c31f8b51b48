// Evidence by drag and drop: each file is sent by itself with its progress; without this file the form sends them all.
(function () {
  "use strict";
  var form = document.querySelector("form[data-upload]");
  if (!form || !window.FormData || !window.DataTransfer) return;
  var zone = form.querySelector("[data-dropzone]");
  var input = form.querySelector("input[type=file]");
  var list = form.querySelector("[data-files]");
  var state = form.querySelector("[data-files-state]");
  var KEPT = "kept", REFUSED = "refused", TO_MEND = "to mend", ENDED = "ended", LOST = "lost";
  var sending = false;
  form.querySelector("[data-drop-words]").hidden = false;

  ["dragenter", "dragover"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.remove("is-over"); });
  });
  zone.addEventListener("drop", function (event) {
    if (sending) return;
    var all = new DataTransfer();
    [input.files, event.dataTransfer.files].forEach(function (files) {
      Array.prototype.forEach.call(files, function (file) { all.items.add(file); });
    });
    input.files = all.files;
    show();
  });
  input.addEventListener("change", show);

  function show() {
    list.textContent = state.textContent = "";
    Array.prototype.forEach.call(input.files, function (file) { line(file.name); });
  }
  function line(name) {
    var item = document.createElement("li"), words = document.createElement("span"), bar = document.createElement("progress"), told = document.createElement("span");
    words.className = "files__name";
    words.textContent = name;
    bar.max = 1; bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(words, bar, told);
    list.append(item);
    return { bar: bar, told: told };
  }
  // what became of the file; only what was lost on the way or waits for the form to be mended is sent again
  function outcome(request, answer) {
    if (request.status === 200) return KEPT;
    if (request.status === 422) return answer.refused ? REFUSED : TO_MEND;
    return request.status === 401 || request.status === 403 ? ENDED : LOST;
  }
  function send(file, place, many) {
    return new Promise(function (done) {
      // what would be refused at its end is not sent at all
      if (file.size > Number(form.dataset.largest)) {
        place.told.textContent = file.name + ": " + form.dataset.textLarge;
        place.told.className = "field__errors";
        done(REFUSED);
        return;
      }
      var data = new FormData(form), request = new XMLHttpRequest(), waiting;
      // a lost connection may be silent: where nothing moves and nothing is answered for long, it is taken for lost
      function wait() {
        clearTimeout(waiting);
        waiting = setTimeout(function () { request.abort(); }, patience());
      }
      data.delete(input.name);
      data.append(input.name, file);
      if (many) data.append("one_of_many", "yes");
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", function (event) {
        wait();
        if (event.lengthComputable) place.bar.value = event.loaded / event.total;
      });
      request.addEventListener("loadend", function () {
        clearTimeout(waiting);
        var answer = { errors: [] };
        try { answer = JSON.parse(request.responseText); } catch (error) { /* no answer of ours */ }
        var became = outcome(request, answer);
        var words = { lost: form.dataset.textFailed, ended: form.dataset.textEnded };
        words[KEPT] = "✓ " + form.dataset.textDone;
        place.bar.value = became === KEPT ? 1 : 0;
        place.told.textContent = words[became] || answer.errors.join(" ");
        place.told.className = became === KEPT ? "" : "field__errors";
        done(became);
      });
      place.told.textContent = form.dataset.textSending;
      request.send(data);
      wait();
    });
  }
  function patience() { return 1000 * Number(form.dataset.patience); }
  // what was kept stands in the list above without leaving the page, so that the reasons can still be read
  function renew() {
    return fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(patience()) }).then(function (answer) { return answer.text(); }).then(function (text) {
      var now = new DOMParser().parseFromString(text, "text/html").getElementById("filed");
      if (now) document.getElementById("filed").replaceWith(now);
    }).catch(function () { /* the list is there when the page is opened again */ });
  }
  function finish(became, left) {
    var has = function (one) { return became.indexOf(one) >= 0; };
    if (became.every(function (one) { return one === KEPT; })) form.reset();
    else input.files = left.files;
    (has(KEPT) ? renew() : Promise.resolve()).then(function () {
      sending = input.disabled = false;
      delete form.dataset.sent;
      state.textContent = has(ENDED) ? form.dataset.textSignIn : has(LOST) ? form.dataset.textLeft
        : has(REFUSED) || has(TO_MEND) ? form.dataset.textMend : form.dataset.textAll;
    });
  }
  form.addEventListener("submit", function (event) {
    var files = Array.prototype.slice.call(input.files);
    if (!files.length && !sending) return;
    event.preventDefault();
    if (sending) return;
    sending = input.disabled = true;
    list.textContent = state.textContent = "";
    var places = files.map(function (file) { return line(file.name); });
    var left = new DataTransfer(), became = [];
    files.reduce(function (before, file, at) {
      return before.then(function () {
        return send(file, places[at], files.length > 1).then(function (one) {
          became.push(one);
          if (one !== KEPT && one !== REFUSED) left.items.add(file);
        });
      });
    }, Promise.resolve()).then(function () { finish(became, left); });
  });
  window.addEventListener("beforeunload", function (event) { if (sending) event.preventDefault(); });
})();
