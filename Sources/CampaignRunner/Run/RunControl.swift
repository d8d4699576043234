import CampaignCore

/// A handle through which a run is stopped from outside and notified of changes to its contacts.
package struct RunControl: Sendable {
    let mailbox = Mailbox<RunEvent>()

    package init() {}

    /// Asks the run to stop. Asking again, or after its end, does no harm.
    package func stop(_ mode: StopMode) async {
        await mailbox.post(.stop(mode))
    }

    /// Notifies the run that contacts of its campaign were imported, excluded or requeued while it dials.
    package func noteContactsChanged() async {
        await mailbox.post(.contactsChanged)
    }
}

/// How a run stops.
package enum StopMode: Sendable {
    /// Begin no more calls; wait for those under way.
    case drain
    /// Wait for nothing: calls under way are abandoned and stay in doubt.
    case halt
}

/// What can happen during a run.
enum RunEvent: Sendable {
    /// A call ended.
    case ended(ClaimedCall, CallReply, CallTimes)
    /// An instance's health was checked.
    case health(Int, InstanceHealth)
    /// The provider queue of an instance was read; nil when it could not be.
    case providerQueueRead(Int, [ProviderQueueItem]?)
    /// A timer fired, set for this time since the start of the run.
    case woke(Duration)
    /// The run was asked to stop.
    case stop(StopMode)
    /// Contacts were imported, excluded or requeued by another operation.
    case contactsChanged
}

/// The events of a run, for its one loop.
///
/// The loop takes all of them together: what arrived while a transaction was being written goes into the next one.
actor Mailbox<Event: Sendable> {
    private var events: [Event] = []
    private var reader: CheckedContinuation<[Event], Never>?

    /// Adds an event; never waits for the reader.
    func post(_ event: Event) {
        guard let reader else {
            events.append(event)
            return
        }
        self.reader = nil
        reader.resume(returning: [event])
    }

    /// Takes all events, or waits for the next one. For a single reader.
    func take() async -> [Event] {
        guard events.isEmpty else {
            defer { events = [] }
            return events
        }
        return await withCheckedContinuation { reader = $0 }
    }
}
