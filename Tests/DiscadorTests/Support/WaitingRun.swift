import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// A run that dials no one until its instances are connected, however long it takes to do something beside it.
final class WaitingRun {
    let cli: CLIFixture
    let run: Program

    /// - Parameter prepare: what is done first, when the list is imported and the instances are still connected.
    init(
        phones: [String], settings: String = "workers: 4", prepare: (CLIFixture) async throws -> Void = { _ in }
    ) async throws {
        cli = try await CLIFixture(phones: phones, settings: settings + "\nhealth: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await prepare(cli)
        for instance in ["A", "B"] { cli.simulator.disconnect(instance: instance) }
        run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
    }

    var socket: String { cli.database + "-socket" }

    /// A second list, beside the campaign's own.
    func writeList(_ name: String, phones: [String]) throws {
        try cli.write(
            "fone\n" + phones.map { $0 + "\n" }.joined(), to: cli.folder.appending(path: name))
    }

    func discador(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
    }

    /// Lets the calls begin and waits for the end of the run.
    func connect() async throws -> Program.Result {
        for instance in ["A", "B"] { _ = try cli.simulator.connect(instance: instance) }
        return try await run.result()
    }

    /// The phones that rang, in order.
    var rang: [String] { cli.simulator.ledger().filter(\.rang).compactMap(\.phone) }
}
