import CampaignCore
import CampaignStore

/// What a retry would do, before it is done.
struct RetryOverview {
    /// How many contacts are shown one by one.
    static let shown = 10

    let campaign: String
    let preview: RetryPreview
    /// The contacts' own columns.
    let columns: [String]
    let suggested: SuggestedCommands

    /// For people.
    var lines: [String] {
        let groups = preview.groups.map { group in
            let stays = group.refusal.map { "  stay: \($0.explanation(campaign: campaign, suggested))" } ?? ""
            return "  \(group.contacts) × \(Self.standing(group.state, group.reason))\(stays)"
        }
        let contacts = preview.first.map { "  \(Self.line($0, columns))" }
        let more = preview.retryable - preview.first.count
        return ["\(preview.chosen) meant in \(campaign):"] + groups
            + (contacts.isEmpty ? [] : ["\(preview.retryable) can be put back:"]) + contacts
            + (more > 0 ? ["  … and \(more) more"] : [])
    }

    private static func standing(_ state: CallState, _ reason: String?) -> String {
        state.rawValue + (reason.map { " (\($0))" } ?? "")
    }

    private static func line(_ contact: ContactRow, _ columns: [String]) -> String {
        let last = contact.last
        let known = [
            standing(contact.state, contact.reason),
            contact.attempts.counted("attempt"),
            last.map { "last through \($0.instance)" }, last?.httpStatus.map { "HTTP \($0)" }, last?.error,
        ]
        let cells = contact.namedCells(columns)
        return "\(contact.phone.text)  " + known.compactMap(\.self).joined(separator: ", ")
            + (cells.isEmpty ? "" : " | \(cells)")
    }
}

extension ContactRow {
    /// The contact's own cells with the names of their columns, without those that are empty.
    func namedCells(_ columns: [String]) -> String {
        zip(columns, own).filter { !$1.isEmpty }.map { "\($0): \($1)" }.joined(separator: " | ")
    }
}
