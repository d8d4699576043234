import CampaignCore
import Foundation
import Testing
import ZAPISimulator

@testable import discador

/// The simulator speaks English; what it says is told in Portuguese here.
@Suite struct `Errors of the simulator` {
    @Test(
        arguments: [
            (#"{"sead": 1}"#, "chave 'sead': chave desconhecida; as chaves são instances, clientToken, seed, "),
            (#"{"instances": [{"id": "A"}]}"#, "chave 'instances[0].token': a chave está faltando."),
            (#"{"instances": "A"}"#, "chave 'instances': o valor deve ser uma lista."),
            (#"{"seed": "1"}"#, "chave 'seed': o valor deve ser um número inteiro a partir de 0."),
            (#"{"clientToken": 5}"#, "chave 'clientToken': o valor deve ser um texto."),
            (#"{"choice": "dice"}"#, "chave 'choice': 'dice' é desconhecido; é um destes: digits, rates."),
            (#"{"tokenForm": "x"}"#, "chave 'tokenForm': 'x' é desconhecido; é um destes: plain, "),
            (#"{"rates": {"fail": 0.5}}"#, #"chave 'rates': as taxas só valem com "choice": "rates"."#),
            (#"{"faults": {"late": 2}}"#, "chave 'faults.late': uma taxa é uma parte de 0 a 1."),
            (#"{"dispositions": {"missed": 0.6, "silent": 0.6}}"#, "as taxas somam mais que 1."),
            (#"{"latency": {"from": "2s", "to": "1s"}}"#, "chave 'latency.to': 'to' não pode ser menor que 'from'."),
            (#"{"hang": "60"}"#, "chave 'hang': '60' não é uma duração válida; escreva 250ms, 30s, 5m ou 2h."),
            (#"{"callsContract": 1}"#, "chave 'callsContract': o valor deve ser true ou false."),
            (#"{"timeScale": -1}"#, "chave 'timeScale': deve ser de 0 (na hora) a 100."),
            (#"{"timeScale": "1"}"#, "chave 'timeScale': o valor deve ser um número."),
            (#"{"webhookRepeats": 11}"#, "chave 'webhookRepeats': deve ser de 0 a 10."),
            (#"{"account": {"due": 1.5}}"#, "um número é grande demais, ou não é inteiro."),
            ("[]", "': o valor deve ser um objeto."), ("{seed}", "' não é JSON."),
        ]
    ) func `about a scenario are told in Portuguese too`(text: String, sentence: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "scenario-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let thrown = #expect(throws: ScenarioError.self) { try Scenario.load(fileAt: path) }
        let error = try #require(thrown)
        #expect(error.phrase.english == error.description && error.description.contains(path))
        #expect(error.phrase.portuguese.hasPrefix("O cenário '\(path)'"), "\(error.phrase.portuguese)")
        #expect(error.phrase.portuguese.contains(sentence), "\(error.phrase.portuguese)")
    }

    @Test func `about files and ports are told in Portuguese too`() throws {
        let thrown = #expect(throws: ScenarioError.self) { try Scenario.load(fileAt: "/nowhere/s.json") }
        let missing = try #require(thrown)
        #expect(
            missing.phrase.portuguese.hasPrefix(
                "Não foi possível ler o cenário '/nowhere/s.json': arquivo ou pasta inexistente."),
            "\(missing.phrase.portuguese)")
        let ledger = SimulatorError.ledger(path: "l.jsonl", reason: "it is not a ledger")
        #expect(ledger.phrase.portuguese.contains("'l.jsonl': não é um registro do simulador."))
        let taken = SimulatorError.portTaken(8080)
        #expect(taken.phrase.portuguese.contains("porta 8080") && taken.phrase.english == taken.description)
    }

    @Test func `and its manual have the same names in both languages, in lines of 100 columns`() {
        func names(_ text: String) -> [String] {
            text.matches(of: /(?m)^ {2}([0-9]{2} {2}[A-Za-z]+|[A-Z]+ +[a-z][^ ]*|[a-z][A-Za-z]+) {1,}/).map {
                String($0.1)
            }
        }
        let (english, portuguese) = (SimulatorManual.text, PortugueseManual.text)
        #expect(names(english).count > 60)
        #expect(Set(names(english)).subtracting(names(portuguese)) == [])
        #expect(portuguese.split(separator: "\n").filter { $0.count > 100 } == [])
        #expect(portuguese.contains(SimulatorManual.exampleScenario))
    }
}
