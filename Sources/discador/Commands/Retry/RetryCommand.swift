import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador retry`: requeues contacts.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        Phrase(
            "Requeue failed, excluded or unanswered contacts, after showing which.",
            "Recoloca na fila contatos que falharam, foram excluídos ou não atenderam, depois de mostrar quais."),
        discussion: Phrase(
            """
            Failed contacts can be requeued, and so can excluded ones: cancelled, expired, without WhatsApp, no \
            longer listed. Accepted calls are requeued only if webhooks say that they ended unanswered (answer = \
            not_answered); calls in doubt and numbers on the do-not-call list never are. Earlier attempts stay \
            in the reports. Large numbers are requeued in batches, even during a run; if interrupted, run the \
            same command again for the rest.

            \(FilterOptions.help)
            """,
            """
            Podem voltar à fila os contatos que falharam e os excluídos: cancelados, vencidos, sem WhatsApp, \
            fora da lista. As ligações aceitas só voltam se os webhooks dizem que não foram atendidas (answer = \
            not_answered); ligações em dúvida e números da lista de não ligar, nunca. As tentativas anteriores \
            ficam nos relatórios. Quantidades grandes voltam em lotes, também durante uma execução; se for \
            interrompido, execute o mesmo comando de novo para o resto.

            \(FilterOptions.help)
            """),
        examples: [
            "discador retry cobranca-novembro --failed",
            #"discador retry cobranca-novembro --where "reason = cancelled""#,
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @OptionGroup var filtering: FilterOptions

    @Flag(
        help: .text(
            "Only failed contacts: the same as --where “state = failed”.",
            "Só os contatos que falharam: o mesmo que --where “state = failed”."))
    var failed = false

    @Flag(
        help: .text(
            "Only show what would be requeued.",
            "Só mostra o que voltaria à fila."))
    var dryRun = false

    @Flag(
        help: .text(
            "Requeue without asking.",
            "Recoloca na fila sem perguntar."))
    var yes = false

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard failed || filtering.expression != nil else {
            throw ValidationError(
                Phrase(
                    "Choose contacts with --where “state = failed and …”, or --failed for all that failed.",
                    "Escolha contatos com --where “state = failed and …”, ou --failed para todos os que falharam.")[
                        SystemEnvironment.language])
        }
        guard !yes || !dryRun else {
            throw ValidationError(
                Phrase(
                    "--yes and --dry-run contradict each other: leave one out.",
                    "--yes e --dry-run se contradizem: use só uma.")[SystemEnvironment.language])
        }
    }

    func run() async throws {
        if !dryRun { try await OperationRunner(options: options).finishCancel(of: campaign) }
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let filter = try filter(reader, of: name)
        // Before they are read, so that whoever is called while they are shown is left alone.
        let seenAt = SystemEnvironment.now()
        let preview = try reader.retryPreview(campaign: name, where: filter, showing: RetryOverview.maxShown)
        guard preview.retryable > 0 else { return try reportNothing(reader, name, preview) }
        let overview = RetryOverview(
            campaign: name, preview: preview, columns: try reader.ownColumns(campaign: name),
            suggested: options.suggested())
        for line in overview.lines(options.output.language) { try options.output.result(line) }
        guard try isWanted(preview) else {
            return try options.output.result(json: RetryDocument(name, preview, totals: nil))
        }
        let operation = RetryContacts(campaign: name, filter: filter, seenAt: seenAt)
        let totals = try await OperationRunner(options: options).run(operation)
        try options.output.result(json: RetryDocument(name, preview, totals: totals))
        if totals.calledSince > 0 { try options.output.result(CalledSince.sentence(totals.calledSince)) }
        guard totals.requeued > 0 || totals.calledSince == 0 else { return }
        let run = options.suggested().command("run", name)
        let count = totals.requeued
        try options.output.result(
            Phrase(
                "\(count) requeued: dial \(count.noun("it", "them")) with `\(run)`.",
                "\(count) de volta na fila: ligue com `\(run)`."))
    }

    private func filter(_ reader: StoreReader, of name: String) throws -> ContactFilter {
        let failures = ContactFilter.state(.failed)
        guard let written = try filtering.filter(reader, of: name, numbers: numbers) else { return failures }
        return failed ? failures.and(written) : written
    }

    /// Asks whether to continue after the contacts were shown.
    private func isWanted(_ preview: RetryPreview) throws -> Bool {
        guard !dryRun, !yes else { return yes }
        guard
            let answer = options.output.confirms(
                Phrase("Requeue ", "Pôr de volta na fila ") + .counted(preview.retryable, .contact)
                    + Phrase(verbatim: "?"))
        else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was changed, because there is no terminal to ask on: add --yes, or --dry-run to look only.",
                    "Nada foi mudado, porque não há terminal para perguntar: acrescente --yes, ou --dry-run só para ver."
                ))
        }
        if !answer { options.output.note(Phrase("Nothing was changed.", "Nada foi mudado.")) }
        return answer
    }

    private func reportNothing(_ reader: StoreReader, _ name: String, _ preview: RetryPreview) throws {
        try options.output.result(json: RetryDocument(name, preview, totals: nil))
        guard preview.chosen == 0 else {
            let overview = RetryOverview(campaign: name, preview: preview, columns: [], suggested: options.suggested())
            for line in overview.lines(options.output.language) { try options.output.result(line) }
            return try options.output.result(
                Phrase("None of them can be requeued.", "Nenhum deles pode voltar à fila."))
        }
        let states = try reader.summary(campaign: name).reasons.map { count in
            Phrase(verbatim: "\(count.contacts) × ") + count.state.phrase(count.reason.isEmpty ? nil : count.reason)
        }
        let list = states.joined(separator: ", ")
        try options.output.result(
            Phrase(
                "No contact in \(name) matches; it has \(list.english).",
                "Nenhum contato de \(name) corresponde; a campanha tem \(list.portuguese)."))
    }
}

/// The outcome of a retry, as JSON.
private struct RetryDocument: Encodable {
    struct Group: Encodable {
        var state: CallState
        var reason: String?
        var contacts: Int
        var stays: RequeueRefusal?
    }

    var campaign: String
    var chosen: Int
    var retryable: Int
    var groups: [Group]
    /// The first contacts that can be requeued.
    var first: [PhoneNumber]
    var requeued: Int
    var refused: [RequeueRefusal: Int]
    /// Those that were left alone, because they were called or imported after they were shown.
    var calledSince: Int

    /// - Parameter totals: nil when nothing was done.
    init(_ campaign: String, _ preview: RetryPreview, totals: RetryTotals?) {
        self.campaign = campaign
        chosen = preview.chosen
        retryable = preview.retryable
        groups = preview.groups.map {
            Group(state: $0.state, reason: $0.reason, contacts: $0.contacts, stays: $0.refusal)
        }
        first = preview.first.map(\.phone)
        requeued = totals?.requeued ?? 0
        refused = preview.refused
        calledSince = totals?.calledSince ?? 0
    }
}
