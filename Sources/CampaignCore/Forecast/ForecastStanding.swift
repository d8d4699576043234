/// Where a campaign's instances stand when a forecast is made: what its file does not say.
public struct ForecastStanding: Hashable, Sendable {
    /// What one instance has behind it.
    public struct Line: Hashable, Sendable {
        /// When its pace lets the next call pass; a moment in the past is "at once".
        public var opensAt: Timestamp
        /// The calls that it has placed on this day of the campaign's zone, for whichever campaign.
        public var callsToday: Int
        /// On how many days *before* this one it has placed calls: 0 is never, so that this is its first day of use.
        public var daysOfUseBefore: Int

        /// An instance that has never been used, unless told otherwise.
        public init(opensAt: Timestamp = .epoch, callsToday: Int = 0, daysOfUseBefore: Int = 0) {
            self.opensAt = opensAt
            self.callsToday = callsToday
            self.daysOfUseBefore = daysOfUseBefore
        }
    }

    /// By the instance's name; one that is missing has never been used.
    public var lines: [String: Line]
    /// When the campaign's own pace lets the next call pass; a moment in the past is "at once".
    public var opensAt: Timestamp

    /// A campaign that has not begun, on instances that have never been used, unless told otherwise.
    public init(lines: [String: Line] = [:], opensAt: Timestamp = .epoch) {
        self.lines = lines
        self.opensAt = opensAt
    }
}
