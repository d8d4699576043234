import CampaignCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOConcurrencyHelpers
import NIOCore

@testable import Dashboard

/// An API of nothing: every document is `{}`, and everything is done.
struct StubAPI: APISource, APIOperations {
    var document = Array("{}".utf8)

    static func section(_ stub: StubAPI = StubAPI()) -> APISection {
        APISection(stub, stub, replies: KeptInMemory()) { .zero }
    }

    func version() async -> String { "store:1" }
    func campaigns() async -> [UInt8] { document }
    func campaign(_ name: String) async -> [UInt8] { document }
    func people(of campaign: String, where expression: String?, _ page: APIPage) async -> [UInt8] { document }
    func person(_ phone: String, of campaign: String) async -> [UInt8] { document }
    func doubts(of campaign: String, where expression: String?, _ page: APIPage) async -> [UInt8] { document }
    func series(of campaign: String, _ span: SeriesSpan) async -> [UInt8] { document }
    func replies(_ choice: ReplyQuery, _ page: APIPage) async -> [UInt8] { document }
    func blocks(phone: String?, _ page: APIPage) async -> [UInt8] { document }
    func instances() async -> [UInt8] { document }
    func events(state: String?, _ page: APIPage) async -> [UInt8] { document }
    func actions(of campaign: String?, _ page: APIPage) async -> [UInt8] { document }

    private var done: APIReply { APIReply(body: document) }
    func start(_ campaign: String, canary: Int?, by actor: Actor) async -> APIReply { done }
    func pause(_ campaign: String, by actor: Actor) async -> APIReply { done }
    func resume(_ campaign: String, by actor: Actor) async -> APIReply { done }
    func cancel(_ campaign: String, by actor: Actor) async -> APIReply { done }
    func retry(
        _ campaign: String, where expression: String, seenAt: Timestamp?, by actor: Actor
    ) async -> APIReply { done }
    func resolve(
        _ campaign: String, _ doubts: APIDoubts, as resolution: APIResolution, seenAt: Timestamp?, by actor: Actor
    ) async -> APIReply { done }
    func decide(reply: Int64, as decision: APIDecision, by actor: Actor) async -> APIReply { done }
    func block(_ phone: String, reason: String, by actor: Actor) async -> APIReply { done }
    func unblock(_ phone: String, requeues: Bool, isConfirmed: Bool, by actor: Actor) async -> APIReply { done }
    func add(_ contacts: SentContacts, to campaign: String, by actor: Actor) async -> APIReply { done }
}

extension DashboardRequest {
    /// As it comes from a program, to a route that has already checked its token.
    static func ofProgram(
        _ route: DashboardRoute, query: String = "", body: String = "", type: String = "application/json",
        headers: HTTPFields = [:], scopes: Set<APIScope> = [.read, .operate, .import]
    ) -> DashboardRequest {
        var headers = headers
        if !body.isEmpty { headers[.contentType] = type }
        var request = DashboardRequest(
            path: route.pattern, language: .english, headers: headers,
            body: RequestBody(buffer: ByteBuffer(string: body)))
        request.query = FormFields(encoded: query)
        request.parameters = ["campaign": "camp", "phone": "5511999990001", "id": "12"]
        request.client = APIClient(name: "crm", scopes: scopes, tokenHash: [UInt8](route.pattern.utf8))
        return request
    }
}

extension DashboardResponse {
    /// The text of a response that is no page.
    var text: String {
        get async throws {
            guard case .body(let body) = content else { return "" }
            let writer = CollectedBytes()
            try await body.write(writer)
            return String(buffer: writer.bytes)
        }
    }
}

/// Collects what a response writes.
struct CollectedBytes: ResponseBodyWriter, Sendable {
    private let collected = NIOLockedValueBox(ByteBuffer())

    var bytes: ByteBuffer { collected.withLockedValue(\.self) }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLockedValue { bytes in
            var buffer = buffer
            bytes.writeBuffer(&buffer)
        }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
