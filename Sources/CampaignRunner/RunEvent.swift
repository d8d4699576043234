package import CampaignCore

/// What can happen during a run.
enum RunEvent: Sendable {
    /// A request ended.
    case ended(ClaimedCall, CallReply, CallTimes)
    /// An instance said how it is.
    case health(Int, InstanceHealth)
    /// Z-API's queue of an instance was read; nil when it could not be.
    case queueRead(Int, [ProviderQueueItem]?)
    /// A moment that was waited for has come.
    case woke(Duration)
    /// Somebody asked the run to stop.
    case stop(StopOrder)
    /// Somebody else changed the queue: contacts came in, went out or were put back.
    case contactsChanged
}

/// How a run is asked to stop.
package enum StopOrder: Sendable {
    /// Begin no call; wait for those under way.
    case drain
    /// Wait for nothing: calls under way are given up and stay in doubt.
    case halt
}

/// The handle by which a run is stopped from outside.
package struct RunControl: Sendable {
    let mailbox = Mailbox<RunEvent>()

    /// A handle for one run.
    package init() {}

    /// Asks the run to stop. Asking again, or after its end, does no harm.
    package func stop(_ order: StopOrder) async {
        await mailbox.post(.stop(order))
    }

    /// Tells the run that contacts came into its campaign, left it or were put back while it goes on.
    package func lookAgain() async {
        await mailbox.post(.contactsChanged)
    }
}

/// Why a run ended.
package enum RunEnd: Hashable, Sendable {
    /// No contact is left whose turn will come.
    case finished
    /// It was asked to stop, and every call under way was waited for.
    case drained
    /// It was asked to stop at once.
    case halted
    /// Too many failures among the latest outcomes, or among those of the first calls.
    case braked(BrakeReport)
    /// Nobody may be called now, and the run was not to wait; or the window never opens.
    case notNow(WaitReason)
    /// No instance can be used at present, and the run was not to wait; a line for each.
    case away([String])
    /// Every instance is refused by Z-API; a line for each.
    case misconfigured([String])
    /// No instance could be asked anything when the run began, or at present, and the run was not to wait; a line for each.
    case unreachable([String])
    /// The database could not be written. The results at hand are spooled, unless `lostResults` names some.
    case queueFailed(StoreError, lostResults: [AttemptResult])
}

/// How a run went.
package struct RunReport: Sendable {
    /// Why it ended.
    package var end: RunEnd
    /// How the campaign stands now.
    package var counts: StateCounts
    /// How it stood at the beginning.
    package var opening: RunSnapshot
}

/// A run at one moment, for whoever shows it.
package struct RunProgress: Sendable {
    /// How the campaign stands.
    package var counts: StateCounts
    /// Contacts whose turn was over when the run began.
    package var finishedAtStart: Int
    /// How long the run has gone on.
    package var elapsed: Duration
    /// What it waits for, if it waits.
    package var waitsFor: WaitReason?
    /// When it looks again by itself, counted from its beginning; nil when only an event can change anything.
    package var wakesAt: Duration?
    /// The instances that are not in use, with the reason.
    package var troubles: [String]
    /// Instances that have not said how they are yet.
    package var unheard: Int
    /// Whether it was asked to stop.
    package var isStopping: Bool
}

/// What a run waits for while no call begins.
package enum WaitReason: Hashable, Sendable {
    /// The pace: the next call begins in this time.
    case pace(Duration)
    /// Calls that will be tried again: the next one in this time.
    case retry(Duration)
    /// Replies to the calls under way.
    case replies(Int)
    /// An instance that can be used.
    case instance
    /// The calling window, which opens at this moment; nil is never.
    case window(until: Timestamp?)
    /// Another day: the calls that all instances together may place today are placed.
    case cap(until: Timestamp)
    /// The window that opens at this moment: what Z-API holds already rings until the present one shuts.
    case ringing(until: Timestamp)
    /// Z-API, which asked to be left alone until this moment, for longer than any pace or retry of ours.
    /// `isEarlier`: it is an earlier run that left it so, and nobody knows why.
    case asked(until: Timestamp, isEarlier: Bool)
    /// The outcomes of the first calls, so many of which are under way.
    case canary(Int)
}

/// Why a run was stopped by its brake.
package struct BrakeReport: Hashable, Sendable {
    /// How many failed.
    package var failures: Int
    /// Of how many.
    package var over: Int
    /// Whether these were the first calls of the run, which were to be judged before the others.
    package var isCanary: Bool
    /// Their errors, the most frequent first.
    package var errors: [ErrorCount]

    /// The report of a meter; nil while there are not too many failures.
    init?(_ meter: BrakeMeter, isCanary: Bool) {
        guard let failures = meter.tooManyFailures else { return nil }
        self.failures = failures
        over = meter.brake.over
        errors = meter.errors
        self.isCanary = isCanary
    }
}
