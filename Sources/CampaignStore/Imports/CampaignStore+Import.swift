package import CampaignCore
import Dispatch
import Foundation
import GRDB
import Synchronization

extension CampaignStore {
    /// Takes lists into a campaign in one transaction; see ``importLists(campaign:file:_:_:)``.
    package func importLists(
        campaign: String, file: String, now: Timestamp, _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        try await importLists(campaign: campaign, file: file, ImportRules(now: now), body)
    }

    /// Takes lists into a campaign, all of them or none; on disk when this returns.
    ///
    /// - Parameters:
    ///   - campaign: the campaign's name; entered if it is new.
    ///   - file: where its campaign file stands.
    ///   - rules: what the import goes by.
    ///   - body: hands over the lists one after another; whatever it throws undoes everything and is thrown on.
    /// - Returns: what became of the rows, list by list.
    package func importLists(
        campaign: String, file: String, _ rules: ImportRules,
        _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        // Who comes now was not meant by a cancelling that was interrupted.
        _ = try await cancelsBefore(changing: campaign)
        // On a thread of its own, which may wait for the lists and for its turn.
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
            // Else by the next import: nobody sees them meanwhile.
            try? removeUnfinished(rules)
            throw error is DatabaseError ? StoreError(error, path: path) : error
        }
    }

    private func removeUnfinished(_ rules: ImportRules) throws {
        while try blockingTransaction({ db in try UnfinishedImport.remove(db, atMost: rules.slice) }) {}
    }

    /// Clears away what a killed import has left, beside whatever else goes on; the next import does it else.
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
    /// Numbers that another campaign called since then are left out; nil leaves nobody out.
    package var skipsCalledSince: Timestamp?
    /// Whether somebody else writes meanwhile, such as a run: the import then comes in slices, a transaction each, and is
    /// seen by nobody before the last one.
    package var isBesideRun = false
    /// Identities that are sorted in memory: 4 MB of them.
    var identitiesInMemory = 262_144
    /// Rows that are written, or taken out again, in one transaction beside a run: some milliseconds' worth.
    var slice = 4096

    /// An import by itself, which leaves nobody out.
    package init(now: Timestamp) {
        self.now = now
    }
}

/// A campaign by its name, and where its file stands.
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

    /// Looks at what was written, for as long as that takes: nobody waits for it.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.reader().read(body)
        }
    }
}
