import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador replies list`: the replies that wait for a decision, or all of them.
struct RepliesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        Phrase(
            "List the replies that wait for a decision, the latest first.",
            "Lista as respostas que aguardam decisão, da mais recente à mais antiga."),
        discussion: Phrase(
            """
            Each line has the reply's number (#12), the person, what the reply was taken for and by which rule, what \
            was written, when, and the campaign that called them last. Long texts are shortened; --json has up to \
            2,000 characters. With a campaign, only replies of people whom it called last, or has a contact of that \
            is held.
            """,
            """
            Cada linha tem o número da resposta (#12), a pessoa, o que se entendeu da resposta e por qual regra, o que \
            foi escrito, quando, e a última campanha que ligou. Textos longos são encurtados; --json tem até 2.000 \
            caracteres. Com uma campanha, só as respostas de quem recebeu dela a última ligação, ou é contato dela e \
            está retido.
            """),
        examples: ["discador replies list", "discador replies list cobranca-novembro --all"])

    @Argument(help: .text("The campaign. [default: all of them]", "A campanha. [padrão: todas]"))
    var campaign: String?

    @Flag(
        help: .text(
            "Also those that are decided, block by themselves, or mean nothing.",
            "Também as que já foram decididas, bloqueiam por si mesmas ou não querem dizer nada."))
    var all = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try campaign.map { try CampaignLocator(options: options).name(reader, of: $0) }
        let choice = ReplyChoice(campaign: name, isUndecided: !all)
        let clock = try reader.clock(of: name.map { [$0] } ?? reader.campaigns().map(\.name))
        let language = options.output.language
        var result = ResultStream(options.output, named: "replies")
        var (count, waiting) = (0, 0)
        var first: Int64?
        try reader.forEachReply(choice) { reply in
            count += 1
            if reply.isUndecided {
                waiting += 1
                first = first ?? reply.id
            }
            try result.append(json: ReplyDocument(reply))
            try result.append(reply.listPhrase(clock)[language])
        }
        if count > 0 { try result.append(clock.name[language]) }
        try result.append(summary(count, waiting: waiting, of: name)[language])
        if let first { for line in deciding(first) { try result.append(line[language]) } }
        try result.finish()
        guard name != nil else { return }
        let others = try reader.replyCount(ReplyChoice(isUndecided: true)) - waiting
        guard others > 0 else { return }
        let command = options.suggested().command("replies")
        options.output.note(
            Phrase(
                "\(others) more \(others == 1 ? "waits" : "wait") that \(others == 1 ? "does" : "do") not concern this "
                    + "campaign: `\(command)`",
                "mais \(others) \(others == 1 ? "aguarda" : "aguardam") decisão, sem relação com esta campanha: "
                    + "`\(command)`"))
    }

    private func summary(_ count: Int, waiting: Int, of campaign: String?) -> Phrase {
        guard waiting > 0 else {
            let place = campaign.map { Phrase(" in \($0)", " em \($0)") } ?? Phrase(verbatim: "")
            return count == 0 && all
                ? Phrase("There are no replies", "Não há respostas") + place + Phrase(verbatim: ".")
                : Phrase("No reply", "Nenhuma resposta") + place
                    + Phrase(" waits for a decision.", " aguarda decisão.")
        }
        return Phrase.repliesWaiting(waiting)
            + Phrase(
                ". Read them, then, such as for the first:", ". Leia e depois, por exemplo para a primeira:")
    }

    /// The commands that decide on a reply, ready to be copied.
    private func deciding(_ reply: Int64) -> [Phrase] {
        func command(_ decision: String) -> String {
            options.suggested().command("replies", "decide", "--id", String(reply), "--as", decision)
        }
        return [
            Phrase("  never call again: ", "  não ligar mais: ") + Phrase(verbatim: command("block")),
            Phrase("  no such wish:     ", "  pode ligar:     ") + Phrase(verbatim: command("dismiss")),
            Phrase(
                "  Several at once: `discador replies decide --help`.",
                "  Várias de uma vez: `discador replies decide --help`."),
        ]
    }
}

/// A reply, for machines.
struct ReplyDocument: Encodable {
    var id: Int64
    /// The number that was called; nil when it is not known who wrote.
    var phone: String?
    /// Who wrote it, as the webhook has it.
    var sender: String
    var campaign: String?
    var receivedAt: String
    var form, text, level, rule: String
    /// Whether it waits for a decision.
    var waits: Bool
    var decision, decidedAt, decidedBy: String?

    init(_ reply: ReplyEntry) {
        id = reply.id
        phone = reply.phone?.text
        sender = reply.sender.text
        campaign = reply.campaign
        receivedAt = reply.receivedAt.json()
        (form, text, level, rule) = (reply.form.rawValue, reply.text, reply.level.rawValue, reply.rule)
        waits = reply.isUndecided
        decision = reply.decision?.word.rawValue
        decidedAt = reply.decision.map { $0.at.json() }
        decidedBy = reply.decision?.user
    }
}
