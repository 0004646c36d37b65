"""`build-deck serve`, as its user and as strangers meet it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread
from urllib.parse import quote

import pytest
from command import ROOT, build_deck
from reviewer import chromium
from sample_site import card, until, write_sources

posix = pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as POSIX does")


class Serving:
    """A server that runs in another process, and what it has printed."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "builder", "serve", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines = Queue()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, text, seconds=30):
        """The next line that holds a text."""
        end = time.monotonic() + seconds
        seen = []
        while (left := end - time.monotonic()) > 0:
            try:
                seen.append(self.lines.get(timeout=left))
            except Empty:
                break
            if text in seen[-1]:
                return seen[-1]
        raise AssertionError(f"{text!r} was not said, but {seen}")

    def started(self):
        line = self.until("http://")
        self.port = int(line.split(":")[2].split("/")[0])
        self.until(" built: ")
        return self

    def get(self, path="/", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", quote(path), headers=headers)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def stop(self):
        """Sends Ctrl-C; gives the exit status and the rest that is printed."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=10)
        said = ""
        while not self.lines.empty():
            said += self.lines.get()
        return status, said


@contextmanager
def serve(folder, *arguments):
    server = Serving(folder, *arguments)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()
        server.process.stdout.close()


@pytest.fixture
def sample(tmp_path):
    write_sources(tmp_path)
    return tmp_path


def add(folder, text):
    with (folder / "source" / "внимание.md").open("a", encoding="utf-8") as file:
        file.write(text)


NEW = "\n## Вопрос 4\n\nЧто нового?\n\n- [x] Всё\n- [ ] Ничего\n"


# Strangers ------------------------------------------------------------------------------------


def test_it_answers_loopback_names_and_no_page_from_elsewhere(sample):
    with serve(sample) as server:
        server.started()
        own = f"127.0.0.1:{server.port}"
        asked = [
            {},
            {"Host": f"localhost:{server.port}"},
            {"Host": own, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
            {"Host": own, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
            {"Host": "evil.example"},
            {"Host": f"evil.example:{server.port}"},
            {"Host": "127.0.0.1:1"},
            {"Host": ""},
        ]
        assert [server.get("/", **headers)[0] for headers in asked] == [200] * 3 + [403] * 5


def test_it_listens_on_loopback_alone(sample):
    with serve(sample) as server:
        server.started()
        others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None)}
        for address in others - {"127.0.0.1", "127.0.1.1", "::1"}:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with socket.socket(family) as stranger:
                stranger.settimeout(2)
                assert stranger.connect_ex((address, server.port)) != 0


@pytest.mark.parametrize("path", ["/../source/deck.toml", "/..%2fsource/deck.toml", "//etc/passwd"])
def test_only_pages_can_be_asked_for(sample, path):
    with serve(sample) as server:
        server.started()
        assert server.get(path)[0] == 404


# Building -------------------------------------------------------------------------------------


def test_a_save_is_shown_and_nothing_is_written(sample):
    with serve(sample) as server:
        server.started()
        before = sorted(sample.rglob("*"))
        add(sample, NEW)
        assert "6 questions" in server.until(" built: ")
        assert "Что нового?" in server.get("/data/questions.js")[1].decode()
        assert server.get("/DL + NLP + CV.apkg")[1].startswith(b"PK")
        assert sorted(sample.rglob("*")) == before


def test_a_picture_that_was_missing_is_waited_for(sample):
    add(sample, NEW.replace("Что нового?", "Что здесь? ![](п.svg)"))
    with serve(sample) as server:
        server.started()
        assert b"cards/bd-" not in server.get("/print.html")[1]
        (sample / "source" / "п.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        server.until(" built: ")
        assert b"cards/bd-" in server.get("/print.html")[1]


def test_what_cannot_be_built_is_said_and_the_last_pages_stay(sample):
    with serve(sample) as server:
        server.started()
        shutil.move(sample / "source", sample / "away")
        assert "there is no file or folder “source”" in server.until("error")
        assert server.get("/questions.html")[0] == 200
        shutil.move(sample / "away", sample / "source")
        server.until(" built: ")
        (sample / "source" / "deck.toml").write_text("name = [", encoding="utf-8")
        server.until("cannot be used")
        assert server.get("/questions.html")[0] == 200
        (sample / "source" / "deck.toml").unlink()
        server.until(" built: ")
        for file in (sample / "source").glob("*.md"):
            file.write_bytes(b"\x00\xff broken \x81")
        assert "no question was found" in server.until("no question")
        assert server.get("/questions.html")[0] == 200


def test_a_port_that_is_taken_is_named(sample):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = build_deck("serve", "--port", port, cwd=sample)
    assert done.status == 2
    assert f"port {port} cannot be used" in done.err


@posix
def test_ctrl_c_ends_it_at_once(sample):
    with serve(sample) as server:
        server.started()
        assert server.stop() == (0, "\nstopped\n")


@posix
def test_ctrl_c_in_the_middle_of_a_build_ends_it_too(sample):
    text = "".join(NEW.replace("Вопрос 4", f"Вопрос {n}") for n in range(3000))
    (sample / "source" / "много.md").write_text("# Много\n" + text, encoding="utf-8")
    with serve(sample) as server:
        server.until("http://")
        time.sleep(0.5)
        assert server.stop() == (0, "\nstopped\n")


def test_without_a_page_a_save_rebuilds_the_package_in_one_line(sample):
    with serve(sample, "--no-page") as server:
        assert "5 questions" in server.until("dist/DL + NLP + CV.apkg: ")
        package = sample / "dist" / "DL + NLP + CV.apkg"
        before = package.read_bytes()
        add(sample, NEW)
        assert "6 questions" in server.until("dist/DL + NLP + CV.apkg: ")
        assert package.read_bytes() != before
        assert not (sample / "source" / "deck.lock").exists()


# The reader -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def reader(sample, browser):
    """A server of the sample, and what opens its pages; no page may meet an error."""
    errors = []
    with serve(sample) as server:
        server.started()
        context = browser.new_context(viewport={"width": 1400, "height": 500})

        def visit(name):
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"http://127.0.0.1:{server.port}/{name}")
            return page

        yield visit
        context.close()
    assert errors == []


def rewrite(folder, old, new):
    file = folder / "source" / "внимание.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def loaded_anew(page, change):
    """Changes something and waits for the page that shows it."""
    page.evaluate("before = true")
    change()
    until(page, "!window.before")


def test_the_page_comes_back_where_the_reader_stood(sample, reader):
    page = reader("questions.html")
    page.fill("#find", "выполнения")
    page.get_by_text("после выполнения кода").click()
    page.get_by_text("Оборот").click()
    page.focus("#practise")
    page.evaluate("scrollTo(0, 60)")
    scrolled = page.evaluate("scrollY")
    loaded_anew(page, lambda: rewrite(sample, "Какую форму", "Какую, однако, форму"))
    card(page).wait_for_selector("#qa:has(.bd-answer) .bd-stem:has-text('Какую, однако, форму')")
    until(page, f"scrollY === {scrolled} && document.activeElement.id === 'practise'")
    assert page.input_value("#find") == "выполнения"


def test_a_question_that_was_away_for_a_while_is_come_back_to(sample, reader):
    page = reader("questions.html")
    page.get_by_text("не применять маску").click()
    page.get_by_text("Оборот").click()
    loaded_anew(page, lambda: shutil.move(sample / "source" / "внимание.md", sample))
    loaded_anew(page, lambda: shutil.move(sample / "внимание.md", sample / "source"))
    card(page).wait_for_selector("#qa:has(.bd-answer) .bd-stem:has-text('не применять маску')")


def test_a_save_between_loading_and_listening_is_not_missed(sample, reader):
    page = reader("index.html")
    held = Queue()
    page.route("**/live", held.put)
    page.reload()
    until(page, "document.querySelector('.server')")
    page.wait_for_timeout(100)
    rewrite(sample, "# Внимание и трансформеры", "# Трансформеры")
    page.wait_for_timeout(2000)
    loaded_anew(page, lambda: held.get().continue_())
    assert "Трансформеры" in page.inner_text(".topics")


def test_a_page_that_nobody_sees_holds_no_connection_and_misses_nothing(sample, reader):
    page = reader("index.html")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    rewrite(sample, "# Внимание и трансформеры", "# Трансформеры")
    page.wait_for_selector("text='Трансформеры'")
    assert any(url.endswith("/build") for url in asked)


def test_a_round_of_practice_goes_on_after_a_save(sample, reader):
    page = reader("practice.html")
    page.get_by_text("Начать").click()
    for _ in range(2):
        page.click("[data-do=answer]")
        page.click("[data-do=next]:not([hidden]), [data-do=right]:not([hidden])")
    loaded_anew(page, lambda: rewrite(sample, "Закончится память", "Закончится память, увы"))
    page.wait_for_selector("text=Вопрос 3 из")


def test_the_page_says_what_cannot_be_built(sample, reader):
    page = reader("index.html")
    shutil.move(sample / "source", sample / "away")
    page.wait_for_selector(".server:not([hidden])")
    assert page.inner_text(".server") == "there is no file or folder “source”"
    shutil.move(sample / "away", sample / "source")
    page.wait_for_selector(".server", state="hidden")


@posix
def test_the_page_says_that_the_server_has_ended(sample, browser):
    with serve(sample) as server:
        server.started()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/index.html")
        until(page, "performance.getEntriesByType('resource').length")
        page.wait_for_timeout(200)
        server.stop()
        page.wait_for_selector("text=build-deck serve остановлен")
        page.close()


def test_a_source_that_is_broken_at_first_is_shown_once_it_is_mended(sample, browser):
    shutil.move(sample / "source", sample / "away")
    (sample / "source").mkdir()
    with serve(sample) as server:
        server.port = int(server.until("http://").split(":")[2].split("/")[0])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/")
        assert "no question was found" in page.inner_text("body")
        shutil.rmtree(sample / "source")
        shutil.move(sample / "away", sample / "source")
        page.wait_for_selector(".topics")
        page.close()
