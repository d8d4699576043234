/// How many calls per hour a campaign places at full pace: while its window is open and no cap is used up.
package struct CallRate: Hashable, Sendable {
    /// What keeps a campaign from calling faster.
    package enum Limit: Hashable, Sendable {
        /// The instances' own paces together, or how fast their phones can ring.
        case instances
        /// The pace of the whole campaign; the instances could do more.
        case campaignPace
        /// Nothing: an instance has no pace, nor has the campaign.
        case nothing
    }

    /// What one instance can do on its own.
    package struct InstanceRate: Hashable, Sendable {
        /// The instance's name.
        package var name: String
        /// Calls per hour; nil when its pace is open.
        package var perHour: Double?
    }

    /// Calls per hour of all instances together; nil when nothing limits them.
    package var perHour: Double?
    /// What each instance can do, in the campaign's order.
    package var instances: [InstanceRate]
    /// What the rate is limited by.
    package var limit: Limit

    package init(of campaign: Campaign, baseline: ForecastBaseline = ForecastBaseline()) {
        instances = campaign.instances.map { instance in
            let gap = baseline.instance(instance).limits.meanSpacing(ringing: campaign.ringing)
            return InstanceRate(name: instance.name, perHour: Self.perHour(gap))
        }
        let together = instances.reduce(Optional(0.0)) { sum, instance in
            guard let sum, let perHour = instance.perHour else { return nil }
            return sum + perHour
        }
        let pace = campaign.pace.flatMap { Self.perHour($0.gap) }
        switch (together, pace) {
        case (nil, nil): (perHour, limit) = (nil, .nothing)
        case (nil, let pace?): (perHour, limit) = (pace, .campaignPace)
        case (let together?, nil): (perHour, limit) = (together, .instances)
        case (let together?, let pace?):
            (perHour, limit) = together <= pace ? (together, .instances) : (pace, .campaignPace)
        }
    }

    private static func perHour(_ gap: Duration) -> Double? {
        gap > .zero ? 3600 / gap.inSeconds : nil
    }
}

extension InstanceLimits {
    /// The average time from one call to the same instance's next: for `afterRinging` the ring and 2 s.
    func meanGap(ringing: Duration) -> Duration {
        gap(ringing: ringing, random: 0.5)
    }
}

extension Campaign {
    /// How long a call rings, for contacts without their own duration.
    var ringing: Duration {
        .seconds(callDuration)
    }

    /// How long before the window closes the last call must start: a request that takes its whole ``timeout``, the
    /// ring, and the longest spacing that Z-API's own queue may put before or after it, 3 s (Z-API, send-call, 2026).
    package var roomForACall: Duration {
        room(ringing: ringing)
    }

    /// The same for the longest possible ring, 15 s, since a list may ask for it for any contact.
    package var roomForAnyCall: Duration {
        room(ringing: .seconds(15))
    }

    private func room(ringing: Duration) -> Duration {
        timeout + InstancePace.afterRinging.gap(ringing: ringing, random: 1)
    }
}
