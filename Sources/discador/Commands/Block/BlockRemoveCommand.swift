import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador block remove`.
struct BlockRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        Phrase(
            "Remove numbers from the do-not-call list.",
            "Tira números da lista de não ligar."),
        discussion: Phrase(
            """
            Contacts that were excluded because of it stay excluded unless --requeue is given: removing a number \
            from the list does not place a call. All numbers of a person are removed together. Before it removes \
            numbers other than those given, or somebody who asked by reply not to be called, it shows them, or \
            what they wrote, and asks; without a terminal it needs --yes.
            """,
            """
            Os contatos excluídos por causa dela continuam excluídos, a não ser com --requeue: tirar um número \
            da lista não faz uma ligação. Todos os números de uma pessoa saem juntos. Antes de tirar outros \
            números além dos escritos, ou alguém que pediu por mensagem para não receber ligações, mostra quais \
            são, ou o que a pessoa escreveu, e pergunta; sem um terminal, precisa de --yes.
            """),
        examples: [
            #"discador block remove "(11) 98765-4302""#,
            #"discador block remove "(11) 98765-4302" --requeue"#,
        ])

    @Argument(
        help: .text(
            "The numbers, written in any way.",
            "Os números, escritos de qualquer jeito.", valueName: "phone"))
    var numbers: [String]

    @Flag(
        name: .customLong("requeue"),
        help: .text(
            "Also requeue the contacts that were excluded because of it, in every campaign.",
            "Também recoloca na fila os contatos excluídos por causa dela, em todas as campanhas."))
    var requeues = false

    @Flag(
        help: .text(
            "Remove people who asked not to be called, and other numbers of the same people, without asking.",
            "Tira sem perguntar quem pediu para não receber ligações, e outros números das mesmas pessoas."))
    var yes = false

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var removed: [String]
            /// Those of them that were not given: other numbers of the same people.
            var others: [String]
            var notOnTheList: [String]
            /// Those that stay, because of something that has come since it was decided; nil when there are none.
            var kept: [String]?
            var excluded: Int
            var requeued: Int
            var numbers: [UnderstoodNumber]
            var error: String?
        }
        let understood = try reading.understood(numbers, options.suggested())
        let numbers = understood.map(\.phone)
        guard let known = try objections(numbers) else { return }
        let operation = RemoveBlocks(numbers: numbers, requeues: requeues, known: known)
        let totals = try await OperationRunner(options: options).run(operation)
        let given = Set(numbers.map(\.identity))
        let removed = Set(totals.removed.map(\.identity))
        // Whoever was removed with an earlier number was on the list.
        let missed = totals.missing.filter { !removed.contains($0.identity) }
        let others = totals.removed.filter { !given.contains($0.identity) }
        let error = Self.error(missed: missed, kept: totals.kept)
        try options.output.result(
            json: Document(
                removed: totals.removed.map(\.text), others: others.map(\.text), notOnTheList: missed.map(\.text),
                kept: totals.kept.isEmpty ? nil : totals.kept.map(\.text), excluded: totals.excluded,
                requeued: totals.requeued, numbers: understood, error: error?.english))
        for number in totals.removed {
            let note =
                given.contains(number.identity)
                ? Phrase(verbatim: "") : Phrase(" (the same person's)", " (da mesma pessoa)")
            try options.output.result(Phrase(verbatim: number.spelled) + note)
        }
        let count = totals.removed.count
        try options.output.result(
            Phrase(
                "\(count) removed from the do-not-call list.",
                "\(count.counted("retirado")) da lista de não ligar."))
        if totals.requeued > 0 {
            try options.output.result(
                .counted(totals.requeued, .contact)
                    + Phrase(
                        " may be called again.",
                        " \(totals.requeued.noun("pode", "podem")) receber ligações de novo."))
        } else if totals.excluded > 0 {
            try options.output.result(
                Phrase(
                    "\(totals.excluded.counted("contact")) \(totals.excluded.noun("stays", "stay")) excluded; --requeue "
                        + "would have requeued \(totals.excluded.noun("it", "them")).",
                    "\(totals.excluded.counted("contato continua excluído", "contatos continuam excluídos")); --requeue "
                        + "os poria de volta na fila."))
        }
        guard let error else { return }
        options.output.warn(Phrase("error: ", "erro: ") + error)
        throw ExitCode((totals.kept.isEmpty ? ExitStatus.badInput : .notNow).rawValue)
    }

    /// What is said of numbers that were not removed; nil when all were.
    private static func error(missed: [PhoneNumber], kept: [PhoneNumber]) -> Phrase? {
        var sentences: [Phrase] = []
        if !missed.isEmpty {
            let names = missed.map(\.text).joined(separator: ", ")
            sentences.append(
                Phrase("Not on the do-not-call list: \(names).", "Não está na lista de não ligar: \(names)."))
        }
        if !kept.isEmpty {
            let names = kept.map(\.text).joined(separator: ", ")
            sentences.append(
                Phrase(
                    "Still on the do-not-call list: \(names). Meanwhile the person has asked not to be called, or another "
                        + "number of theirs has become known: run the command again to see it.",
                    "Continua na lista de não ligar: \(names). Nesse meio-tempo, a pessoa pediu para não receber "
                        + "ligações, ou outro número dela ficou conhecido: execute o comando de novo para ver."))
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// Shows which other numbers would be removed, and who on the list has asked by reply not to be called, and asks
    /// whether to continue.
    ///
    /// - Returns: what speaks against it and is known now; nil when it is not to be done.
    @inline(never)  // see `RunLoop.open`
    private func objections(_ numbers: [PhoneNumber]) throws -> RemovalObjections? {
        let warnings = try RemovalWarnings(options.openReader(), of: numbers, LocalClock.machine)
        let (others, wishes) = (warnings.others, warnings.wishes)
        guard !warnings.all.isEmpty, !yes else { return warnings.known }
        for line in warnings.all { options.output.note(line) }
        guard
            let answer = options.output.confirms(
                Phrase("Remove from the do-not-call list nevertheless?", "Retirar da lista de não ligar mesmo assim?"))
        else {
            var reasons: [Phrase] = []
            if !others.isEmpty {
                reasons.append(
                    Phrase(
                        "\(others.count.counted("other number")) of the same "
                            + "\(others.count.noun("person", "people")) would be removed too",
                        others.count.counted(
                            "outro número da mesma pessoa também seria retirado",
                            "outros números das mesmas pessoas também seriam retirados")))
            }
            if !wishes.isEmpty {
                reasons.append(
                    Phrase(
                        "\(wishes.count.counted("reply asks", "replies ask")) for no more calls",
                        wishes.count.counted(
                            "resposta pede para não receber ligações", "respostas pedem para não receber ligações")))
            }
            throw Failure(
                .usage,
                Phrase { language in
                    let reasons = reasons.map { $0[language] }.joined(separator: language.text(", and ", ", e "))
                    return language.text(
                        "Nothing was removed, because there is no terminal to ask on: \(reasons). "
                            + "Add --yes to remove them nevertheless.",
                        "Nada foi retirado, porque não há terminal para perguntar: \(reasons). "
                            + "Acrescente --yes para retirar mesmo assim.")
                })
        }
        if !answer { options.output.note(Phrase("Nothing was removed.", "Nada foi retirado.")) }
        return answer ? warnings.known : nil
    }
}
