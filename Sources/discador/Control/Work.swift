import CampaignStore

/// Work for the one process that writes to a database, with everything it takes: it is done here or there alike.
protocol Work: Codable, Sendable {
    /// What comes of it.
    associatedtype Outcome: Codable & Sendable

    /// What the process that does it is said to be doing while it holds the database, such as `block add`.
    var label: String { get }
    /// This work in the form in which it travels.
    var order: WorkOrder { get }

    /// Does it: the one place where this is done, whether or not a run goes on beside it.
    func perform(at bench: Workbench) async throws -> Outcome

    /// The same work for another process: files by their absolute paths, and what only this process can read enclosed.
    func addressed(_ enclosures: inout Enclosures) throws -> Self
}

extension Work {
    /// Work without files is the same everywhere.
    func addressed(_ enclosures: inout Enclosures) throws -> Self { self }
}

/// Where work is done: the database, and the run that goes on meanwhile.
struct Workbench: Sendable {
    let store: CampaignStore
    /// Nil when nobody dials.
    var run: LiveRun?
}
