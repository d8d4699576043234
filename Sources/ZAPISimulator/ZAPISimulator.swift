import Foundation
import Hummingbird
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// A simulated Z-API on this machine, written from Z-API's documentation (developer.z-api.io, read 2026).
///
/// It rings no phones: it records which phones would have rung, so that a client can be checked against it, and sends
/// the webhooks that such calls would cause. Use `start` in a test or a demo; run it as a `Service` in a program of its
/// own.
package final class ZAPISimulator: Service {
    /// How the simulator behaves.
    package let scenario: Scenario

    let configuration: SimulatorConfiguration
    let logger: Logger
    let state: NIOLockedValueBox<SimulatorState>
    private let boundPort = NIOLockedValueBox(0)
    private let started: NIOLockedValueBox<(group: ServiceGroup, task: Task<Void, any Error>)?> = .init(nil)
    private let listening = AsyncStream<Int>.makeStream()
    let outbox: WebhookOutbox
    let reconnections = AsyncStream<Reconnection>.makeStream()

    /// What runs concurrently; all of it ends with the server.
    private enum Part {
        case disconnection, reconnections, webhooks, server
    }

    /// A simulator that does not listen yet. Throws `SimulatorError` for a host that is not loopback or a ledger file
    /// that cannot be opened.
    package init(_ configuration: SimulatorConfiguration, logger: Logger) throws(SimulatorError) {
        guard ["127.0.0.1", "::1", "localhost"].contains(configuration.host) else {
            throw .notLoopback(configuration.host)
        }
        let ledger = try Ledger(path: configuration.ledgerPath, keepsInMemory: configuration.keepsLedgerInMemory)
        self.configuration = configuration
        self.scenario = configuration.scenario
        self.logger = logger
        outbox = WebhookOutbox(logger: logger)
        self.state = NIOLockedValueBox(
            SimulatorState(scenario: configuration.scenario, ledger: ledger, idSeed: configuration.idSeed))
    }

    /// Creates a simulator and returns it once it is listening. End it with `shutdown()`.
    ///
    /// - Throws: `SimulatorError`, in particular when the port is taken.
    package static func start(_ configuration: SimulatorConfiguration, logger: Logger) async throws -> ZAPISimulator {
        let simulator = try ZAPISimulator(configuration, logger: logger)
        let group = ServiceGroup(services: [simulator], logger: logger)
        // Not a child of the caller: it must outlive this function. `shutdown` ends it.
        let task = Task {
            defer { simulator.listening.continuation.finish() }
            try await group.run()
        }
        simulator.started.withLockedValue { $0 = (group, task) }
        for await _ in simulator.listening.stream { return simulator }
        if Task.isCancelled { await simulator.shutdown() }
        try await task.value
        throw CancellationError()
    }

    /// Serves until graceful shutdown or cancellation; only once. Throws `SimulatorError`.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Part.self) { group in
            for disconnection in scenario.disconnections {
                group.addTask {
                    await self.play(disconnection)
                    return .disconnection
                }
            }
            group.addTask {
                try await self.reconnectInTime()
                return .reconnections
            }
            group.addTask {
                await self.sendWebhooks()
                return .webhooks
            }
            group.addTask {
                try await self.serve()
                return .server
            }
            while let ended = try await group.next(), ended != .server {}
            group.cancelAll()
        }
    }

    /// Ends a simulator that `start` began, and returns when it no longer listens; hanging calls are cut off.
    package func shutdown() async {
        guard let (group, task) = started.withLockedValue({ $0 }) else { return }
        await group.triggerGracefulShutdown()
        _ = await task.result
    }

    /// The port it listens on; 0 until it listens.
    package var port: Int { boundPort.withLockedValue { $0 } }

    /// The address to use instead of `https://api.z-api.io`.
    package var baseURL: String {
        configuration.host == "::1" ? "http://[::1]:\(port)" : "http://\(configuration.host):\(port)"
    }

    /// Every request so far, every held call that rang, and every webhook that was sent; empty when the configuration does not keep them in memory.
    package func ledger() -> [LedgerEntry] {
        state.withLockedValue { $0.ledger.entries }
    }

    /// How many lines the ledger has, without copying them.
    package var linesInLedger: Int { state.withLockedValue { $0.ledger.count } }

    /// How many of them this simulator has written for requests that it received and for rings, not for webhooks.
    package var requestsInLedger: Int { state.withLockedValue { $0.ledger.requests } }

    private var application: some ApplicationProtocol {
        let responder = SimulatorResponder(
            state: state,
            outbox: outbox,
            hang: scenario.hang,
            wallClock: configuration.wallClock,
            clock: configuration.clock,
            logger: logger
        )
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? self.configuration.port
                self.boundPort.withLockedValue { $0 = port }
                self.logger.info("simulator is listening", metadata: ["port": "\(port)"])
                self.listening.continuation.yield(port)
            },
            logger: quiet
        )
    }

    private func serve() async throws {
        do {
            try await application.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw SimulatorError.portTaken(configuration.port)
        } catch let error as IOError {
            throw SimulatorError.cannotListen(port: configuration.port, reason: FileReason.text(error.errnoCode))
        }
    }
}
