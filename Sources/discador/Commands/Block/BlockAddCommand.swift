import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador block add`.
struct BlockAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        Phrase(
            "Put numbers on the do-not-call list; waiting contacts with these numbers are excluded.",
            "Põe números na lista de não ligar; os contatos com esses números que aguardam são excluídos."),
        discussion: Phrase(
            """
            Each number is shown as it was read: check that it is the one you mean. Anything that is not a \
            number is reported, with exit code 64; all the others are on the list.
            """,
            """
            Cada número é mostrado como foi entendido: confira se é esse mesmo. O que não for um número é \
            apontado, com o código de saída 64; todos os outros entram na lista.
            """),
        examples: [
            #"discador block add "(11) 98765-4302""#,
            #"discador block add 11987654302 --reason "pediu por telefone""#,
        ])

    @Argument(
        help: .text(
            "The numbers, written in any way.",
            "Os números, escritos de qualquer jeito.", valueName: "phone"))
    var numbers: [String]

    @Option(
        help: .text(
            "The reason, for people who read the list.",
            "O motivo, para quem ler a lista."))
    var reason = ""

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var added: Int
            var known: Int
            var excluded: Int
            var numbers: [UnderstoodNumber]
            /// The texts that could not be read, and are not on the list.
            var notNumbers: [ReadNumbers.Bad]
            var error: String?
        }
        let read = try reading.read(numbers)
        let operation = AddBlocks(numbers: read.numbers.map(\.phone), reason: reason)
        // A text that cannot be read does not keep the others off the list.
        let totals = read.numbers.isEmpty ? nil : try await OperationRunner(options: options).run(operation)
        let error = error(for: read)
        try options.output.result(
            json: Document(
                added: totals?.added ?? 0, known: totals?.known ?? 0, excluded: totals?.excluded ?? 0,
                numbers: read.numbers, notNumbers: read.bad, error: error?.english))
        if let totals {
            for number in read.numbers {
                try options.output.result(
                    Phrase(
                        "\(number.phone.spelled) is on the do-not-call list.",
                        "\(number.phone.spelled) está na lista de não ligar."))
            }
            try options.output.result(totals.text)
        }
        guard let error else { return }
        options.output.warn(Phrase("error: ", "erro: ") + error)
        throw ExitCode(ExitStatus.usage.rawValue)
    }

    /// The error that names the texts that could not be read; nil when all could.
    private func error(for read: ReadNumbers) -> Phrase? {
        guard !read.bad.isEmpty else { return nil }
        let nothing =
            read.numbers.isEmpty
            ? Phrase("No number was added. ", "Nenhum número foi acrescentado. ") : Phrase(verbatim: "")
        return nothing
            + Phrase(
                "These are not on the do-not-call list and may still be called; correct them and add them again:\n",
                "Estes não estão na lista de não ligar e ainda podem receber ligações; corrija e acrescente de novo:\n")
            + read.badLines(options.suggested())
    }
}

extension BlockTotals {
    /// The totals in words.
    var text: Phrase {
        var parts = [
            Phrase(
                "\(added) added to the do-not-call list", "\(added.counted("incluído")) na lista de não ligar")
        ]
        if known > 0 {
            parts.append(Phrase("\(known) already on it", "\(known) já \(known.noun("estava", "estavam")) nela"))
        }
        parts.append(
            Phrase(
                "\(excluded.counted("waiting contact")) excluded",
                excluded.counted("contato que aguardava excluído", "contatos que aguardavam excluídos")))
        return parts.joined(separator: ", ") + Phrase(verbatim: ".")
    }
}
