import CampaignCore
import CampaignStore
import Reports
import ZAPISimulator

/// How many webhooks the simulator has sent.
struct DemoWebhooks {
    /// Each once, however often it was sent.
    let received: Int
    /// Those that are still to come, or were not taken.
    let missing: Int

    init(_ simulator: ZAPISimulator) {
        let unsent = simulator.waitingWebhooks + simulator.droppedWebhooks
        let sent = simulator.ledger().filter { $0.endpoint == "webhook" }
        // Repeats have the same content.
        let taken = Set(sent.filter { $0.httpStatus == 200 }.compactMap(\.content))
        received = taken.count
        missing = unsent + Set(sent.compactMap(\.content)).subtracting(taken).count
    }
}

/// What happened to the people of a demo, in a few lines.
struct DemoEvents {
    /// How many columns of a text are shown.
    private static let shownWidth = 60

    private let happened: OutcomeCounts
    /// What was written that waits for a decision.
    private var waiting: [String] = []
    /// What those wrote who will not be called again.
    private var optOuts: [String] = []
    /// Z-API's errors of calls that it had taken.
    private var failures: [String] = []
    /// Calls without a reply that went out all the same.
    private var settled = 0
    private let webhooks: DemoWebhooks

    @inline(never)  // see `RunLoop.open`
    init(_ reader: StoreReader, _ happened: OutcomeCounts, of campaign: String, _ webhooks: DemoWebhooks) throws {
        self.happened = happened
        self.webhooks = webhooks
        try reader.forEachReply(ReplyChoice(campaign: campaign)) { reply in
            let text = reply.text.isEmpty ? reply.form.rawValue : reply.text
            let shown = "“\(TerminalText.line(text, width: Self.shownWidth))”"
            if reply.isUndecided { waiting.append(shown) }
            if reply.level == .optOut { optOuts.append(shown) }
        }
        try reader.forEachAttempt(campaign: campaign) { attempt in
            if attempt.isSettledByEvent { settled += 1 }
            if let error = attempt.deliveryError {
                failures.append("“\(TerminalText.line(error, width: Self.shownWidth))”")
            }
        }
    }

    var repliesWaiting: Int { waiting.count }

    func lines(of campaign: String, _ suggested: SuggestedCommands) -> [Phrase] {
        var lines = [told, people]
        if !optOuts.isEmpty {
            let count = optOuts.count
            lines.append(
                Phrase.counted(count, .person) + Phrase(" wrote ", " \(count.noun("escreveu", "escreveram")) ")
                    + .list(optOuts)
                    + Phrase(
                        ", and will not be called again, by any campaign.",
                        ", e não \(count.noun("receberá", "receberão")) mais ligações de nenhuma campanha."))
        }
        if !waiting.isEmpty {
            let count = waiting.count
            lines.append(
                Phrase.counted(count, .reply)
                    + Phrase(
                        " \(count.noun("waits", "wait")) for you to decide, ",
                        " \(count.noun("aguarda", "aguardam")) sua decisão, ") + .list(waiting)
                    + Phrase(verbatim: ": `\(suggested.command("replies", campaign))`"))
        }
        return lines + exceptions
    }

    private var told: Phrase {
        let received = webhooks.received
        return Phrase("What happened, as ", "O que aconteceu, segundo ") + .counted(received, Self.webhook)
            + Phrase(" \(received.noun("tells", "tell")):", ":")
    }

    private var people: Phrase {
        let answered = happened.answered
        return Phrase.counted(answered, .person)
            + Phrase(
                " answered, \(happened.notAnswered) did not, and \(happened.calledBack) called back.",
                " \(answered.noun("atendeu", "atenderam")), \(happened.notAnswered) não, e \(happened.calledBack) "
                    + "\(happened.calledBack.noun("retornou a ligação", "retornaram a ligação")).")
    }

    /// What did not go as usual.
    private var exceptions: [Phrase] {
        var lines: [Phrase] = []
        if !failures.isEmpty {
            lines.append(
                Phrase.counted(failures.count, .call)
                    + Phrase(
                        " that Z-API had taken did not go out after all: ",
                        failures.count.noun(
                            " que a Z-API tinha aceitado acabou não saindo: ",
                            " que a Z-API tinha aceitado acabaram não saindo: ")) + .list(failures)
                    + Phrase(verbatim: "."))
        }
        if settled > 0 {
            lines.append(
                Phrase.counted(settled, .call)
                    + Phrase(
                        " had no reply from Z-API, but \(settled.noun("it", "they")) went out: "
                            + "\(settled.noun("it is", "they are")) no longer in doubt.",
                        settled.noun(
                            " ficou sem resposta da Z-API, mas saiu: não está mais em dúvida.",
                            " ficaram sem resposta da Z-API, mas saíram: não estão mais em dúvida.")))
        }
        if webhooks.missing > 0 {
            lines.append(
                webhooks.late
                    + Phrase(": what is shown is incomplete.", ": o que se mostra está incompleto."))
        }
        return lines
    }

    private static let webhook = Noun("webhook", portuguese: ("webhook", "webhooks"))
}

extension DemoWebhooks {
    /// `3 webhooks had not arrived at the end`.
    var late: Phrase {
        Phrase(
            "\(missing.counted("webhook")) had not arrived at the end",
            "\(missing.counted("webhook")) ainda não \(missing.noun("tinha", "tinham")) chegado no fim")
    }
}
