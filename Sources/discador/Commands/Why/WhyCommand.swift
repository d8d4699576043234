import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore

/// `discador why`: everything that affects one number.
struct WhyCommand: AsyncParsableCommand {
    /// Maximum number of contacts that are listed when a text finds several.
    private static let maxListed = 20

    static let configuration = CommandConfiguration(
        commandName: "why",
        Phrase(
            "Explain one contact: every rule, attempt and list row that affects it.",
            "Explica um contato: cada regra, tentativa e linha de lista que vale para ele."),
        discussion: Phrase(
            """
            The number may be written in any way. It need not be a contact of the campaign. A name, or any other text \
            of a row, finds the contact that has it, without regard to case and accents; if several have it, they are \
            listed, with exit code 65. Exits with 64 for what is no number, and with 65 for a text that nobody has.
            """,
            """
            O número pode ser escrito de qualquer jeito. Não precisa ser um contato da campanha. Um nome, ou outro texto \
            da linha, encontra o contato que o tem, com ou sem maiúsculas e acentos; se vários o têm, eles são listados, \
            com código de saída 65. Sai com 64 para o que não é número, e com 65 para um texto que ninguém tem.
            """),
        examples: [
            "discador why cobranca-novembro \"(11) 99999-9999\"", "discador why cobranca-novembro \"maria da silva\"",
        ])

    @Argument(help: .campaign)
    var campaign: String

    @Argument(
        help: .text(
            "The number, written in any way, or a text of the contact's row.",
            "O número, escrito de qualquer jeito, ou um texto da linha do contato."))
    var phone: String

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        var read = try numbers.reader().read(phone)
        if case .failure = read, let search = TextSearch(phone) {
            let found = try reader.contacts(campaign: name, finding: search, atMost: Self.maxListed + 1)
            if found.count > 1 { try list(found, reader, of: name) }
            if let only = found.first { read = .success(only.phone) }
        }
        var report = try NumberReport(reader, campaign: name, written: phone, read: read)
        try report.explainWait(reader, now: SystemEnvironment.now()) {
            try CampaignLocator(options: options).loadWithoutSecrets(campaign, secrets: secrets).campaign
        }
        report.suggested = options.suggested()
        try options.output.result(json: report)
        for line in report.lines { try options.output.result(line) }
        guard report.isAboutNothing else { return }
        let isNumber = phone.contains { $0.isNumber } || TextSearch(phone) == nil
        throw ExitCode((isNumber ? ExitStatus.usage : .badInput).rawValue)
    }

    private struct Matches: Encodable {
        struct Match: Encodable {
            var phone, state: String
            var reason: String?
            var own: [String]
        }

        var written, campaign: String
        var columns: [String]
        var matches: [Match]
        /// Whether there are more than these.
        var isMore: Bool
        /// That one has to be chosen.
        var error: String
    }

    /// Lists several contacts that a text finds, and ends the command.
    private func list(_ found: [ContactRow], _ reader: StoreReader, of name: String) throws {
        let columns = try reader.ownColumns(campaign: name)
        let shown = found.prefix(Self.maxListed)
        let isMore = found.count > shown.count
        let count =
            isMore ? Phrase("More than \(shown.count)", "Mais de \(shown.count)") : Phrase(verbatim: "\(shown.count)")
        let told = count + Phrase(" contacts of \(name) have “\(phone)”", " contatos de \(name) têm “\(phone)”")
        try options.output.result(
            json: Matches(
                written: phone, campaign: name, columns: columns,
                matches: shown.map {
                    .init(phone: $0.phone.text, state: $0.state.rawValue, reason: $0.reason, own: $0.own)
                }, isMore: isMore, error: told.english + ": name one by its number."))
        try options.output.result(told + Phrase(verbatim: ":"))
        let language = options.output.language
        for contact in shown {
            try options.output.result("  " + contact.line([contact.statePhrase[language]], columns: columns))
        }
        try options.output.result(Phrase("Name one by its number:", "Indique um pelo número:"))
        for contact in shown {
            try options.output.result("  " + options.suggested().command("why", name, contact.phone.text))
        }
        if isMore {
            let contacts = options.suggested().command("contacts", name, phone)
            try options.output.result(Phrase("All of them: `\(contacts)`", "Todos: `\(contacts)`"))
        }
        throw ExitCode(ExitStatus.badInput.rawValue)
    }
}
