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

    func lines(of campaign: String, _ suggested: SuggestedCommands) -> [String] {
        let received = webhooks.received
        var lines = ["What happened, as \(received.counted("webhook")) \(received.noun("tells", "tell")):"]
        lines.append(
            "\(happened.answered.counted("person", "people")) answered, \(happened.notAnswered) did not, and "
                + "\(happened.calledBack) called back.")
        if !optOuts.isEmpty {
            lines.append(
                "\(optOuts.count.counted("person", "people")) wrote \(optOuts.inWords), and will not be called again, by "
                    + "any campaign.")
        }
        if !waiting.isEmpty {
            lines.append(
                "\(waiting.count.counted("reply", "replies")) \(waiting.count.noun("waits", "wait")) for you to decide, "
                    + "\(waiting.inWords): `\(suggested.command("replies", "list", campaign))`")
        }
        if !failures.isEmpty {
            lines.append(
                "\(failures.count.counted("call")) that Z-API had taken did not go out after all: \(failures.inWords).")
        }
        if settled > 0 {
            lines.append(
                "\(settled.counted("call")) had no reply from Z-API, but \(settled.noun("it", "they")) went out: "
                    + "\(settled.noun("it is", "they are")) no longer in doubt.")
        }
        if webhooks.missing > 0 {
            lines.append(
                "\(webhooks.missing.counted("webhook")) had not arrived at the end: what is shown is incomplete.")
        }
        return lines
    }
}
