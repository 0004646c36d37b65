"""Pictures of the site for the README: python tests/site_pictures.py FOLDER."""

import sys
from base64 import b64encode
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer import chromium
from sample_site import built, card, write_site, write_sources

STYLE = """<style>
body { margin: 0; display: flex; gap: 20px; padding: 20px; background: #8884 }
img { height: 490px }
</style>"""


def topic(browser, site: Path) -> bytes:
    """A topic by day, with an answer beside it, as a desktop shows it."""
    page = browser.new_page(viewport={"width": 1240, "height": 800}, color_scheme="light")
    page.goto(f"{site.as_uri()}/questions.html")
    options = card(page).locator(".bd-choose label")
    for text in ("ReLU", "Dropout", "Слой свертки"):
        options.filter(has_text=text).click()
    page.locator(".tools [value=back]").check(force=True)
    card(page).wait_for_selector("#answer")
    return page.screenshot()


def practice(browser, site: Path) -> bytes:
    """A question of practice at night, as a phone shows it."""
    page = browser.new_page(
        viewport={"width": 390, "height": 800}, color_scheme="dark", has_touch=True, is_mobile=True
    )
    page.goto(f"{site.as_uri()}/practice.html?find=out")
    page.click(".setup button:enabled")
    card(page).locator(".bd-choose label").nth(1).click()
    page.wait_for_timeout(300)
    return page.screenshot()


def pictures(folder: Path) -> None:
    folder = folder.absolute()
    with chromium() as browser, TemporaryDirectory() as source, chdir(source):
        write_sources(Path())
        site = write_site(built(Path("source"))[1], Path(source) / "site")
        shots = [b64encode(take(browser, site)).decode() for take in (topic, practice)]
        images = (f'<img src="data:image/png;base64,{shot}">' for shot in shots)
        page = browser.new_page(viewport={"width": 1060, "height": 530})
        page.set_content(STYLE + "".join(images))
        page.wait_for_timeout(300)
        page.locator("body").screenshot(path=folder / "site.png", omit_background=True)


if __name__ == "__main__":
    pictures(Path(sys.argv[1]))
