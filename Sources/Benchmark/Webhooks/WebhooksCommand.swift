import ArgumentParser
import Foundation
import Logging
import ZAPISimulator

/// `discador-benchmark webhooks`: how fast events are received, compared with a bare listener in the same run.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Events per second that are on disk before their 200, compared with a bare listener's ceiling.",
        discussion: """
            Both get the same requests over the same number of connections that stay open. The bare listener is Hummingbird \
            alone: it reads the body and answers. Each event belongs to a call that Z-API has accepted, and says that it \
            went out, or was answered. Meanwhile a campaign is dialed from the same database. The ratio is taken within \
            each round. Build with -c release.
            """
    )

    /// Events a second.
    private static let budget = 2_000

    @Option(help: "Events in each measurement.")
    var events = 20_000

    @Option(help: "Connections that send at the same time.")
    var connections = 64

    @Option(help: "Calls a second that are dialed from the same database meanwhile; 0 is none.")
    var calls = 100

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    @Option(help: "The folder for the databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard events >= connections, connections > 0, rounds > 0, calls >= 0 else {
            throw ValidationError(
                "--connections and --rounds must be at least 1, --events at least --connections, and --calls at least 0."
            )
        }
    }

    func run() async throws {
        say("\(events) events, \(connections) connections, \(rounds) rounds, synchronous=FULL, databases in \(folder)")
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(keepsLedgerInMemory: false), logger: Logger(label: "simulator"))
        var speed = WebhookSpeed(folder: folder, connections: connections)
        if calls > 0 {
            speed.beside = DialingBeside(
                baseURL: simulator.baseURL, callsPerSecond: calls, seconds: max(1, events / Self.budget))
        }
        say("warming up …")
        _ = try await speed.measure(events: events / 4)
        var ratios: [Double] = []
        var rates: [Double] = []
        for round in 1...rounds {
            let (ours, bare, placed) = try await speed.measure(events: events)
            ratios.append(ours.perSecond / bare.perSecond)
            rates.append(ours.perSecond)
            say(
                "round \(round): discador \(ours.text) beside \(placed.text(decimals: 1)) calls/s, bare listener \(bare.text), "
                    + "ratio \((ours.perSecond / bare.perSecond * 100).text(decimals: 1))%")
        }
        say(
            "median \(Int(rates.median)) events/s (budget \(Self.budget)), "
                + "ratio \((ratios.median * 100).text(decimals: 1))%")
        await simulator.shutdown()
    }
}
