import AsyncHTTPClient
import CampaignCore
import NIOCore
import NIOHTTP1

/// What the HTTP client alone can do: the same request, the same concurrency, nothing written down.
struct ClientCeiling {
    private let client: HTTPClient
    private let url: String
    private let workers: Int

    init(baseURL: String, workers: Int) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = workers
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        url = baseURL + "/instances/I/token/T/send-call"
        self.workers = workers
    }

    func callsPerSecond(calls: Int) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingDiscardingTaskGroup { group in
            for worker in 0..<workers {
                group.addTask { try await place(calls: calls / workers, from: worker * (calls / workers)) }
            }
        }
        return Double(calls / workers * workers) / (ContinuousClock.now - start).inSeconds
    }

    func shutdown() async throws {
        try await client.shutdown()
    }

    private func place(calls: Int, from first: Int) async throws {
        for number in first..<first + calls {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "Client-Token", value: "C")
            request.body = .bytes(Array(#"{"phone":"\#(Phones.number(number))","callDuration":5}"#.utf8))
            let response = try await client.execute(request, timeout: .seconds(30))
            _ = try await response.body.collect(upTo: 65_536)
        }
    }
}
