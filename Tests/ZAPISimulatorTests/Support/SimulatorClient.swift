import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1

@testable import ZAPISimulator

/// A simulator that runs for one test, and an HTTP client that knows only what the documentation says.
struct SimulatorClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var body: String

        /// The body as a flat JSON object of strings; nil when it is not one.
        var strings: [String: String]? {
            try? JSONDecoder().decode([String: String].self, from: Data(body.utf8))
        }

        var error: String? { strings?["error"] }
    }

    let simulator: ZAPISimulator
    var instance = "A"
    var token = "SECRET-TOKEN"
    var clientToken: String? = "CLIENT"

    /// Starts a simulator, runs `body`, and shuts the simulator down however `body` ends.
    static func with(
        _ scenario: Scenario = .test,
        ledgerPath: String? = nil,
        webhookTimeout: Duration = .seconds(3_600),
        _ body: (SimulatorClient) async throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration(
            scenario: scenario,
            ledgerPath: ledgerPath,
            wallClock: { 1_794_000_000_500 }
        )
        configuration.webhookTimeout = webhookTimeout
        let simulator = try await ZAPISimulator.start(configuration, logger: .silent)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(SimulatorClient(simulator: simulator)))
        } catch {
            result = .failure(error)
        }
        await simulator.shutdown()
        try result.get()
    }

    func send(
        _ method: String,
        _ endpoint: String,
        _ body: String? = nil,
        contentType: String? = "application/json"
    ) async throws -> Reply {
        try await send(method, path: "/instances/\(instance)/token/\(token)/\(endpoint)", body, contentType)
    }

    func send(
        _ method: String,
        path: String,
        _ body: String? = nil,
        _ contentType: String? = "application/json"
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: simulator.baseURL + path)
        request.method = .init(rawValue: method)
        request.headers.add(name: "Connection", value: "close")
        if let clientToken { request.headers.add(name: "Client-Token", value: clientToken) }
        if let body {
            if let contentType { request.headers.add(name: "Content-Type", value: contentType) }
            request.body = .bytes(ByteBuffer(string: body))
        }
        let client = HTTPClient(configuration: .careful)
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            let collected = try await response.body.collect(upTo: 1 << 20)
            try await client.shutdown()
            let headers = response.headers.map { ($0.name.lowercased(), $0.value) }
            return Reply(
                status: Int(response.status.code),
                headers: Dictionary(headers) { first, _ in first },
                body: String(buffer: collected)
            )
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// The client's own error with which `request` ends; nil when it ends with a reply or another error.
    static func outcome(of request: () async throws -> Reply) async -> HTTPClientError? {
        do {
            _ = try await request()
            return nil
        } catch {
            return error as? HTTPClientError
        }
    }

    func call(_ phone: String, duration: Int? = nil) async throws -> Reply {
        let duration = duration.map { ",\"callDuration\":\($0)" } ?? ""
        return try await send("POST", "send-call", "{\"phone\":\"\(phone)\"\(duration)}")
    }
}

extension HTTPClient.Configuration {
    /// One request only: no redirect, no second try.
    fileprivate static var careful: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

extension Scenario {
    /// One instance, one client token, a very short hang.
    static var test: Scenario {
        Scenario(
            instances: [Instance(id: "A", token: "SECRET-TOKEN"), Instance(id: "B", token: "SECRET-TOKEN")],
            clientToken: "CLIENT",
            hang: .milliseconds(20)
        )
    }
}

extension Logger {
    static var silent: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}

/// A path for one test's file; the file is removed afterwards.
func withTemporaryFile(_ body: (String) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("zapi-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(url.path)
}
