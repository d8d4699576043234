import CampaignCore
import Foundation

extension Campaign {
    /// The zone in which people of this campaign read times, and in which its days begin: the window's, or this
    /// machine's when it has none of its own.
    var timeZone: TimeZone {
        window?.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
    }

    /// The days of the campaign, and the hours of a window that goes by one clock.
    var calendar: WindowCalendar {
        WindowCalendar(window: window, zone: timeZone)
    }
}
