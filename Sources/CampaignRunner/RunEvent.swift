public import CampaignCore

/// What can happen during a run.
enum RunEvent: Sendable {
    /// A request ended.
    case ended(ClaimedCall, CallReply, CallTimes)
    /// An instance said how it is.
    case health(Int, InstanceHealth)
    /// Z-API's queue of an instance was read; nil when it could not be.
    case queueRead(Int, [QueuedCall]?)
    /// A moment that was waited for has come.
    case woke(Duration)
    /// Somebody asked the run to stop.
    case stop(StopOrder)
    /// Somebody else changed the queue: contacts came in, went out or were put back.
    case queueChanged
}

/// How a run is asked to stop.
public enum StopOrder: Sendable {
    /// Begin no call; wait for those under way.
    case drain
    /// Wait for nothing: calls under way are given up and stay in doubt.
    case halt
}

/// The handle by which a run is stopped from outside.
public struct RunControl: Sendable {
    let mailbox = Mailbox<RunEvent>()

    /// A handle for one run.
    public init() {}

    /// Asks the run to stop. Asking again, or after its end, does no harm.
    public func stop(_ order: StopOrder) async {
        await mailbox.post(.stop(order))
    }

    /// Tells the run that contacts came into its campaign, left it or were put back while it goes on.
    public func lookAgain() async {
        await mailbox.post(.queueChanged)
    }
}

/// Why a run ended.
public enum RunEnd: Hashable, Sendable {
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
    /// The database could not be written. The results at hand are spooled, unless `unkept` names some.
    case queueFailed(QueueError, unkept: [AttemptResult])
}

/// How a run went.
public struct RunReport: Sendable {
    /// Why it ended.
    public var end: RunEnd
    /// How the campaign stands now.
    public var counts: StateCounts
    /// How it stood at the beginning.
    public var opening: RunOpening
}

/// A run at one moment, for whoever shows it.
public struct RunProgress: Sendable {
    /// How the campaign stands.
    public var counts: StateCounts
    /// Contacts whose turn was over when the run began.
    public var finishedAtStart: Int
    /// How long the run has gone on.
    public var elapsed: Duration
    /// What it waits for, if it waits.
    public var waitsFor: WaitReason?
    /// When it looks again by itself, counted from its beginning; nil when only an event can change anything.
    public var wakesAt: Duration?
    /// The instances that are not in use, with the reason.
    public var troubles: [String]
    /// Instances that have not said how they are yet.
    public var unheard: Int
    /// Whether it was asked to stop.
    public var isStopping: Bool
}

/// What a run waits for while no call begins.
public enum WaitReason: Hashable, Sendable {
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
public struct BrakeReport: Hashable, Sendable {
    /// How many failed.
    public var failures: Int
    /// Of how many.
    public var over: Int
    /// Whether these were the first calls of the run, which were to be judged before the others.
    public var isCanary: Bool
    /// Their errors, the most frequent first.
    public var errors: [ErrorCount]

    /// The report of a meter; nil while there are not too many failures.
    init?(_ meter: BrakeMeter, isCanary: Bool) {
        guard let failures = meter.tooManyFailures else { return nil }
        self.failures = failures
        over = meter.brake.over
        errors = meter.errors
        self.isCanary = isCanary
    }
}
