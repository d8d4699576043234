import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// A run that dials nobody until its phones are connected, however long it takes to do something beside it.
final class WaitingRun {
    let workshop: Workshop
    let run: Program

    /// - Parameter prepare: what is done first, when the list is imported and the phones are still connected.
    init(
        phones: [String], settings: String = "workers: 4", prepare: (Workshop) async throws -> Void = { _ in }
    ) async throws {
        workshop = try await Workshop(phones: phones, settings: settings + "\nhealth: {every: 1s}")
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try await prepare(workshop)
        for instance in ["A", "B"] { workshop.simulator.disconnect(instance: instance) }
        run = try workshop.start("run", "camp", "--verbose")
        try await run.wait(for: "run begins", count: 1)
    }

    var socket: String { workshop.database + "-socket" }

    /// A second list, beside the campaign's own.
    func writeList(_ name: String, phones: [String]) throws {
        try workshop.write(
            "fone\n" + phones.map { $0 + "\n" }.joined(), to: workshop.folder.appending(path: name))
    }

    func discador(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(arguments, in: workshop.folder, environment: Workshop.environment)
    }

    /// Lets the calls begin and waits for the end of the run.
    func connect() async throws -> Program.Result {
        for instance in ["A", "B"] { _ = try workshop.simulator.connect(instance: instance) }
        return try await run.result()
    }

    /// The phones that rang, in order.
    var rang: [String] { workshop.simulator.ledger().filter(\.rang).compactMap(\.phone) }
}
