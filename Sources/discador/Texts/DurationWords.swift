import CampaignCore

/// Lengths of time for people, in whole seconds.
enum DurationWords {
    /// `0s`, `42s`, `3m 05s`, `2h 10m`, `3d 04h`: what has gone by.
    static func short(_ duration: Duration) -> String { text(seconds: max(duration.components.seconds, 0)) }

    /// The same for what is still to come: it is over when the last second is.
    static func left(_ duration: Duration) -> String {
        text(seconds: max((duration.millisecondsRoundedUp + 999) / 1000, 0))
    }

    private static func text(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m \(padded(seconds % 60))s"
        case ..<86_400: "\(seconds / 3600)h \(padded(seconds / 60 % 60))m"
        default: "\(seconds / 86_400)d \(padded(seconds / 3600 % 24))h"
        }
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
