import CampaignCore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// What Z-API holds while an instance is disconnected, and would send at any hour.
@Suite(.fewAtATime) struct `The command queue` {
    /// The first one hangs, so that the instance can be disconnected during the run; the last one is held in the queue
    /// too, and its reply never comes.
    private static let phones = ["5511900000095"] + CLIFixture.phones(4) + ["5511900000197"]

    @Test func `lists what Z-API keeps, and clears it so that no one cleared is rung; a run resolves doubts by it`()
        async throws
    {
        let (cli, hang) = try await Self.cli()
        try await Self.run(cli, databases: ["discador.db"], until: hang)
        // The run found in the queue what it was in doubt about.
        #expect(try cli.counts().inDoubt == 1 && cli.counts().accepted == 5)

        let looked = try await cli.discador("queue", "camp", "--json")
        #expect(looked.exitCode == 0, "\(looked.stderr)")
        let document = try JSONValue(looked.stdout)
        #expect(document["resolved"] == .array([]))
        let queue = try #require(document["instances"]?[0])
        #expect(queue["instance"] == "iA" && queue["connection"] == "disconnected")
        for (index, phone) in Self.phones.dropFirst().enumerated() {
            let item = try #require(queue["items"]?[index])
            #expect(item["phone"] == .text(phone) && item["campaign"] == "camp")
            #expect(item["contact"]?[0] == .text("Pessoa \(index + 1)"))
            #expect(item["zaapId"]?.text?.isEmpty == false && item["since"]?.text?.hasSuffix("Z") == true)
        }
        let counts = try cli.counts()
        #expect(counts.accepted == 5 && counts.inDoubt == 1)
        let text = try await cli.discador("queue", "camp", "--instance", "iA")
        #expect(text.stdout.contains("iA: disconnected (You are not connected.)"))
        #expect(text.stdout.contains("5 items wait:"))
        #expect(text.stdout.contains("camp: Pessoa 1 | 5511900000000"))
        #expect(try await cli.discador("check", "camp").stdout.contains("5 items wait in its queue at Z-API"))
        let portuguese = try await cli.discador("queue", "camp", "--lang", "pt-BR")
        #expect(
            portuguese.stdout.contains(
                "iA: desconectada (You are not connected.), a fila sai sozinha quando ela reconectar; 5 itens esperam:"),
            "\(portuguese.stdout)")
        #expect(!portuguese.stdout.contains("since") && portuguese.stdout.contains("  desde "), "\(portuguese.stdout)")

        #expect(try await cli.discador("queue", "camp", "--clear").exitCode == 64)
        let unasked = try await cli.discador("queue", "camp", "--clear", "--lang", "pt-BR")
        #expect(unasked.exitCode == 64 && unasked.stderr.contains("acrescente --yes"), "\(unasked.stderr)")
        #expect(try cli.counts().ready == 0)
        let cleared = try await cli.discador("queue", "camp", "--clear", "--yes")
        #expect(cleared.exitCode == 0, "\(cleared.stderr)")
        #expect(cleared.stdout.contains("5 calls were removed and can be dialed again"))
        #expect(try cli.counts().ready == 5)
        #expect(try await cli.discador("queue", "camp").stdout.contains("its queue is empty."))

        try cli.simulator.connect(instance: "A")
        #expect(cli.simulator.ledger().filter(\.rang).compactMap(\.phone) == [Self.phones[0]])
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let rang = cli.simulator.ledger().filter(\.rang).compactMap(\.phone)
        #expect(rang.sorted() == Self.phones.sorted())
        let why = try await cli.discador("why", "camp", Self.phones[1])
        #expect(why.stdout.contains("removed from Z-API's queue before it was sent"))
        await cli.simulator.shutdown()
    }

    @Test func `leaves items of others alone, and resolves nothing by what may be theirs`() async throws {
        let (cli, hang) = try await Self.cli()
        try await Self.run(cli, databases: ["other.db", "discador.db"], until: hang)
        let cleared = try JSONValue(try await cli.discador("queue", "camp", "--clear", "--yes", "--json").stdout)
        #expect(cleared["resolved"] == .array([]))
        #expect(try cli.counts() == Self.fourReady)
        let left = try JSONValue(try await cli.discador("queue", "camp", "--json").stdout)
        #expect(left["instances"]?[0]?["items"]?[5] != nil && left["instances"]?[0]?["items"]?[6] == nil)
        #expect(left["instances"]?[0]?["items"]?[0]?["campaign"] == nil)

        let portuguese = try await cli.discador("queue", "camp", "--clear", "--yes", "--lang", "pt-BR")
        #expect(portuguese.stdout.contains("Não há nada a tirar da fila."), "\(portuguese.stdout)")
        #expect(
            portuguese.stdout.contains("foi deixado como estava: é algo que não é uma ligação deste banco de dados."),
            "\(portuguese.stdout)")
        let all = try await cli.discador("queue", "camp", "--clear", "--all-campaigns", "--yes")
        #expect(all.exitCode == 0, "\(all.stderr)")
        #expect(all.stdout.contains("There is nothing to clear."))
        #expect(all.stdout.contains("was left alone: it is not a call of this database."))
        let fates = try JSONValue(try await cli.discador("queue", "camp", "--clear", "--yes", "--json").stdout)
        #expect(fates["cleared"]?[5]?["fate"] == "left_alone" && fates["cleared"]?[6] == nil)
        #expect(fates["cleared"]?[0]?["phone"]?.text?.isEmpty == false)
        #expect(try cli.counts() == Self.fourReady)
        await cli.simulator.shutdown()
    }

    @Test func `resolves no doubt by a message of another program, and does not clear it`() async throws {
        let (cli, hang) = try await Self.cli { scenario in
            scenario.messages = [.init(instance: "A", phone: Self.phones[0], text: "Sua fatura venceu")]
        }
        try await Self.run(cli, databases: ["discador.db"], until: hang)
        #expect(try cli.counts().inDoubt == 1 && cli.counts().accepted == 5)
        let cleared = try await cli.discador("queue", "camp", "--clear", "--yes")
        #expect(cleared.exitCode == 0, "\(cleared.stderr)")
        #expect(cleared.stdout.contains("5 calls were removed and can be dialed again"))
        #expect(cleared.stdout.contains("\(Self.phones[0]) (zaapId ") && cleared.stdout.contains("was left alone"))
        #expect(try cli.counts().inDoubt == 1 && cli.counts().ready == 5)
        let left = try JSONValue(try await cli.discador("queue", "camp", "--json").stdout)
        #expect(left["instances"]?[0]?["items"]?[0]?["phone"] == .text(Self.phones[0]))
        #expect(!(try await cli.discador("doubts", "camp").stdout.contains("held")))
        await cli.simulator.shutdown()
    }

    @Test func `shows what may be a call in doubt, where Z-API does not say what the items are`() async throws {
        let (cli, hang) = try await Self.cli { $0.queueShowsCalls = false }
        try await Self.run(cli, databases: ["discador.db"], until: hang)
        // The reply of the last one never came; the queue has it, without saying that it is a call.
        #expect(try cli.counts().inDoubt == 2 && cli.counts().accepted == 4)
        let phone = Self.phones[5]
        let zaapId = try #require(cli.simulator.ledger().last { $0.phone == phone }?.zaapId)
        let doubts = try await cli.discador("doubts", "camp")
        #expect(doubts.stdout.contains("Z-API's queue held an item for this number, created "))
        #expect(doubts.stdout.contains("zaapId \(zaapId); it may be this call."))
        let why = try await cli.discador("why", "camp", phone)
        #expect(why.stdout.contains("Attempt 1: Z-API's queue held an item for this number"))
        let document = try JSONValue(try await cli.discador("why", "camp", phone, "--json").stdout)
        #expect(document["evidence"]?[0]?["zaapId"] == .text(zaapId))
        #expect(try await cli.discador("doubts", "camp", "--json").stdout.contains(zaapId))
        // Evidence does not make it a call of ours: it stays in the queue.
        let cleared = try await cli.discador("queue", "camp", "--clear", "--yes")
        #expect(cleared.stdout.contains("4 calls were removed") && cleared.stdout.contains("\(zaapId)) was left alone"))
        #expect(try await cli.discador("resolve", "camp", "--all", "--as", "called").exitCode == 0)
        #expect(!(try await cli.discador("doubts", "camp").stdout.contains("held")))
        await cli.simulator.shutdown()
    }

    @Test func `lists during a run, and does not clear`() async throws {
        let (cli, _) = try await Self.cli()
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp")
        try await run.wait(for: "a call") {
            cli.simulator.ledger().contains { $0.endpoint == "send-call" }
        }
        let looked = try await cli.discador("queue", "camp")
        #expect(looked.exitCode == 0, "\(looked.stderr)")
        #expect(looked.stdout.contains("connected"))
        #expect(looked.stdout.contains("a run resolves the doubts it finds there automatically"))
        let portuguese = try await cli.discador("queue", "camp", "--lang", "pt-BR")
        #expect(
            portuguese.stdout.contains("O banco de dados está em uso pelo processo "), "\(portuguese.stdout)")
        #expect(try await cli.discador("queue", "camp", "--clear", "--yes").exitCode == 5)
        await run.send(SIGKILL)
        #expect(try await run.result().wasKilled)
        await cli.simulator.shutdown()
    }

    @Test func `exits with a code of its own for each error`() async throws {
        let (cli, _) = try await Self.cli()
        #expect(try await cli.discador("queue", "camp").exitCode == 65)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("queue", "camp", "--yes").exitCode == 64)
        let unknown = try await cli.discador("queue", "camp", "--instance", "iZ")
        #expect(unknown.exitCode == 64 && unknown.stderr.contains("it has: iA"))
        var environment = CLIFixture.environment
        environment["TOKEN"] = "another-token"
        let refused = try await cli.discador("queue", "camp", environment: environment)
        #expect(refused.exitCode == 4)
        #expect(refused.stdout.contains("its queue cannot be read") && !refused.stdout.contains("another-token"))
        await cli.simulator.shutdown()
        #expect(try await cli.discador("queue", "camp").exitCode == 69)
    }

    /// The four whose calls are accepted are ready again; the other two stay in doubt.
    private static let fourReady: StateCounts = {
        var counts = StateCounts()
        counts.ready = 4
        counts.inDoubt = 2
        return counts
    }()

    /// A campaign that is dialed through one instance, call by call.
    ///
    /// - Returns: also the clock by which calls hang.
    private static func cli(
        _ change: (inout Scenario) -> Void = { _ in }
    ) async throws -> (CLIFixture, hang: HeldClock) {
        var scenario = Scenario()
        change(&scenario)
        let hang = HeldClock()
        let cli = try await CLIFixture(phones: phones, scenario: scenario, clock: hang)
        try cli.write(
            """
            name: camp
            contacts: contatos.csv
            instances:
            \(CLIFixture.instance("A", baseURL: cli.simulator.baseURL, pace: "open"))
            workers: 1
            window: always
            health: {every: 1h}
            queueWhileDisconnected: allow
            """, to: cli.campaignFile)
        return (cli, hang)
    }

    /// Dials from all databases at the same time, disconnects the instance while the first call of each hangs, and lets them
    /// continue one after another: a later one finds in the queue what the earlier ones have left there.
    private static func run(_ cli: CLIFixture, databases: [String], until hang: HeldClock) async throws {
        var runs: [Program] = []
        for database in databases {
            #expect(try await cli.discador("import", "camp", "--db", database).exitCode == 0)
            let run = try cli.start("run", "camp", "--db", database)
            runs.append(run)
            try await run.wait(for: "a call that hangs") { hang.begun == runs.count }
        }
        cli.simulator.disconnect(instance: "A")
        for run in runs {
            hang.releaseNext()
            #expect(try await run.result().exitCode == 3)
        }
        #expect(cli.simulator.ledger().count(where: \.queued) == 5 * databases.count)
    }
}
