/// What is known at one moment of a campaign, and of whoever dials it.
package struct DialingFacts: Hashable, Sendable {
    /// The process that holds the database, as far as this campaign is concerned.
    package enum Process: Hashable, Sendable {
        /// It dials the campaign.
        case dials
        /// There is none, or it dials others and takes requests to dial this one.
        case none
        /// A service, which dials the campaign as soon as somebody asks for it.
        case service
        /// It does something else, such as an import. The phrase names it.
        case other(Phrase)
        /// Its run of the campaign has ended, and it is about to end itself. The phrase names it.
        case ending(Phrase)
        /// There is one, and it is not known which.
        case unnamed
        /// It cannot be known whether there is one.
        case unknown(why: Phrase)
    }

    /// What the process that dials the campaign says that it waits for.
    package enum Wait: Hashable, Sendable {
        /// As the run itself knows it.
        case reason(WaitReason)
        /// As it is stored for other processes.
        case activity(RunActivity)
    }

    /// A pause.
    package struct Pause: Hashable, Sendable {
        package var since: Timestamp
        /// Who paused it.
        package var user: String

        package init(since: Timestamp, user: String) {
            (self.since, self.user) = (since, user)
        }
    }

    /// An instance of the campaign.
    package struct Instance: Hashable, Sendable {
        /// Whether nothing is known that keeps it from placing calls.
        package var isUsable: Bool
        /// When it may be used again; nil when that is not known, or it can be used.
        package var restsUntil: Timestamp?
        /// Calls that it may still place today; nil means no limit.
        package var leftToday: Int?
        /// When its next day begins.
        package var dayEnds: Timestamp?

        package init(
            isUsable: Bool, restsUntil: Timestamp? = nil, leftToday: Int? = nil, dayEnds: Timestamp? = nil
        ) {
            (self.isUsable, self.restsUntil) = (isUsable, restsUntil)
            (self.leftToday, self.dayEnds) = (leftToday, dayEnds)
        }
    }

    package var now: Timestamp
    /// Contacts by state.
    package var counts: StateCounts
    package var process: Process
    /// Whether somebody asked for it to be dialed, and it has not ended since.
    package var isActive = false
    /// Nil when it is not paused.
    package var pause: Pause?
    package var isBeingCancelled = false
    /// Why its last run ended, or why it cannot be dialed, as it is recorded; nil when there is nothing to explain.
    package var stop: Phrase?
    /// Whether its run has been asked to stop, and only ends the calls under way.
    package var isStopping = false
    /// Nil when no process dials it, or its run waits for nothing.
    package var wait: Wait?
    /// Whether each contact is called by their own clock.
    package var isByContactClock = false
    /// When the next ready contact is due; nil when none is, or that is not known.
    package var nextDue: Timestamp?
    /// Those that its last run used; empty when they are not known.
    package var instances: [Instance] = []
    /// Replies that wait for a decision.
    package var repliesWaiting = 0
    /// When the campaign expires; nil means never, or that it is not known.
    package var expiresAt: Timestamp?

    package init(now: Timestamp, counts: StateCounts, process: Process) {
        (self.now, self.counts, self.process) = (now, counts, process)
    }

    /// Whether nobody is left to be called.
    package var isOver: Bool { counts.ready + counts.dialing == 0 }

    /// Whether it has expired while contacts are still waiting.
    var isExpired: Bool { counts.ready > 0 && expiresAt.map { $0 <= now } ?? false }
}
