package import CampaignCore

/// A handle through which campaigns are dialed and stopped, from outside the dispatcher's loop.
package struct DispatcherControl: Sendable {
    let mailbox = Mailbox<DispatcherEvent>()
    let recentBlocks = RecentBlocks()

    package init() {}

    /// Dials a campaign until its run is over: no contact is left, it is stopped, or it cannot continue. Cancelling the
    /// task changes nothing; use `stop`. A dispatcher that has ended drains it at once.
    ///
    /// - Parameter isolation: the caller's. The request is posted before it does anything else, so that a stop that it
    ///   posts later comes after it.
    /// - Throws: ``StoreError`` when the run could not even begin; later failures of the store are reported as a
    ///   ``RunEnd``.
    package func dial(
        _ campaign: DialedCampaign, isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws(StoreError) -> RunReport {
        let result: Result<RunReport, StoreError> = await withCheckedContinuation { continuation in
            let isTaken = mailbox.post(.join(JoinRequest(dialed: campaign, continuation: continuation)))
            if !isTaken { continuation.resume(returning: .success(RunReport(end: .drained, counts: StateCounts()))) }
        }
        return try result.get()
    }

    /// Asks the run of a campaign to stop. Asking again, or after its end, does no harm.
    ///
    /// - Parameters:
    ///   - campaign: its name; nil means all of them.
    ///   - staysActive: whether it stays active, because another process, or a later one, goes on with it.
    package func stop(_ mode: StopMode, campaign: String? = nil, staysActive: Bool = false) {
        mailbox.post(.stop(StopRequest(mode: mode, staysActive: staysActive), campaign: campaign))
    }

    /// Notifies the dispatcher that contacts were imported, excluded or requeued by another operation.
    package func noteContactsChanged() {
        mailbox.post(.contactsChanged)
    }

    /// Notifies the dispatcher of what a webhook has changed, once that is on disk.
    ///
    /// When this returns, no call to a person who must not be called any more is sent, not even one that was claimed
    /// before. Everything else follows in the loop's next turn.
    ///
    /// - Parameter instance: Z-API's id of the instance that the event came from.
    package func note(_ effect: EventEffect, instance: String) {
        switch effect {
        case .mustNotBeCalled(let identity): noteBlocked([identity])
        case .contactsChanged, .deliveryFailed, .disconnected, .connected, .quarantined:
            mailbox.post(.noted(effect, instance: instance))
        case .optedOut, .registrationCodeRequested: break
        }
    }

    /// Notifies the dispatcher of people who must not be called any more, once that is on disk: when this returns, no
    /// call to them is sent, not even one that was claimed before.
    package func noteBlocked(_ identities: [Int64]) {
        recentBlocks.insert(identities)
        mailbox.post(.blocked)
    }

    /// A person has decided that an instance need not rest any longer; that is on disk. It is asked for its health before
    /// its next call.
    ///
    /// - Parameter instance: Z-API's id.
    package func release(instance: String) {
        mailbox.post(.released(instance: instance))
    }

    /// Ends the dispatcher's loop as soon as no campaign is being dialed. Campaigns that are to be dialed later are
    /// refused.
    package func close() {
        mailbox.post(.close)
    }

    /// Returns once the loop has begun another turn: it is alive.
    package func ping() async {
        await withCheckedContinuation { continuation in
            if !mailbox.post(.ping(continuation)) { continuation.resume() }
        }
    }
}

/// How a run stops.
package enum StopMode: String, Sendable, Codable {
    /// Begin no more calls; wait for those under way.
    case drain
    /// Wait for nothing: calls under way are abandoned and stay in doubt.
    case halt
}

/// A campaign that is to be dialed, and where its report goes.
struct JoinRequest: Sendable {
    let dialed: DialedCampaign
    let continuation: CheckedContinuation<Result<RunReport, StoreError>, Never>
}

/// What can happen while campaigns are dialed.
enum DispatcherEvent: Sendable {
    /// A campaign is to be dialed.
    case join(JoinRequest)
    /// A call of the campaign with this number ended.
    case ended(ClaimedCall, campaign: Int, CallReply, CallTimes)
    /// An instance's health was checked.
    case health(Int, InstanceHealth)
    /// The provider queue of an instance was read; nil when it could not be.
    case providerQueueRead(Int, [ProviderQueueItem]?)
    /// A timer fired, set for this time since the start of the dispatcher.
    case woke(Duration)
    /// A campaign is to stop; nil means all of them.
    case stop(StopRequest, campaign: String?)
    /// Contacts were imported, excluded or requeued by another operation.
    case contactsChanged
    /// A webhook has changed something; it came from the instance with this id.
    case noted(EventEffect, instance: String)
    /// People must not be called any more.
    case blocked
    /// The instance with this id need not rest any longer.
    case released(instance: String)
    /// No more campaigns will come.
    case close
    /// Somebody wants to know whether the loop is alive.
    case ping(CheckedContinuation<Void, Never>)
}
