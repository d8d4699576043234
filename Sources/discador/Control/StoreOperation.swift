import CampaignStore

/// An operation on a database, with all its parameters. It is carried out by the one process that writes: this one, or
/// the one that holds the database (``OperationRunner``).
///
/// A new operation is a type that conforms to this, and its line in ``ControlRequest``.
protocol StoreOperation: Codable, Sendable {
    associatedtype Outcome: Codable & Sendable

    /// Its name in a request, and the words by which users know it, such as `block add`.
    static var name: String { get }
    /// What a process says it is doing while it holds the database for this, such as `cancel november`.
    var label: String { get }

    /// Carries it out: the one place where this is done, whether or not a run goes on meanwhile.
    func perform(in context: OperationContext) async throws -> Outcome

    /// The same operation for another process: files by their absolute paths, and copies of what only this process can
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

/// What an operation works with: the database, and the run that goes on meanwhile.
struct OperationContext: Sendable {
    let store: CampaignStore
    /// Nil when this process dials nobody.
    var run: ActiveRun?
}
