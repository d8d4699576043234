package import CampaignCore
import Dispatch
import Foundation
import GRDB
import Synchronization

extension CampaignStore {
    /// Imports lists into a campaign in one transaction; see ``importLists(campaign:file:_:_:)``.
    package func importLists(
        campaign: String, file: String, now: Timestamp, _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        try await importLists(campaign: campaign, file: file, ImportRules(now: now), body)
    }

    /// Imports lists into a campaign, all of them or none; on disk when this returns.
    ///
    /// - Parameters:
    ///   - campaign: the campaign's name; created if it is new.
    ///   - file: the path of its campaign file.
    ///   - rules: the options of the import.
    ///   - body: writes the lists one after another; if it throws, everything is undone and the error is rethrown.
    /// - Returns: the totals of each list.
    package func importLists(
        campaign: String, file: String, _ rules: ImportRules,
        _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        // An interrupted cancellation was not meant for the contacts being imported now.
        _ = try await cancelsBefore(changing: campaign)
        // On a separate thread, which may block until the lists and its turn come.
        return try await withCheckedThrowingContinuation { continuation in
            imports.async { [self] in
                continuation.resume(
                    with: Result {
                        let take = rules.isDuringRun ? importInSlices : importInOneTransaction
                        return try take(CampaignFileName(campaign: campaign, file: file), rules, body)
                    })
            }
        }
    }

    private func importInOneTransaction(
        _ name: CampaignFileName, _ rules: ImportRules, _ body: (ImportWriter) throws -> Void
    ) throws -> [ImportTotals] {
        try blockingTransaction { db in
            while try UnfinishedImport.remove(db, atMost: rules.slice) {}
            let campaign = try CampaignRows.enter(db, campaign: name.campaign, file: name.file, now: rules.now)
            let writer = try ImportWriter(in: .one(db), of: self, campaign: campaign, rules)
            defer { try? ImportWriter.shrinkCache(db) }
            try body(writer)
            try writer.finish { _ in }
            return writer.totals
        }
    }

    private func importInSlices(
        _ name: CampaignFileName, _ rules: ImportRules, _ body: (ImportWriter) throws -> Void
    ) throws -> [ImportTotals] {
        try removeUnfinished(rules)
        let campaign = try blockingTransaction { db in
            try UnfinishedImport.begin(db, campaign: name.campaign, file: name.file, now: rules.now)
        }
        defer { try? connection.writeWithoutTransaction(ImportWriter.shrinkCache) }
        do {
            let writer = try ImportWriter(in: .slices(self), of: self, campaign: campaign, rules)
            try body(writer)
            try writer.finish { db in
                _ = try CampaignRows.enter(db, campaign: name.campaign, file: name.file, now: rules.now)
                try UnfinishedImport.end(db)
            }
            return writer.totals
        } catch {
            // If this fails, the next import removes the rows; they are invisible until then.
            try? removeUnfinished(rules)
            throw error is DatabaseError ? StoreError(error, path: path) : error
        }
    }

    private func removeUnfinished(_ rules: ImportRules) throws {
        while try blockingTransaction({ db in try UnfinishedImport.remove(db, atMost: rules.slice) }) {}
    }

    /// Removes, in the background, what a killed import has left; if that does not finish, the next import does it.
    func clearUnfinishedImport() {
        imports.async { [self] in
            let limit = ImportRules(now: .epoch).slice
            while !isClosing.withLock({ $0 }),
                (try? blockingTransaction { db in try UnfinishedImport.remove(db, atMost: limit) }) ?? false
            {}
        }
    }

    /// Waits for the imports requested before.
    func waitForImports() async {
        await withCheckedContinuation { continuation in imports.async { continuation.resume() } }
    }
}

/// The options of an import.
package struct ImportRules: Sendable {
    /// The current time.
    package var now: Timestamp
    /// Numbers that another campaign has called since then are left out; nil leaves none out.
    package var skipsCalledSince: Timestamp?
    /// Whether another task, such as a run, writes at the same time: the import is then done in slices, each its own
    /// transaction, and is invisible until the last one.
    package var isDuringRun = false
    /// Maximum number of identities sorted in memory: 4 MB.
    var identitiesInMemory = 262_144
    /// Rows written or removed in one transaction during a run: a few milliseconds of work.
    var slice = 4096

    /// An import without a run beside it, which leaves no numbers out.
    package init(now: Timestamp) {
        self.now = now
    }
}

/// A campaign's name and the path of its file.
private struct CampaignFileName {
    var campaign: String
    var file: String
}

/// The transactions of an import.
enum ImportTransactions {
    /// A single transaction for everything.
    case one(Database)
    /// One per piece of work, with transactions of others in between.
    case slices(CampaignStore)

    /// Whether one of them can fail after others have been committed.
    var areMany: Bool {
        switch self {
        case .one: false
        case .slices: true
        }
    }

    /// Performs a piece of work in a transaction.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.blockingTransaction(body)
        }
    }

    /// Reads what has been written, without blocking other writes however long that takes.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.reader().read(body)
        }
    }
}
