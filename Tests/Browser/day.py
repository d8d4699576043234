"""A clinic's day with the pages alone, as somebody does it who has never seen a terminal.

    DISCADOR=.build/debug/discador python3 day.py [--out FOLDER] [--plain] [--narrow]

From logging in to logging out, in Portuguese: a campaign like another one, its list, the first calls, a pause, doubts,
replies, somebody who must not be called, those who did not answer, the report. Each step is held against what the program
says at the terminal, and at the end against the simulator's ledger: who rang, and how often. --plain is without script.
"""
import argparse, contextlib, glob, json, os, sys, time

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from browser import Browser
from crawl import log_in
from names import BUTTONS, FIELDS
from program import Program

# The last two digits say what the simulator does, the two before what the person does.
LIST = [
    ("Ana Célia", "11987650001"), ("<script>alert(1)</script>", "11987650818"), ("Bruno", "11987650002"),
    ("Carla", "11987650003"), ("Davi", "11987650004"), ("Érica", "11987650005"), ("Fábio", "11987650006"),
    ("Íris", "11987650010"), ("João", "11987650111"), ("Karla", "11987650212"), ("Luís", "11987650313"),
    ("Mara", "11987650414"), ("Nilo", "11987650515"), ("Otto", "11987650616"), ("Pia", "11987650717"),
    ("Não me ligue", "11987650920"), ("Errado", "1198"), ("Repetida", "11987650001"),
    *[(f"Pessoa {n}", f"1198766{2000 + n}") for n in range(1, 41)],
    # Late: neither must end the first calls as a failure.
    ("Gil", "11987657301"), ("Hugo", "11987657997"),
]
PEOPLE = len(LIST) - 2


class Day:
    def __init__(self, program, browser, out, plain):
        self.program, self.browser, self.driver, self.out, self.plain = program, browser, browser.driver, out, plain
        self.failures, self.number = [], 0

    # What a person can do

    def press(self, name, within="main", seconds=8):
        """A button or link by its words, once it is there. What is live may be exchanged while it is looked for."""
        words = BUTTONS.get(name, name)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(StaleElementReferenceException):
                element = self.find(words, within)
                if element:
                    page = self.driver.find_element(By.TAG_NAME, "html")
                    leads_on = element.tag_name != "summary"
                    element.click()
                    if leads_on: self.leaves(page)
                    return
            time.sleep(0.2)
        raise NoSuchElementException(f"no button or link “{words}” on {self.driver.current_url}")

    def leaves(self, page, seconds=2):
        """Until another page is there; a file that is downloaded leaves the page as it is."""
        end = time.monotonic() + seconds
        with contextlib.suppress(StaleElementReferenceException):
            while time.monotonic() < end:
                page.is_enabled()
                time.sleep(0.05)

    def find(self, words, within):
        places = f"{within} button, {within} a, {within} summary" + (", header a" if within == "main" else "")
        is_part = words.endswith((" ", "…")) or words[0].islower()
        for element in self.driver.find_elements(By.CSS_SELECTOR, places):
            text = element.text.strip()
            if element.is_displayed() and (text == words or is_part and words in text and len(text) < len(words) + 30):
                return element
        return None

    def field(self, name):
        return self.driver.find_element(By.NAME, FIELDS[name])

    def fill(self, name, text):
        field = self.field(name)
        if field.tag_name == "select": Select(field).select_by_value(text)
        else:
            if field.get_attribute("type") != "file": field.clear()
            field.send_keys(text)

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def sees(self, *texts, seconds=20):
        """Until the page says it: by itself where there is script, else by loading it again."""
        end = time.monotonic() + seconds
        while any(text.casefold() not in self.text().casefold() for text in texts):
            if time.monotonic() > end:
                raise AssertionError(f"{self.driver.current_url} does not say {texts}: {self.text()[:600]}")
            time.sleep(0.5)
            if self.plain: self.driver.refresh()

    def counts(self, campaign="tarde"):
        return json.loads(self.program.run("status", campaign, "--json"))["campaigns"][0]["counts"]

    def until(self, question, what, seconds=40):
        end = time.monotonic() + seconds
        while not question():
            if time.monotonic() > end: raise AssertionError(f"not within {seconds} s: {what}; {self.counts()}")
            time.sleep(0.3)

    @contextlib.contextmanager
    def step(self, name):
        self.number += 1
        try:
            yield
            print(f"  {self.number:2} {name}")
        except Exception as error:
            self.failures.append(name)
            print(f"✗ {self.number:2} {name}: {type(error).__name__} {str(error).split('Stacktrace')[0][:900]}")
        for entry in self.browser.console():
            print(f"      console: {entry['message'][:200]}")
            self.failures.append(f"{name}: console")
        with contextlib.suppress(Exception):
            self.driver.save_screenshot(os.path.join(self.out, f"{self.number:02}-{name.replace(' ', '-')}.png"))

    # The day

    def go(self):
        program, browser = self.program, self.browser
        with self.step("log in"):
            log_in(browser, program, "ana")
            self.sees("Visão geral", "clinica")
        with self.step("a campaign like another"):
            self.press("new")
            self.fill("like", "clinica")
            self.fill("name", "tarde")
            self.press("make")
            assert self.driver.current_url.endswith("/campaigns/tarde/import"), self.driver.current_url
        with self.step("send a list"):
            path = os.path.join(program.folder, "pacientes da tarde.csv")
            with open(path, "w", encoding="cp1252") as file:
                file.write("Nome;Celular;Médico\n" + "".join(f"{name};{phone};Drª Zoë\n" for name, phone in LIST))
            self.fill("list", path)
            self.press("send")
            # The campaign that it is like names other columns.
            self.sees("Telefone", "Celular", "Médico")
        with self.step("read it differently"):
            self.press("differently")
            self.fill("phone column", "2")
            self.fill("name column", "1")
            self.fill("duration column", "0")
            self.press("read")
            self.sees("Ana Célia", "<script>alert(1)</script>", f"Importar {PEOPLE}")
            assert self.counts_or_none() in (None, 0), "something was imported by looking"
        with self.step("import"):
            self.press("import")
            self.sees("importada")
            assert self.counts()["total"] == PEOPLE, self.counts()
            assert self.counts()["ready"] == PEOPLE, "somebody was called by an import"
        with self.step("plan"):
            self.press("plan")
            self.sees(str(PEOPLE))
        with self.step("first calls"):
            self.press("campaign")
            self.press("canary")
            self.fill("canary", "3")
            self.press("first calls")
            self.until(lambda: self.counts()["ready"] < PEOPLE, "calls begin")
            self.sees("aceitas")
        with self.step("live and pause"):
            before = self.counts()
            self.until(lambda: self.counts()["accepted"] > 4, "the rest follows")
            if not self.plain:
                shown = self.browser.value("document.querySelector('progress').value")
                self.until(lambda: self.browser.value("document.querySelector('progress').value") > min(shown, before["accepted"]),
                           "the page shows it by itself")
            if self.plain: self.driver.refresh()
            self.press("pause")
            self.sees("pausada")
            time.sleep(2)
            paused = self.counts()
            time.sleep(2)
            assert self.counts() == paused and paused["ready"] > 0, (paused, self.counts())
        with self.step("resume"):
            self.press("resume")
            self.until(lambda: self.counts()["ready"] == 0 and self.counts()["dialing"] == 0, "everybody is called", 60)
            if self.plain: self.driver.refresh()
        with self.step("doubts"):
            assert self.counts()["inDoubt"] == 1, self.counts()
            self.press("doubts")
            self.sees("Hugo")
            self.driver.find_element(By.CSS_SELECTOR, f"input[name={FIELDS['doubt']}]").click()
            self.press("rang")
            self.until(lambda: self.counts()["inDoubt"] == 0, "it is resolved")
            self.sees("Nenhuma ligação está em dúvida")
        with self.step("replies"):
            self.press("replies")
            self.sees("quem é você")
            self.press("do not call", within="main table")
            self.sees("Nenhuma resposta aguarda decisão")
            self.until(lambda: "5511987657301" in program.run("block", "list", "--json"), "the number is on the list")
        with self.step("block somebody"):
            self.driver.get(program.address + "/campaigns/tarde")
            self.press("people")
            self.fill("text", "Não me ligue")
            self.press("search")
            self.sees("Não me ligue")
            self.press("Não me ligue")
            self.press("do not call", within="main .actions")
            self.until(lambda: "5511987650920" in program.run("block", "list", "--json"), "the number is on the list")
        with self.step("call back who did not answer"):
            rung = program.rung()
            missed = json.loads(program.run("status", "tarde", "--json"))["campaigns"][0]["happened"]["notAnswered"]
            assert missed > 0, "everybody has answered"
            self.driver.get(program.address + "/campaigns/tarde")
            self.press("call back")
            self.press("call again")
            self.press("call these again")
            self.until(lambda: self.counts()["ready"] > 0, "they wait for a call again")
            again = self.counts()["ready"]
            self.driver.get(program.address + "/campaigns/tarde")
            self.press("start")
            # Where webhooks are received, nobody is called again within 2 min 15 s.
            self.until(lambda: self.counts()["ready"] == 0 and self.counts()["dialing"] == 0, "they are called", 240)
            more = {phone: count for phone, count in program.rung().items() if count > rung.get(phone, 0)}
            assert len(more) == again, (again, more)
            assert all(count == 2 for count in more.values()), more
            assert not {"5511987657301", "5511987650920"} & set(more), "somebody on the list was called"
        with self.step("download the report"):
            downloads = os.path.join(self.out, "downloads")
            os.makedirs(downloads, exist_ok=True)
            browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads)
            for form in ("csv", "xlsx", "html"):
                self.driver.get(program.address + "/campaigns/tarde")
                self.press("reports")
                self.fill("format", form)
                self.press("download")
                self.until(lambda: glob.glob(os.path.join(downloads, f"tarde*.{form}")), f"{form} arrives", 20)
            with open(sorted(glob.glob(os.path.join(downloads, "tarde*.csv")))[0], encoding="utf-8-sig") as file:
                rows = file.read().strip().split("\n")
            assert len(rows) == PEOPLE + 1, len(rows)
        with self.step("the log says who did it"):
            self.driver.get(program.address + "/log")
            self.sees("ana", "tarde")
            assert "11987650920" not in self.text().replace(" ", "").replace("-", ""), "the log shows a phone"
        with self.step("log out"):
            self.press("log out", within="header")
            self.driver.get(program.address + "/campaigns/tarde")
            assert "/login" in self.driver.current_url, self.driver.current_url
        with self.step("who rang"):
            rung = program.rung()
            own = {f"55{phone}" for _, phone in LIST}
            often = {phone: count for phone, count in rung.items() if phone in own and count > 2}
            assert not often, often
        return self.failures

    def counts_or_none(self):
        try: return self.counts()["total"]
        except Exception: return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="browser-day")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--narrow", action="store_true")
    arguments = parser.parse_args()
    arguments.out = os.path.abspath(arguments.out)
    os.makedirs(arguments.out, exist_ok=True)
    browser = Browser()
    browser.become(width=360 if arguments.narrow else 1280, language="pt-BR", script=not arguments.plain)
    browser.cdp("Emulation.setScriptExecutionDisabled", value=arguments.plain)
    try:
        with Program() as program:
            program.demo("clinica", "Paciente;Telefone;Especialidade;Consulta;Duração\nSó;11987654001;Cardiologia;01/12/2026 08:00;\n")
            program.user("ana", "operate")
            failures = Day(program, browser, arguments.out, arguments.plain).go()
            with open(os.path.join(arguments.out, "serve.log"), "w") as file: file.write(program.log("serve"))
    finally:
        browser.close()
    print(f"{len(failures)} of the steps failed" if failures else "the day went well")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
