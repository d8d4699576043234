import ArgumentParser
import CampaignCore
package import CampaignStore

extension CampaignStore.Resolution: ExpressibleByArgument {}

/// `discador resolve`: resolves doubts as a person says.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        Phrase(
            "Resolve calls in doubt: they rang (called), or they did not and may be dialed again (not-called).",
            "Resolve ligações em dúvida: tocaram (called), ou não tocaram e podem ser discadas de novo (not-called)."),
        discussion: Phrase(
            """
            Contacts that are resolved as not called are dialed again: --as not-called shows them and asks first. \
            Without a terminal it needs --yes.

            A file of numbers is read like a list for `import`. Rows without a number are reported, with exit code 65; \
            all others are resolved.

            \(FilterOptions.help)
            """,
            """
            Os contatos resolvidos como não ligados são discados de novo: --as not-called mostra quem são e pergunta \
            antes. Sem terminal, precisa de --yes.

            Um arquivo de números é lido como uma lista de `import`. Linhas sem número são informadas, com código de \
            saída 65; todas as outras são resolvidas.

            \(FilterOptions.help)
            """),
        examples: [
            "discador resolve cobranca-novembro --phone 5511999999999 --as called",
            "discador resolve cobranca-novembro --file ligados.csv --as called",
        ])

    @Argument(help: .campaign)
    var campaign: String

    @Option(
        parsing: .upToNextOption,
        help: .text("The numbers, written in any way.", "Os números, escritos de qualquer jeito."))
    var phone: [String] = []

    @Option(
        help: .text(
            "A CSV file or workbook with the numbers; “-” is standard input.",
            "Um arquivo CSV ou planilha com os números; “-” é a entrada padrão."))
    var file: String?

    @Flag(help: .text("All doubts of the campaign.", "Todas as dúvidas da campanha."))
    var all = false

    @Option(
        name: .customLong("as"),
        help: .text(
            "What happened: called or not-called.", "O que aconteceu: called (tocou) ou not-called (não tocou)."))
    var resolution: CampaignStore.Resolution

    @Flag(help: .text("Resolve without asking.", "Resolve sem perguntar."))
    var yes = false

    @OptionGroup var filtering: FilterOptions
    @OptionGroup var lists: ListOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        let ways = [!phone.isEmpty, file != nil, filtering.expression != nil, all]
        guard ways.count(where: \.self) == 1 else {
            throw ValidationError(
                Phrase(
                    "Choose the doubts with exactly one of --phone, --where, --file and --all.",
                    "Escolha as dúvidas com exatamente um destes: --phone, --where, --file ou --all.")[
                        SystemEnvironment.language])
        }
    }

    func run() async throws {
        if resolution == .notCalled { try await OperationRunner(options: options).finishCancel(of: campaign) }
        // Before they are read, so that a doubt which comes up while they are shown is left alone.
        let seenAt = SystemEnvironment.now()
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let bad = BadRowCount()
        var choice = try choice(reader, of: name, bad)
        if resolution == .notCalled {
            let overview = try DoubtOverview(reader, campaign: name, of: choice)
            guard try isWanted(overview) else { return try showNothingResolved(of: name) }
            choice = overview.shown(of: choice)
        }
        let operation = ResolveDoubts(campaign: name, doubts: choice, resolution: resolution, seenAt: seenAt)
        let done = try await OperationRunner(options: options).run(operation)
        try report(done, of: name, bad)
    }

    /// Shows who would be dialed again, and asks whether to continue.
    private func isWanted(_ overview: DoubtOverview) throws -> Bool {
        guard overview.count > 0 else { return true }
        for line in overview.lines { try options.output.result(line) }
        guard !yes else { return true }
        let count = overview.count
        let question =
            count == 1
            ? Phrase(
                "Are you sure that this call did not ring, and may be dialed again?",
                "Tem certeza de que esta ligação não tocou, e pode ser discada de novo?")
            : Phrase(
                "Are you sure that none of these \(count) calls rang, and all may be dialed again?",
                "Tem certeza de que nenhuma destas \(count) ligações tocou, e todas podem ser discadas de novo?")
        guard let answer = options.output.confirms(question[options.output.language]) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was changed, because there is no terminal to ask on: ",
                    "Nada foi mudado, porque não há terminal para perguntar: ") + overview.warning
                    + Phrase(" Add --yes to do it.", " Acrescente --yes para fazer isso."))
        }
        if !answer { options.output.note(Phrase("Nothing was changed.", "Nada foi mudado.")) }
        return answer
    }

    /// The doubts chosen by the options.
    private func choice(_ reader: StoreReader, of name: String, _ bad: BadRowCount) throws -> DoubtChoice {
        if let filter = try filtering.filter(reader, of: name, numbers: numbers) { return .matching(filter) }
        if let file {
            let reading = try lists.applied(to: ListReader.Options(country: numbers.country))
            var listed: [PhoneNumber] = []
            try NumberList(file: ListFile(file), reading: reading).forEachNumber(bad) { contact, _ in
                listed.append(contact.phone)
            }
            return .numbers(listed)
        }
        return all ? .all : .numbers(try numbers.numbers(phone, in: name, options.suggested()))
    }

    private struct Document: Encodable {
        var campaign: String
        var resolved: [PhoneNumber] = []
        var excluded = 0
        var notInDoubt: [PhoneNumber] = []
        var rejected = 0
        var calledSince = 0
        var error: String?
    }

    private func showNothingResolved(of name: String) throws {
        try options.output.result(json: Document(campaign: name))
    }

    private func report(_ done: ResolvedDoubts, of name: String, _ bad: BadRowCount) throws {
        let error = problems(done, of: name, bad)
        try options.output.result(
            json: Document(
                campaign: name, resolved: done.resolved, excluded: done.excluded, notInDoubt: done.notInDoubt,
                rejected: bad.count, calledSince: done.calledSince, error: error?.english))
        for line in lines(done, of: name) { try options.output.result(line) }
        guard let error else { return }
        options.output.warn(Phrase("error: ", "erro: ") + error)
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    /// What has been resolved.
    private func lines(_ done: ResolvedDoubts, of name: String) -> [Phrase] {
        let since = done.calledSince > 0 && !isByNumber ? [CalledSince.sentence(done.calledSince)] : []
        guard done.resolved.isEmpty else { return done.lines(of: name, as: resolution) + since }
        // Numbers are named by the error.
        guard since.isEmpty, !isByNumber else { return since }
        return [
            all
                ? Phrase(
                    "\(name) has no calls in doubt: there was nothing to resolve.",
                    "\(name) não tem ligações em dúvida: não havia nada para resolver.")
                : Phrase(
                    "\(name) has no calls in doubt that match: there was nothing to resolve.",
                    "\(name) não tem ligações em dúvida que correspondam ao filtro: não havia nada para resolver.")
        ]
    }

    /// Whether numbers were given, each of which was to be resolved.
    private var isByNumber: Bool { !phone.isEmpty || file != nil }

    /// What could not be resolved; nil when everything was.
    private func problems(_ done: ResolvedDoubts, of name: String, _ bad: BadRowCount) -> Phrase? {
        var problems: [Phrase] = []
        if !done.notInDoubt.isEmpty {
            problems.append(
                Phrase("Not in doubt in \(name): ", "Nenhuma ligação em dúvida em \(name) para ")
                    + Self.named(done.notInDoubt)
                    + Phrase(verbatim: "."))
        }
        if isByNumber, done.calledSince > 0 { problems.append(CalledSince.sentence(done.calledSince)) }
        for number in done.aboutOthers.prefix(Self.maxNamed) {
            problems.append(
                Phrase(
                    "\(number.phone.text): the doubt of this contact is about ",
                    "\(number.phone.text): a dúvida deste contato é sobre ") + Self.named(number.dialed)
                    + Phrase(
                        ". If you know that, too, give every number it is about.",
                        ". Se souber disso também, informe todos os números."))
        }
        if bad.count > 0 {
            let isOne = bad.count == 1
            problems.append(
                Phrase.counted(bad.count, .row)
                    + Phrase(
                        " \(isOne ? "has" : "have") no usable number and \(isOne ? "was" : "were") not resolved:\n",
                        " sem número utilizável, não \(isOne ? "resolvida" : "resolvidas"):\n") + bad.text)
        }
        return problems.isEmpty ? nil : problems.joined(separator: "\n")
    }

    private static let maxNamed = 20

    /// A file may contain many; the JSON document lists them all.
    private static func named(_ numbers: [PhoneNumber]) -> Phrase {
        let more = numbers.count - maxNamed
        return Phrase(verbatim: numbers.prefix(maxNamed).map(\.text).joined(separator: ", "))
            + (more > 0 ? Phrase(" and \(more) more", " e mais \(more)") : Phrase(verbatim: ""))
    }
}
