/// Where the limits of a campaign's instances stand, as a run that began now would find them.
package struct LimitSnapshot: Sendable {
    /// How each instance stands, in the order of the campaign's list.
    package var instances: [InstanceSnapshot]
    /// Where the pace of the whole campaign stands.
    package var campaignPace: PaceMark
    /// What was believed of the wall clock since the machine started, as ``LimitClock/offset``; nil is nothing yet.
    package var believedOffset: Int64?

    /// A standing with all its parts.
    package init(instances: [InstanceSnapshot], campaignPace: PaceMark, believedOffset: Int64?) {
        self.instances = instances
        self.campaignPace = campaignPace
        self.believedOffset = believedOffset
    }
}

extension LimitClock {
    /// A moment on the time line of the limits, for whoever looks from outside a run.
    ///
    /// - Parameter believedOffset: what a run has written down of the clock in this life of the machine.
    package static func moment(wall: Timestamp, uptime: Uptime, believedOffset: Int64?) -> Timestamp {
        var clock = LimitClock(wall: wall, uptime: uptime.duration, believedOffset: believedOffset)
        return clock.moment(wall: wall, uptime: uptime.duration)
    }
}
