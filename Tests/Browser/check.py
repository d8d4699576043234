"""Looks at every page of the dashboard as a person would, and says what is wrong with it.

    DISCADOR=.build/debug/discador python3 check.py [--out FOLDER] [--quick] [--only PART-OF-A-PATH]

Every page that links lead to from the first one, in {1280, 360 pixels} × {light, dark} × {English, Portuguese} × {script on,
off}: no error in the console, no serious violation that axe knows, no scrolling sideways, the right `lang`, no secret of
Z-API, the words of one language. By keyboard, every control is reached and shows it. A person who may only read sees no
phone and no form that would change something. Screenshots, sheets of them and findings.txt are left in FOLDER.
"""
import argparse, itertools, os, re, sys, urllib.parse

from browser import Browser
from crawl import crawl, log_in, shape
from program import Program, SECRETS
from scene import phones_of, prepare
from words import foreign

FATAL = {"critical", "serious"}


class Findings:
    """What is wrong, each once, with the first place where it was seen."""

    def __init__(self):
        self.seen = {}

    def add(self, kind, page, detail, how=""):
        entry = self.seen.setdefault((kind, page, str(detail)), [how, 0])
        entry[1] += 1

    def lines(self):
        return [f"{kind}: {page}: {detail}  [{how}{f', {count} times' if count > 1 else ''}]"
                for (kind, page, detail), (how, count) in sorted(self.seen.items())]


def look(browser, program, path, language, how, findings, secrets):
    """One page in one way of seeing it."""
    page = shape(path)
    browser.open(program.address + path)
    source = browser.driver.page_source
    if browser.value("document.documentElement.lang") != language:
        findings.add("LANG", page, browser.value("document.documentElement.lang"), how)
    for secret in secrets:
        if secret in source: findings.add("SECRET", page, "a token or an address of Z-API is in the page", how)
    for rule, impact, places in browser.axe():
        findings.add("AXE" if impact in FATAL else "axe (minor)", page, f"{rule} ({impact}): {places}", how)
    sideways = browser.sideways()
    if sideways: findings.add("SIDEWAYS", page, sideways, how)
    for text in browser.cut_texts(): findings.add("cut", page, text, how)
    for text in browser.small_targets(): findings.add("small target", page, text, how)
    for text in foreign(browser.value("document.body.innerText"), language):
        findings.add("LANGUAGE", page, f"in {language}: {text}", how)
    for entry in browser.console():
        if "favicon" in entry["message"] and "404" in entry["message"]:
            findings.add("console", "every page", "no favicon", how)
        else: findings.add("CONSOLE", page, entry["message"][:300], how)


def sheet(folder, name, files):
    """Several screenshots side by side, at half their size."""
    from PIL import Image
    images = [Image.open(os.path.join(folder, file)).convert("RGB") for file in files]
    images = [image.resize((image.width // 2, image.height // 2)) if image.width > 400 else image for image in images]
    height = min(max(image.height for image in images), 2400)
    board = Image.new("RGB", (sum(image.width + 12 for image in images), height), "#808080")
    left = 0
    for image in images:
        board.paste(image.crop((0, 0, image.width, height)), (left, 0))
        left += image.width + 12
    board.save(os.path.join(folder, name))


def file_of(path):
    return re.sub(r"[^a-z0-9]+", "-", urllib.parse.unquote(path).lower()).strip("-")[:60] or "start"


def check(program, browser, arguments, findings):
    prepare(program)
    browser.become(language="en")
    log_in(browser, program, "ana")
    paths = crawl(browser, program)
    print(f"{len(paths)} pages:", *paths, sep="\n  ", flush=True)
    paths = [path for path in paths if not arguments.only or arguments.only in path]
    secrets = [*SECRETS.values(), f"127.0.0.1:{program.zapi}"]
    ways = list(itertools.product((1280, 360), (False, True), ("en", "pt-BR"), (True, False)))
    if arguments.quick:
        ways = [(1280, False, "en", True), (1280, True, "pt-BR", True), (360, False, "pt-BR", True),
                (360, True, "en", False)]
    for path in paths:
        files = []
        for width, dark, language, script in ways:
            how = f"{width}-{'dark' if dark else 'light'}-{language}-{'script' if script else 'plain'}"
            browser.become(width=width, dark=dark, language=language, script=script, calm=dark)
            try: look(browser, program, path, language, how, findings, secrets)
            except Exception as error: findings.add("BROKEN", shape(path), str(error)[:200], how)
            files.append(f"{file_of(path)}-{how}.png")
            browser.screenshot(os.path.join(arguments.out, files[-1]))
        chosen = [f"{file_of(path)}-{how}.png" for how in
                  ("1280-light-en-script", "1280-dark-pt-BR-script", "360-light-pt-BR-script", "360-dark-en-plain")]
        sheet(arguments.out, f"sheet-{file_of(path)}.png", [file for file in chosen if file in files])
        for width in (1280, 360):
            # Without script: what is exchanged meanwhile would not be known again.
            browser.become(width=width, language="en", script=False)
            browser.open(program.address + path)
            missed, unmarked = browser.keyboard()
            if missed: findings.add("KEYBOARD", shape(path), f"Tab does not reach {missed}", str(width))
            if unmarked: findings.add("KEYBOARD", shape(path), f"focus is not shown on {unmarked}", str(width))
            browser.console()
        print(".", end="", flush=True)
    print()


def check_reader(program, browser, findings):
    """Somebody who may only read."""
    browser.driver.delete_all_cookies()
    browser.become(language="en")
    log_in(browser, program, "leo")
    phones = phones_of(program)
    for path in crawl(browser, program):
        browser.open(program.address + path)
        digits = re.sub(r"[\s().+-]|&nbsp;|\u00a0", "", browser.driver.page_source)
        shown = [phone for phone in phones if phone[-8:] in digits]
        if shown: findings.add("PHONE", shape(path), f"{len(shown)} phones are shown to one who may only read")
        forms = browser.value("[...document.forms].filter(f => f.method === 'post').map(f => f.getAttribute('action'))")
        forms = [form for form in forms if form and not re.search("log-?out|lang", form)]
        if forms: findings.add("READER", shape(path), f"is offered {forms}")


def check_two(program, browser, findings):
    """Two who look at the same page: each gets only their own form tokens in what is sent live."""
    pages = ["/", "/campaigns/clinica", "/campaigns/retorno"]
    tokens = []
    for _ in range(2):
        browser.driver.delete_all_cookies()
        log_in(browser, program, "ana")
        tokens.append((browser.value("document.querySelector('[name=token]').value"), browser.driver.get_cookies()))
    for page in pages:
        for own, jar in tokens * 2:
            browser.driver.delete_all_cookies()
            for cookie in jar: browser.driver.add_cookie(cookie)
            sent = browser.value(f"fetch('/live?once=1&page={urllib.parse.quote(page)}').then(r => r.text())", waits=True)
            others = set(re.findall(r'name=..?token.? value=..?([0-9a-f]{64})', sent)) - {own}
            if others: findings.add("TOKEN", page, "somebody else's form token is sent live: their buttons are refused")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="browser-check")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    arguments.out = os.path.abspath(arguments.out)
    os.makedirs(arguments.out, exist_ok=True)
    findings = Findings()
    browser = Browser()
    try:
        with Program() as program:
            check(program, browser, arguments, findings)
            check_two(program, browser, findings)
            check_reader(program, browser, findings)
            if program.service.poll() is not None: findings.add("ENDED", "serve", program.log("serve")[-500:])
    finally:
        browser.close()
        lines = findings.lines()
        with open(os.path.join(arguments.out, "findings.txt"), "w") as file: file.write("\n".join(lines) + "\n")
    print(*lines, sep="\n")
    return 1 if any(line.split(":")[0].isupper() for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
