import Foundation

/// Where the simulator listens, how it behaves, and what it keeps.
package struct SimulatorConfiguration: Sendable {
    /// `127.0.0.1`, `::1` or `localhost`; anything else is refused.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    package var scenario: Scenario
    /// Determines the ids in place of the scenario's seed; nil means that the seed does.
    package var idSeed: UInt64?
    /// The file to which each request is appended as a line of JSON; nil means no file. An existing file is continued,
    /// and so are the ids, so that none is repeated.
    package var ledgerPath: String?
    /// Whether `ZAPISimulator.ledger()` returns anything; this uses memory for each request.
    package var keepsLedgerInMemory: Bool
    /// Milliseconds since 1970, UTC: for the timestamps of the ledger and of the queue.
    package var wallClock: @Sendable () -> Int64
    /// The clock for latencies, hangs, disconnections, and when webhooks are due.
    package var clock: any Clock<Duration>
    /// How long the receiver of a webhook may take to answer; then the webhook is given up. In real time.
    package var webhookTimeout = Duration.seconds(5)

    /// By default a free port of 127.0.0.1, the default scenario, and the ledger in memory.
    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        scenario: Scenario = Scenario(),
        ledgerPath: String? = nil,
        keepsLedgerInMemory: Bool = true,
        wallClock: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) },
        clock: any Clock<Duration> = .continuous
    ) {
        self.host = host
        self.port = port
        self.scenario = scenario
        self.ledgerPath = ledgerPath
        self.keepsLedgerInMemory = keepsLedgerInMemory
        self.wallClock = wallClock
        self.clock = clock
    }
}
