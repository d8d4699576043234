import CampaignCore
import CampaignStore
import ZAPISimulator

/// What the people of a round have done after they were called, as the database knows it.
struct PeopleOfRound {
    /// When one person first did what.
    struct Effects: Equatable {
        var calledBackAt: Timestamp?
        var repliedAt: Timestamp?

        /// Whether something of `least` is missing, or is said to have happened later.
        func areBehind(_ least: Effects) -> Bool {
            [\Effects.calledBackAt, \.repliedAt].contains { effect in
                guard let wanted = least[keyPath: effect] else { return false }
                return self[keyPath: effect].map { $0 > wanted } ?? true
            }
        }
    }

    /// By phone; of people who have done nothing there is none.
    private(set) var effects: [String: Effects] = [:]

    init(_ reader: StoreReader, campaigns: [String]) throws {
        for campaign in campaigns {
            try reader.forEachContact(campaign: campaign) { contact in
                let known = Effects(calledBackAt: contact.calledBackAt, repliedAt: contact.repliedAt)
                if known != Effects() { effects[contact.phone.text] = known }
            }
        }
    }

    /// - Parameter effects: by phone.
    init(effects: [String: Effects]) {
        self.effects = effects
    }

    /// Of how many people less is known than must be.
    func behind(_ least: [String: Effects]) -> Int {
        least.count { effects[$0.key, default: Effects()].areBehind($0.value) }
    }

    /// What acknowledged webhooks say that people did after a call that certainly is theirs.
    static func acknowledged(
        _ ledger: [LedgerEntry], _ events: ReceivedWebhooks, _ calls: CallsOfRound
    ) -> PeopleOfRound {
        var effects: [String: Effects] = [:]
        for webhook in ledger where webhook.isAcknowledged && webhook.zaapId != nil {
            guard let content = events.content(of: webhook), let arrival = events.arrival(of: webhook),
                let phone = content.phone, calls.isAnyPlaced(to: phone)
            else { continue }
            let moment = Timestamp(milliseconds: arrival)
            if content.isReply {
                effects[phone, default: Effects()].repliedAt = min(effects[phone]?.repliedAt ?? moment, moment)
            } else if content.callDirection == "incoming" {
                effects[phone, default: Effects()].calledBackAt = min(effects[phone]?.calledBackAt ?? moment, moment)
            }
        }
        return PeopleOfRound(effects: effects)
    }
}
