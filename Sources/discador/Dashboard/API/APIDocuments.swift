import CampaignCore
import CampaignStore

/// The documents of the API that no command has. Keys without a value are null.
struct CampaignsDocument: Encodable {
    var campaigns: [ListedCampaign]
}

struct PeopleDocument: Encodable {
    var campaign: String
    var columns: [String]
    var contacts: [ListedContact]
    /// The cursor of the next page, which may be shorter than asked for; nil: there is nothing more.
    var next: String?
}

struct DoubtsDocument: Encodable {
    var campaign: String
    var columns: [String]
    var doubts: [Doubt]
    var next: String?
}

struct RepliesDocument: Encodable {
    var replies: [ReplyDocument]
    var next: String?
}

struct BlocksDocument: Encodable {
    var blocks: [BlockDocument]
    var next: String?
}

/// An entry of the do-not-call list.
struct BlockDocument: Encodable {
    var phone, since, reason: String

    init(_ entry: BlockEntry) {
        (phone, since, reason) = (entry.phone.text, entry.since.json(), entry.reason)
    }
}

struct InstancesDocument: Encodable {
    var instances: [InstanceDocument]
}

/// An instance, with what `status` says of it.
struct InstanceDocument: Encodable {
    private enum CodingKeys: CodingKey {
        case campaigns, lastEventAt, lastCallEventAt
    }

    let report: InstanceReport
    /// Nil when it has no address for webhooks.
    let heard: InstanceHearing?
    var campaigns: [String]

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaigns, forKey: .campaigns)
        try container.encode(heard?.lastEventAt?.json(), forKey: .lastEventAt)
        try container.encode(heard?.lastCallEventAt?.json(), forKey: .lastCallEventAt)
    }
}

struct EventsDocument: Encodable {
    var events: [EventDocument]
    var next: String?
}

/// An event, without its body.
struct EventDocument: Encodable {
    var id: Int64
    var instance, type, receivedAt, state: String
    var remark, campaign, phone: String?

    init(_ listed: ListedEvent) {
        let event = listed.event
        (id, instance, type) = (event.id, listed.instanceName, event.type)
        (receivedAt, state, remark) = (event.receivedAt.json(), event.state.rawValue, event.remark?.rawValue)
        (campaign, phone) = (listed.campaign, listed.phone?.text)
    }
}

struct ActionsDocument: Encodable {
    var actions: [ActionDocument]
    var next: String?
}

struct SeriesDocument: Encodable {
    /// The calls that began within an interval and have ended.
    struct Interval: Encodable {
        var start: String
        var seconds: Int64
        var calls: Int
        var outcomes: [String: Int]
        var delivered, answered, notAnswered: Int
        /// On average; nil where none is known.
        var latencyMs: Double?

        init(_ point: CallSeriesPoint) {
            let sums = point.sums
            (start, seconds, calls) = (point.start.json(), point.length.components.seconds, sums.calls)
            outcomes = Dictionary(
                uniqueKeysWithValues: AttemptOutcome.allCases.map { ($0.rawValue, sums[$0]) })
            (delivered, answered, notAnswered) = (sums.delivered, sums.answered, sums.notAnswered)
            latencyMs = sums.timed > 0 ? Double(sums.latencyMilliseconds) / Double(sums.timed) : nil
        }
    }

    var campaign: String
    var intervals: [Interval]
}
