import Foundation
import Logging
import NIOConcurrencyHelpers

extension ZAPISimulator {
    /// The end of a disconnection that lasts for a given time.
    struct Reconnection: Sendable {
        var instance: String
        var disconnection: Int
        var after: Duration
    }

    /// Disconnects the phone of `instance`: from now on its calls are held, until `connect` or, if given, for `duration`
    /// on the configuration's clock.
    package func disconnect(instance: String, for duration: Duration? = nil) {
        let now = configuration.wallClock()
        let (disconnection, plan) = state.withLockedValue { state in
            let disconnection = state.disconnect(instance)
            for message in scenario.messages where message.instance == instance { state.send(message, at: now) }
            return (disconnection, state.disconnectionPlan(of: instance, disconnection))
        }
        tell(plan)
        logger.info("instance disconnected", metadata: ["instance": "\(instance)"])
        guard let duration else { return }
        reconnections.continuation.yield(
            Reconnection(instance: instance, disconnection: disconnection, after: duration)
        )
    }

    /// Sends a text message as another program would; it is held while its instance's phone is disconnected.
    package func send(_ message: Scenario.Message) {
        let now = configuration.wallClock()
        state.withLockedValue { $0.send(message, at: now) }
    }

    /// Reconnects the phone of `instance`: every held call rings at the same time. Returns how many did.
    ///
    /// Throws `SimulatorError` when the ledger cannot be written; then nothing rang.
    @discardableResult
    package func connect(instance: String) throws(SimulatorError) -> Int {
        try reconnect(instance, endOf: nil)
    }

    private func reconnect(_ instance: String, endOf disconnection: Int?) throws(SimulatorError) -> Int {
        let now = configuration.wallClock()
        let reconnected: SimulatorState.Reconnected
        do {
            reconnected = try state.withLockedValue { try $0.connect(instance, endOf: disconnection, at: now) }
        } catch {
            throw .ledger(path: configuration.ledgerPath ?? "", reason: FileReason.of(error))
        }
        for plan in reconnected.plans { tell(plan) }
        logger.info("instance connected", metadata: ["instance": "\(instance)", "rang": "\(reconnected.rings)"])
        return reconnected.rings
    }

    func play(_ disconnection: Scenario.Disconnection) async {
        guard (try? await configuration.clock.sleep(for: disconnection.after)) != nil else { return }
        disconnect(instance: disconnection.instance, for: disconnection.lasting)
    }

    func reconnectInTime() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await reconnection in reconnections.stream {
                group.addTask {
                    guard (try? await self.configuration.clock.sleep(for: reconnection.after)) != nil else { return }
                    _ = try self.reconnect(reconnection.instance, endOf: reconnection.disconnection)
                }
            }
        }
    }
}
