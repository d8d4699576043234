import CampaignStore

/// An operation for the one process that writes to a database, with everything it takes: it is done here or there alike.
protocol StoreOperation: Codable, Sendable {
    /// What comes of it.
    associatedtype Outcome: Codable & Sendable

    /// What the process that does it is said to be doing while it holds the database, such as `block add`.
    var label: String { get }
    /// This work in the form in which it travels.
    var request: ControlRequest { get }

    /// Does it: the one place where this is done, whether or not a run goes on beside it.
    func perform(at context: OperationContext) async throws -> Outcome

    /// The same work for another process: files by their absolute paths, and what only this process can read enclosed.
    func addressed(_ attachments: inout RequestAttachments) throws -> Self
}

extension StoreOperation {
    /// An operation without files is the same everywhere.
    func addressed(_ attachments: inout RequestAttachments) throws -> Self { self }
}

/// Where work is done: the database, and the run that goes on meanwhile.
struct OperationContext: Sendable {
    let store: CampaignStore
    /// Nil when nobody dials.
    var run: ActiveRun?
}
