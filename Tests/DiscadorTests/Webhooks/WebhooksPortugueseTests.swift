import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// What the commands about webhooks say in Portuguese; their JSON stays English.
@Suite(.fewAtATime) struct `Webhooks in Portuguese` {
    private static let address = "http://127.0.0.1:7071/calls"
    private static let own = "5511900000012"
    private static let language = ["--lang", "pt-BR"]

    private static func webhooks(_ cli: CLIFixture, _ words: String...) async throws -> Program.Result {
        try await Program.run(
            ["webhooks"] + words + language, in: cli.folder, environment: CLIFixture.environment)
    }

    @Test func `set says what Z-API posts, and why it leaves an address alone`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let none = try await Self.webhooks(cli, "rotate", "camp")
        #expect(none.exitCode == 65 && none.stderr.contains("iA: ainda não tem endereço neste banco de dados."))
        let set = try await Self.webhooks(cli, "set", "camp", "--url", Self.address)
        #expect(set.exitCode == 0, "\(set.stderr)")
        let posts = "iA: a Z-API envia entrega, recebimento, desconexão e conexão a 127.0.0.1:7071."
        #expect(set.stdout.contains(posts), "\(set.stdout)")
        #expect(set.stdout.contains("Receba os eventos com `discador serve --webhooks 127.0.0.1:7071`"))
        try await cli.setWebhooks(of: "B", to: "https://crm.example.com/hook")
        let refused = try await Self.webhooks(cli, "set", "camp", "--url", Self.address)
        #expect(refused.exitCode == 64)
        #expect(refused.stderr.contains("iB: nada foi mudado: a Z-API envia "), "\(refused.stderr)")
        #expect(refused.stderr.contains("iA: nada foi mudado, por causa das outras instâncias."), "\(refused.stderr)")
        let json = try await Self.webhooks(cli, "set", "camp", "--url", Self.address, "--json")
        let entry = try #require(try JSONValue(json.stdout)["instances"]?[1])
        #expect(entry["error"]?.text?.hasPrefix("iB: nothing was changed. Z-API posts ") == true, "\(json.stdout)")
        let both = try await Self.webhooks(cli, "set", "camp", "--url", Self.address, "--replace", "--forward")
        #expect(both.stderr.contains("--replace e --forward se contradizem"), "\(both.stderr)")
        let wrong = try await Self.webhooks(cli, "set", "camp", "--url", "calls")
        #expect(wrong.stderr.contains("--url: o endereço público deve começar com https://"), "\(wrong.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `test says which step failed`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let none = try await Self.webhooks(cli, "test", "camp")
        #expect(none.exitCode == 4)
        #expect(none.stdout.contains("ERRO iA: a Z-API não tem um endereço nosso para entrega ou recebimento."))
        await cli.simulator.shutdown()
        let gone = try await Self.webhooks(cli, "test", "camp")
        #expect(gone.stdout.contains("ERRO iA: não se sabe para onde a Z-API envia os eventos: "), "\(gone.stdout)")
        #expect(!gone.stdout.contains("connection refused"), "\(gone.stdout)")
    }

    @Test func `probe refuses a number, and says what came of its call`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"], settings: "window: always\n")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let wrong = try await Self.webhooks(cli, "probe", "camp", "--to", "Ana")
        #expect(wrong.stderr.contains("“Ana” não é um número de telefone: escreva-o completo"), "\(wrong.stderr)")
        let asked = try await Self.webhooks(cli, "probe", "camp", "--to", Self.own)
        #expect(asked.exitCode == 64 && asked.stderr.contains("Ninguém recebeu ligação, porque não há terminal"))
        let probe = try await Self.webhooks(cli, "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1")
        #expect(probe.exitCode == 3, "\(probe.stderr)")
        #expect(probe.stdout.contains("\(Self.own) por iA: aceita, zaapId "), "\(probe.stdout)")
        #expect(probe.stdout.contains("Nenhum evento chegou."), "\(probe.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `release and replay`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let unknown = try await Self.webhooks(cli, "release", "camp", "--instance", "iZ")
        #expect(unknown.exitCode == 64 && unknown.stderr.contains("camp não tem a instância “iZ”; tem: iA, iB."))
        let asked = try await Self.webhooks(cli, "release", "camp", "--instance", "iA")
        #expect(asked.exitCode == 64 && asked.stderr.contains("Nada foi mudado, porque não há terminal"))
        let released = try await Self.webhooks(cli, "release", "camp", "--instance", "iA", "--yes")
        #expect(released.stdout.contains("iA não estava em quarentena: nada foi mudado."), "\(released.stderr)")
        let replayed = try await Self.webhooks(cli, "replay", "camp")
        #expect(replayed.stdout.contains("0 eventos guardados relidos: "), "\(replayed.stdout)")
        let since = try await Self.webhooks(cli, "replay", "camp", "--since", "ontem")
        #expect(since.exitCode == 64 && since.stderr.contains("“ontem” não é uma data ou hora"), "\(since.stderr)")
        await cli.simulator.shutdown()
    }
}
