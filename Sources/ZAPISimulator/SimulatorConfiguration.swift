import Foundation

/// Where the simulator listens, how it behaves, and what it keeps.
package struct SimulatorConfiguration: Sendable {
    /// `127.0.0.1`, `::1` or `localhost`; anything else is refused.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// How it behaves.
    package var scenario: Scenario
    /// File that each request is appended to as a line of JSON; nil: no file. A file that exists is continued, and the
    /// ids continue so that none is repeated.
    package var ledgerPath: String?
    /// Whether `ZAPISimulator.ledger()` has something to return; costs memory with each request.
    package var keepsLedgerInMemory: Bool
    /// Milliseconds since 1970, UTC: stamps of the ledger and of the queue.
    package var wallClock: @Sendable () -> Int64
    /// What latencies, hangs and disconnections are waited with.
    package var clock: any Clock<Duration>

    /// Without arguments: a free port of 127.0.0.1, the default scenario, the ledger in memory.
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
