import CampaignCore
import CampaignStore
import Foundation
import Logging
import Testing
import ZAPISimulator

/// A folder with a campaign, and the simulator against which it is dialed.
final class CLIFixture {
    static let environment = ["TOKEN": "secret-token-4711", "CLIENT_TOKEN": "secret-client-token-4712"]

    /// The campaign of the demo, in this checkout.
    static let demoCampaign = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "campaigns/demo").path

    let folder: URL
    let simulator: ZAPISimulator
    var database: String { folder.appending(path: "discador.db").path }
    var campaignFile: URL { folder.appending(path: "camp/campaign.yml") }
    var list: URL { folder.appending(path: "camp/contatos.csv") }

    init(
        phones: [String], settings: String = "workers: 32\n", scenario: Scenario = Scenario(), pace: String = "open",
        clock: any Clock<Duration> = .continuous
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "camp"), withIntermediateDirectories: true)
        var scenario = scenario
        scenario.instances = [.init(id: "A", token: "secret-token-4711"), .init(id: "B", token: "secret-token-4711")]
        scenario.clientToken = "secret-client-token-4712"
        simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: scenario, clock: clock),
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        try write(
            """
            name: camp
            contacts: contatos.csv
            instances:
            \(["A", "B"].map { Self.instance($0, baseURL: simulator.baseURL, pace: pace) }.joined(separator: "\n"))
            retry: {attempts: 3, first: 20ms, longest: 100ms}
            \(settings.contains("window:") ? "" : "window: always")
            \(settings)
            """, to: campaignFile)
        try write("nome;telefone\n" + phones.enumerated().map { "Pessoa \($0);\($1)\n" }.joined(), to: list)
    }

    /// A campaign that was dialed to its end: one contact is accepted, two are refused, two got no reply, and one got a
    /// reply without an id.
    static func dialed() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: [
            "11987654301", "11987654393", "21987654393", "11987654397", "21987654397", "11987654398",
        ])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        return cli
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    static func instance(_ id: String, baseURL: String, pace: String) -> String {
        """
          - name: i\(id)
            id: \(id)
            token: ${TOKEN}
            clientToken: ${CLIENT_TOKEN}
            baseURL: \(baseURL)
            pace: \(pace)
        """
    }

    /// `count` phones whose calls the simulator accepts.
    static func phones(_ count: Int) -> [String] {
        (0..<count).map { "\(5_511_900_000_000 + $0 / 80 * 100 + $0 % 80)" }
    }

    func write(_ text: String, to file: URL) throws {
        try Data(text.utf8).write(to: file)
    }

    /// Changes the campaign file.
    func change(_ body: (String) -> String) throws {
        try write(body(String(contentsOf: campaignFile, encoding: .utf8)), to: campaignFile)
    }

    /// Runs `discador` to its end.
    func discador(_ arguments: String..., environment: [String: String] = CLIFixture.environment) async throws
        -> Program.Result
    {
        try await Program.run(arguments, in: folder, environment: environment)
    }

    /// Starts `discador`; `shell` is a command that `sh` runs first.
    func start(_ arguments: String..., shell: String? = nil) throws -> Program {
        try Program(arguments, in: folder, environment: Self.environment, shell: shell)
    }

    func counts() throws -> StateCounts {
        try StoreReader(path: database).counts(campaign: "camp")
    }

    /// Compares the simulator's ledger with the database, promise by promise.
    func expectEveryPromiseKept(contacts: Int, maxInDoubt: Int) throws {
        let reader = try StoreReader(path: database)
        let rings = Dictionary(grouping: simulator.ledger().filter(\.rang)) { $0.phone ?? "" }
        var recorded: Set<String> = []
        try reader.forEachAttempt(campaign: "camp") { attempt in
            if let zaapId = attempt.receipt?.zaapId { recorded.insert(zaapId) }
        }
        var seen = 0
        var doubts = 0
        try reader.forEachContact(campaign: "camp") { contact in
            seen += 1
            let ringsOfContact = rings[contact.phone.text] ?? []
            #expect(ringsOfContact.count <= 1, "\(contact.phone.text) was dialed twice")
            switch contact.state {
            case .accepted:
                #expect(ringsOfContact.count == 1, "\(contact.phone.text) is accepted and never rang")
                #expect(ringsOfContact.allSatisfy { recorded.contains($0.zaapId ?? "") }, "an id is lost")
            case .inDoubt:
                doubts += 1
            case .ready, .dialing, .failed, .excluded:
                Issue.record("\(contact.phone.text) is left as \(contact.state)")
            }
        }
        #expect(seen == contacts)
        #expect(doubts <= maxInDoubt)
        #expect(try reader.counts(campaign: "camp").total == contacts)
    }
}
