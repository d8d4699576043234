/// The state of a campaign's instances when a forecast is made, which its file does not contain.
package struct ForecastBaseline: Hashable, Sendable {
    /// The past use of one instance.
    package struct InstanceBaseline: Hashable, Sendable {
        /// When its pace allows the next call; a time in the past means now.
        package var opensAt: Timestamp
        /// The calls that it has placed on this day of the campaign's zone, for any campaign.
        package var callsToday: Int
        /// On how many days *before* this one it has placed calls; 0 means never, so that this is its first day of use.
        package var daysOfUseBefore: Int
        /// The limits of all campaigns that share it; nil means those of the campaign's file.
        package var limits: InstanceLimits?

        /// By default, an instance that has never been used.
        package init(opensAt: Timestamp = .epoch, callsToday: Int = 0, daysOfUseBefore: Int = 0) {
            self.opensAt = opensAt
            self.callsToday = callsToday
            self.daysOfUseBefore = daysOfUseBefore
        }
    }

    /// By the instance's name; an instance that is missing has never been used.
    package var instances: [String: InstanceBaseline]
    /// When the campaign's own pace allows the next call; a time in the past means now.
    package var opensAt: Timestamp
    /// The contacts that their list holds back.
    package var heldBack: [HeldBackContacts] = []

    /// By default, a campaign that has not begun, on instances that have never been used.
    package init(instances: [String: InstanceBaseline] = [:], opensAt: Timestamp = .epoch) {
        self.instances = instances
        self.opensAt = opensAt
    }

    /// A campaign that would continue now, by the same rules as in a run.
    ///
    /// - Parameters:
    ///   - now: the current time; `uptime` is the machine's uptime at that time.
    ///   - calendar: determines where the days of the campaign's runs begin.
    package init(
        of campaign: Campaign, _ limits: LimitSnapshot, now: Timestamp, uptime: Uptime, calendar: WindowCalendar
    ) {
        let today = LimitClock.moment(wall: now, uptime: uptime, believedOffset: limits.believedOffset)
        var instances: [String: InstanceBaseline] = [:]
        for (instance, state) in zip(campaign.instances, limits.instances) {
            var allowance = DayAllowance(limits: state.limits, uses: state.uses, calendar: calendar)
            let day = allowance.usage(at: today)
            let gap = state.limits.gap(ringing: campaign.ringing, random: 1)
            var known = InstanceBaseline(
                opensAt: now.advanced(by: state.pace.wait(now: now, uptime: uptime, gap: gap)),
                callsToday: day.placed, daysOfUseBefore: day.daysOfUseBefore)
            known.limits = state.limits
            instances[instance.name] = known
        }
        let wait = limits.campaignPace.wait(now: now, uptime: uptime, gap: campaign.pace?.gap ?? .zero)
        self.init(instances: instances, opensAt: now.advanced(by: wait))
    }

    /// The limits of an instance, and its past use.
    func instance(_ instance: Instance) -> (limits: InstanceLimits, baseline: InstanceBaseline) {
        let known = instances[instance.name] ?? InstanceBaseline()
        return (known.limits ?? InstanceLimits(instance), known)
    }
}
