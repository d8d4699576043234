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

extension WaitReason {
    /// The same as it is stored and shown to other processes.
    package var activity: RunActivity {
        switch self {
        case .pace, .replies: RunActivity(word: .dialing)
        case .retry: RunActivity(word: .retry)
        case .redial(let until): RunActivity(word: .retry, until: until)
        case .person(let until): RunActivity(word: .perPerson, until: until)
        case .events(let until), .answers(let until): RunActivity(word: .answers, until: until)
        case .heldBack(let until): RunActivity(word: .heldBack, until: until)
        case .instance: RunActivity(word: .instance)
        case .rest(let until), .asked(let until, _): RunActivity(word: .instance, until: until)
        case .window(let until): RunActivity(word: .window, until: until)
        case .ringing(let until): RunActivity(word: .window, until: until)
        case .cap(let until): RunActivity(word: .cap, until: until)
        case .contacts: RunActivity(word: .contacts)
        case .canary: RunActivity(word: .canary)
        }
    }
}
