import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPI
import ZAPISimulator

/// The addresses of webhooks, at the simulator and in the database.
extension CLIFixture {
    /// What the simulator has for an instance.
    func webhooks(of instance: String) async throws -> [Callback: String] {
        try await asking(instance) { client in
            try await client.account(of: 0).callbacks.mapValues { $0.url.reveal() }
        }
    }

    func setWebhooks(of instance: String, to url: String) async throws {
        try await asking(instance) { client in try await client.setWebhooks(of: 0, to: Secret(url)) }
    }

    func webhookAddresses() throws -> [WebhookAddressEntry] {
        try StoreReader(path: database).webhookAddresses(now: .epoch)
    }

    /// Starts the service, which receives webhooks at a port of its own choice.
    ///
    /// - Returns: also its address.
    func serveWebhooks(
        _ arguments: String..., environment: [String: String] = CLIFixture.environment
    ) async throws -> (service: Program, url: String) {
        let service = try Program(
            ["serve", "--verbose", "--webhooks", "127.0.0.1:0"] + arguments, in: folder, environment: environment)
        let line = try #require(await service.nextLine(with: "Webhooks are received at "), "no port")
        let address = line.split(separator: " ").last.map { $0.hasSuffix(".") ? $0.dropLast() : $0[...] } ?? ""
        try await service.wait(for: " serves ", count: 1)
        return (service, "http://\(address)")
    }

    private func asking<Answer: Sendable>(
        _ id: String, _ body: (ZAPIClient) async throws -> Answer
    ) async throws -> Answer {
        var instance = Instance(
            name: "i\(id)", id: id, token: Secret("secret-token-4711"),
            clientToken: Secret("secret-client-token-4712"))
        instance.baseURL = simulator.baseURL
        let client = ZAPIClient(instances: [instance], timeout: .seconds(60), connections: 1, now: { .epoch })
        let answer: Result<Answer, any Error>
        do {
            answer = .success(try await body(client))
        } catch {
            answer = .failure(error)
        }
        try await client.pool.shutdown()
        return try answer.get()
    }
}
