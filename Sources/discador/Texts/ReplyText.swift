import CampaignCore
import CampaignStore
import Reports

extension ReplyEntry {
    /// How many columns of a text are shown.
    private static let shownWidth = 120

    /// Who wrote it: the number that was called, if it is known.
    var person: PhoneNumber { phone ?? sender }

    /// `Reply 2026-11-26T10:01:00Z: “SAIR” (opt_out, word “sair”), blocked by ana …`.
    var line: String {
        let level = level == .none ? "" : " (\(reading))"
        return "Reply \(TimeText.iso(receivedAt)): \(said)\(level)\(decided)"
    }

    /// For a list of replies: `#12  5511987654321  review, phrase “quem é você”: “quem é você?” | …`.
    var listLine: String {
        let campaign = campaign.map { ", called by \($0)" } ?? ", not called by any campaign"
        return "#\(id)  \(person.text)  \(reading): \(said) | \(TimeText.iso(receivedAt))\(campaign)\(decided)"
    }

    /// What was written, on one line and shortened: people write whatever they want.
    private var said: String {
        let shown = "“\(TerminalText.line(text, width: Self.shownWidth))”"
        return switch form {
        case .text, .button: shown
        case .media: text.isEmpty ? "a recording or an image" : "\(shown), with media"
        }
    }

    /// What it was taken for, and by which rule.
    private var reading: String {
        rule.isEmpty ? level.rawValue : "\(level.rawValue), \(TerminalText.line(rule, width: Self.shownWidth))"
    }

    private var decided: String {
        decision.map { ", \($0.word.rawValue) by \($0.user) \(TimeText.iso($0.at))" } ?? ""
    }
}
