import ArgumentParser
package import CampaignCore
import CampaignStore

extension ReplyDecision: ExpressibleByArgument {
    package static var allValueStrings: [String] { allCases.map(\.verb) }

    package init?(argument: String) {
        guard let decision = Self.allCases.first(where: { $0.verb == argument }) else { return nil }
        self = decision
    }

    /// As it is written on the command line.
    fileprivate var verb: String {
        switch self {
        case .blocked: "block"
        case .dismissed: "dismiss"
        }
    }
}

/// `discador replies decide`: decides about replies as a person says.
struct RepliesDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        Phrase(
            "Decide about replies that wait: block whoever wrote them, or dismiss them.",
            "Decide as respostas que aguardam: bloqueia quem escreveu, ou dispensa."),
        discussion: Phrase(
            """
            --as block puts those people on the do-not-call list: no campaign calls them, not even with a call that is \
            about to be placed. --as dismiss lets those who were held be called again: it shows the replies and asks \
            first; without a terminal it needs --yes. Only the replies that are there now are decided, none that comes \
            meanwhile.

            A decision is final. To change your mind: `discador block add`, or `discador block remove --requeue`.
            """,
            """
            --as block põe essas pessoas na lista de não ligar: nenhuma campanha liga para elas, nem com uma ligação \
            que está para sair. --as dismiss permite de novo ligar para quem estava retido: mostra as respostas e \
            pergunta antes; sem terminal, precisa de --yes. Só são decididas as respostas que já chegaram.

            A decisão é definitiva. Para mudar de ideia: `discador block add`, ou `discador block remove --requeue`.
            """),
        examples: [
            "discador replies decide --phone 5511999999999 --as block",
            "discador replies decide cobranca-novembro --all --as dismiss",
        ])

    @Argument(
        help: .text(
            "Only replies that concern this campaign. [default: all of them]",
            "Só respostas relacionadas a esta campanha. [padrão: todas]"))
    var campaign: String?

    @Option(
        parsing: .upToNextOption,
        help: .text(
            "The numbers of the people, written in any way.", "Os números das pessoas, escritos de qualquer jeito."))
    var phone: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: .text(
            "The numbers of the replies, as `discador replies` lists them.",
            "Os números das respostas, como `discador replies` mostra."))
    var id: [Int64] = []

    @Flag(help: .text("All replies that wait.", "Todas as respostas que aguardam."))
    var all = false

    @Option(
        name: .customLong("as"),
        help: .text(
            "What is to become of their writers: block or dismiss.",
            "O que fazer com quem escreveu: block (bloquear) ou dismiss (dispensar)."))
    var decision: ReplyDecision

    @Flag(help: .text("Dismiss without asking.", "Dispensa sem perguntar."))
    var yes = false

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard [!phone.isEmpty, !id.isEmpty, all].count(where: \.self) == 1 else {
            throw ValidationError(
                Phrase(
                    "Choose the replies with exactly one of --phone, --id and --all.",
                    "Escolha as respostas com exatamente um destes: --phone, --id ou --all.")[
                        SystemEnvironment.language])
        }
    }

    func run() async throws {
        let choice = try choose()
        var report = DecisionReport(decision, choice)
        if !choice.waiting.isEmpty {
            guard try isWanted(choice) else { return try options.output.result(json: report) }
            let operation = DecideReplies(
                replies: choice.waiting.map(\.id), decision: decision, user: SystemEnvironment.user())
            report.note(try await OperationRunner(options: options).run(operation))
        }
        try options.output.result(json: report)
        for line in report.lines { try options.output.result(line) }
        guard let error = report.error else { return }
        options.output.warn(Phrase("error: ", "erro: ") + error)
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    @inline(never)  // see `RunLoop.open`
    private func choose() throws -> ChosenReplies {
        let reader = try options.openReader()
        var choice = ReplyChoice()
        choice.campaign = try campaign.map { try CampaignLocator(options: options).name(reader, of: $0) }
        if !id.isEmpty { choice.ids = id }
        guard !phone.isEmpty else {
            choice.isUndecided = all
            return try ChosenReplies(reader, choice, ids: id)
        }
        var chosen = ChosenReplies()
        for number in try numbers.numbers(phone, in: choice.campaign, options.suggested()) {
            choice.people = [number]
            chosen.add(try ChosenReplies(reader, choice, of: number))
        }
        return chosen
    }

    /// Shows who would be called again, and asks whether to continue.
    private func isWanted(_ choice: ChosenReplies) throws -> Bool {
        guard decision == .dismissed else { return true }
        let clock = try options.openReader().clock(of: choice.campaigns)
        for line in choice.overview(clock) { try options.output.result(line) }
        try options.output.result(clock.name)
        guard !yes else { return true }
        let count = choice.waiting.count
        let question =
            count == 1
            ? Phrase(
                "Are you sure that this reply is no wish not to be called?",
                "Tem certeza de que esta resposta não é um pedido para não receber ligações?")
            : Phrase(
                "Are you sure that none of these \(count) replies is a wish not to be called?",
                "Tem certeza de que nenhuma destas \(count) respostas é um pedido para não receber ligações?")
        guard let answer = options.output.confirms(question[options.output.language]) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was changed, because there is no terminal to ask on: whoever wrote ",
                    "Nada foi mudado, porque não há terminal para perguntar: quem escreveu ")
                    + Phrase.counted(count, .reply)
                    + Phrase(
                        " would be called again. Add --yes to do it.",
                        " voltaria a receber ligações. Acrescente --yes para fazer isso."))
        }
        if !answer { options.output.note(Phrase("Nothing was changed.", "Nada foi mudado.")) }
        return answer
    }
}
