import CampaignCore
import CampaignStore

/// The replies that a command line names.
struct ChosenReplies {
    /// Maximum number of replies shown one by one before they are dismissed.
    private static let maxShown = 10

    /// Those that wait for a decision.
    private(set) var waiting: [ReplyEntry] = []
    /// Those that a person, or the person's own words, have decided before.
    private(set) var decided: [ReplyEntry] = []
    /// What was named and has no reply that could be decided, in words.
    private(set) var missing: [String] = []

    init() {}

    /// - Parameter ids: the replies that were named.
    init(_ reader: StoreReader, _ choice: ReplyChoice, ids: [Int64]) throws {
        try read(reader, choice)
        let known = Set((waiting + decided).map(\.id))
        missing = ids.filter { !known.contains($0) }.map { "#\($0)" }
    }

    /// - Parameter number: whose replies they are.
    init(_ reader: StoreReader, _ choice: ReplyChoice, of number: PhoneNumber) throws {
        try read(reader, choice)
        if waiting.isEmpty, decided.isEmpty { missing = [number.text] }
    }

    /// Adds those of another person; one who was named twice has them once.
    mutating func add(_ more: ChosenReplies) {
        waiting += more.waiting.filter { reply in !waiting.contains { $0.id == reply.id } }
        decided += more.decided.filter { reply in !decided.contains { $0.id == reply.id } }
        missing += more.missing.filter { !missing.contains($0) }
    }

    /// The campaigns that called the people whose replies wait.
    var campaigns: [String] { Array(Set(waiting.compactMap(\.campaign))) }

    /// What would be dismissed.
    func overview(_ clock: LocalClock) -> [Phrase] {
        let more = waiting.count - Self.maxShown
        return waiting.prefix(Self.maxShown).map { Phrase(verbatim: "  ") + $0.listPhrase(clock) }
            + (more > 0 ? [Phrase("  … and \(more) more", "  … e mais \(more)")] : [])
    }

    private mutating func read(_ reader: StoreReader, _ choice: ReplyChoice) throws {
        try reader.forEachReply(choice) { reply in
            if reply.isUndecided {
                waiting.append(reply)
            } else if reply.decision != nil {
                decided.append(reply)
            }
        }
    }
}
