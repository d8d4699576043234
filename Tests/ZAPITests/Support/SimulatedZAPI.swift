import CampaignCore
import Logging
import ZAPI
import ZAPISimulator

/// Passes a simulator and a client for its one instance to `body`.
func withSimulator(
    timeout: Duration = .seconds(30), token: String = "t0ken-of-A", tokenForm: TokenForm? = nil,
    _ body: (ZAPISimulator, ZAPIClient) async throws -> Void
) async throws {
    var scenario = Scenario(
        instances: [.init(id: "A", token: "t0ken-of-A")], clientToken: "cl1ent-token", hang: .seconds(600),
        retryAfter: .seconds(1))
    scenario.tokenForm = tokenForm
    let simulator = try await ZAPISimulator.start(
        SimulatorConfiguration(scenario: scenario),
        logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
    var instance = Instance(name: "a", id: "A", token: Secret(token), clientToken: Secret("cl1ent-token"))
    instance.baseURL = simulator.baseURL
    let client = ZAPIClient(
        instances: [instance], timeout: timeout, connections: 4, now: { Timestamp(milliseconds: 0) })
    try await body(simulator, client)
    try await client.pool.shutdown()
    await simulator.shutdown()
}
