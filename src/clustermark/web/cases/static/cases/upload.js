// Evidence by drag and drop: each file is sent by itself with its progress; without this file the form sends them all.
(function () {
  "use strict";
  var form = document.querySelector("form[data-upload]");
  if (!form || !window.FormData || !window.DataTransfer) return;
  var zone = form.querySelector("[data-dropzone]");
  var input = form.querySelector("input[type=file]");
  var list = form.querySelector("[data-files]");
  form.querySelector("[data-drop-words]").hidden = false;

  ["dragenter", "dragover"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.remove("is-over"); });
  });
  zone.addEventListener("drop", function (event) {
    var all = new DataTransfer();
    [input.files, event.dataTransfer.files].forEach(function (files) {
      Array.prototype.forEach.call(files, function (file) { all.items.add(file); });
    });
    input.files = all.files;
    show();
  });
  input.addEventListener("change", show);

  function show() {
    list.textContent = "";
    Array.prototype.forEach.call(input.files, function (file) { line(file.name); });
  }
  function line(name) {
    var item = document.createElement("li"), words = document.createElement("span"), bar = document.createElement("progress"), state = document.createElement("span");
    words.className = "files__name";
    words.textContent = name;
    bar.max = 1; bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(words, bar, state);
    list.append(item);
    return { bar: bar, state: state };
  }
  function send(file, place) {
    return new Promise(function (done) {
      var data = new FormData(form), request = new XMLHttpRequest();
      data.delete(input.name);
      data.append(input.name, file);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", function (event) {
        if (event.lengthComputable) place.bar.value = event.loaded / event.total;
      });
      request.addEventListener("loadend", function () {
        var answer = {};
        try { answer = JSON.parse(request.responseText); } catch (error) { /* no answer of ours */ }
        var well = request.status === 200;
        place.bar.value = well ? 1 : 0;
        place.state.textContent = well ? "✓ " + form.dataset.textDone : (answer.errors || [form.dataset.textFailed]).join(" ");
        place.state.className = well ? "" : "field__errors";
        done(well);
      });
      place.state.textContent = form.dataset.textSending;
      request.send(data);
    });
  }
  form.addEventListener("submit", function (event) {
    var files = Array.prototype.slice.call(input.files);
    if (!files.length) return;
    event.preventDefault();
    list.textContent = "";
    var places = files.map(function (file) { return line(file.name); });
    var failed = new DataTransfer();
    files.reduce(function (before, file, at) {
      return before.then(function () {
        return send(file, places[at]).then(function (well) { if (!well) failed.items.add(file); });
      });
    }, Promise.resolve()).then(function () {
      delete form.dataset.sent;
      input.files = failed.files;
      if (!failed.files.length) location.assign(location.pathname + location.search);
    });
  });
})();
