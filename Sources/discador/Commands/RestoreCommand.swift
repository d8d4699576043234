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
            kept beside it, with its log and with results that it had not taken in.

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
        let restoration = try CampaignStore.restore(
            file, to: path, forgetsLater: forgetLaterCalls, now: Surroundings.now(), holder: options.holder("restore"))
        let campaigns = try options.openReader().campaigns().map(\.name)
        try options.output.result(
            json: Document(
                database: path, kept: restoration.aside, forgottenTransactions: restoration.forgotten,
                campaigns: campaigns))
        try options.output.result("\(path): restored, \(campaigns.count) campaigns.")
        if let aside = restoration.aside { try options.output.result("What was there is kept as \(aside).") }
        guard restoration.forgotten > 0 else { return }
        options.output.warn(
            "it knows nothing of the last \(restoration.forgotten) transactions: whoever was called in them is called again "
                + "by `discador run`, unless you block or resolve them first.")
    }

    private struct Document: Encodable {
        var database: String
        var kept: String?
        var forgottenTransactions: Int
        var campaigns: [String]
    }
}
