import CampaignCore
import CampaignStore

/// The doubts that would be resolved as not called, shown beforehand: those contacts will be dialed again.
struct DoubtOverview {
    /// Maximum number of contacts shown one by one.
    private static let maxShown = 10

    let campaign: String
    private(set) var doubts: [PhoneNumber] = []
    private var first: [String] = []

    init(_ reader: StoreReader, campaign: String, of choice: DoubtChoice) throws {
        self.campaign = campaign
        let columns = try reader.ownColumns(campaign: campaign)
        let isChosen = Self.predicate(of: choice)
        try reader.forEachContact(campaign: campaign, in: [.inDoubt]) { contact in
            guard isChosen(contact) else { return }
            doubts.append(contact.phone)
            if first.count < Self.maxShown { first.append(Self.line(contact, columns)) }
        }
    }

    /// Only the doubts that were shown, so that one that has come up since is not resolved unseen. A choice by numbers
    /// is unchanged, so that numbers without a doubt are reported.
    func shown(of choice: DoubtChoice) -> DoubtChoice {
        switch choice {
        case .all, .matching: .numbers(doubts)
        case .numbers: choice
        }
    }

    var lines: [String] {
        let more = doubts.count - first.count
        return [warning] + first + (more > 0 ? ["  … and \(more) more"] : [])
    }

    /// What resolving them does.
    var warning: String {
        "\(doubts.count.counted("call")) in doubt in \(campaign) would be dialed again; "
            + "anyone whose phone rang would then be called twice."
    }

    private static func predicate(of choice: DoubtChoice) -> (ContactRow) -> Bool {
        switch choice {
        case .all: return { _ in true }
        case .matching(let filter): return { filter.matches($0) }
        case .numbers(let numbers):
            let identities = Set(numbers.map(\.identity))
            return { identities.contains($0.phone.identity) }
        }
    }

    private static func line(_ contact: ContactRow, _ columns: [String]) -> String {
        let last = contact.last
        let facts = [
            last.map { "dialed \(TimeText.iso($0.startedAt))" }, last.map { "through \($0.instance)" }, contact.reason,
        ]
        return "  " + contact.line(facts, columns: columns)
    }
}
