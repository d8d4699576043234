"""Logging in, and every page that links lead to."""
import re, time, urllib.parse

from names import LOG_OUT


def shape(path):
    """A path without what is one campaign's, person's or moment's: `/campaigns/clinica?after=12` → `/campaigns/*?after`."""
    parts = urllib.parse.urlsplit(path)
    known = [re.sub(r"\d+|clinica|retorno|vazia|demo|recepcao|agenda", "*", part) for part in parts.path.split("/")]
    keys = sorted({key for key, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)})
    return "/".join(known) + ("?" + "&".join(keys) if keys else "")


def log_in(browser, program, user):
    """By a one-time link; nothing changes by GET, so there is a button to press."""
    browser.driver.get(program.link(user))
    if "/login" in browser.driver.current_url:
        browser.driver.find_element("css selector", "form[method=post] button, form[method=post] input[type=submit]").click()
    end = time.monotonic() + 10
    while "/login" in browser.driver.current_url and time.monotonic() < end: time.sleep(0.05)
    if "/login" in browser.driver.current_url: raise RuntimeError("not logged in: " + browser.driver.current_url)


def crawl(browser, program, limit=60):
    """Paths, one of each shape, in the order in which links lead to them. What is downloaded is not opened."""
    found, waiting, shapes = [], ["/"], {"/"}
    while waiting and len(found) < limit:
        path = waiting.pop(0)
        browser.open(program.address + path)
        if not browser.value("document.contentType").startswith("text/html"): continue
        found.append(path)
        links = browser.value(
            "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download'))"
            ".map(a => a.pathname + a.search)")
        for link in links:
            if shape(link) in shapes or LOG_OUT in link or re.search(r"\.(csv|xlsx|jsonl?|txt|css|js|yaml)\b|format=|download|/file$", link):
                continue
            shapes.add(shape(link))
            waiting.append(link)
    return found
