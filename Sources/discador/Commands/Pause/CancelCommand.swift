import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador cancel`: excludes all waiting contacts of a campaign.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        Phrase(
            "Stop the run of a campaign and exclude all waiting contacts, after asking.",
            "Para a execução de uma campanha e exclui todos os contatos que aguardam, depois de perguntar."),
        discussion: Phrase(
            """
            `discador retry <campaign> --where "reason = cancelled"` requeues them. No call of the campaign is \
            placed once this has begun. If it is interrupted, the next command that changes the campaign, \
            including a run, completes it.
            """,
            """
            `discador retry <campaign> --where "reason = cancelled"` os recoloca na fila. Nenhuma ligação da \
            campanha é feita depois que isto começou. Se for interrompido, o próximo comando que mudar a \
            campanha, inclusive uma execução, termina o trabalho.
            """),
        examples: [
            "discador cancel cobranca-novembro"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Flag(
        help: .text(
            "Cancel without asking.",
            "Cancela sem perguntar."))
    var yes = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let counts = try reader.counts(campaign: name)
        let holder = WriterLock.holder(ofDatabase: options.databasePath)
        let holds = holder?.command
        // A run that has ended may be followed by another for contacts that are still being imported.
        let isDialed = holder?.dialing.contains(name) ?? false || RunLabel.isEnding(holds, of: name)
        // Calls left open by an interrupted run become doubts, too. The holder of the database may be importing
        // contacts.
        guard
            try counts.ready + counts.dialing > 0 || holds != nil || reader.isBeingCancelled(campaign: name)
                || reader.activity(campaign: name)?.isActive ?? false
        else {
            return try report(name, cancelled: 0)
        }
        guard try isWanted(counts, of: name, isDialed) else { return }
        let operations = OperationRunner(options: options)
        let outcome = try await operations.run(CancelCampaign(campaign: name))
        if let runner = outcome.runner { try await operations.waitForEnd(of: runner, dialing: name) }
        try report(name, cancelled: outcome.cancelled)
    }

    /// Asks whether to continue.
    private func isWanted(_ counts: StateCounts, of name: String, _ isDialed: Bool) throws -> Bool {
        if yes { return true }
        let waiting = Phrase.counted(counts.ready, .contact)
        let run = isDialed ? Phrase(", and stop its run", ", e parar a discagem") : Phrase(verbatim: "")
        let question = Phrase(
            "Exclude \(waiting.english) of \(name) that would still be called\(run.english)?",
            "Excluir \(waiting.portuguese) de \(name) que ainda \(counts.ready.noun("receberia", "receberiam")) "
                + "ligação\(run.portuguese)?")
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was changed, because there is no terminal to ask on: "
                        + "\(waiting.english) of \(name) would be excluded\(run.english). "
                        + "Add --yes to cancel without being asked.",
                    "Nada foi mudado, porque não há terminal para perguntar: \(waiting.portuguese) de \(name) "
                        + "\(counts.ready.noun("seria excluído", "seriam excluídos"))\(run.portuguese). "
                        + "Acrescente --yes para cancelar sem perguntas."))
        }
        if !answer { options.output.note(Phrase("Nothing was changed.", "Nada foi mudado.")) }
        return answer
    }

    private func report(_ name: String, cancelled: Int) throws {
        struct Document: Encodable {
            var campaign: String
            var cancelled: Int
            /// The command that requeues them.
            var undo: String?
        }
        let undo = options.suggested().command(
            "retry", name, "--where", "reason = \(ExclusionReason.cancelled.rawValue)")
        try options.output.result(
            json: Document(campaign: name, cancelled: cancelled, undo: cancelled > 0 ? undo : nil))
        guard cancelled > 0 else {
            return try options.output.result(
                Phrase(
                    "\(name) has no contacts waiting to be called.",
                    "\(name) não tem contatos aguardando ligação."))
        }
        try options.output.result(
            Phrase(
                "\(cancelled.counted("contact")) of \(name) will not be called (excluded, cancelled). To undo it: \(undo)",
                "\(cancelled.counted("contato")) de \(name) não \(cancelled.noun("receberá", "receberão")) ligação "
                    + "(excluded, cancelled). Para desfazer: \(undo)"))
    }
}
