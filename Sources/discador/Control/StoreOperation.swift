import CampaignStore

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

    /// Performs it. The only implementation, whether or not a run is in progress.
    func perform(in context: OperationContext) async throws -> Outcome

    /// The same operation for another process: with absolute paths, and copies of files that only this process can
    /// read.
    func forwarded(_ attachments: inout RequestAttachments) throws -> Self
}

extension StoreOperation {
    var label: String { Self.name }

    /// An operation without files is the same everywhere.
    func forwarded(_ attachments: inout RequestAttachments) throws -> Self { self }
}

/// An operation on one campaign.
protocol CampaignOperation: StoreOperation {
    var campaign: String { get }
}

extension CampaignOperation {
    var label: String { "\(Self.name) \(campaign)" }
}

/// What an operation works with: the database, and the campaigns that this process dials.
struct OperationContext: Sendable {
    let store: CampaignStore
    /// Nil when this process is not dialing.
    var dialing: DialingSession?
    /// Told when the addresses at which webhooks are accepted have changed; nil when this process receives none.
    var onWebhookAddresses: (@Sendable () async -> Void)?
}
