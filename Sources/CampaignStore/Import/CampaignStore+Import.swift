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
                        let take = rules.isBesideRun ? takeInSlices : takeAtOnce
                        return try take(CampaignFileName(campaign: campaign, file: file), rules, body)
                    })
            }
        }
    }

    private func takeAtOnce(
        _ name: CampaignFileName, _ rules: ImportRules, _ body: (ImportWriter) throws -> Void
    ) throws -> [ImportTotals] {
        try blockingTransaction { db in
            while try UnfinishedImport.remove(atMost: rules.slice, db) {}
            let campaign = try CampaignRows.enter(db, campaign: name.campaign, file: name.file, now: rules.now)
            let writer = try ImportWriter(in: .one(db), of: self, campaign: campaign, rules)
            defer { try? ImportWriter.forgetPages(db) }
            try body(writer)
            try writer.finish { _ in }
            return writer.totals
        }
    }

    private func takeInSlices(
        _ name: CampaignFileName, _ rules: ImportRules, _ body: (ImportWriter) throws -> Void
    ) throws -> [ImportTotals] {
        try removeUnfinished(rules)
        let campaign = try blockingTransaction { db in
            try UnfinishedImport.begin(db, campaign: name.campaign, file: name.file, now: rules.now)
        }
        defer { try? queue.writeWithoutTransaction(ImportWriter.forgetPages) }
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
        while try blockingTransaction({ db in try UnfinishedImport.remove(atMost: rules.slice, db) }) {}
    }

    /// Clears away what a killed import has left, beside whatever else goes on; the next import does it else.
    func clearUnfinishedImport() {
        imports.async { [self] in
            let most = ImportRules(now: .epoch).slice
            while !isClosing.withLock({ $0 }),
                (try? blockingTransaction { db in try UnfinishedImport.remove(atMost: most, db) }) ?? false
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
