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
            `discador serve` gets them while it dials a campaign from the same database. A bare listener gets the same \
            requests over the same number of connections that stay open: Hummingbird alone, which reads the body and \
            answers. Each event belongs to a call that Z-API has accepted, and says that it went out, or was answered. The \
            ratio is taken within each round. Build with -c release.
            """
    )

    @Option(help: "Events in each measurement.")
    var events = 20_000

    @Option(help: "Connections that send at the same time.")
    var connections = 64

    @Option(help: "Calls a second that are dialed meanwhile.")
    var calls = 100

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    @Option(help: "The folder for the databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(help: "The discador to measure. [default: the one beside this program]")
    var program: String?

    func validate() throws {
        guard events >= connections, connections > 0, rounds > 0, calls > 0 else {
            throw ValidationError(
                "--connections, --calls and --rounds must be at least 1, and --events at least --connections.")
        }
    }

    func run() async throws {
        let program = try DiscadorProgram.path(program)
        say(
            "\(events) events over \(connections) connections beside \(calls) calls/s, \(rounds) rounds, "
                + "synchronous=FULL, databases in \(folder)")
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(), logger: Logger(label: "simulator"))
        let speed = WebhookSpeed(
            program: program, folder: folder, connections: connections, callsPerSecond: calls, simulator: simulator)
        say("warming up …")
        _ = try await speed.measure(events: max(connections, events / 4))
        var measured: [WebhookSpeed.Round] = []
        for number in 1...rounds {
            let round = try await speed.measure(events: events)
            measured.append(round)
            say(
                "round \(number): discador \(round.ours.text) beside \(round.callsPerSecond.text(decimals: 1)) calls/s, "
                    + "bare listener \(round.bare.text), ratio \((round.ratio * 100).text(decimals: 1))%")
        }
        await simulator.shutdown()
        say(
            "median \(Int(measured.map(\.ours.perSecond).median)) events/s (budget 2000) beside "
                + "\(measured.map(\.callsPerSecond).median.text(decimals: 1)) calls/s (pace \(calls)), "
                + "ratio \((measured.map(\.ratio).median * 100).text(decimals: 1))%")
    }
}
