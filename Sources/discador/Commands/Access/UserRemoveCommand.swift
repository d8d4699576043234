import ArgumentParser
import CampaignCore

/// `discador user remove`.
struct UserRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        Phrase(
            "Remove a user of the dashboard, and sign them out.",
            "Remove um usuário do painel e encerra as sessões dele."),
        examples: ["discador user remove ana"])

    @Argument(help: .text("The name.", "O nome.", valueName: "name"))
    var name: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        _ = try await OperationRunner(options: options).run(RemoveUser(user: name))
        try options.output.result(json: UserDocument(user: name, removed: 1))
        try options.output.result(
            Phrase(
                "\(name) can no longer use the dashboard.", "\(name) não pode mais usar o painel."))
    }
}
