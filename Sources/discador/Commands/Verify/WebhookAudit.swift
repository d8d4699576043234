import CampaignCore
import CampaignStore
import ZAPISimulator

/// Compares the webhooks that the simulator sent with what the database made of them.
struct WebhookAudit: Encodable, Sendable {
    /// Webhooks sent, each as often as it was sent.
    var sent = 0
    /// Those that were answered with 200.
    var acknowledged = 0
    /// Those that had been sent before.
    var repeated = 0
    /// Those that came late, in the opposite order, or before the reply of their call.
    var shuffled = 0
    /// Those for which nobody listened.
    var unreachable = 0
    /// Those whose connection ended before they were answered.
    var cut = 0
    /// What the database had nevertheless of those: their receiver was killed between commit and answer.
    var cutAfterCommit = 0
    /// Calls in doubt that events have settled.
    var doubtsSettled = 0
    /// Calls that were answered.
    var answered = 0
    /// People who opted out, as far as that was acknowledged.
    var optedOut = 0
    /// Of these, those who had not been called before.
    var optedOutBeforeCall = 0
    /// How often effects were read while the campaigns were dialed.
    var looks = 0

    /// Acknowledged webhooks that are not in the database.
    var lost = 0
    /// Webhooks that are in the database more than once, and replies without a webhook of their own.
    var appliedTwice = 0
    /// Calls and people of whom less is known than was acknowledged, or than was known before.
    var movedBack = 0
    /// People who were called after their opt-out had been acknowledged.
    var calledAfterOptOut = 0

    init() {}

    init(_ reader: StoreReader, _ ledger: [LedgerEntry], campaigns: [String]) throws {
        let webhooks = ledger.filter { $0.endpoint == "webhook" }
        let events = try ReceivedWebhooks(reader)
        sent = webhooks.count
        acknowledged = webhooks.count(where: \.isAcknowledged)
        repeated = webhooks.count - Set(webhooks.compactMap(\.content)).count
        shuffled = webhooks.count { [.late, .outOfOrder, .beforeReply].contains($0.fault) }
        unreachable = webhooks.count { $0.noAnswer == .unreachable }
        cut = webhooks.count { $0.noAnswer == .cut }
        cutAfterCommit = Self.committedWithoutAnswer(webhooks, events)
        lost = Set(webhooks.filter { $0.isAcknowledged && events.content(of: $0) == nil }.compactMap(\.content)).count
        var replies: [ReplyEntry] = []
        try reader.forEachReply { replies.append($0) }
        appliedTwice = events.repeated + events.surplus(among: replies)
        let calls = try CallsOfRound(reader, campaigns: campaigns)
        answered = calls.all.count { $0.answer == .answered }
        doubtsSettled = calls.all.count { $0.isSettledByEvent }
        let people = try PeopleOfRound(reader, campaigns: campaigns)
        movedBack =
            Self.behind(calls, webhooks, events)
            + people.behind(PeopleOfRound.acknowledged(webhooks, events, calls).effects)
        let optOuts = AcknowledgedOptOuts(ledger, events)
        optedOut = optOuts.count
        optedOutBeforeCall = optOuts.countBeforeCall
        calledAfterOptOut = optOuts.calledAfterwards(calls.all).count
    }

    /// How many webhooks the database had when their connection was cut, of which nothing had been acknowledged.
    private static func committedWithoutAnswer(_ webhooks: [LedgerEntry], _ events: ReceivedWebhooks) -> Int {
        var acknowledged: Set<String> = []
        var committed: Set<String> = []
        for webhook in webhooks {
            guard let content = webhook.content else { continue }
            if webhook.isAcknowledged { acknowledged.insert(content) }
            guard webhook.noAnswer == .cut, !acknowledged.contains(content), let arrival = events.arrival(of: webhook)
            else { continue }
            if arrival <= webhook.at { committed.insert(content) }
        }
        return committed.count
    }

    /// How many calls are not known as well as what was acknowledged says.
    private static func behind(
        _ calls: CallsOfRound, _ webhooks: [LedgerEntry], _ events: ReceivedWebhooks
    ) -> Int {
        var wanted: [CallsOfRound.Key: CallFacts.Standing] = [:]
        for webhook in webhooks where webhook.isAcknowledged {
            guard let content = events.content(of: webhook), let standing = content.standing,
                let call = calls.call(of: content)
            else { continue }
            wanted[call] = max(wanted[call] ?? .nothing, standing)
        }
        return calls.behind(wanted)
    }

    /// The promises, each with how often it was broken.
    var violations: [(promise: Phrase, count: Int)] {
        [
            (Phrase("acknowledged webhooks lost", "webhooks confirmados e perdidos"), lost),
            (Phrase("webhooks applied twice", "webhooks aplicados duas vezes"), appliedTwice),
            (Phrase("effects that moved back", "efeitos que andaram para trás"), movedBack),
            (
                Phrase("called after an acknowledged opt-out", "ligações depois de um pedido confirmado de não ligar"),
                calledAfterOptOut
            ),
        ]
    }

    /// What happened: what | count.
    var figures: [(Phrase, Int)] {
        [
            (Phrase("webhooks sent", "webhooks enviados"), sent),
            (Phrase("of those, acknowledged", "destes, confirmados"), acknowledged),
            (Phrase("of those, repeats", "destes, repetições"), repeated),
            (Phrase("of those, late or out of order", "destes, atrasados ou fora de ordem"), shuffled),
            (Phrase("of those, sent while nobody listened", "destes, enviados sem ninguém para receber"), unreachable),
            (Phrase("of those, cut before they were answered", "destes, cortados antes da resposta"), cut),
            (Phrase("of those that were cut, already committed", "dos cortados, já gravados"), cutAfterCommit),
            (Phrase("looks at their effects during the runs", "leituras dos efeitos durante as execuções"), looks),
            (Phrase("doubts settled by webhooks", "dúvidas resolvidas por webhooks"), doubtsSettled),
            (Phrase("calls answered", "ligações atendidas"), answered),
            (Phrase("people who opted out", "pessoas que pediram para não ligar"), optedOut),
            (Phrase("of those, before they were called", "destas, antes de receber a ligação"), optedOutBeforeCall),
        ]
    }

    mutating func add(_ other: WebhookAudit) {
        let figures: [WritableKeyPath<WebhookAudit, Int>] = [
            \.sent, \.acknowledged, \.repeated, \.shuffled, \.unreachable, \.cut, \.cutAfterCommit, \.doubtsSettled,
            \.answered,
            \.optedOut, \.optedOutBeforeCall, \.looks, \.lost, \.appliedTwice, \.movedBack, \.calledAfterOptOut,
        ]
        for figure in figures { self[keyPath: figure] += other[keyPath: figure] }
    }
}

extension LedgerEntry {
    /// Whether a webhook's receiver has promised that it has it.
    var isAcknowledged: Bool { endpoint == "webhook" && httpStatus == 200 }
}

extension WebhookContent {
    /// What must be known of a call once this is acknowledged; nil where it does not certainly say anything about one.
    var standing: CallFacts.Standing? {
        switch (type, event) {
        case ("DeliveryCallback", nil), ("MessageStatusCallback", _): .delivered
        case ("DeliveryCallback", _): .failed
        case (_, "CALL_ENDED") where callDirection == "outgoing": .delivered
        case (_, "CALL_MISSED") where callDirection == "outgoing": .notAnswered
        case (_, "CALL_ACCEPTED"), (_, "CALL_STARTED"): callDirection == "outgoing" ? .answered : nil
        default: nil
        }
    }
}
