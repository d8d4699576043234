import CampaignCore
import Foundation

extension Campaign {
    /// The time zone in which this campaign's times are shown and its days begin: the window's, or this machine's when
    /// the window has none.
    var timeZone: TimeZone {
        window?.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
    }

    /// The days of the campaign, and the hours of a window with a single time zone.
    var calendar: WindowCalendar {
        WindowCalendar(window: window, zone: timeZone)
    }
}

extension WindowCalendar {
    /// The calendar of a window in one of the machine's time zones.
    init(window: CallingWindow?, zone: TimeZone) {
        self.init(window: window) { zone.utcOffset(at: $0) }
    }
}
