import CampaignCore
import ZAPI

/// Something about an instance's account at Z-API that bears on a campaign.
struct AccountFinding: Equatable, Sendable {
    enum Level: String, Encodable, Sendable {
        case ok
        /// A person should know it; calls are placed all the same.
        case warning
        /// Something that the campaign file asks for cannot happen.
        case error
    }

    /// What it is about, such as `webhooks`.
    var subject: String
    var level: Level
    var text: String
}

/// What Z-API has answered about one instance.
struct AccountAnswers: Sendable {
    /// Whether it keeps no call while the phone is disconnected; nil: it was not asked to.
    var queue: Result<SettingOutcome, ProviderError>?
    var account: Result<InstanceAccount, ProviderError>
}

/// What follows from an instance's account for a campaign.
struct AccountRule {
    /// Z-API's words for an account whose payment is in trouble; its documentation lists none.
    private static let troubledPayments = [
        "OVERDUE", "UNPAID", "PAST_DUE", "EXPIRED", "CANCEL", "SUSPEND", "BLOCK", "DEFAULT", "REFUSED", "FAILED",
    ]

    let campaign: Campaign
    /// When its last call is forecast to end; nil when that is not known.
    let endsAt: Timestamp?
    let now: Timestamp
    /// The addresses at which this database accepts webhooks.
    let known: KnownWebhooks
    /// Formats commands that the user may want next.
    let suggested: SuggestedCommands

    func findings(_ answers: AccountAnswers, of instance: Instance) -> [AccountFinding] {
        switch answers.account {
        case .failure(let error):
            // Most likely for the same reason.
            if case .failure? = answers.queue {
                return [warning("account", "it can neither be read nor set up: \(error.sentence)")]
            }
            return queue(answers.queue) + [warning("account", "it cannot be read: \(error.sentence)")]
        case .success(let account):
            return queue(answers.queue) + [payment(account)] + incomingCalls(account) + webhooks(account, of: instance)
        }
    }

    private static func isTroubled(_ word: String) -> Bool {
        let word = word.uppercased()
        return troubledPayments.contains { word.contains($0) }
    }

    // MARK: Queue

    private func queue(_ outcome: Result<SettingOutcome, ProviderError>?) -> [AccountFinding] {
        let danger = "what it holds then rings when the phone is back, at any hour"
        return switch outcome {
        case nil: [ok("queue", "Z-API's setting is left as it is (queueWhileDisconnected: allow)")]
        case .success(.set)?: [ok("queue", "Z-API keeps no call while the phone is disconnected")]
        case .success(.notAvailable)?:
            [ok("queue", "Z-API has no setting to keep no call while the phone is disconnected; \(danger)")]
        case .failure(let error)?:
            [
                warning(
                    "queue",
                    "Z-API may keep calls while the phone is disconnected, and \(danger): \(error.sentence)")
            ]
        }
    }

    // MARK: Account

    private func payment(_ account: InstanceAccount) -> AccountFinding {
        let zone = campaign.timeZone
        let status = account.paymentStatus.map { " (\($0))" } ?? ""
        if let due = account.due, due <= now {
            return warning(
                "payment",
                "it was paid until \(TimeText.iso(due, in: zone))\(status), and may be stopped at any time: renew it")
        }
        if let due = account.due, let endsAt, due < endsAt {
            return warning(
                "payment",
                "it is paid until \(TimeText.iso(due, in: zone))\(status), and the campaign ends about "
                    + "\(TimeText.iso(endsAt, in: zone)): renew it before")
        }
        if let word = account.paymentStatus, Self.isTroubled(word) {
            return warning("payment", "Z-API says \(word), and may stop the instance: settle it in Z-API's panel")
        }
        guard let due = account.due else {
            return ok("payment", "Z-API does not say until when it is paid\(status)")
        }
        return ok("payment", "paid until \(TimeText.iso(due, in: zone))\(status)")
    }

    private func incomingCalls(_ account: InstanceAccount) -> [AccountFinding] {
        switch account.rejectsCalls {
        case true?: [warning("incoming calls", InstanceAccount.rejectionWarning)]
        case false?: [ok("incoming calls", "people who call back get through")]
        case nil: []
        }
    }

    // MARK: Webhooks

    private func webhooks(_ account: InstanceAccount, of instance: Instance) -> [AccountFinding] {
        let missing = account.missing(in: known, of: instance.id)
        guard !missing.isEmpty else {
            let words = Callback.needed.map(\.words).inWords
            let own = account.receivesSentByMe == false ? [warning("webhooks", InstanceAccount.sentByMeWarning)] : []
            let unfinished = known.unfinished(account, of: instance.id).map { unfinished in
                warning("webhooks", unfinished.text(of: campaign.name, instance: instance.name, suggested))
            }
            return [ok("webhooks", "Z-API posts \(words) to this database")] + [unfinished].compactMap(\.self) + own
        }
        let state = "\(state(account, missing, of: instance)); \(account.remedy(missing, of: campaign.name, suggested))"
        if campaign.redial != nil {
            return [
                AccountFinding(
                    subject: "webhooks", level: .error, text: "\(state): redial never happens without webhooks")
            ]
        }
        if campaign.perPerson?.unansweredInARow != nil {
            return [warning("webhooks", "\(state): perPerson.unansweredInARow never applies without webhooks")]
        }
        return known.addresses(of: instance.id).isEmpty
            ? [ok("webhooks", "\(state) to know what happens to the people")] : [warning("webhooks", state)]
    }

    private func state(_ account: InstanceAccount, _ missing: [Callback], of instance: Instance) -> String {
        guard missing.count == Callback.needed.count else {
            return "Z-API has no address of this database for \(missing.map(\.words).inWords)"
        }
        let hosts = hosts(account, of: missing)
        return hosts.isEmpty
            ? "no webhooks are set" : "Z-API posts events to \(hosts.inWords), and not to this database"
    }

    /// Where Z-API posts events of these kinds.
    private func hosts(_ account: InstanceAccount, of kinds: [Callback]) -> [String] {
        kinds.compactMap { account.callbacks[$0]?.host }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func ok(_ subject: String, _ text: String) -> AccountFinding {
        AccountFinding(subject: subject, level: .ok, text: text)
    }

    private func warning(_ subject: String, _ text: String) -> AccountFinding {
        AccountFinding(subject: subject, level: .warning, text: text)
    }
}
