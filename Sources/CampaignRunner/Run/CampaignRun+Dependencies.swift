package import CampaignCore
package import Logging

extension CampaignRun {
    /// The clocks, randomness, logger and rules that a run is given.
    package struct Dependencies: Sendable {
        /// The clock that waits are measured by.
        package var clock: WaitClock
        /// The wall clock, for timestamps.
        package var now: @Sendable () -> Timestamp
        /// How long the machine has been up.
        package var uptime: @Sendable () -> Uptime
        /// The calendar of the campaign's window; the days of daily caps begin where its days do.
        package var calendar: WindowCalendar
        /// A random number in 0..<1.
        package var random: @Sendable () -> Double
        package var logger: Logger
        /// Called after each change; must return without waiting.
        package var onProgress: @Sendable (RunProgress) -> Void
        /// Z-API's own queue, where calls in doubt may be found; nil leaves them in doubt.
        package var providerQueue: (any ProviderQueue)?
        /// An additional rule, besides pace and window, by which a due contact may have to wait; nil means none.
        package var gate: (any ClaimGate)?

        package init(
            clock: WaitClock,
            now: @escaping @Sendable () -> Timestamp,
            uptime: @escaping @Sendable () -> Uptime,
            calendar: WindowCalendar,
            random: @escaping @Sendable () -> Double,
            logger: Logger,
            onProgress: @escaping @Sendable (RunProgress) -> Void
        ) {
            self.clock = clock
            self.now = now
            self.uptime = uptime
            self.calendar = calendar
            self.random = random
            self.logger = logger
            self.onProgress = onProgress
        }
    }
}

/// The options of a run; the defaults wait, and place no canary calls first.
package struct RunOptions: Hashable, Sendable {
    /// Whether it waits while nobody may be called: until the window opens, or the next day brings new calls.
    package var waits: Bool
    /// How many calls are placed first, and judged before the others; nil means none.
    package var canary: Int?

    package init(waits: Bool = true, canary: Int? = nil) {
        self.waits = waits
        self.canary = canary
    }
}
