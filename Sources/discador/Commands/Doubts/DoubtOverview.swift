import CampaignCore
import CampaignStore
import Reports

/// The doubts that would be resolved as not called, shown beforehand: those contacts will be dialed again.
struct DoubtOverview {
    /// Maximum number of contacts shown one by one.
    private static let maxShown = 10

    let campaign: String
    /// How many there are.
    private(set) var count = 0
    /// The numbers that they dialed.
    private var dialed: [PhoneNumber] = []
    private var first: [Phrase] = []

    init(_ reader: StoreReader, campaign: String, of choice: DoubtChoice) throws {
        self.campaign = campaign
        let columns = try reader.ownColumns(campaign: campaign)
        let clock = try reader.clock(of: [campaign])
        let chosen = Dictionary(
            try reader.doubts(campaign: campaign, choice).doubts.map { ($0.phone, $0.dialed) }
        ) { first, _ in first }
        try reader.forEachContact(campaign: campaign, in: [.inDoubt]) { contact in
            guard let numbers = chosen[contact.phone] else { return }
            count += 1
            dialed += numbers
            if first.count < Self.maxShown { first.append(Self.line(contact, columns, clock)) }
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

    var lines: [Phrase] {
        let more = count - first.count
        return [warning] + first + (more > 0 ? [Phrase("  … and \(more) more", "  … e mais \(more)")] : [])
    }

    /// What resolving them does.
    var warning: Phrase { Self.warning(count, of: campaign) }

    static func warning(_ count: Int, of campaign: String) -> Phrase {
        Phrase.counted(count, .call)
            + Phrase(
                " in doubt in \(campaign) would be dialed again; anyone whose phone rang would then be called twice.",
                " em dúvida em \(campaign) \(count == 1 ? "seria discada" : "seriam discadas") de novo; quem já ouviu o "
                    + "telefone tocar receberia a ligação duas vezes.")
    }

    private static func line(_ contact: ContactRow, _ columns: [String], _ clock: LocalClock) -> Phrase {
        let last = contact.last
        return Phrase { language in
            let facts = [
                last.map { language.text("dialed ", "discada em ") + clock.text($0.startedAt)[language] },
                last.map { language.text("through \($0.instance)", "por \($0.instance)") },
                contact.reason.map { language.text($0, Language.portuguese.reportWords.reason($0, of: .inDoubt)) },
            ]
            return "  " + contact.line(facts, columns: columns)
        }
    }
}
