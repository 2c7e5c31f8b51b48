"""A walk over a page with the Tab key, and what a person without a mouse would complain of."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

MOST = 2000
"""Presses after which a walk that has not ended is a trap."""
WATCH = """
window.walked = [];
// in a drawing the focus is a line around a part of the link
window.strokeOf = one => one instanceof SVGElement ? [...one.querySelectorAll("*")].map(part => getComputedStyle(part).stroke + getComputedStyle(part).strokeWidth).join() : "";
// the place on the page, or in the part of it that scrolls by itself
const placed = one => {
  const box = one.getBoundingClientRect();
  let frame = one.parentElement;
  while (frame && frame !== document.body && frame.scrollHeight <= frame.clientHeight + 1 && frame.scrollWidth <= frame.clientWidth + 1) frame = frame.parentElement;
  const own = frame && frame !== document.body ? frame : { scrollLeft: 0, scrollTop: 0 };
  const x = scrollX + own.scrollLeft, y = scrollY + own.scrollTop;
  return { frame, left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
};
document.addEventListener("focusin", event => {
  const one = event.target, look = getComputedStyle(one);
  const outlined = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  window.walked.push({ one, outlined, stroke: strokeOf(one), seen: true, inside: Boolean(one.closest("main")) && one.id !== "main", ...placed(one) });
});
// looked at when the next key goes down, after everything has been scrolled
document.addEventListener("keydown", () => {
  const last = window.walked[window.walked.length - 1];
  if (!last || last.one !== document.activeElement) return;
  const label = last.one.labels && last.one.labels[0], box = last.one.getClientRects()[0];
  const top = box && document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
  last.seen = Boolean(top) && (last.one.contains(top) || Boolean(label && label.contains(top)) || top.contains(last.one));
}, true);
"""
EXPECTED = """
() => {
  const all = document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex])");
  window.expected = [...all].filter(one => {
    if (one.matches(":disabled, [tabindex='-1']") || one.closest("object") || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== "radio") return true;
    // of a group of radio buttons the one that is chosen, else the first
    const group = [...document.getElementsByName(one.name)].filter(other => other.form === one.form);
    return one === (group.find(other => other.checked) || group[0]);
  });
  const parts = { date: 4, time: 4, "datetime-local": 7 };
  return window.expected.reduce((sum, one) => sum + (parts[one.type] || 1), 1);
}
"""
STILL_INSIDE = """
() => { const one = document.activeElement; return one.id !== "main" && Boolean(one.closest("main")); }
"""
COMPLAINTS = """
() => {
  const said = one => one.tagName.toLowerCase() + " " + (one.getAttribute("aria-label") || one.innerText || one.name || one.id || one.className).trim().slice(0, 40);
  const found = [];
  const start = window.walked.findIndex(step => step.inside);
  const after = start < 0 ? [] : window.walked.slice(start);
  const end = after.findIndex(step => !step.inside);
  const steps = (end < 0 ? after : after.slice(0, end)).filter((step, at, all) => at === 0 || step.one !== all[at - 1].one);
  const reached = steps.map(step => step.one);
  window.expected.filter(one => !reached.includes(one)).forEach(one => found.push("never reaches " + said(one)));
  const order = window.expected.filter(one => reached.includes(one));
  reached.filter(one => order.includes(one)).forEach((one, at) => { if (one !== order[at]) found.push("comes out of turn to " + said(one)); });
  steps.forEach((step, at) => {
    if (!step.outlined && step.stroke === strokeOf(step.one)) found.push("shows no focus on " + said(step.one));
    if (!step.seen) found.push("hides the focus on " + said(step.one));
    const before = steps[at - 1];
    if (!before || before.one.contains(step.one) || before.frame !== step.frame) return;
    const up = step.bottom <= before.top && step.left < before.right;
    const back = step.top < before.bottom && step.bottom > before.top && step.right <= before.left;
    if (up || back) found.push("jumps " + (up ? "up" : "back") + " from " + said(before.one) + " to " + said(step.one));
  });
  return found.slice(0, 6);
}
"""
RESET = """
() => {
  document.activeElement.blur();
  [document.scrollingElement, ...document.querySelectorAll("*")].filter(one => one.scrollTop || one.scrollLeft).forEach(one => one.scrollTo(0, 0));
}
"""
"""The page as it was opened: scrolled back, and the focus nowhere."""
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def walk(page: Page) -> Iterator[str]:
    """What is wrong with the page that was just opened: first the skip link, then everything in it by Tab.

    Everything that can be used must be reached, in the order in which it is read, with the focus in sight, and be left
    again. `WATCH` must have been among the scripts of the page when it was opened.
    """
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    if first != "skip-link":
        yield f"begins with {first!r}, not with the skip link"
        return
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        yield "does not come to the content by the skip link"
    # a key that goes down and up by Playwright is two messages; thousands of them are waited for here
    keys = page.context.new_cdp_session(page)
    left, pressed = page.evaluate(EXPECTED), 0
    while left and pressed < MOST:
        for _press in range(left):
            keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **TAB})
        pressed += left
        left = 3 if page.evaluate(STILL_INSIDE) else 0
    keys.detach()
    if pressed >= MOST:
        yield "never lets go of the keyboard"
    yield from page.evaluate(COMPLAINTS)
    page.evaluate(RESET)
