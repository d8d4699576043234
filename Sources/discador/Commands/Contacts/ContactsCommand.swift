import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador contacts`: who is in a campaign.
struct ContactsCommand: AsyncParsableCommand {
    /// How many are shown on a terminal.
    private static let usualLimit = 50

    static let configuration = CommandConfiguration(
        commandName: "contacts",
        Phrase(
            "List the contacts of a campaign, each with its state.",
            "Lista os contatos de uma campanha, com a situação de cada um."),
        discussion: Phrase(
            """
            A text finds contacts by any part of their cells, without regard to case and accents, or by digits of their \
            number. A terminal shows the first \(usualLimit), a pipe and --json all of them.

            \(FilterOptions.help)
            """,
            """
            Um texto encontra contatos por qualquer parte das células, com ou sem maiúsculas e acentos, ou por dígitos do \
            número. O terminal mostra os primeiros \(usualLimit); um pipe e --json, todos.

            \(FilterOptions.help)
            """),
        examples: [
            "discador contacts cobranca-novembro", "discador contacts cobranca-novembro silva",
            "discador contacts cobranca-novembro --where \"state = failed\" --limit 20",
        ])

    @Argument(help: .campaign)
    var campaign: String

    @Argument(help: .text("Only contacts that have this text.", "Só contatos que têm este texto."))
    var text: String?

    @Option(
        help: .text(
            "Show this many at most. [default: \(ContactsCommand.usualLimit) on a terminal, else all]",
            "Mostra no máximo esta quantidade. [padrão: \(ContactsCommand.usualLimit) no terminal, senão todos]"))
    var limit: Int?

    @OptionGroup var filtering: FilterOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard limit.map({ $0 > 0 }) ?? true else {
            throw ValidationError(
                Phrase("--limit takes a number from 1 on.", "--limit recebe um número a partir de 1.")[
                    SystemEnvironment.language])
        }
        guard text.map({ TextSearch($0) != nil }) ?? true else {
            throw ValidationError(
                Phrase("The text needs a letter or a digit.", "O texto precisa de uma letra ou um dígito.")[
                    SystemEnvironment.language])
        }
    }

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let choice = ContactChoice(
            filter: try filtering.filter(reader, of: name, numbers: numbers), search: text.flatMap { TextSearch($0) })
        let limit = limit ?? (options.json || options.output.resultWidth == nil ? nil : Self.usualLimit)
        var list = try ContactList(reader, of: name, limit: limit, options.output)
        try list.show(reader, choice)
        guard list.more > 0 else { return }
        let more = Phrase(
            "… and \(list.more) more; --limit shows more of them", "… e mais \(list.more); --limit mostra mais")
        options.output.note(more)
    }
}

/// Which contacts of a campaign are wanted.
struct ContactChoice {
    var filter: ContactFilter?
    var search: TextSearch?

    /// Whether all are.
    var isAll: Bool { filter == nil && search == nil }

    func includes(_ contact: ContactRow) -> Bool {
        (filter?.matches(contact) ?? true) && (search?.matches(contact) ?? true)
    }
}
