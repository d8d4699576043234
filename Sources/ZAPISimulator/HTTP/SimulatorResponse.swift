import Foundation

/// A response, before it is sent.
struct SimulatorResponse: Sendable, Equatable {
    enum Header: Sendable, Equatable {
        case retryAfter(String)
        case allow(String)
        case location(String)
    }

    var status: Int
    var body: String
    var contentType = "application/json"
    var header: Header?

    /// An error as Z-API writes it: `{"error": "…"}`.
    static func error(_ status: Int, _ sentence: String, _ header: Header? = nil) -> SimulatorResponse {
        var response = json(["error": sentence])
        response.status = status
        response.header = header
        return response
    }

    /// A value as JSON, its keys in alphabetical order.
    static func json(_ value: some Encodable) -> SimulatorResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return SimulatorResponse(status: 200, body: String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            return SimulatorResponse(status: 500, body: #"{"error":"The simulator cannot write its response"}"#)
        }
    }
}

/// What the simulator does with a request.
enum ResponseAction: Sendable, Equatable {
    case send(SimulatorResponse)
    /// Closes the connection without sending a byte.
    case cut
    /// Stays silent for as long as the scenario says, then closes the connection.
    case hang
}

/// The outcome of a request: what is done, and the ledger entry that is written before.
struct Exchange: Sendable {
    var action: ResponseAction
    var entry: LedgerEntry
    /// What the webhooks tell afterwards.
    var plan: WebhookPlan?

    /// A response to be sent; the entry gets its status.
    init(_ response: SimulatorResponse, _ entry: LedgerEntry) {
        action = .send(response)
        self.entry = entry
        self.entry.httpStatus = response.status
    }

    /// No response: the connection is cut, or hangs before it is cut.
    init(silent action: ResponseAction, _ entry: LedgerEntry) {
        self.action = action
        self.entry = entry
    }
}
