import CampaignCore
import CampaignStore

/// What a retry would do, shown beforehand.
struct RetryOverview {
    /// Maximum number of contacts shown one by one.
    static let maxShown = 10

    let campaign: String
    let preview: RetryPreview
    /// The contacts' own columns.
    let columns: [String]
    let suggested: SuggestedCommands

    var lines: [String] {
        let groups = preview.groups.map { group in
            let refusal = group.refusal.map { "  not requeued: \($0.explanation(campaign: campaign, suggested))" } ?? ""
            return "  \(group.contacts) × \(group.state.phrase(group.reason).english)\(refusal)"
        }
        let contacts = preview.first.map { "  \(line($0))" }
        let more = preview.retryable - preview.first.count
        return ["\(preview.chosen.counted("contact")) \(preview.chosen.noun("matches", "match")) in \(campaign):"]
            + groups
            + (contacts.isEmpty ? [] : ["\(preview.retryable) can be requeued:"]) + contacts
            + (more > 0 ? ["  … and \(more) more"] : [])
    }

    private func line(_ contact: ContactRow) -> String {
        let last = contact.last
        let facts = [
            contact.statePhrase.english, contact.attempts.counted("attempt"),
            last.map { "last through \($0.instance)" },
        ]
        return contact.line(facts + (last?.reply ?? []), columns: columns)
    }
}

extension RequeueRefusal {
    /// Why contacts are not requeued, and what to do about it.
    func explanation(campaign: String, _ suggested: SuggestedCommands) -> String {
        switch self {
        case .notFinished: "they are already waiting or being dialed"
        case .called:
            "Z-API has accepted their calls, or they were resolved as called; only who certainly did not answer can be "
                + "called again"
        case .inDoubt:
            "they may have rung; find out, then: \(suggested.command("resolve", campaign)) --where … --as not-called"
        case .doNotCall: "they are on the do-not-call list"
        case .held:
            "a reply of theirs may mean that they want no more calls; decide first: \(suggested.command("replies", campaign))"
        case .sameWhatsApp: "another contact of the campaign has the same number or WhatsApp account"
        }
    }
}
