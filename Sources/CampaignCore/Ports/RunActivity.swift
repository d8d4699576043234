/// What a run is doing or waiting for, as `status` shows it.
package struct RunActivity: Hashable, Sendable {
    /// The words are stored in the database and shown by `status`.
    package enum Word: String, CaseIterable, Sendable, Codable {
        /// It is dialing at its pace.
        case dialing
        /// The calling window is closed.
        case window
        /// The calls of the day are used up.
        case cap
        /// No instance can be used.
        case instance
        /// Calls wait for their retry.
        case retry
        /// Whoever comes next has been called as often as `perPerson` allows.
        case perPerson = "per_person"
        /// Its lists hold back everybody who is left.
        case heldBack = "held_back"
        /// It waits for the outcomes of its first calls.
        case canary
        /// It waits for the events of its last calls: they tell who did not answer, and nobody is called again before.
        case answers
        /// It has called everybody, and stays open for contacts that come later.
        case contacts
    }

    package var word: Word
    /// Until when; nil when that is not known.
    package var until: Timestamp?

    package init(word: Word, until: Timestamp? = nil) {
        self.word = word
        self.until = until
    }
}

/// The condition of an instance during a run, as `status` shows it.
package struct InstanceCondition: Hashable, Sendable {
    /// The words are stored in the database and shown by `status`.
    package enum Word: String, CaseIterable, Sendable, Codable {
        /// In use.
        case connected
        /// It is not connected to WhatsApp; it is checked repeatedly until it is.
        case disconnected
        /// Z-API cannot be reached; it is checked repeatedly until it can be.
        case unreachable
        /// Z-API refuses all its requests (``Verdict/misconfigured``). Only a person can change that; the next run
        /// tries it again.
        case misconfigured
        /// Too many of its calls failed in a row; it rests, longer each time.
        case quarantined
    }

    package var word: Word
    /// Why, in Z-API's own words if there are any; nil when nothing is wrong.
    package var reason: String?
    /// Since when.
    package var since: Timestamp
    /// The earliest time at which it may be used again; nil when that is not known.
    package var until: Timestamp?
    /// Items in the provider queue when it was last read, all of which are sent when the phone is back; nil when it was
    /// not read.
    package var queuedItems: Int?

    package init(word: Word, reason: String? = nil, since: Timestamp, until: Timestamp? = nil) {
        self.word = word
        self.reason = reason
        self.since = since
        self.until = until
    }
}
