import CampaignCore
import Foundation

/// The calling window, where it is what holds a contact back.
struct WindowHold {
    /// When the contact may be called; nil where the window never opens for it.
    let opensAt: Timestamp?
    /// Whose clock decides.
    let zones: [String]

    /// Nil while the window lets the contact be called.
    init?(of phone: PhoneNumber, in campaign: Campaign, now: Timestamp) {
        guard let window = campaign.window else { return nil }
        zones = window.timeZone.map { [$0] } ?? ContactZones.zones(of: phone, country: campaign.country)
        opensAt = ContactWindow.calendar(of: window, in: zones)
            .nextStart(atOrAfter: now, needing: campaign.roomForAnyCall)
        if let opensAt, opensAt <= now { return nil }
    }

    /// One sentence for people.
    var text: String {
        let clock =
            zones.count == 1 ? "by the clock of \(zones[0])" : "in all of \(zones.joined(separator: ", ")) at once"
        guard let opensAt else { return "The campaign's window never opens \(clock) for long enough to call." }
        return "The campaign's window is shut \(clock): it opens at \(TimeText.iso(opensAt))."
    }
}
