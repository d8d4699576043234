package import CampaignCore

/// Where the page about events gets what it shows.
package protocol EventsSource: Sendable {
    func events(_ query: EventsQuery, for viewer: Viewer) async throws -> EventList
}

/// Which events are listed.
package struct EventsQuery: Hashable, Sendable {
    /// What became of them, by its word; nil: anything.
    package var state: String?
    /// The name of their instance; nil: any.
    package var instance: String?
    /// Only those before this one; nil: from the latest on.
    package var before: Int64?

    package init(state: String? = nil, instance: String? = nil, before: Int64? = nil) {
        (self.state, self.instance, self.before) = (state, instance, before)
    }
}

/// What webhooks have said, and what is heard of each instance.
package struct EventList: Sendable {
    package struct Instance: Hashable, Sendable {
        package var name: String
        /// Where its events come to, and what has come.
        package var facts: [Phrase]
        package var problems: [Phrase]
        /// What it has sent, by the payload's words, ever.
        package var totals: [Total]

        package init(name: String, facts: [Phrase], problems: [Phrase], totals: [Total]) {
            (self.name, self.facts, self.problems, self.totals) = (name, facts, problems, totals)
        }
    }

    package struct Total: Hashable, Sendable {
        package var type: String
        package var events: Int
        package var lastAt: Phrase

        package init(type: String, events: Int, lastAt: Phrase) {
            (self.type, self.events, self.lastAt) = (type, events, lastAt)
        }
    }

    package struct Event: Hashable, Sendable {
        package var at: Phrase
        package var instance: String
        package var type: String
        /// What it says; nil where that is not to be seen.
        package var says: Phrase?
        /// What became of it.
        package var fate: Phrase
        /// The campaign of the call that it belongs to.
        package var campaign: String?
        /// Of that contact; masked where it is not to be seen.
        package var phone: String?
        /// Stands for the person in addresses.
        package var key: String?

        package init(
            at: Phrase, instance: String, type: String, says: Phrase?, fate: Phrase, campaign: String?, phone: String?,
            key: String?
        ) {
            self.at = at
            self.instance = instance
            self.type = type
            self.says = says
            self.fate = fate
            self.campaign = campaign
            self.phone = phone
            self.key = key
        }
    }

    package var instances: [Instance] = []
    /// What may become of an event, with its word.
    package var states: [PeopleChoice] = []
    package var events: [Event] = []
    package var before: Int64?
    /// Whether enough events were looked at, although there was room for more.
    package var isCutShort = false
    package var times = Phrase(verbatim: "")

    package init() {}
}
