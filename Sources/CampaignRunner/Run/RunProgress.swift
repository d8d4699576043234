package import CampaignCore

/// The progress of a run at one moment, for display.
package struct RunProgress: Hashable, Sendable, Codable {
    /// The campaign's contacts by state.
    package var counts: StateCounts
    /// What came of its calls, as webhooks say.
    package var outcomes = OutcomeCounts()
    /// Contacts that were finished when the run began.
    package var finishedAtStart: Int
    /// Time since the run began.
    package var elapsed: Duration
    /// What it is waiting for; nil while it dials.
    package var waitsFor: WaitReason?
    /// When it wakes next, counted from its start; nil when only an event can change anything.
    package var wakesAt: Duration?
    /// The instances that are not in use, with the reason.
    package var troubles: [String]
    /// How many instances have not answered their first health check yet.
    package var uncheckedInstances: Int
    /// Whether it was asked to stop.
    package var isStopping: Bool
}

/// What a run waits for while no call begins.
package enum WaitReason: Hashable, Sendable, Codable {
    /// The pace: the next call begins after this time.
    case pace(Duration)
    /// Contacts that will be called again: the next one after this time.
    case retry(Duration)
    /// Contacts that their list holds back: the next one until this time.
    case heldBack(until: Timestamp)
    /// Replies to the calls under way, this many.
    case replies(Int)
    /// An instance that can be used.
    case instance
    /// The first of its instances to end its rest, at this time: none can be used before.
    case rest(until: Timestamp)
    /// The calling window, which opens at this time; nil means never.
    case window(until: Timestamp?)
    /// The next day: every instance has placed all the calls that it may place today.
    case cap(until: Timestamp)
    /// The next opening of the window, at this time: the calls that Z-API has accepted ring until the window closes.
    case ringing(until: Timestamp)
    /// Z-API, which asked for a wait until this time, longer than any pace or retry of ours. `isEarlier`: an earlier
    /// run recorded it, and the reason is not known.
    case asked(until: Timestamp, isEarlier: Bool)
    /// A further call to somebody who did not answer: the next one is due at this time (`redial`).
    case redial(until: Timestamp)
    /// Whoever comes next has been called as often as `perPerson` allows, until this time.
    case person(until: Timestamp)
    /// Events of the last call to whoever comes next, which may come until this time.
    case events(until: Timestamp)
    /// The events that tell who did not answer and is called again: they may come until this time.
    case answers(until: Timestamp)
    /// Contacts that come later: everybody has been called, and the campaign follows its lists.
    case contacts
    /// The outcomes of the canary calls, this many of which are under way.
    case canary(Int)
}
