package import CampaignCore

/// What the API shows. Each function returns a JSON document, with phones in full; an unknown campaign is a
/// ``DashboardError`` with the status 404.
package protocol APISource: Sendable {
    /// Another text whenever anything has been written to the database; costs next to nothing.
    func version() async throws -> String
    /// As `discador list --json`.
    func campaigns() async throws -> [UInt8]
    /// As `discador status --json`, of one campaign.
    func campaign(_ name: String) async throws -> [UInt8]
    func people(of campaign: String, where expression: String?, _ page: APIPage) async throws -> [UInt8]
    /// As `discador why --json`.
    func person(_ phone: String, of campaign: String) async throws -> [UInt8]
    func doubts(of campaign: String, where expression: String?, _ page: APIPage) async throws -> [UInt8]
    /// The calls over time.
    ///
    /// - Parameter span: nil stands for the last day until now.
    func series(of campaign: String, _ span: SeriesSpan) async throws -> [UInt8]
    func replies(_ choice: ReplyQuery, _ page: APIPage) async throws -> [UInt8]
    /// The do-not-call list, or the entry of one phone.
    func blocks(phone: String?, _ page: APIPage) async throws -> [UInt8]
    func instances() async throws -> [UInt8]
    func events(state: String?, _ page: APIPage) async throws -> [UInt8]
    /// Who did what.
    func actions(of campaign: String?, _ page: APIPage) async throws -> [UInt8]
}

/// Which calls over time are wanted.
package struct SeriesSpan: Hashable, Sendable {
    /// Nil stands for a day before `to`.
    package var from: Timestamp?
    /// Nil stands for now.
    package var to: Timestamp?
    /// Of each interval.
    package var minutes: Int?
}

/// Which replies are wanted.
package struct ReplyQuery: Hashable, Sendable {
    package var isUndecided: Bool
    package var campaign: String?
}

/// What the API does. Each function returns what has been done.
package protocol APIOperations: Sendable {
    func start(_ campaign: String, canary: Int?, by actor: Actor) async throws -> APIReply
    func pause(_ campaign: String, by actor: Actor) async throws -> APIReply
    func resume(_ campaign: String, by actor: Actor) async throws -> APIReply
    func cancel(_ campaign: String, by actor: Actor) async throws -> APIReply
    /// - Parameter seenAt: whoever was called or imported since is left alone; nil: now.
    func retry(
        _ campaign: String, where expression: String, seenAt: Timestamp?, by actor: Actor
    ) async throws -> APIReply
    /// - Parameter seenAt: doubts about calls that began since are left alone; nil: now.
    func resolve(
        _ campaign: String, _ doubts: APIDoubts, as resolution: APIResolution, seenAt: Timestamp?, by actor: Actor
    ) async throws -> APIReply
    func decide(reply: Int64, as decision: APIDecision, by actor: Actor) async throws -> APIReply
    func block(_ phone: String, reason: String, by actor: Actor) async throws -> APIReply
    /// - Parameters:
    ///   - requeues: whether contacts that were excluded because of it may be called again.
    ///   - isConfirmed: whether it is to go although the person asked not to be called, or has other numbers on the list.
    func unblock(_ phone: String, requeues: Bool, isConfirmed: Bool, by actor: Actor) async throws -> APIReply
    /// Adds contacts to a campaign, and says what became of each row.
    func add(_ contacts: SentContacts, to campaign: String, by actor: Actor) async throws -> APIReply
}

/// Which doubts are to be resolved.
package enum APIDoubts: Hashable, Sendable {
    case phones([String])
    case matching(String)
    case all
}

package enum APIResolution: String, CaseIterable, Sendable {
    case called
    case notCalled = "not-called"
}

/// What has become of an event.
enum APIEventState: String, CaseIterable {
    case applied, parked, unmatched, other
}

package enum APIDecision: String, CaseIterable, Sendable {
    case block
    case dismiss
}

/// Contacts as a program has sent them, as a list that can be imported.
package struct SentContacts: Hashable, Sendable {
    /// More are refused.
    package static let mostRows = 10_000
    package static let tooMany = DashboardError.tooLarge("\(mostRows) contacts")

    /// CSV with a header.
    package var list: [UInt8]
    /// The encoding that the sender has named; nil: detected. Of rows that were JSON, it is UTF-8.
    package var encoding: CSVDialect.Encoding?
    /// The rows that were sent as JSON; nil for CSV.
    package var rows: JSONRows?
}
