import ArgumentParser
import CampaignCore

/// `discador manual`: prints the manual page for man(1), in the user's language.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: SystemEnvironment.language.text(
            "Print the manual page, for man.", "Mostra a página de manual, para o man."),
        shouldDisplay: false)

    @Option(
        help: .text(
            "The language: en or pt-BR. [default: that of LC_ALL, LC_MESSAGES or LANG]",
            "O idioma: en ou pt-BR. [padrão: o de LC_ALL, LC_MESSAGES ou LANG]", valueName: "language"),
        completion: .list(Language.allCases.map(\.rawValue)))
    var lang: Language?

    func run() throws {
        let page = ManualPage(commands: try DescribedCommand.root(), language: SystemEnvironment.language)
        try Output(isJSON: false, isQuiet: false).write(Array(page.text.utf8))
    }
}
