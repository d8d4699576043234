import CampaignCore
import CampaignStore

/// The doubts that would be resolved as not called, shown beforehand: those contacts will be dialed again.
struct DoubtOverview {
    /// Maximum number of contacts shown one by one.
    private static let maxShown = 10

    let campaign: String
    /// How many there are.
    private(set) var count = 0
    /// The numbers that they dialed.
    private var dialed: [PhoneNumber] = []
    private var first: [String] = []

    init(_ reader: StoreReader, campaign: String, of choice: DoubtChoice) throws {
        self.campaign = campaign
        let columns = try reader.ownColumns(campaign: campaign)
        let chosen = Dictionary(
            try reader.doubts(campaign: campaign, choice).doubts.map { ($0.phone, $0.dialed) }
        ) { first, _ in first }
        try reader.forEachContact(campaign: campaign, in: [.inDoubt]) { contact in
            guard let numbers = chosen[contact.phone] else { return }
            count += 1
            dialed += numbers
            if first.count < Self.maxShown { first.append(Self.line(contact, columns)) }
        }
    }

    /// Only the doubts that were shown, so that one that has come up since is not resolved unseen. A choice by numbers
    /// is unchanged, so that numbers without a doubt are reported.
    func shown(of choice: DoubtChoice) -> DoubtChoice {
        switch choice {
        case .all, .matching: .numbers(dialed)
        case .numbers: choice
        }
    }

    var lines: [String] {
        let more = count - first.count
        return [warning] + first + (more > 0 ? ["  … and \(more) more"] : [])
    }

    /// What resolving them does.
    var warning: String {
        "\(count.counted("call")) in doubt in \(campaign) would be dialed again; "
            + "anyone whose phone rang would then be called twice."
    }

    private static func line(_ contact: ContactRow, _ columns: [String]) -> String {
        let last = contact.last
        let facts = [
            last.map { "dialed \(TimeText.iso($0.startedAt))" }, last.map { "through \($0.instance)" }, contact.reason,
        ]
        return "  " + contact.line(facts, columns: columns)
    }
}
