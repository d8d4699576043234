package import CampaignCore

/// Where the pages about calls in doubt get what they show, and what they do.
package protocol DoubtsSource: Sendable {
    func doubts(_ query: DoubtsQuery, of campaign: String, for viewer: Viewer) async throws -> DoubtList

    /// What ``resolve(_:of:as:seenAt:by:)`` would do.
    func overview(_ choice: DoubtsChoice, of campaign: String, for viewer: Viewer) async throws -> DoubtsOverview

    /// Resolves calls in doubt.
    ///
    /// - Parameters:
    ///   - numbers: all that these calls have dialed.
    ///   - seenAt: when they were shown: doubts about later calls are left alone. Nil: now.
    /// - Returns: what was done.
    /// - Throws: ``DashboardError/calledSince(_:)`` if nothing was done because of that.
    func resolve(
        _ numbers: [String], of campaign: String, as resolution: DoubtResolution, seenAt: Timestamp?, by actor: Actor
    ) async throws -> Phrase
}

/// What has become known of a call in doubt. The words are those of the command line.
package enum DoubtResolution: String, Sendable, Hashable {
    /// The phone rang.
    case called
    /// It did not ring, and may be dialed again.
    case notCalled = "not-called"
}

/// Which doubts are listed.
package struct DoubtsQuery: Hashable, Sendable {
    /// Only those with this reason; nil: all.
    package var reason: String?
    /// Where the page before ended.
    package var after: String?

    package init(reason: String? = nil, after: String? = nil) { (self.reason, self.after) = (reason, after) }
}

/// Which doubts are to be resolved.
package enum DoubtsChoice: Hashable, Sendable {
    /// Those whose calls dialed these numbers.
    case numbers([String])
    /// Those with this reason; nil: all.
    case reason(String?)
}

/// A page of doubts.
package struct DoubtList: Sendable {
    /// Doubts that have the same reason.
    package struct Group: Hashable, Sendable {
        package var reason: String
        package var name: Phrase
        /// How far the request got.
        package var howFar: Phrase
        package var count: Int

        package init(reason: String, name: Phrase, howFar: Phrase, count: Int) {
            (self.reason, self.name, self.howFar, self.count) = (reason, name, howFar, count)
        }
    }

    package struct Doubt: Hashable, Sendable {
        package var person: PeopleList.Person
        /// When, through which instance, what came back.
        package var facts: [Phrase]
        /// What speaks for or against that it rang.
        package var evidence: [Phrase]
        /// What its calls in doubt dialed, for forms; empty where it is not to be seen.
        package var dialed: [String]

        package init(person: PeopleList.Person, facts: [Phrase], evidence: [Phrase], dialed: [String]) {
            (self.person, self.facts, self.evidence, self.dialed) = (person, facts, evidence, dialed)
        }
    }

    /// The most frequent first.
    package var groups: [Group] = []
    /// Whether the counts of the groups are those of the first doubts only.
    package var isPartlyCounted = false
    package var doubts: [Doubt] = []
    package var next: String?
    /// Whether enough contacts were looked at, although there was room for more.
    package var isCutShort = false
    /// All that are in doubt.
    package var total = 0
    /// Calls that are under way, or were interrupted.
    package var dialing = 0
    package var times = Phrase(verbatim: "")
    /// Before it was read.
    package var seenAt = Timestamp.epoch

    package init() {}
}

/// Doubts before they are resolved together.
package struct DoubtsOverview: Sendable {
    /// How many there are.
    package var count = 0
    /// Whether there are more than may be resolved at once.
    package var isMore = false
    /// What dialing them again may do.
    package var warning = Phrase(verbatim: "")
    package var first: [PeopleList.Person] = []
    /// All that their calls in doubt have dialed.
    package var numbers: [String] = []
    package var times = Phrase(verbatim: "")
    /// Before it was read.
    package var seenAt = Timestamp.epoch

    package init() {}
}
