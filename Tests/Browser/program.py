"""The program under check: a folder of its own, the simulated Z-API, and the service with its pages."""
import json, os, re, shutil, signal, socket, subprocess, tempfile, time, urllib.error, urllib.request

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DISCADOR = os.environ.get("DISCADOR", os.path.join(ROOT, ".build", "debug", "discador"))
SECRETS = {"DEMO_TOKEN": "token-that-no-page-may-show", "DEMO_CLIENT_TOKEN": "client-token-that-no-page-may-show"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Program:
    """`with Program() as program:` starts a simulator and a service on the demo's campaign; both end with it."""

    def __init__(self, folder=None, database="discador.db", options=(), time_scale="0.1", scenario=None,
                 pages=True):
        self.folder = folder or tempfile.mkdtemp(prefix="discador-browser-")
        self.kept = folder is not None
        self.database = os.path.join(self.folder, database)
        self.zapi, self.port, self.hooks = free_port(), free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, **SECRETS, "DEMO_BASE_URL": f"http://127.0.0.1:{self.zapi}",
                            "DISCADOR_DB": self.database, "LC_ALL": "C.UTF-8"}
        self.options, self.time_scale, self.scenario, self.pages = list(options), time_scale, scenario, pages
        self.processes = []

    def __enter__(self):
        scenario = []
        if self.scenario:
            with open(os.path.join(self.folder, "scenario.json"), "w") as file: json.dump(self.scenario, file)
            scenario = ["--scenario", "scenario.json"]
        self.start("simulate", "--port", str(self.zapi), "--ledger", "ledger.jsonl", "--time-scale", self.time_scale,
                   *scenario)
        self.serve()
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            try: process.wait(20)
            except subprocess.TimeoutExpired: process.kill()
        if not self.kept and not os.environ.get("KEEP"): shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *arguments):
        log = open(os.path.join(self.folder, f"{arguments[0]}.log"), "ab")
        process = subprocess.Popen([DISCADOR, *arguments], cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def serve(self):
        listen = ["--listen", f"127.0.0.1:{self.port}"] if self.pages else []
        self.service = self.start("serve", *listen, "--webhooks", f"127.0.0.1:{self.hooks}", *self.options)
        ready = f"{self.address}/readyz" if self.pages else f"http://127.0.0.1:{self.hooks}/"
        while self.service.poll() is None:
            try:
                with urllib.request.urlopen(ready, timeout=5): return
            except urllib.error.HTTPError as error:
                if not self.pages: return
                time.sleep(0.2 if error.code == 503 else 1)
            except (urllib.error.URLError, ConnectionError, TimeoutError): time.sleep(0.2)
        raise RuntimeError(self.log("serve"))

    def run(self, *arguments, ok=True, text=None):
        """A command of the terminal; its standard output."""
        done = subprocess.run([DISCADOR, *arguments], cwd=self.folder, env=self.environment, capture_output=True,
                              text=True, input=text)
        if ok and done.returncode not in (0, 3): raise RuntimeError(f"{arguments}: {done.returncode} {done.stderr}")
        return done.stdout

    def log(self, name):
        with open(os.path.join(self.folder, f"{name}.log"), errors="replace") as file: return file.read()

    def demo(self, name="clinica", rows=None, **keys):
        """A campaign folder like the demo's, with `keys` in place of its own lines; imported."""
        folder = os.path.join(self.folder, name)
        shutil.copytree(os.path.join(ROOT, "campaigns", "demo"), folder)
        path = os.path.join(folder, "campaign.yml")
        with open(path) as file: text = file.read()
        for key, value in {"name": name, **keys}.items():
            line = f"{key}: {value}"
            text, count = re.subn(rf"(?m)^{key}:.*$", line, text)
            if not count: text += line + "\n"
        with open(path, "w") as file: file.write(text)
        if rows is not None:
            with open(os.path.join(folder, "contatos.csv"), "w") as file: file.write(rows)
        self.run("import", name, ok=False)
        self.run("webhooks", "set", name, "--url", f"http://127.0.0.1:{self.hooks}", ok=False)
        return folder

    def user(self, name="ana", level="operate"):
        self.run("user", "add", name, "--level", level)

    def link(self, name="ana"):
        """A one-time address to log in."""
        found = re.search(r"https?://\S+/login/\S+", self.run("user", "link", name, "--url", self.address))
        if not found: raise RuntimeError("user link printed no address")
        return found.group()

    def wait(self, campaign, ready, seconds=60):
        """Until `ready(status)` of a campaign's `status --json`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status = json.loads(self.run("status", campaign, "--json"))
            status = status.get("campaigns", [status])[0]
            if ready(status): return status
            time.sleep(0.3)
        raise RuntimeError(f"{campaign}: not within {seconds} s: {status.get('counts')}")

    def rung(self):
        """How often each phone rang, by the simulator's own ledger."""
        counts = {}
        with open(os.path.join(self.folder, "ledger.jsonl")) as file:
            for line in file:
                row = json.loads(line)
                if row.get("rang"): counts[row["phone"]] = counts.get(row["phone"], 0) + 1
        return counts

    def memory(self):
        """Resident memory of the service, in bytes."""
        with open(f"/proc/{self.service.pid}/statm") as file: return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def processor(self):
        """Seconds of processor time that the service has used."""
        with open(f"/proc/{self.service.pid}/stat") as file: fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
