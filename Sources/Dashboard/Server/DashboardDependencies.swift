package import CampaignCore
package import Logging

/// What the dashboard works with.
package struct DashboardDependencies: Sendable {
    package var access: any DashboardAccess
    package var sections: [any DashboardSection]
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// Waits for so long, or until the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// For durations.
    package var uptime: @Sendable () -> Duration
    /// Bytes that nobody can guess.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    package var logger: Logger
    /// Told of each response: the route's pattern, the status, and how long it took until the response began.
    package var onResponse: @Sendable (_ route: String, _ status: Int, _ duration: Duration) -> Void

    package init(
        access: any DashboardAccess, sections: [any DashboardSection], now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void, uptime: @escaping @Sendable () -> Duration,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], logger: Logger,
        onResponse: @escaping @Sendable (String, Int, Duration) -> Void = { _, _, _ in }
    ) {
        self.access = access
        self.sections = sections
        self.now = now
        self.sleep = sleep
        self.uptime = uptime
        self.randomBytes = randomBytes
        self.logger = logger
        self.onResponse = onResponse
    }
}
