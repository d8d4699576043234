import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore

/// `discador prune`: forgets what is about people in old contacts.
struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        Phrase(
            "Forget the people of contacts with whom nothing has happened for a while, after asking.",
            "Apaga os dados pessoais de contatos com os quais nada acontece há algum tempo, depois de perguntar."),
        discussion: Phrase(
            """
            What is about people goes from contacts whose import, last call, answer and reply are all older, as with \
            `discador forget`, and from rejected rows of lists of that age. Totals and hashes stay, so that the same list \
            calls nobody again in the same campaign. Campaigns that are being dialed, and contacts that wait, are in \
            doubt or are held, are left alone. With `retention` in its campaign file, this is done for a campaign at the \
            end of a run and by `discador serve`.
            """,
            """
            Os dados pessoais saem dos contatos cuja importação, última ligação, atendimento e resposta são todos mais \
            antigos, como em `discador forget`, e das linhas rejeitadas de listas dessa idade. Totais e hashes ficam, para \
            que a mesma lista não ligue de novo para ninguém na mesma campanha. Campanhas que estão sendo discadas, e \
            contatos que aguardam, estão em dúvida ou retidos, não são tocados. Com `retention` no arquivo da campanha, \
            isso é feito no fim de cada execução e por `discador serve`.
            """),
        examples: ["discador prune --older-than 180d", "discador prune --yes"])

    @Option(
        help: ArgumentHelp(
            SystemEnvironment.language.text(
                "The age, such as 180d. Without it, each campaign's own `retention` applies.",
                "A idade, como 180d. Sem ela, vale o `retention` de cada campanha."),
            valueName: "duration"))
    var olderThan: String?

    /// As in `retention`: ten years.
    private static let longest = Duration.seconds(3650 * 86_400)

    @Flag(help: .text("Forget without asking.", "Apaga sem perguntar."))
    var yes = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        _ = try age()
    }

    func run() async throws {
        let moment = try age().map { SystemEnvironment.now().advanced(by: .zero - $0) }
        guard try isWanted(moment) else { return }
        let outcome = try await OperationRunner(options: options).run(PruneContacts(moment: moment))
        try report(outcome)
    }

    private func age() throws -> Duration? {
        guard let olderThan else { return nil }
        guard let duration = try? CampaignFile.duration(olderThan, atMost: Self.longest), duration >= .seconds(86_400)
        else {
            throw ValidationError(
                Phrase(
                    "--older-than: “\(olderThan)” is not an age of at least a day: write it like 180d.",
                    "--older-than: “\(olderThan)” não é uma idade de pelo menos um dia: escreva como 180d.")[
                        SystemEnvironment.language])
        }
        return duration
    }

    @inline(never)  // see `RunLoop.open`
    private func isWanted(_ moment: Timestamp?) throws -> Bool {
        let counts = try options.openReader().prunableContacts(before: moment, now: SystemEnvironment.now())
        guard !yes, counts.contacts + counts.rejected > 0 else { return true }
        return try ErasureQuestion(
            Phrase {
                $0.text(
                    "Forget the people of \(counts.words[$0]) for good?",
                    "Apagar definitivamente os dados pessoais de \(counts.words[$0])?")
            },
            about: Phrase {
                $0.text("\(counts.words[$0]) are old enough.", "\(counts.words[$0]) têm a idade.")
            }, declined: "forgotten"
        ).isAnswered(options.output)
    }

    private func report(_ outcome: PruneContacts.Outcome) throws {
        struct Document: Encodable {
            var contacts: Int
            var rejected: Int
            var hasTraces: Bool
            var files: ErasedFiles
        }
        let pruned = outcome.pruned
        try options.output.result(
            json: Document(
                contacts: pruned.contacts, rejected: pruned.rejected, hasTraces: pruned.hasTraces,
                files: outcome.files))
        guard pruned.contacts + pruned.rejected > 0 else {
            try options.output.result(
                Phrase("Nothing is old enough to be forgotten.", "Nada é antigo o bastante para ser apagado."))
            for line in outcome.files.endedLines { try options.output.result(line) }
            return
        }
        try options.output.result(
            Phrase { $0.text("Forgotten: \(pruned.words[$0]).", "Apagado: \(pruned.words[$0]).") })
        if pruned.hasTraces { try options.output.result(.tracesLeft) }
        for line in outcome.files.lines { try options.output.result(line) }
    }
}

extension PrunedContacts {
    /// How many contacts and rejected rows.
    fileprivate var words: Phrase {
        Phrase {
            let parts = [$0.counted(contacts, .contact)] + (rejected > 0 ? [$0.counted(rejected, .rejectedRow)] : [])
            return parts.joined(separator: ", ")
        }
    }
}
