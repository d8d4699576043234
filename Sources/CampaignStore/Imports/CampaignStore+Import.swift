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
    ///   - campaign: the campaign's name; entered if it is new.
    ///   - file: the path of its campaign file.
    ///   - rules: what the import goes by.
    ///   - body: hands over the lists one after another; whatever it throws undoes everything and is thrown on.
    /// - Returns: what became of the rows, list by list.
    package func importLists(
        campaign: String, file: String, _ rules: ImportRules,
        _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        // An interrupted cancellation was not meant for the contacts that come now.
        _ = try await cancelsBefore(changing: campaign)
        // On a separate thread, which may wait for the lists and for its turn.
        return try await withCheckedThrowingContinuation { continuation in
            imports.async { [self] in
                continuation.resume(
                    with: Result {
                        let take = rules.isBesideRun ? importInSlices : importInOneTransaction
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
        defer { try? queue.writeWithoutTransaction(ImportWriter.shrinkCache) }
        do {
            let writer = try ImportWriter(in: .slices(self), of: self, campaign: campaign, rules)
            try body(writer)
            try writer.finish { db in
                _ = try CampaignRows.enter(db, campaign: name.campaign, file: name.file, now: rules.now)
                try UnfinishedImport.end(db)
            }
            return writer.totals
        } catch {
            // If this fails, the next import removes them; they are invisible until then.
            try? removeUnfinished(rules)
            throw error is DatabaseError ? StoreError(error, path: path) : error
        }
    }

    private func removeUnfinished(_ rules: ImportRules) throws {
        while try blockingTransaction({ db in try UnfinishedImport.remove(db, atMost: rules.slice) }) {}
    }

    /// Removes what a killed import has left, in the background; otherwise the next import does.
    func clearUnfinishedImport() {
        imports.async { [self] in
            let limit = ImportRules(now: .epoch).slice
            while !isClosing.withLock({ $0 }),
                (try? blockingTransaction { db in try UnfinishedImport.remove(db, atMost: limit) }) ?? false
            {}
        }
    }

    /// Waits for the imports that were asked for before.
    func waitForImports() async {
        await withCheckedContinuation { continuation in imports.async { continuation.resume() } }
    }
}

/// What an import goes by.
package struct ImportRules: Sendable {
    /// The present moment.
    package var now: Timestamp
    /// Numbers that another campaign called since then are left out; nil leaves no one out.
    package var skipsCalledSince: Timestamp?
    /// Whether another task writes meanwhile, such as a run: the import is then done in slices, a transaction each, and is
    /// invisible before the last one.
    package var isBesideRun = false
    /// Identities that are sorted in memory: 4 MB of them.
    var identitiesInMemory = 262_144
    /// Rows that are written, or taken out again, in one transaction beside a run: some milliseconds' worth.
    var slice = 4096

    /// An import with no run beside it, which leaves no one out.
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
    /// One for everything.
    case one(Database)
    /// One for each piece of work, with those of others in between.
    case slices(CampaignStore)

    /// Whether one can fail when others are written already.
    var areMany: Bool {
        switch self {
        case .one: false
        case .slices: true
        }
    }

    /// Carries a piece of work out.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.blockingTransaction(body)
        }
    }

    /// Reads what was written, for as long as that takes: it blocks no writes.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.reader().read(body)
        }
    }
}
