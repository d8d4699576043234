/// Whether the calling window lets a call begin now, asked before every call: keeps its last answer while that holds.
package struct WindowGate: Sendable {
    /// Whether a window is open.
    package enum State: Hashable, Sendable {
        /// A call may begin.
        case open
        /// None may; the next may at this moment, or never when it is nil.
        case shut(until: Timestamp?)
    }

    private let calendar: WindowCalendar
    private let room: Duration
    private let isAlwaysOpen: Bool
    private var known: (from: Timestamp, through: Timestamp, state: State)?

    /// The gate of a window.
    ///
    /// - Parameters:
    ///   - window: the rule; nil is always open, and so is one by each contact's clock, which is asked contact by
    ///     contact.
    ///   - calendar: its days and hours.
    ///   - room: what a call needs from its start until all is over: a slow request, the ring and the spacing around
    ///     it.
    package init(window: CallingWindow?, calendar: WindowCalendar, room: Duration) {
        self.calendar = calendar
        self.room = room
        isAlwaysOpen = window == nil || window?.zone == .contact
    }

    /// Whether the window is open at a moment of the wall clock.
    package mutating func state(at moment: Timestamp) -> State {
        guard !isAlwaysOpen else { return .open }
        if let known, known.from <= moment, moment <= known.through { return known.state }
        guard let start = calendar.nextStart(atOrAfter: moment, needing: room) else {
            // Looked for again when an hour has passed: nothing changes before.
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
