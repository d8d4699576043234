package import CampaignCore

/// A campaign with everything that is needed to dial it.
package struct DialedCampaign: Sendable {
    package var campaign: Campaign
    package var options: RunOptions
    /// Places its calls, through instances by their places in the campaign's list.
    package var provider: any CallProvider
    /// Z-API's own queue, where calls in doubt may be found; nil leaves them in doubt.
    package var providerQueue: (any ProviderQueue)?
    /// The calendar of its window; the days of daily caps begin where its days do.
    package var calendar: WindowCalendar
    /// An additional rule, besides pace and window, by which a due contact may have to wait; nil means none.
    package var gate: (any ClaimGate)?
    /// Called after each change; must return without waiting.
    package var onProgress: @Sendable (RunProgress) -> Void
    /// Called with Z-API's id of an instance and what each check of its health found; must return without waiting.
    package var onHealth: @Sendable (String, InstanceHealth) -> Void
    /// Why it is not dialed any more, in words that `status` shows; nil when there is nothing to explain.
    package var reason: @Sendable (RunEnd) -> Phrase?

    package init(
        _ campaign: Campaign, options: RunOptions = RunOptions(), provider: any CallProvider, calendar: WindowCalendar,
        onProgress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) {
        self.campaign = campaign
        self.options = options
        self.provider = provider
        self.calendar = calendar
        self.onProgress = onProgress
        onHealth = { _, _ in }
        reason = { _ in nil }
    }
}

/// The options of a run; the defaults wait, and place no canary calls first.
package struct RunOptions: Hashable, Sendable, Codable {
    /// Whether it waits while nobody may be called: until the window opens, or the next day brings new calls.
    package var waits: Bool
    /// The canary that somebody has asked for with this run; nil means that they have not. What is left of an earlier one
    /// is in the database, and applies then.
    package var canary: CanaryRequest?
    /// Whether it stays open when everybody has been called, for contacts that come later.
    package var follows: Bool
    /// Whether it keeps trying when no instance could be reached at all, and stays active when Z-API refuses every
    /// instance: nobody is there who could start it again.
    package var keepsTrying: Bool
    /// Whether this process receives webhooks, so that it hears who did not answer.
    package var hearsEvents: Bool

    /// - Parameter canary: how many calls are placed first, and judged before the others; nil means that nobody has
    ///   asked for that now.
    package init(
        waits: Bool = true, canary: Int? = nil, follows: Bool = false, keepsTrying: Bool = false,
        hearsEvents: Bool = false
    ) {
        self.waits = waits
        self.canary = canary.map { CanaryRequest(calls: $0) }
        self.follows = follows
        self.keepsTrying = keepsTrying
        self.hearsEvents = hearsEvents
    }
}
