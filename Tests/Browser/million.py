"""A database with a million contacts, some thousand of whom were called: what the pages' budget is measured with.

    DISCADOR=.build/release/discador python3 million.py FOLDER [CONTACTS] [CALLS]

FOLDER gets contatos.csv, campaign.yml and discador.db, made anew; the calls go to the simulated Z-API: answered, missed,
refused, in doubt, and left waiting. Takes about a minute.
"""
import json, os, random, sys, time

from program import Program

FIRST = "Ana João Maria José Célia Antônio Francisca Luís Márcia Pedro Lúcia Paulo Íris Otávio Conceição Raimundo".split()
LAST = "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Ávila Araújo".split()
DDD = [11, 12, 19, 21, 27, 31, 41, 47, 48, 51, 61, 62, 71, 81, 85, 91]


# The last two digits say what the simulator does with a call, the two before what the person does. Left out are those that
# put an instance to rest or say that the account is wrong.
ENDINGS = [f"{person:02d}{call:02d}" for person in range(79) for call in [*range(81), 93, 94, 97]]


def phones(count):
    """Valid mobiles, each once; one in a hundred rings, loses its connection and is never heard of: in doubt."""
    for index in range(count):
        if index % 100 == 7:
            yield f"{DDD[index // 200_000 % len(DDD)]}9{8000 + index // 100 % 2000}7997"
        else:
            block, ending = divmod(index * 4099 % (len(ENDINGS) * 200), len(ENDINGS))
            yield f"{DDD[index % len(DDD)]}9{6000 + block}{ENDINGS[ending]}"


def main(folder, contacts=1_000_000, calls=6000):
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if name.startswith("discador.db") or name.endswith((".csv", ".log", ".jsonl")): os.remove(os.path.join(folder, name))
    source = random.Random(7)
    with open(os.path.join(folder, "contatos.csv"), "w") as file:
        file.write("Paciente;Telefone;Especialidade;Consulta\n")
        for phone in phones(contacts):
            name = f"{source.choice(FIRST)} {source.choice(LAST)} {source.choice(LAST)}"
            file.write(f"{name};{phone};{source.choice(['Cardiologia', 'Dermatologia', 'Ortopedia'])};01/12/2026 {8 + len(phone) % 9:02d}:00\n")
    instances = "".join(
        f"  - name: i{n}\n    id: million-{n}\n    token: ${{DEMO_TOKEN}}\n    clientToken: ${{DEMO_CLIENT_TOKEN}}\n"
        f"    baseURL: ${{DEMO_BASE_URL}}\n    pace: {{calls: 100, per: 1s}}\n" for n in range(4))
    with open(os.path.join(folder, "campaign.yml"), "w") as file:
        file.write("name: milhao\ncontacts: contatos.csv\ncolumns: {phone: Telefone, name: Paciente}\ncountry: \"55\"\n"
                   f"call: {{duration: 1}}\ninstances:\n{instances}workers: 32\ntimeout: 2s\n"
                   "retry: {attempts: 2, first: 400ms, longest: 1s}\nwindow: always\ninDoubt: hold\n")
    with Program(folder, scenario={"latency": {"from": "2ms", "to": "20ms"}, "hang": "3s"}, time_scale="0", pages=False) as program:
        started = time.monotonic()
        program.run("import", folder)
        print(f"import of {contacts}: {time.monotonic() - started:.1f} s")
        program.run("webhooks", "set", folder, "--url", f"http://127.0.0.1:{program.hooks}", ok=False)
        program.run("run", folder, "--detach")
        status = program.wait("milhao", lambda s: s["counts"]["ready"] <= contacts - calls, 300)
        program.run("pause", "milhao")
        print(json.dumps(status["counts"]), f"{time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
