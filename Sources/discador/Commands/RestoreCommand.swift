import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador restore`: goes back to a copy of the database.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a copy in the place of the database.",
        discussion: """
            A copy that knows less than the database it replaces is refused: a campaign that is run from it rings people \
            again who were called since. --forget-later-calls puts it in place all the same. The database that was there is \
            kept beside it, with its log, and its do-not-call list goes into the copy. Results that it had not taken in stay \
            if the copy knows their calls.

            With the database itself as the copy, nothing is moved: a file that was refused because it is older than what \
            was last written under its name is taken for good from now on.
            """
    )

    @Argument(help: "The copy, such as `discador backup` makes.")
    var file: String

    @Flag(help: "Take a copy that knows less than the database: people may be rung again who were called since.")
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
                blocksKept: restoration.blocksKept, campaigns: campaigns))
        try options.output.result("\(path) is restored from \(file): \(campaigns.count.counted("campaign")).")
        if let aside = restoration.aside { try options.output.result("What was there is kept as \(aside).") }
        if restoration.blocksKept > 0 {
            try options.output.result(
                "From it, \(restoration.blocksKept.counted("number")) of the do-not-call list "
                    + "\(restoration.blocksKept.noun("is", "are")) kept that the copy did not have.")
        }
        if let results = restoration.resultsAside {
            options.output.warn(
                "results of calls that this copy knows nothing of are kept as \(results); whoever was called there is called "
                    + "again by the next run, unless you block or resolve them first.")
        }
        guard restoration.forgotten > 0 else { return }
        let calls =
            restoration.forgottenCalls.map { $0 == 1 ? "the last call" : "the last \($0) calls" } ?? "the latest calls"
        let list = restoration.aside.map { aside in
            "; `\(SuggestedCommands(database: aside).command("report", "CAMPAIGN", "--format", "csv"))` lists whom"
        }
        let block = options.suggested().command("block", "import", "FILE")
        options.output.warn(
            "this copy knows nothing of \(calls)\(list ?? ""). Block them in the restored database (`\(block)`), or the "
                + "next run calls those people again.")
    }

    private func restore(to path: String) throws -> Restoration {
        let copy = FileStatus(of: file)?.identity
        guard let copy else { throw Failure(.badInput, "There is no file \(file) to restore: \(Self.remedy)") }
        do throws(StoreError) {
            return try CampaignStore.restore(
                file, to: path, forgetsLater: forgetLaterCalls, now: SystemEnvironment.now(),
                holder: options.holder("restore"))
        } catch {
            // What is said of a database that is to be used is no help with a copy that cannot be.
            guard let problem = error.asCopy, FileStatus(of: problem.path)?.identity == copy,
                FileStatus(of: path)?.identity != copy
            else { throw error }
            throw Failure(.badInput, "\(file) cannot be restored, \(problem.detail): \(Self.remedy)")
        }
    }

    private static let remedy = "name a copy that `discador backup` has made. Nothing was changed."

    private struct Document: Encodable {
        var database: String
        var kept: String?
        var resultsKept: String?
        var forgottenTransactions: Int
        var forgottenCalls: Int?
        var blocksKept: Int
        var campaigns: [String]
    }
}

extension StoreError {
    /// Why a file is no copy to restore; nil for everything else.
    fileprivate var asCopy: (path: String, detail: String)? {
        switch self {
        case .notOurs(let path, let detail): (path, detail)
        case .corrupt(let path, let detail): (path, "it is damaged (\(detail))")
        case .missing(let path): (path, "it is no database")
        case .held, .fromNewerVersion, .fromOlderVersion, .diskFull, .tooManyFiles, .io, .locked, .replaced,
            .overwritten,
            .indexOverwritten, .outdated,
            .lost,
            .unmarked, .writtenElsewhere,
            .otherDatabase, .otherName, .unknownCampaign, .campaignComes, .unexpected:
            nil
        }
    }
}
