import CampaignCore

/// One value of a report, before a format has written it down.
enum ReportCell: Hashable, Sendable {
    /// There is nothing to tell: an empty cell, or `null`.
    case absent
    case text(String)
    case number(Int)
    case time(Timestamp)

    /// Whatever is there, or nothing.
    init(_ text: String?) {
        self = text.map(ReportCell.text) ?? .absent
    }

    /// Whatever is there, or nothing.
    init(_ number: Int?) {
        self = number.map(ReportCell.number) ?? .absent
    }

    /// Whatever is there, or nothing.
    init(_ time: Timestamp?) {
        self = time.map(ReportCell.time) ?? .absent
    }

    /// The value as text, the empty string when there is none.
    func text(_ times: TimestampFormat) -> String {
        switch self {
        case .absent: ""
        case .text(let text): text
        case .number(let number): String(number)
        case .time(let moment): times.text(moment)
        }
    }
}
