"""Files dragged from outside the browser onto a page, as from a file manager."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator


def drop(onto: Locator, *files: Path) -> None:
    """Drag the files over this part of the page and let them go (`Input.dispatchDragEvent` of the DevTools protocol)."""
    onto.scroll_into_view_if_needed()
    box = onto.bounding_box()
    assert box is not None
    session = onto.page.context.new_cdp_session(onto.page)
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in files], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})
    session.detach()
