import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador delete`: removes a campaign.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        Phrase(
            "Delete a campaign with its contacts, calls, events and history, after asking.",
            "Apaga uma campanha com os contatos, ligações, eventos e histórico, depois de perguntar."),
        discussion: Phrase(
            """
            The do-not-call list stays, and totals. Who was called when stays as hashes: perPerson, the time between two \
            calls to a person, and import --skip-called go on counting those calls. But a new campaign with the same list \
            calls these people again unless --skip-called leaves them out. A campaign that is being dialed, or that the \
            service goes on with, is not deleted: cancel it first. With calls in doubt it needs --yes.
            """,
            """
            A lista de não ligar e os totais ficam. Quem recebeu ligação e quando fica como hash: perPerson, o intervalo \
            entre duas ligações para a mesma pessoa e import --skip-called continuam contando essas ligações. Mas uma nova \
            campanha com a mesma lista liga de novo para essas pessoas, a menos que --skip-called as deixe de fora. Uma \
            campanha que está sendo discada, ou que o serviço vai continuar, não é apagada: cancele-a antes. Com ligações \
            em dúvida é preciso --yes.
            """),
        examples: ["discador delete november-reminders"])

    @Argument(help: .campaign)
    var campaign: String

    @Flag(
        help: .text(
            "Delete without asking, also with calls that may have rung.",
            "Apaga sem perguntar, mesmo com ligações que podem ter tocado."))
    var yes = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let name = try wantedCampaign()
        guard let name else { return }
        let operation = DeleteCampaign(campaign: name, withDoubts: yes)
        let outcome = try await OperationRunner(options: options).run(operation)
        try report(name, outcome)
        // If it cannot be noted, the same command only says the same again.
        _ = try? await OperationRunner(options: options).run(EndDeletion(campaign: name, marked: outcome.marked))
    }

    /// Asks whether to delete.
    ///
    /// - Returns: the campaign's name; nil when it is not wanted.
    @inline(never)  // see `RunLoop.open`
    private func wantedCampaign() throws -> String? {
        let reader = try options.openReader()
        let locator = CampaignLocator(options: options)
        // What was asked then.
        if let name = try locator.name(ofUnfinishedDeletion: campaign, reader) { return name }
        let name = try locator.name(reader, of: campaign)
        let counts = try reader.counts(campaign: name)
        let database = options.databasePath
        if try reader.activity(campaign: name)?.isActive == true {
            throw ErasureError.active(campaign: name, database: database)
        }
        guard !yes else { return name }
        guard counts.inDoubt == 0 else {
            throw ErasureError.inDoubt(campaign: name, calls: counts.inDoubt, database: database)
        }
        let contacts = Phrase.counted(counts.total, .contact)
        let isWanted = try ErasureQuestion(
            Phrase {
                $0.text(
                    "Delete \(name) with \(contacts[$0]) for good (\(counts.ready) waiting)?",
                    "Apagar \(name) com \(contacts[$0]) definitivamente (\(counts.ready) aguardando)?")
            },
            about: Phrase {
                $0.text(
                    "\(name) with \(contacts[$0]) would be deleted.", "\(name) com \(contacts[$0]) seria apagada.")
            }, declined: "deleted"
        ).isAnswered(options.output)
        return isWanted ? name : nil
    }

    private func report(_ name: String, _ outcome: DeleteCampaign.Outcome) throws {
        struct Document: Encodable {
            var campaign: String
            var counts: StateCounts
            var calls: Int
            var blocked: Int
            var hasTraces: Bool
            var files: ErasedFiles
        }
        let deleted = outcome.deleted
        try options.output.result(
            json: Document(
                campaign: name, counts: deleted.counts, calls: deleted.calls, blocked: deleted.blocked,
                hasTraces: deleted.hasTraces, files: outcome.files))
        try options.output.result(
            Phrase {
                let sums = "\($0.counted(deleted.counts.total, .contact)), \($0.counted(deleted.calls, .call))"
                return $0.text("\(name) was deleted: \(sums).", "\(name) foi apagada: \(sums).")
            })
        if deleted.blocked > 0 {
            try options.output.result(
                Phrase {
                    let people = $0.counted(deleted.blocked, .person)
                    return $0.text(
                        "On the do-not-call list now, because a reply had not been decided: \(people).",
                        "Agora na lista de não ligar, porque uma resposta não tinha sido decidida: \(people).")
                })
        }
        let list = options.suggested().command("list", "--deleted")
        try options.output.result(
            Phrase("Its totals stay: `\(list)`.", "Os totais ficam: `\(list)`."))
        if deleted.hasTraces { try options.output.result(.tracesLeft) }
        for line in outcome.files.lines { try options.output.result(line) }
    }
}
