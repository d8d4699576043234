package import CampaignCore

/// Where the pages about people get what they show, and what they do.
package protocol PeopleSource: Sendable {
    /// Some people of a campaign.
    func people(_ query: PeopleQuery, of campaign: String, for viewer: Viewer) async throws -> PeopleList

    /// Everything that is known of one person.
    ///
    /// - Parameter key: ``PeopleList/Person/key``, or a number as somebody writes it.
    func person(_ key: String, of campaign: String, for viewer: Viewer) async throws -> PersonReport

    /// Whom ``retry(_:of:seenAt:by:)`` would put back, and whom not.
    func retryOverview(_ query: PeopleQuery, of campaign: String, for viewer: Viewer) async throws -> ChosenPeople

    /// Puts people back so that they are called again.
    ///
    /// - Parameter seenAt: when they were shown: whoever was called or imported since is left alone. Nil: now.
    /// - Returns: what was done.
    /// - Throws: ``DashboardError/calledSince(_:)`` if nothing was done because of that.
    func retry(_ query: PeopleQuery, of campaign: String, seenAt: Timestamp?, by actor: Actor) async throws -> Phrase

    /// Whom ``block(_:of:reason:seenAt:by:)`` would put on the do-not-call list.
    func blockOverview(_ query: PeopleQuery, of campaign: String, for viewer: Viewer) async throws -> ChosenPeople

    /// Puts people on the do-not-call list.
    ///
    /// - Parameter seenAt: as for ``retry(_:of:seenAt:by:)``, unless the query names one person.
    /// - Returns: what was done.
    func block(
        _ query: PeopleQuery, of campaign: String, reason: String, seenAt: Timestamp?, by actor: Actor
    ) async throws -> Phrase
}

/// A value that can be chosen, and its name.
package struct PeopleChoice: Hashable, Sendable {
    package var value: String
    package var name: Phrase
    /// How many people have it; nil: not counted.
    package var count: Int?

    package init(_ value: String, _ name: Phrase, count: Int? = nil) {
        (self.value, self.name, self.count) = (value, name, count)
    }
}

/// A page of people.
package struct PeopleList: Sendable {
    package struct Person: Hashable, Sendable {
        /// Stands for the person in addresses, and shows nothing that the viewer may not see.
        package var key: String
        /// Empty where the lists have none.
        package var name: String
        /// Masked where it is not to be seen.
        package var phone: String
        package var state: CallState
        package var stateName: Phrase
        package var reason: Phrase?
        package var attempts: Int
        package var lastCall: Phrase?
        package var answer: Phrase?
        /// What happens next, and who decides it.
        package var next: Phrase

        package init(
            key: String, name: String, phone: String, state: CallState, stateName: Phrase, reason: Phrase?,
            attempts: Int, lastCall: Phrase?, answer: Phrase?, next: Phrase
        ) {
            self.key = key
            self.name = name
            self.phone = phone
            self.state = state
            self.stateName = stateName
            self.reason = reason
            self.attempts = attempts
            self.lastCall = lastCall
            self.answer = answer
            self.next = next
        }
    }

    package var people: [Person] = []
    /// Where the next page begins; nil: there is nobody more.
    package var next: String?
    /// Whether enough people were looked at, although there was room for more.
    package var isCutShort = false
    /// The states, with how many people are in each.
    package var states: [PeopleChoice] = []
    /// The reasons of the state that was chosen.
    package var reasons: [PeopleChoice] = []
    /// The names of the campaign's instances.
    package var instances: [String] = []
    package var answers: [PeopleChoice] = []
    package var deliveries: [PeopleChoice] = []
    /// In which zone times are told.
    package var times = Phrase(verbatim: "")

    package init() {}
}

/// People about whom something is to be decided together.
package struct ChosenPeople: Sendable {
    /// People in the same state for the same reason.
    package struct Group: Hashable, Sendable {
        package var name: Phrase
        package var count: Int
        /// Why nothing is done about them; nil: it is.
        package var stays: Phrase?

        package init(name: Phrase, count: Int, stays: Phrase?) {
            (self.name, self.count, self.stays) = (name, count, stays)
        }
    }

    package var groups: [Group] = []
    /// The first of those about whom it is done.
    package var first: [PeopleList.Person] = []
    /// Whether not all were looked at: there may be more than these.
    package var isCutShort = false
    package var times = Phrase(verbatim: "")
    /// Before they were read.
    package var seenAt = Timestamp.epoch

    package init() {}

    /// About how many it is done.
    package var count: Int { groups.reduce(0) { $0 + ($1.stays == nil ? $1.count : 0) } }
}

/// Everything that is known of one person in a campaign.
package struct PersonReport: Sendable {
    /// What can be done about the person now.
    package enum Act: Hashable, Sendable {
        case block, unblock, resolve, retry
    }

    /// As in ``PeopleList/Person/key``; nil when the campaign has no such person.
    package var key: String?
    package var name = ""
    /// Masked where it is not to be seen.
    package var phone = ""
    package var state: CallState?
    package var stateName: Phrase?
    /// What holds for them, a sentence each.
    package var facts: [Phrase] = []
    /// Their cells in the lists.
    package var cells: [(column: String, text: String)] = []
    /// What has happened, in its order.
    package var history: [(at: Phrase, what: Phrase)] = []
    /// What else may be about them.
    package var remarks: [Phrase] = []
    /// Their number as it is read without a doubt, for forms; nil where it is not to be seen, or is not known any more.
    package var number: String?
    /// The numbers that their calls in doubt have dialed, for forms.
    package var dialed: [String] = []
    package var acts: Set<Act> = []
    package var times = Phrase(verbatim: "")
    /// Before it was read.
    package var seenAt = Timestamp.epoch

    package init() {}
}
