import CampaignCore
import CampaignStore
import ZAPISimulator

/// The webhooks that a database has, found by what they say.
struct ReceivedWebhooks {
    private static let page = 1_000

    private struct Received {
        var content: WebhookContent
        var at: Int64
    }

    private var byDigest: [String: Received] = [:]
    /// How many replies there may be, by who wrote what.
    private var repliesExpected: [String: Int] = [:]
    /// Rows beyond the first of each webhook.
    private(set) var repeated = 0

    init(_ reader: StoreReader) throws {
        var last: Int64 = 0
        while case let events = try reader.events(after: last, limit: Self.page), let end = events.last {
            for event in events { try add(event, reader.body(ofEvent: event.id)) }
            last = end.id
        }
    }

    mutating func add(_ event: EventEntry, _ body: [UInt8]?) throws {
        guard let content = body.flatMap({ WebhookContent(received: $0) }) else { return }
        guard byDigest[content.digest] == nil else {
            repeated += 1
            return
        }
        byDigest[content.digest] = Received(content: content, at: event.receivedAt.milliseconds)
        if event.state == .applied, content.isReply {
            repliesExpected[Self.key(content.phone ?? "", content.text ?? ""), default: 0] += 1
        }
    }

    /// What is in the database of a webhook of the ledger; nil when it is not there.
    func content(of entry: LedgerEntry) -> WebhookContent? { entry.content.flatMap { byDigest[$0]?.content } }

    /// When it arrived first, in milliseconds since 1970.
    func arrival(of entry: LedgerEntry) -> Int64? { entry.content.flatMap { byDigest[$0]?.at } }

    /// How many replies there are beyond the webhooks that brought them.
    func surplus(among replies: [ReplyEntry]) -> Int {
        var found: [String: Int] = [:]
        for reply in replies { found[Self.key(reply.sender.text, reply.text), default: 0] += 1 }
        return found.reduce(0) { $0 + max(0, $1.value - repliesExpected[$1.key, default: 0]) }
    }

    private static func key(_ sender: String, _ text: String) -> String { "\(sender) \(text)" }
}

extension WebhookContent {
    /// Whether the person wrote, said or pressed something.
    var isReply: Bool { ["text", "audio", "button"].contains(event) }
}

/// The calls of a round, as the database knows them.
struct CallsOfRound {
    struct Key: Hashable {
        var phone: String
        var number: Int
    }

    private var calls: [Key: AttemptRow] = [:]
    private var byId: [String: Key] = [:]
    /// The calls of each phone that may have rung.
    private var placed: [String: [Key]] = [:]

    init(_ reader: StoreReader, campaigns: [String]) throws {
        for campaign in campaigns {
            try reader.forEachAttempt(campaign: campaign) { call in
                let key = Key(phone: call.phone.text, number: call.number)
                calls[key] = call
                for id in [call.receipt?.zaapId, call.receipt?.messageId].compactMap(\.self) { byId[id] = key }
                if call.mayHaveRung { placed[key.phone, default: []].append(key) }
            }
        }
    }

    var all: [AttemptRow] { Array(calls.values) }

    /// How much is known of each call.
    var standings: [Key: CallFacts.Standing] { calls.mapValues(\.standing) }

    /// How many calls are gone, or known less well than they must be.
    func behind(_ least: [Key: CallFacts.Standing]) -> Int {
        least.count { call in calls[call.key].map { $0.standing < call.value } ?? true }
    }

    subscript(_ key: Key) -> AttemptRow? { calls[key] }

    /// Whether a call to this phone may have rung.
    func isAnyPlaced(to phone: String) -> Bool { placed[phone] != nil }

    /// The call that a webhook certainly belongs to: by its ids; or, if it says that it is about a call, the only one to
    /// its person.
    func call(of content: WebhookContent) -> Key? {
        if let known = content.ids.compactMap({ byId[$0] }).first { return known }
        guard content.callDirection != nil, let phone = content.phone, let placed = placed[phone], placed.count == 1
        else { return nil }
        return placed[0]
    }
}

extension AttemptRow {
    /// How much is known of the call.
    var standing: CallFacts.Standing {
        CallFacts(delivery: delivery, failure: nil, answer: answer).standing
    }

    /// Whether an event has settled it: of a doubt, its lost or unreadable reply stays noted.
    var isSettledByEvent: Bool { outcome == .accepted && !(httpStatus == 200 && error == nil) }

    fileprivate var mayHaveRung: Bool {
        switch outcome {
        case nil, .accepted, .inDoubt: true
        case .notSent, .throttled, .refused, .misconfigured, .serverError: false
        }
    }
}
