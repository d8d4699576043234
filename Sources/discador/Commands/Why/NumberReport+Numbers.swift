import CampaignCore
import CampaignStore

extension NumberReport {
    /// What has become of the numbers of its row; nil when it has only one.
    var numbersLine: String? {
        guard details.numbers.count > 1, let current = details.numbers.first(where: \.isCurrent) else { return nil }
        let tried = details.numbers.filter { $0.ended != nil && !$0.isPassedOver }.map {
            "\(name($0)): \(words($0.ended))"
        }
        let others = details.numbers.filter { ($0.ended == nil || $0.isPassedOver) && !$0.isCurrent }.map(name)
        let rest = others.isEmpty ? "" : "; its row also has \(others.joined(separator: ", "))"
        guard !tried.isEmpty else { return "\(name(current)) comes first\(rest)." }
        // What has become known of an earlier one's call may have led back to it.
        let last = details.numbers.last { $0.ended != nil && !$0.isPassedOver || $0.isCurrent }
        let now =
            last == current
            ? "now \(name(current)), the next phone of its row" : "\(name(current)) again, whose call counts"
        return "Tried \(tried.joined(separator: ", ")); \(now)\(rest)."
    }

    /// Whoever is on the do-not-call list by one of the numbers is not called by any.
    private func name(_ number: RowNumber) -> String {
        number.phone.text + (number.isPassedOver ? " (not called: another campaign had called it recently)" : "")
            + (number.isBlocked ? " (on the do-not-call list: none of them is called)" : "")
    }

    private func words(_ ended: String?) -> String {
        ended == FailureReason.noWhatsApp.rawValue ? "no WhatsApp" : ended ?? ""
    }
}
