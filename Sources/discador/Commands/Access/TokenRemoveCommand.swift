import ArgumentParser
import CampaignCore

/// `discador token remove`.
struct TokenRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        Phrase("Accept a token no longer.", "Deixa de aceitar um token."),
        examples: ["discador token remove crm"])

    @Argument(help: .text("Its name.", "O nome dele.", valueName: "name"))
    var name: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var name: String
            var removed = 1
        }
        _ = try await OperationRunner(options: options).run(RemoveToken(token: name))
        try options.output.result(json: Document(name: name))
        try options.output.result(
            Phrase("The token \(name) is no longer accepted.", "O token \(name) não é mais aceito."))
    }
}
