import CampaignCore
import CampaignStore

extension NumberReport {
    /// What has become of the numbers of its row; nil when it has only one.
    var numbersLine: String? {
        guard let current = details.numbers.first(where: \.isCurrent) else { return nil }
        let tried = details.numbers.filter { $0.ended != nil && !$0.isPassedOver }.map {
            "\(name($0)): \(words($0.ended))"
        }
        let others = details.numbers.filter { ($0.ended == nil || $0.isPassedOver) && !$0.isCurrent }.map(name)
        let rest = others.isEmpty ? "" : "; its row also has \(others.joined(separator: ", "))"
        guard !tried.isEmpty else { return "\(name(current)) comes first\(rest)." }
        return "Tried \(tried.joined(separator: ", ")); now \(name(current)), the next phone of its row\(rest)."
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
