package import CampaignCore
package import Logging

extension CampaignRun {
    /// What a run takes from the world around it.
    package struct Dependencies: Sendable {
        /// The clock that waits are measured on.
        package var clock: WaitClock
        /// The wall clock, for stamps.
        package var now: @Sendable () -> Timestamp
        /// How long the machine has been up, for when the run begins.
        package var uptime: @Sendable () -> Uptime
        /// The calendar of the campaign's window; days of caps begin where its days do.
        package var calendar: WindowCalendar
        /// Numbers in 0..<1.
        package var random: @Sendable () -> Double
        /// Where the run says what it does; stderr in practice.
        package var logger: Logger
        /// Called after each change; must return at once.
        package var onProgress: @Sendable (RunProgress) -> Void
        /// Z-API's queue, where calls in doubt may be found; nil leaves them in doubt.
        package var queueLine: (any ProviderQueue)?
        /// By what a contact whose turn has come may have to wait, apart from pace and window; nil is by nothing.
        package var gate: (any ClaimGate)?

        /// The dependencies of a run.
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
