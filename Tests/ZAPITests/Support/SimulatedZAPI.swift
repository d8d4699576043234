import CampaignCore
import Logging
import NIOCore
import ZAPISimulator

@testable import ZAPI

/// Passes a simulator and a client for its one instance to `body`.
func withSimulator(
    timeout: Duration = .seconds(600), token: String = "t0ken-of-A", tokenForm: TokenForm? = nil,
    _ body: (ZAPISimulator, ZAPIClient) async throws -> Void
) async throws {
    var scenario = Scenario(
        instances: [.init(id: "A", token: "t0ken-of-A")], clientToken: "cl1ent-token", hang: .seconds(3600),
        retryAfter: .seconds(1))
    scenario.tokenForm = tokenForm
    let simulator = try await ZAPISimulator.start(
        SimulatorConfiguration(scenario: scenario),
        logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
    var instance = Instance(name: "a", id: "A", token: Secret(token), clientToken: Secret("cl1ent-token"))
    instance.baseURL = simulator.baseURL
    let client = ZAPIClient(patient: instance, timeout: timeout, connections: 4)
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(simulator, client))
    } catch {
        result = .failure(error)
    }
    try await client.pool.shutdown()
    await simulator.shutdown()
    try result.get()
}

extension ZAPIClient {
    /// A client that no busy machine makes give up.
    convenience init(patient instance: Instance, timeout: Duration = .seconds(600), connections: Int = 1) {
        var rules = ConnectionRules(max: connections)
        rules.questions = .init(one: .seconds(600), queue: .seconds(600))
        rules.longestConnecting = .seconds(600)
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) }
        self.init(instances: [instance], timeout: timeout, pool: ConnectionPool(rules: rules, now: now), now: now)
    }
}
