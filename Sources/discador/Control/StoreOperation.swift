import CampaignCore

/// An operation on a database, with all its parameters. It is performed by the one process that writes: this one, or
/// the one that holds the database (``OperationRunner``).
///
/// To add an operation, write a type that conforms to this protocol, and add it to the list in ``RequestKind``.
protocol StoreOperation: Codable, Sendable {
    associatedtype Outcome: Codable & Sendable

    /// Its name in requests, in the words that users know, such as `block add`.
    static var name: String { get }
    /// The label of a process that holds the database for it, such as `cancel november`.
    var label: String { get }

    /// What the log of who did what calls it.
    var loggedName: String { get }
    /// What the log keeps of it.
    var logged: ActionDetail { get }
    /// What the log counts of what came of it, by name; nothing that names a person.
    func counts(of outcome: Outcome) -> [String: Int]
    /// Whether it is carried out even if it cannot be logged, since it keeps people from being called.
    static var goesAheadUnlogged: Bool { get }
    /// Whether its errors may have something of a list, or a person, in them: the log then keeps only the exit code.
    static var hasPersonalErrors: Bool { get }

    /// Performs it. The only implementation, whether or not a run is in progress. Call ``OperationContext/carryOut(_:by:)``
    /// instead, which also logs it.
    func perform(in context: OperationContext) async throws -> Outcome

    /// The same operation for another process: with absolute paths, and copies of files that only this process can
    /// read.
    func forwarded(_ attachments: inout RequestAttachments) throws -> Self
}

extension StoreOperation {
    var label: String { Self.name }
    var loggedName: String { Self.name }
    var logged: ActionDetail { ActionDetail() }
    func counts(of outcome: Outcome) -> [String: Int] { [:] }
    static var goesAheadUnlogged: Bool { false }
    static var hasPersonalErrors: Bool { false }

    /// An operation without files is the same everywhere.
    func forwarded(_ attachments: inout RequestAttachments) throws -> Self { self }
}

/// An operation on one campaign.
protocol CampaignOperation: StoreOperation {
    var campaign: String { get }
}

extension CampaignOperation {
    var label: String { "\(Self.name) \(campaign)" }
    var logged: ActionDetail { ActionDetail(campaign: campaign) }
}
