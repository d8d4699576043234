import ArgumentParser
import CampaignCore
import Foundation
import Logging
import ZAPISimulator

/// `discador-benchmark dispatch`: how fast calls are dispatched, compared with the HTTP client's own ceiling in the same run.
struct DispatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatch",
        abstract: "Calls per second with intent and result on disk, compared with the plain HTTP client's ceiling.",
        discussion: """
            Both are measured against the same simulator in this process, in alternation, with the pace open; the ratio is \
            taken within each round, so that a drift in the machine's speed does not bias it. Build with -c release.
            """
    )

    @Option(help: "Calls in each measurement.")
    var calls = 40_000

    @Option(help: "Concurrent requests.")
    var workers = 64

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    @Option(help: "The folder for the databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(keepsLedgerInMemory: false), logger: Logger(label: "simulator"))
        var instance = Instance(name: "benchmark", id: "I", token: Secret("T"), clientToken: Secret("C"))
        instance.baseURL = simulator.baseURL
        instance.pace = .open
        let ceiling = ClientCeiling(baseURL: simulator.baseURL, workers: workers)
        let dispatch = DispatchSpeed(instance: instance, workers: workers, folder: folder)

        say("\(calls) calls, \(workers) workers, \(rounds) rounds, synchronous=FULL, databases in \(folder)")
        say("warming up …")
        _ = try await ceiling.callsPerSecond(calls: calls / 4)
        _ = try await dispatch.measure(calls: calls / 4)
        var ratios: [Double] = []
        for round in 1...rounds {
            let client = try await ceiling.callsPerSecond(calls: calls)
            let ours = try await dispatch.measure(calls: calls)
            let ratio = ours.callsPerSecond / client
            ratios.append(ratio)
            say(
                "round \(round): discador \(Int(ours.callsPerSecond)) calls/s, plain client \(Int(client)) requests/s, "
                    + "ratio \(Self.percent(ratio)), \(ours.callsPerCommit.text(decimals: 1)) calls a commit")
        }
        say("median ratio \(Self.percent(ratios.median)) (goal 60%, budget 80%)")
        try await ceiling.shutdown()
        await simulator.shutdown()
    }

    private static func percent(_ share: Double) -> String { "\((share * 100).text(decimals: 1))%" }
}
