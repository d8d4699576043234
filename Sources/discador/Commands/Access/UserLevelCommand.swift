import ArgumentParser
import CampaignCore

/// `discador user level`.
struct UserLevelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "level",
        Phrase(
            "Change what a user may do, and sign them out.",
            "Troca o que um usuário pode fazer e encerra as sessões dele."),
        examples: ["discador user level ana read"])

    @Argument(help: .text("The name.", "O nome.", valueName: "name"))
    var name: String

    @Argument(help: .text("What the user may do.", "O que o usuário pode fazer."))
    var level: DashboardLevel

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        _ = try await OperationRunner(options: options).run(SetUser(user: name, change: .level(level)))
        try options.output.result(json: UserDocument(user: name, level: level))
        try options.output.result(
            Phrase(
                "\(name) has the level \(level.rawValue) now, and is signed out.",
                "\(name) tem agora o nível \(level.rawValue); suas sessões foram encerradas."))
    }
}
