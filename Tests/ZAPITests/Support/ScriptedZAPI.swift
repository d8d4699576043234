import CampaignCore
import ScriptedServer

@testable import ZAPI

/// Passes a server that replies as `reply` says, and a client for its one instance, to `body`.
func withScriptedZAPI(
    _ reply: @escaping @Sendable (String) -> ScriptedServer.Reply,
    _ body: (ScriptedServer, ZAPIClient) async throws -> Void
) async throws {
    let server = try ScriptedServer(reply)
    var instance = Instance(
        name: "a", id: "A", token: Secret("t0ken-of-instance-A"), clientToken: Secret("cl1ent-token-of-A"))
    instance.baseURL = server.baseURL
    let client = ZAPIClient(patient: instance, connections: 2)
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(server, client))
    } catch {
        result = .failure(error)
    }
    try await client.pool.shutdown()
    server.stop()
    try result.get()
}
