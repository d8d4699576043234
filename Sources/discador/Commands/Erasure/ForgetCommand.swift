import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador forget`: removes everything about a person.
struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        Phrase(
            "Remove everything about a person, in all campaigns, after asking.",
            "Apaga tudo sobre uma pessoa, em todas as campanhas, depois de perguntar."),
        discussion: Phrase(
            """
            The person's rows, calls, events, replies and rejected rows go, and every mention of the number. Totals stay. \
            Whoever is on the do-not-call list stays on it, as a hash that only this database and its copies can compare; \
            so does whoever waits to be called or may have been, and everybody with --block. All numbers of the row count \
            as the person's. Backups, lists and reports that were saved elsewhere are named, and not touched.
            """,
            """
            As linhas, ligações, eventos, respostas e linhas rejeitadas da pessoa são apagados, e toda menção ao número. \
            Os totais ficam. Quem está na lista de não ligar continua nela, como um hash que só este banco de dados e as \
            cópias dele conseguem comparar; o mesmo vale para quem aguarda ligação ou pode ter recebido uma, e para todos \
            com --block. Todos os números da linha contam como da pessoa. Cópias de segurança, listas e relatórios salvos \
            em outros lugares são informados, mas não tocados.
            """),
        examples: ["discador forget \"11 98765-4321\"", "discador forget 5511987654321 --block --yes"])

    @Argument(help: .text("The numbers, written in any way.", "Os números, escritos de qualquer forma."))
    var numbers: [String]

    @Flag(
        help: .text(
            "Keep the people from being called, whether or not they are on the do-not-call list.",
            "Impede novas ligações para as pessoas, estejam ou não na lista de não ligar."))
    var block = false

    @Flag(help: .text("Forget without asking.", "Apaga sem perguntar."))
    var yes = false

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let phones = try reading.understood(numbers, options.suggested()).map(\.phone)
        guard try isWanted(phones) else { return }
        let operation = ForgetPeople(numbers: phones, blocks: block)
        let outcome = try await OperationRunner(options: options).run(operation)
        try report(phones, outcome)
    }

    /// Shows what would go, and asks.
    @inline(never)  // see `RunLoop.open`
    private func isWanted(_ phones: [PhoneNumber]) throws -> Bool {
        guard !yes else { return true }
        let reader = try options.openReader()
        let found = try phones.map { try ($0, reader.personalData(of: $0)) }.filter { !$1.isEmpty }
        guard !found.isEmpty else { return true }
        for (phone, counts) in found {
            options.output.note(Phrase(verbatim: phone.spelled + ": ") + counts.phrase)
            for remark in counts.remarks { options.output.note(remark) }
            options.output.note(counts.consequence(blocks: block))
        }
        return try ErasureQuestion(
            Phrase("Forget this for good?", "Apagar tudo isso definitivamente?"),
            about: found.map { Phrase(verbatim: $0.spelled + ": ") + $1.phrase }.joined(separator: " "),
            declined: "forgotten"
        ).isAnswered(options.output)
    }

    private func report(_ phones: [PhoneNumber], _ outcome: ForgetPeople.Outcome) throws {
        struct Person: Encodable {
            var phone: String
            var numbers, contacts, calls, events, replies, rejected, mentions, beside, shared, sounds: Int
            var campaigns: [String]
            var isOnDoNotCallList: Bool
        }
        struct Document: Encodable {
            var people: [Person]
            /// Whether bytes may still be in unused parts of the file, until nothing is dialed any more.
            var hasTraces: Bool
            var files: ErasedFiles
        }
        let hasTraces = outcome.people.last?.hasTraces ?? false
        let people = zip(phones, outcome.people)
        try options.output.result(
            json: Document(
                people: people.map { phone, person in
                    let counts = person.counts
                    return Person(
                        phone: phone.text, numbers: counts.numbers, contacts: counts.contacts, calls: counts.calls,
                        events: counts.events, replies: counts.replies, rejected: counts.rejected,
                        mentions: counts.mentions, beside: counts.beside, shared: counts.shared, sounds: counts.sounds,
                        campaigns: counts.campaigns, isOnDoNotCallList: person.isBlocked)
                }, hasTraces: hasTraces, files: outcome.files))
        for (phone, person) in people {
            try options.output.result(Phrase(verbatim: phone.spelled + ": ") + person.phrase)
            for remark in person.counts.remarks { try options.output.result(remark) }
        }
        if hasTraces { try options.output.result(.tracesLeft) }
        for line in outcome.files.lines { try options.output.result(line) }
    }
}

extension PersonalDataCounts {
    /// What is known, in a sentence.
    fileprivate var phrase: Phrase {
        var parts: [Phrase] = [.counted(contacts, .contact), .counted(calls, .call)]
        for (count, noun) in [(events, Noun.event), (replies, .reply), (rejected, .rejectedRow), (mentions, .mention)]
        where count > 0 { parts.append(.counted(count, noun)) }
        let sum = parts.joined(separator: ", ")
        guard !campaigns.isEmpty else { return sum + Phrase(verbatim: ".") }
        return sum + Phrase(" in ", " em ") + Phrase(verbatim: campaigns.joined(separator: ", ") + ".")
    }

    /// What concerns others, and what stays.
    fileprivate var remarks: [Phrase] {
        var remarks: [Phrase] = []
        if beside > 0 {
            remarks.append(
                Phrase(
                    "  The number stands beside those of others, too (\(beside)): they stay contacts without it. To "
                        + "forget them, give the numbers on which they are called.",
                    "  O número também está ao lado dos de outros (\(beside)): eles continuam como contatos, sem ele. "
                        + "Para apagá-los, informe os números em que recebem as ligações."))
        }
        if shared > 0 {
            remarks.append(
                Phrase(
                    "  Of the person's numbers, \(shared) are also others': they stay in the rows of these.",
                    "  Dos números da pessoa, \(shared) também são de outros: continuam nas linhas deles."))
        }
        if sounds > 0 {
            remarks.append(
                Phrase(
                    "  The address of the sound of others (\(sounds)) mentions the number, and stays: they would be "
                        + "called without it. Import the list again with other addresses.",
                    "  O endereço do áudio de outros (\(sounds)) menciona o número e continua: sem ele, seriam "
                        + "chamados sem áudio. Importe a lista outra vez com outros endereços."))
        }
        return remarks
    }

    /// Whether the person may be called afterwards.
    fileprivate func consequence(blocks: Bool) -> Phrase {
        blocks || isBlocked || isOpen
            ? Phrase(
                "The person will not be called again: a hash stays on the do-not-call list.",
                "A pessoa não receberá mais ligações: um hash fica na lista de não ligar.")
            : Phrase(
                "A later campaign may call the person if its list has the number; --block prevents that.",
                "Uma campanha futura pode ligar para a pessoa se a lista tiver o número; --block impede isso.")
    }
}

extension ForgottenPerson {
    fileprivate var phrase: Phrase {
        let known =
            counts.isEmpty
            ? Phrase("nothing was known.", "nada constava.")
            : Phrase("forgotten: ", "apagado: ") + counts.phrase
        guard isBlocked else { return known }
        return known
            + Phrase(
                " On the do-not-call list as a hash.", " Na lista de não ligar, como hash.")
    }
}

extension Noun {
    static let rejectedRow = Noun("rejected row", portuguese: ("linha rejeitada", "linhas rejeitadas"))
    fileprivate static let mention = Noun(
        "mention elsewhere", "mentions elsewhere", portuguese: ("menção em outro lugar", "menções em outros lugares"))
}
