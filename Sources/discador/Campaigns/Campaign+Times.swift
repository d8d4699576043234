import CampaignCore
import Foundation

extension Campaign {
    /// The zone in which people of this campaign read times, and in which its days begin.
    var timeZone: TimeZone {
        window.flatMap { TimeZone(identifier: $0.timeZone) } ?? .current
    }

    /// The days and hours of its window.
    var calendar: WindowCalendar {
        let zone = timeZone
        return WindowCalendar(window: window) { moment in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
    }
}
