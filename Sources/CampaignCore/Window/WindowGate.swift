/// Whether the calling window lets a call begin now. Asked before every call, it keeps its last answer as long as it
/// holds.
package struct WindowGate: Sendable {
    package enum State: Hashable, Sendable {
        /// A call may begin.
        case open
        /// None may; the next one may at this time, or never when it is nil.
        case shut(until: Timestamp?)
    }

    private let calendar: WindowCalendar
    private let room: Duration
    private let isAlwaysOpen: Bool
    private var known: (from: Timestamp, through: Timestamp, state: State)?

    /// The gate of a window.
    ///
    /// - Parameters:
    ///   - window: the rule; nil means always open. A window in each contact's local time counts as open too, since it
    ///     is checked contact by contact.
    ///   - calendar: its days and hours.
    ///   - room: the time that a call needs from its start to its very end: a slow request, the ring, and the spacing
    ///     around it.
    package init(window: CallingWindow?, calendar: WindowCalendar, room: Duration) {
        self.calendar = calendar
        self.room = room
        isAlwaysOpen = window == nil || window?.zone == .contact
    }

    /// Whether the window is open at a wall-clock time.
    package mutating func state(at moment: Timestamp) -> State {
        guard !isAlwaysOpen else { return .open }
        if let known, known.from <= moment, moment <= known.through { return known.state }
        guard let start = calendar.nextStart(atOrAfter: moment, needing: room) else {
            // Searched for again after an hour: nothing changes before.
            known = (moment, moment.advanced(by: .seconds(3600)), .shut(until: nil))
            return .shut(until: nil)
        }
        if start > moment {
            known = (moment, Timestamp(milliseconds: start.milliseconds - 1), .shut(until: start))
            return .shut(until: start)
        }
        let closes = calendar.closing(ofOpenAt: moment)
        let last = closes.map { Timestamp(milliseconds: $0.milliseconds - room.millisecondsRoundedUp) }
        known = (moment, last ?? moment.advanced(by: .seconds(3600)), .open)
        return .open
    }
}
