import CampaignCore
import Testing

@Suite struct ProviderQueueMatcherTests {
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    struct Moment: Sendable, CustomTestStringConvertible {
        /// Seconds from the attempt's start to the time at which Z-API received the item.
        var after: Int
        /// Seconds from the attempt's start to its end; nil when it has none.
        var end: Int?
        /// Whether it is certainly the call; nil when it cannot be.
        var isCertain: Bool?
        var testDescription: String { "taken after \(after) s, ended after \(end.map { "\($0)" } ?? "…") s" }
    }

    static let moments = [
        // Older than the intent.
        Moment(after: -121, end: 30, isCertain: nil), Moment(after: -120, end: 30, isCertain: false),
        Moment(after: -110, end: 0, isCertain: false), Moment(after: -3, end: 30, isCertain: false),
        Moment(after: -2, end: 30, isCertain: true), Moment(after: 0, end: 0, isCertain: true),
        // Later than the request.
        Moment(after: 35, end: 30, isCertain: true), Moment(after: 36, end: 30, isCertain: false),
        Moment(after: 150, end: 30, isCertain: false), Moment(after: 151, end: 30, isCertain: nil),
        // Its end is unknown.
        Moment(after: -3, end: nil, isCertain: false), Moment(after: 15, end: nil, isCertain: true),
        Moment(after: 16, end: nil, isCertain: false), Moment(after: 420, end: nil, isCertain: false),
        Moment(after: 421, end: nil, isCertain: nil), Moment(after: -121, end: nil, isCertain: nil),
        // The clock was set while it was under way.
        Moment(after: 1000, end: 3600, isCertain: false), Moment(after: 0, end: -60, isCertain: false),
    ]

    @Test(arguments: moments)
    func `an item is an attempt's call when it was made while the request was under way`(_ moment: Moment) {
        var matching = ProviderQueueMatcher()
        matching.add(item("Z1", moment.after), attempts: [open(1, 0, moment.end)])
        let attempt = [AttemptID(contact: 1, number: 1)]
        #expect(matching.certain.map(\.attempt) == (moment.isCertain == true ? attempt : []))
        #expect(matching.evidence.map(\.attempt) == (moment.isCertain == false ? attempt : []))
    }

    @Test func `each item goes to the one attempt that it can be`() {
        var matching = ProviderQueueMatcher()
        let attempts = [open(1, 0, 10), open(2, 1000, 1010)]
        matching.add(item("Z1", 5), attempts: attempts)
        matching.add(item("Z2", 1005), attempts: attempts)
        #expect(matching.certain.map(\.item.zaapId) == ["Z1", "Z2"])
        #expect(matching.certain.map(\.attempt.contact) == [1, 2])
    }

    @Test func `an item that may be either of two attempts resolves neither`() {
        var matching = ProviderQueueMatcher()
        matching.add(item("Z1", 5), attempts: [open(1, 0, 10), open(2, 20, 30)])
        #expect(matching.certain.isEmpty)
    }

    @Test func `an attempt that may be either of two items is not resolved`() {
        var matching = ProviderQueueMatcher()
        for name in ["Z1", "Z2"] { matching.add(item(name, 5), attempts: [open(1, 0, 10)]) }
        #expect(matching.certain.isEmpty)
    }

    @Test func `an item without a time resolves nothing, and may be the call`() {
        var matching = ProviderQueueMatcher()
        var item = ProviderQueueItem(zaapId: "Z1")
        item.kind = .call(seconds: 5)
        matching.add(item, attempts: [open(1, 0, 10)])
        #expect(matching.certain.isEmpty && matching.evidence.map(\.item.zaapId) == ["Z1"])
    }

    struct Kind: Sendable, CustomTestStringConvertible {
        var kind: ProviderQueueItemKind
        var seconds: Int?
        var isCertain = false
        var isEvidence = false
        var testDescription: String { "\(kind) for an attempt of \(seconds.map { "\($0) s" } ?? "…")" }
    }

    static let kinds = [
        Kind(kind: .call(seconds: 5), seconds: 5, isCertain: true),
        Kind(kind: .call(seconds: 7), seconds: 5, isEvidence: true),
        Kind(kind: .call(seconds: 5), seconds: nil, isEvidence: true),
        Kind(kind: .unknown, seconds: 5, isEvidence: true), Kind(kind: .unknown, seconds: nil, isEvidence: true),
        Kind(kind: .message, seconds: 5), Kind(kind: .message, seconds: nil),
    ]

    @Test(arguments: kinds)
    func `only an item whose fields say that it is such a call resolves a doubt`(_ kind: Kind) {
        var matching = ProviderQueueMatcher()
        var item = item("Z1", 5)
        item.kind = kind.kind
        var open = open(1, 0, 10)
        open.seconds = kind.seconds
        matching.add(item, attempts: [open])
        #expect(matching.certain.count == (kind.isCertain ? 1 : 0))
        #expect(matching.evidence.count == (kind.isEvidence ? 1 : 0))
    }

    @Test func `an item of unknown kind may be the call instead of one that says so; a message may not`() {
        var matching = ProviderQueueMatcher()
        var other = item("Z2", 5)
        other.kind = .message
        for item in [item("Z1", 5), other] { matching.add(item, attempts: [open(1, 0, 10)]) }
        #expect(matching.certain.map(\.item.zaapId) == ["Z1"] && matching.evidence.isEmpty)
        other.kind = .unknown
        matching.add(other, attempts: [open(1, 0, 10)])
        #expect(matching.certain.isEmpty && matching.evidence.map(\.item.zaapId) == ["Z1", "Z2"])
    }

    private func item(_ zaapId: String, _ seconds: Int) -> ProviderQueueItem {
        var item = ProviderQueueItem(zaapId: zaapId)
        item.kind = .call(seconds: 5)
        item.createdAt = Self.start.advanced(by: .seconds(seconds))
        return item
    }

    private func open(_ contact: Int64, _ start: Int, _ end: Int?) -> OpenAttempt {
        OpenAttempt(
            attempt: AttemptID(contact: contact, number: 1), startedAt: Self.start.advanced(by: .seconds(start)),
            endedAt: end.map { Self.start.advanced(by: .seconds($0)) }, seconds: 5)
    }
}
