import AsyncHTTPClient
import CampaignCore
import NIOCore
import NIOHTTP1

/// What a measurement of requests gave.
struct WebhookFigures {
    var events: Int
    var perSecond: Double
    /// The time from the request to its answer that half, and 99 of 100, did not exceed.
    var half: Duration
    var most: Duration

    var text: String {
        "\(Int(perSecond)) events/s (p50 \((half.inSeconds * 1000).text(decimals: 1)) ms, "
            + "p99 \((most.inSeconds * 1000).text(decimals: 1)) ms)"
    }
}

/// Sends bodies over a number of connections that stay open, each the next one when its last was answered.
struct WebhookSender {
    let url: String
    let connections: Int

    func send(_ bodies: [[UInt8]]) async throws -> WebhookFigures {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let figures = try await send(bodies, client)
            try await client.shutdown()
            return figures
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private func send(_ bodies: [[UInt8]], _ client: HTTPClient) async throws -> WebhookFigures {
        let start = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for sender in 0..<connections {
                group.addTask {
                    try await send(
                        stride(from: sender, to: bodies.count, by: connections).map { bodies[$0] }, by: client)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let elapsed = ContinuousClock.now - start
        let sorted = times.sorted()
        return WebhookFigures(
            events: bodies.count, perSecond: Double(bodies.count) / elapsed.inSeconds,
            half: sorted[sorted.count / 2], most: sorted[sorted.count * 99 / 100])
    }

    private func send(_ bodies: [[UInt8]], by client: HTTPClient) async throws -> [Duration] {
        var times: [Duration] = []
        for body in bodies {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(body)
            let start = ContinuousClock.now
            let response = try await client.execute(request, timeout: .seconds(30))
            _ = try await response.body.collect(upTo: 65_536)
            guard response.status == .ok else {
                throw BenchmarkFailure("The listener answered \(response.status.code).")
            }
            times.append(ContinuousClock.now - start)
        }
        return times
    }
}
