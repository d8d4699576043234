import CampaignCore

/// Lengths of time for people.
enum DurationWords {
    /// `850ms`, `42s`, `3m 05s`, `2h 10m`, `3d 04h`.
    static func short(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        return switch seconds {
        case ..<1: "\(max(duration.millisecondsRoundedUp, 0))ms"
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m \(padded(seconds % 60))s"
        case ..<86_400: "\(seconds / 3600)h \(padded(seconds / 60 % 60))m"
        default: "\(seconds / 86_400)d \(padded(seconds / 3600 % 24))h"
        }
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
