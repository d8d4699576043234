/// What happened to a campaign as a whole: its settings at its runs, and when nothing was dialed on purpose.
package struct CampaignHistory: Hashable, Sendable {
    /// A time without calls.
    package struct Span: Hashable, Sendable {
        package enum Cause: String, CaseIterable, Sendable {
            /// Somebody paused the campaign.
            case paused
            /// A run waited for the calling window.
            case shut
        }

        package var cause: Cause
        package var from: Timestamp
        /// Nil while it lasts.
        package var to: Timestamp?

        package init(_ cause: Cause, from: Timestamp, to: Timestamp?) {
            self.cause = cause
            self.from = from
            self.to = to
        }
    }

    /// The settings with which calls were placed from a moment on.
    package struct Settings: Hashable, Sendable {
        package var from: Timestamp
        package var list: [CampaignSetting]

        package init(from: Timestamp, list: [CampaignSetting]) {
            self.from = from
            self.list = list
        }
    }

    /// In the order of their beginnings.
    package var spans: [Span] = []
    /// One entry for each time that they were others than before.
    package var settings: [Settings] = []

    package init() {}
}
