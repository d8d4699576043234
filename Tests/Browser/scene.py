"""What the checks look at: a clinic whose campaign was called, one that is half done, one that is empty."""
import csv, os

from program import ROOT


def prepare(program):
    program.demo("clinica")
    program.user("ana", "operate")
    program.user("leo", "read")
    program.run("run", "clinica", "--detach")
    program.wait("clinica", lambda s: s["counts"]["ready"] + s["counts"]["dialing"] == 0, 90)
    program.run("block", "add", "5511987650099", ok=False)
    # A list of its own, at a gentle pace, paused in the middle; one row is wrong and one comes twice.
    rows = ["Paciente;Telefone;Especialidade;Consulta;Duração"]
    rows += [f"Pessoa {n};1198765{4000 + n};Cardiologia;01/12/2026 08:00;" for n in range(10, 60)]
    rows += ["Errada;119;Cardiologia;01/12/2026 08:00;", "Repetida;11987654010;Cardiologia;01/12/2026 08:00;"]
    program.demo("retorno", "\n".join(rows) + "\n")
    program.run("run", "retorno", "--detach")
    program.wait("retorno", lambda s: s["counts"]["accepted"] >= 10, 60)
    program.run("pause", "retorno")
    program.demo("vazia", "Paciente;Telefone;Especialidade;Consulta;Duração\nSó;11987654001;Cardiologia;01/12/2026 08:00;\n")


def phones_of(program):
    """Phones of the demo's list, as digits."""
    with open(os.path.join(ROOT, "campaigns", "demo", "contatos.csv"), encoding="utf-8-sig") as file:
        found = ["".join(c for c in row["Telefone"] if c.isdigit()) for row in csv.DictReader(file, delimiter=";")]
    return [phone for phone in found if len(phone) >= 10]
