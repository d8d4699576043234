import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// Several campaigns that share the instances of the simulator.
extension CLIFixture {
    /// Adds a campaign in a folder of its name, and imports it.
    func addCampaign(_ name: String, phones: [String], settings: String = "workers: 4\n") async throws {
        let file = try writeCampaign(name, settings: settings)
        try write(
            "nome;telefone\n" + phones.map { "Pessoa;\($0)\n" }.joined(),
            to: file.deletingLastPathComponent().appending(path: "contatos.csv"))
        let imported = try await discador("import", name)
        #expect(imported.exitCode == 0, "\(imported.stderr)")
    }

    /// Writes a campaign's file into a folder.
    ///
    /// - Parameter folder: the folder's name; nil means the campaign's.
    @discardableResult
    func writeCampaign(_ name: String, in folder: String? = nil, settings: String) throws -> URL {
        let folder = self.folder.appending(path: folder ?? name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let instances = ["A", "B"].map { Self.instance($0, baseURL: simulator.baseURL, pace: "open") }
        let file = folder.appending(path: "campaign.yml")
        try write(
            """
            name: \(name)
            contacts: contatos.csv
            instances:
            \(instances.joined(separator: "\n"))
            retry: {attempts: 3, first: 20ms, longest: 100ms}
            health: {every: 1s}
            window: always
            \(settings)
            """, to: file)
        return file
    }

    /// `count` phones that the simulator accepts, different for each campaign.
    static func phones(_ count: Int, of campaign: Int) -> [String] {
        (0..<count).map { "\(5_500_900_000_000 + (11 + campaign) * 1_000_000_000 + $0 / 80 * 100 + $0 % 80)" }
    }

    func counts(of campaign: String) throws -> StateCounts {
        try StoreReader(path: database).counts(campaign: campaign)
    }

    func activity(of campaign: String) throws -> CampaignActivity? {
        try StoreReader(path: database).activity(campaign: campaign)
    }

    /// Whoever dials a campaign now, as `status` shows it.
    func dialed() -> [String] { WriterLock.holder(ofDatabase: database)?.dialing ?? [] }

    /// The phones that rang, in order.
    var rang: [String] { simulator.ledger().filter(\.rang).compactMap(\.phone) }

    /// Expects that no phone rang twice, and that as many rang as were accepted or are in doubt.
    func expectNobodyRangTwice() throws {
        #expect(Set(rang).count == rang.count, "somebody was rung twice")
    }

    func disconnect() { for instance in ["A", "B"] { simulator.disconnect(instance: instance) } }

    func connect() throws { for instance in ["A", "B"] { _ = try simulator.connect(instance: instance) } }

    /// Starts the service; returns when it is ready.
    func serve(_ arguments: String..., environment: [String: String] = CLIFixture.environment) async throws -> Program {
        let service = try Program(["serve", "--verbose"] + arguments, in: folder, environment: environment)
        try await service.wait(for: " serves ", count: 1)
        return service
    }
}
