import CampaignCore
import Foundation

extension Campaign {
    /// The zone in which this campaign's times are shown, and in which its days begin: the window's, or this machine's
    /// when the window has none.
    var timeZone: TimeZone {
        window?.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
    }

    /// The days of the campaign, and the hours of a window that has one time zone.
    var calendar: WindowCalendar {
        WindowCalendar(window: window, zone: timeZone)
    }
}

extension WindowCalendar {
    /// The calendar of a window in a time zone of the machine's data.
    init(window: CallingWindow?, zone: TimeZone) {
        self.init(window: window) { zone.utcOffset(at: $0) }
    }
}
