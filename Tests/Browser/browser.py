"""Chromium as the checks need it: sizes, color schemes, languages, script on and off, axe, the keyboard.

All through selenium and the DevTools protocol; nothing here knows a page of the dashboard.
"""
import os

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def axe_source():
    """axe-core's text: the file that $AXE names, or the one in the package axe-playwright-python."""
    path = os.environ.get("AXE")
    if not path:
        import axe_playwright_python
        path = os.path.join(os.path.dirname(axe_playwright_python.__file__), "axe.min.js")
    with open(path) as file: return file.read()


# What can be reached by Tab: of radio buttons with one name, Tab reaches one.
FOCUSABLE = """
(() => {
  const seen = new Set(), found = [];
  for (const e of document.querySelectorAll(
      'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex="-1"])')) {
    if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue;
    if (e.type === 'radio') { const k = e.form?.id + '/' + e.name; if (seen.has(k)) continue; seen.add(k) }
    found.push(e);
  }
  return found;
})()"""
NAME = """(e => { const t = (e.labels?.[0]?.innerText || e.innerText || e.ariaLabel || e.value || '').trim().slice(0, 40);
  return e.tagName.toLowerCase() + (e.name ? '[name=' + e.name + ']' : '') + (e.id ? '#' + e.id : '') + ' "' + t + '"' })"""
LOOK = """(e => { const s = getComputedStyle(e), l = e.labels?.[0] ? getComputedStyle(e.labels[0]) : s;
  return [s.outlineStyle === 'none' || s.outlineWidth === '0px' ? '' : s.outline, s.boxShadow, s.borderColor, s.borderWidth,
    s.backgroundColor, s.textDecorationLine, l.outline, l.boxShadow].join('|') })"""


class Browser:
    def __init__(self, binary=None):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                         "--force-color-profile=srgb"]:
            options.add_argument(argument)
        if binary: options.binary_location = binary
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.agent = self.driver.execute_script("return navigator.userAgent")
        self.script = True
        self.width = 1280
        # A stream of events keeps a page "loading" in some drivers: what is awaited is the document alone.
        self.driver.set_page_load_timeout(30)

    def cdp(self, method, **parameters):
        return self.driver.execute_cdp_cmd(method, parameters)

    def become(self, width=1280, height=900, dark=False, language="en", script=True, calm=False):
        """How the next page is seen; `calm` is prefers-reduced-motion."""
        self.width, self.height, self.script = width, height, script
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.cdp("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"}])
        self.cdp("Network.setUserAgentOverride", userAgent=self.agent, acceptLanguage=language)

    def open(self, address):
        """Loads a page. Where script is off, it is off while the page loads, so that none of the page's has run;
        then it is on again for what the check itself looks at."""
        self.cdp("Emulation.setScriptExecutionDisabled", value=not self.script)
        self.driver.get(address)
        self.cdp("Emulation.setScriptExecutionDisabled", value=False)

    def value(self, expression, waits=False):
        result = self.cdp("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=waits)
        if "exceptionDetails" in result: raise RuntimeError(str(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def console(self):
        """What the console has had since it was last asked: errors and warnings, refused resources and policies."""
        return [entry for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path, full=True):
        if not full:
            self.driver.save_screenshot(path)
            return
        height = min(max(self.value("document.documentElement.scrollHeight"), self.height), 6000)
        self.cdp("Emulation.setDeviceMetricsOverride", width=self.width, height=height, deviceScaleFactor=1, mobile=False)
        self.driver.save_screenshot(path)
        self.cdp("Emulation.setDeviceMetricsOverride", width=self.width, height=self.height, deviceScaleFactor=1,
                 mobile=False)

    def axe(self):
        """Violations: (rule, impact, the first places)."""
        self.value(axe_source() + ";0")
        rules = "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
        return self.value(
            f"axe.run(document, {rules}).then(r => r.violations.map(v => [v.id, v.impact,"
            " v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message || '')).join(' ; ')]))", waits=True)

    def sideways(self):
        """By how many pixels the page can be scrolled sideways, and what sticks out."""
        return self.value("""(() => { const w = document.documentElement.clientWidth;
          const over = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - w;
          if (over <= 0) return null;
          const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > w + 1)
            .slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + e.className + '#' + e.id);
          return [over, out.join(' ')] })()""")

    def small_targets(self):
        """Controls smaller than 24 × 24 pixels that are not links within a text (WCAG 2.2, 2.5.8)."""
        return self.value(f"""{FOCUSABLE}.filter(e => {{ const b = (e.closest('label') ?? e).getBoundingClientRect();
          return b.right > 0 && (b.height < 24 || b.width < 24) && !(e.tagName === 'A' && e.closest('p,li,td,th,dd,label,span')) }})
          .slice(0, 8).map({NAME})""")

    def cut_texts(self):
        """Texts that their box cuts off without an ellipsis or a way to scroll."""
        return self.value("""[...document.querySelectorAll('body *')].filter(e => { const s = getComputedStyle(e);
          return s.overflowX === 'hidden' && s.textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 1
            && e.clientWidth > 1 && e.innerText?.trim() && e.checkVisibility() })
          .slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + e.className + ' ' + e.innerText.slice(0, 40))""")

    def keyboard(self):
        """Presses Tab through the whole page: what it does not reach, and what does not show that it has the focus."""
        self.value(f"window.checked = {FOCUSABLE}; window.plain = window.checked.map({LOOK});"
                   " document.activeElement?.blur(); window.scrollTo(0, 0); 0")
        count = self.value("window.checked.length")
        reached, unmarked = set(), []
        for _ in range(min(2 * count + 20, 600)):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            index, changed, name = self.value(
                f"(() => {{ const e = document.activeElement, i = window.checked.indexOf(e);"
                f" if (i < 0 && e.type === 'radio') {{ const r = window.checked.findIndex(x => x.type === 'radio' && x.name === e.name);"
                f" return [r, true, ''] }}"
                f" return [i, i < 0 || {LOOK}(e) !== window.plain[i], {NAME}(e)] }})()")
            if index >= 0:
                if index in reached: break
                reached.add(index)
                if not changed: unmarked.append(name)
        missed = self.value(f"{sorted(set(range(count)) - reached)[:8]}.map(i => {NAME}(window.checked[i]))")
        return missed, unmarked[:8]

    def close(self):
        self.driver.quit()
