import CampaignCore
import Foundation
import Synchronization

/// Applies a window in each contact's local time: `window: {timezone: contact}`.
///
/// A contact may be dialed while the window is open in every zone that its number may be in. The answer is the same for
/// all numbers with the same zones, and for hours on end, so it is computed once and kept for that long.
final class ContactWindow: ClaimGate {
    private let window: CallingWindow
    private let country: String
    private let room: Duration
    private let answers = Mutex<[[String]: Answer]>([:])

    /// Nil when the campaign's window has a single time zone, or there is no window.
    init?(of campaign: Campaign) {
        guard let window = campaign.window, window.zone == .contact else { return nil }
        self.window = window
        country = campaign.country
        room = campaign.roomForAnyCall
    }

    /// See ``ClaimGate/opening(of:at:)``. If the window never opens for long enough, it is asked again after
    /// ``WindowCalendar/horizonDays``.
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        let zones = ContactZones.zones(of: phone, country: country)
        let opening = answers.withLock { answers in
            if let answer = answers[zones], answer.holds(at: now) { return answer.opening }
            let answer = Answer(Self.calendar(of: window, in: zones), at: now, room: room)
            answers[zones] = answer
            return answer.opening
        }
        return opening > now ? opening : nil
    }

    /// The times at which the window is open in all of these zones.
    static func calendar(of window: CallingWindow, in zones: [String]) -> CommonWindow {
        CommonWindow(
            zones.map { zone in
                guard let zone = TimeZone(identifier: zone) else {
                    // Without time zone data the machine cannot tell when it is night there: no call is placed.
                    var never = window
                    never.days = []
                    return WindowCalendar(window: never, zone: .gmt)
                }
                return WindowCalendar(window: window, zone: zone)
            })
    }

    /// When numbers in certain zones may be dialed, computed at a certain time.
    private struct Answer {
        let asked: Timestamp
        let opening: Timestamp
        private let lastStart: Timestamp

        init(_ calendar: CommonWindow, at now: Timestamp, room: Duration) {
            asked = now
            if let start = calendar.nextStart(atOrAfter: now, needing: room) {
                opening = start
                lastStart = calendar.lastStart(from: start, needing: room)
            } else {
                opening = now.advanced(by: WindowCalendar.horizon)
                lastStart = now
            }
        }

        /// Whether it is still true. It is not if the clock was set back to before the time of the computation.
        func holds(at now: Timestamp) -> Bool {
            asked <= now && (now < opening || now <= lastStart)
        }
    }
}
