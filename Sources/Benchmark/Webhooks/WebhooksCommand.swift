import ArgumentParser
import Foundation

/// `discador-benchmark webhooks`: how fast events are received, compared with a bare listener in the same run.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Events per second that are on disk before their 200, compared with a bare listener's ceiling.",
        discussion: """
            Both get the same requests over the same number of connections that stay open. The bare listener is Hummingbird \
            alone: it reads the body and answers. Each event belongs to a call that Z-API has accepted, and says that it \
            went out, or was answered. The ratio is taken within each round. Build with -c release.
            """
    )

    @Option(help: "Events in each measurement.")
    var events = 20_000

    @Option(help: "Connections that send at the same time.")
    var connections = 64

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    @Option(help: "The folder for the databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard events >= connections, connections > 0, rounds > 0 else {
            throw ValidationError("--connections and --rounds must be at least 1, and --events at least --connections.")
        }
    }

    func run() async throws {
        say("\(events) events, \(connections) connections, \(rounds) rounds, synchronous=FULL, databases in \(folder)")
        let speed = WebhookSpeed(folder: folder, connections: connections)
        say("warming up …")
        _ = try await speed.measure(events: events / 4)
        var ratios: [Double] = []
        var rates: [Double] = []
        for round in 1...rounds {
            let (ours, bare) = try await speed.measure(events: events)
            ratios.append(ours.perSecond / bare.perSecond)
            rates.append(ours.perSecond)
            say(
                "round \(round): discador \(ours.text), bare listener \(bare.text), "
                    + "ratio \((ours.perSecond / bare.perSecond * 100).text(decimals: 1))%")
        }
        say(
            "median \(Int(rates.median)) events/s (budget 2000), "
                + "ratio \((ratios.median * 100).text(decimals: 1))%")
    }
}
