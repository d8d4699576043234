import ArgumentParser
import CampaignCore
import CampaignFile

/// `discador replies test`: how one reply would be read.
struct RepliesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        Phrase(
            "Say how a reply would be read, and by which rule; needs no database and changes nothing.",
            "Diz como uma resposta seria entendida, e por qual regra; não usa banco de dados e não muda nada."),
        discussion: Phrase(
            """
            opt_out: the person is blocked at once. review: the person is not called until somebody decides. none: the \
            reply changes nothing. Write -- before a text that begins with a dash.
            """,
            """
            opt_out: a pessoa é bloqueada na hora. review: a pessoa não recebe ligações até alguém decidir. none: a \
            resposta não muda nada. Escreva -- antes de um texto que começa com hífen.
            """),
        examples: ["discador replies test \"não me ligue mais\""])

    @Argument(help: .text("What somebody might write, in quotes.", "O que alguém poderia escrever, entre aspas."))
    var text: String

    @Option(
        help: .text(
            "Also use the optOut lists of a campaign: its folder, its campaign.yml, or its name.",
            "Usa também as listas optOut de uma campanha: a pasta, o campaign.yml ou o nome dela."))
    var campaign: String?

    @Flag(
        help: .text(
            "Read the text as the label of a button or list entry that somebody chose.",
            "Lê o texto como o rótulo de um botão ou item de lista que alguém escolheu."))
    var button = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var text: String
            var level: String
            var rule: String
        }
        let lists = try optOutLists()
        let reader = OptOutReader(words: lists.words, buttons: lists.buttons, review: lists.review)
        let reading = button ? reader.reading(ofButton: text) : reader.reading(of: text)
        try options.output.result(json: Document(text: text, level: reading.level.rawValue, rule: reading.rule))
        try options.output.result(
            Phrase(verbatim: "\(reading.level.rawValue): ") + Phrase(recorded: reading.rule) + Phrase(verbatim: ". ")
                + reading.level.meaning)
    }

    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func optOutLists() throws -> OptOutLists {
        guard let campaign else { return OptOutLists() }
        return try CampaignLocator(options: options).loadWithoutSecrets(campaign, secrets: secrets).campaign.optOut
    }
}

extension OptOutReading.Level {
    /// What happens, in a sentence.
    fileprivate var meaning: Phrase {
        switch self {
        case .optOut:
            Phrase(
                "The person is put on the do-not-call list at once.", "A pessoa entra na hora na lista de não ligar.")
        case .review:
            Phrase(
                "The person is not called until somebody has decided.",
                "A pessoa não recebe ligações até alguém decidir.")
        case .none: Phrase("The reply changes nothing.", "A resposta não muda nada.")
        }
    }
}
