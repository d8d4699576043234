import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador restore`: replaces the database with a copy of it.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Replace the database with a copy of it.",
        discussion: """
            A copy that knows less than the database it replaces is refused: a run from it would call people again who \
            were called since. --forget-later-calls restores it anyway. The replaced database is kept beside it, \
            with its log, and its do-not-call list, if it can be read, is added to the copy. Results that it had not yet taken in are kept \
            if the copy knows their calls.

            If the copy is the database file itself, nothing is moved: a file that was refused because it is older than \
            what was last written under its name is accepted from now on.
            """
    )

    @Argument(help: "The copy, as made by `discador backup`.")
    var file: String

    @Flag(help: "Accept a copy that knows less than the database: people who were called since may be called again.")
    var forgetLaterCalls = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let path = options.databasePath
        let restoration = try restore(to: path)
        let campaigns = try options.openReader().campaigns().map(\.name)
        try options.output.result(
            json: Document(
                database: path, kept: restoration.aside, resultsKept: restoration.resultsAside,
                forgottenTransactions: restoration.forgotten, forgottenCalls: restoration.forgottenCalls,
                blocksKept: restoration.blocksKept, losesBlocks: restoration.losesBlocks,
                campaigns: campaigns))
        try options.output.result("\(path) was restored from \(file): \(campaigns.count.counted("campaign")).")
        if let aside = restoration.aside { try options.output.result("The replaced database is kept as \(aside).") }
        if restoration.blocksKept > 0 {
            try options.output.result(
                "\(restoration.blocksKept.counted("number")) of its do-not-call list that the copy did not have "
                    + "\(restoration.blocksKept.noun("was", "were")) added.")
        }
        if restoration.losesBlocks {
            options.output.warn(
                "the do-not-call list of the replaced database could not be read: numbers that were blocked since the copy was "
                    + "made are not on the list now. Block them again before the next run "
                    + "(`\(options.suggested().command("block", "add", "PHONE"))`).")
        }
        if let results = restoration.resultsAside {
            options.output.warn(
                "results of calls that this copy does not know are kept as \(results); the next run calls those people "
                    + "again, unless you block or resolve them first.")
        }
        guard restoration.forgotten > 0 else { return }
        let calls =
            restoration.forgottenCalls.map { $0 == 1 ? "the last call" : "the last \($0) calls" } ?? "the latest calls"
        let list = restoration.aside.map { aside in
            "; `\(SuggestedCommands(database: aside).command("report", "CAMPAIGN", "--format", "csv"))` lists them"
        }
        let block = options.suggested().command("block", "import", "FILE")
        options.output.warn(
            "this copy does not know \(calls)\(list ?? ""). Block those numbers in the restored database (`\(block)`), "
                + "or the next run calls them again.")
    }

    private func restore(to path: String) throws -> Restoration {
        let copy = FileStatus(of: file)?.identity
        guard let copy else { throw Failure(.badInput, "There is no file \(file) to restore: \(Self.remedy)") }
        do throws(StoreError) {
            return try CampaignStore.restore(
                file, to: path, forgetsLater: forgetLaterCalls, now: SystemEnvironment.now(),
                holder: options.holder("restore"))
        } catch {
            // The usual message is about a database in use, and does not help with a copy.
            guard let problem = error.asCopy, FileStatus(of: problem.path)?.identity == copy,
                FileStatus(of: path)?.identity != copy
            else { throw error }
            throw Failure(.badInput, "\(file) cannot be restored because \(problem.detail): \(Self.remedy)")
        }
    }

    private static let remedy = "name a copy that `discador backup` made. Nothing was changed."

    private struct Document: Encodable {
        var database: String
        var kept: String?
        var resultsKept: String?
        var forgottenTransactions: Int
        var forgottenCalls: Int?
        var blocksKept: Int
        var losesBlocks: Bool
        var campaigns: [String]
    }
}

extension StoreError {
    /// Why a file is not a copy that can be restored; nil for everything else.
    fileprivate var asCopy: (path: String, detail: String)? {
        switch self {
        case .notOurs(let path, let detail): (path, detail)
        case .corrupt(let path, let detail): (path, "it is damaged (\(detail))")
        case .missing(let path): (path, "it is not a database")
        case .held, .fromNewerVersion, .fromOlderVersion, .diskFull, .tooManyFiles, .io, .locked, .replaced,
            .overwritten,
            .indexOverwritten, .outdated, .lost, .unmarked, .writtenElsewhere, .otherDatabase, .otherName,
            .unknownCampaign, .campaignIncomplete, .unexpected:
            nil
        }
    }
}
