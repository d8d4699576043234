"""How fast the pages are under load, and what they cost the calls.

    DISCADOR=.build/release/discador python3 load.py FOLDER [--seconds 10]

FOLDER is what million.py made. wrk asks for every page by 8 connections: requests a second, p50, p99. Then streams of events:
the service's processor time; its memory; and how many calls a second it places with and without all that.
"""
import argparse, re, socket, subprocess, sys, threading, time, urllib.parse

from browser import Browser
from crawl import crawl, log_in
from names import EVENTS
from program import Program

BUDGET = 100  # milliseconds a page may take with a million contacts, when one browser asks


def cookies(browser):
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in browser.driver.get_cookies())


def wrk(program, cookie, path, seconds, connections=8):
    output = subprocess.run(
        ["wrk", f"-t{min(connections, 2)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-H", f"Cookie: {cookie}",
         program.address + path], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+(\S+)", output)
    shares = dict(re.findall(r"(50|99)%\s+(\S+)", output))
    wrong = re.search(r"Non-2xx.*|Socket errors.*", output)
    return rate and float(rate[1]), shares.get("50"), shares.get("99"), wrong.group() if wrong else ""


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


class Streams:
    """Many browsers that watch; each is its own session, since one browser has one stream."""

    def __init__(self, program, cookie_list, path):
        self.bytes, self.refused, self.open = 0, 0, True
        self.threads = [threading.Thread(target=self.watch, args=(program, cookie, path), daemon=True) for cookie in cookie_list]
        for thread in self.threads: thread.start()

    def watch(self, program, cookie, path):
        with socket.create_connection(("127.0.0.1", program.port)) as connection:
            connection.settimeout(2)
            connection.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nAccept: text/event-stream\r\n"
                                f"Cookie: {cookie}\r\n\r\n").encode())
            first = True
            while self.open:
                try: data = connection.recv(65536)
                except TimeoutError: continue
                if first and b" 200 " not in data[:20]: self.refused += 1
                first = False
                if not data: break
                self.bytes += len(data)

    def end(self):
        self.open = False
        for thread in self.threads: thread.join()


def calls_placed(program):
    counts = program.wait("milhao", lambda _: True)["counts"]
    return sum(counts[state] for state in ("accepted", "failed", "inDoubt"))


def rate_of_calls(program, seconds):
    started, before = time.monotonic(), calls_placed(program)
    time.sleep(seconds)
    return (calls_placed(program) - before) / (time.monotonic() - started)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--streams", type=int, default=32)
    arguments = parser.parse_args()
    seconds = arguments.seconds
    browser = Browser()
    scenario = {"latency": {"from": "2ms", "to": "20ms"}, "hang": "3s"}
    with Program(arguments.folder, scenario=scenario, time_scale="0") as program:
        program.run("user", "add", "carga", "--level", "operate", ok=False)
        browser.become()
        log_in(browser, program, "carga")
        cookie = cookies(browser)
        paths = crawl(browser, program)
        print(f"memory at rest: {program.memory() / 1e6:.0f} MB")
        slow = 0
        for path in paths + ["/metrics"]:
            _, alone, longest, _ = wrk(program, cookie, path, max(seconds // 3, 2), connections=1)
            rate, half, most, wrong = wrk(program, cookie, path, seconds)
            late = longest and milliseconds(longest) > BUDGET
            slow += bool(late)
            print(f"{'SLOW ' if late else ''}{path}: by one: p50 {alone}, p99 {longest}; by eight: {rate}/s, p50 {half}, "
                  f"p99 {most} {wrong}", flush=True)
        print(f"memory after that: {program.memory() / 1e6:.0f} MB")

        sessions = []
        for _ in range(arguments.streams):
            browser.driver.delete_all_cookies()
            log_in(browser, program, "carga")
            sessions.append(cookies(browser))
        streams = Streams(program, sessions, EVENTS)
        before = program.processor()
        time.sleep(seconds)
        print(f"{arguments.streams} streams, nothing dialed: {100 * (program.processor() - before) / seconds:.1f} % of a processor, "
              f"{streams.bytes / seconds / 1000:.1f} kB/s, {streams.refused} refused, {program.memory() / 1e6:.0f} MB")
        streams.end()

        program.run("resume", "milhao", ok=False)
        program.run("run", arguments.folder, "--detach")
        time.sleep(3)
        alone = rate_of_calls(program, seconds)
        streams = Streams(program, sessions, EVENTS)
        load = threading.Thread(target=wrk, args=(program, cookie, "/", seconds + 4, 2))
        load.start()
        time.sleep(2)
        loaded = rate_of_calls(program, seconds)
        load.join()
        streams.end()
        print(f"calls: {alone:.1f}/s alone, {loaded:.1f}/s with {arguments.streams} streams and pages asked for without pause: "
              f"ratio {loaded / alone:.3f}; memory {program.memory() / 1e6:.0f} MB")
        program.run("pause", "milhao")
    browser.close()
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
