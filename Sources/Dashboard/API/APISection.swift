import CampaignCore
import HTTPTypes
import Hummingbird
import NIOCore

/// The API for programs, version 1: what the pages do, as JSON. `openapi.json` describes it.
package struct APISection: DashboardSection {
    package static let path = "/api/v1"
    /// Bytes of a body that is an object.
    static let objectLimit = 256 * 1_024
    /// Bytes of contacts.
    static let contactsLimit = 16 * 1_024 * 1_024

    let source: any APISource
    let operations: any APIOperations
    let keys: IdempotencyKeys
    private let rates: TokenRates

    /// - Parameter uptime: for how often a token may be used.
    package init(
        _ source: any APISource, _ operations: any APIOperations, replies: any APIReplies,
        uptime: @escaping @Sendable () -> Duration
    ) {
        (self.source, self.operations) = (source, operations)
        keys = IdempotencyKeys(replies)
        rates = TokenRates(uptime: uptime)
    }

    package var routes: [DashboardRoute] { reads + changes + [addContacts, description] }

    private var description: DashboardRoute {
        route(.get, "/openapi.json", .read) { request in
            var query = RequestQuery(request.query)
            try query.finish()
            return .bytes(
                PackageResources.openapi_json, type: "application/json", headers: [.cacheControl: "private, no-cache"])
        }
    }

    /// A route whose faults are told as problems, and whose token is not used more often than it may be.
    func route(
        _ method: DashboardRoute.Method, _ pattern: String, _ scope: APIScope, _ use: TokenRates.Use = .usual,
        limit: Int = 0,
        _ handler: @escaping @Sendable (DashboardRequest) async throws -> DashboardResponse
    ) -> DashboardRoute {
        DashboardRoute(method, Self.path + pattern, .scope(scope), body: .stream(limit: limit)) { [rates] request in
            if let client = request.client, let seconds = rates.wait(client.tokenHash, for: use) {
                throw DashboardError.tooOften(seconds: seconds)
            }
            do {
                return try await handler(request)
            } catch let refusal as RequestRefusal {
                return refusal.problem.answer
            }
        }
    }

    /// The bytes that were sent.
    static func body(of request: DashboardRequest, upTo limit: Int) async throws -> [UInt8] {
        guard request.headers[.contentEncoding] == nil else {
            throw DashboardError.unsupportedMediaType(["without Content-Encoding"])
        }
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw DashboardError.tooLarge("\(limit / 1_024) KB")
        }
    }

    /// The type of the body without its parameters, in lowercase; empty where none is named.
    static func contentType(of request: DashboardRequest) -> String {
        let type = request.headers[.contentType]?.prefix { $0 != ";" } ?? ""
        return type.filter { $0 != " " }.lowercased()
    }
}

extension DashboardError {
    static func tooOften(seconds: Int) -> DashboardError {
        DashboardError(
            .tooManyRequests, "too-many-requests",
            Phrase(
                "This token is used more than \(Int(TokenRates.rate)) times a second: wait \(seconds) s.",
                "Este token é usado mais de \(Int(TokenRates.rate)) vezes por segundo: espere \(seconds) s."),
            headers: [.retryAfter: "\(seconds)"])
    }
}
