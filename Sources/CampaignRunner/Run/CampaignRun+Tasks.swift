import CampaignCore
import Logging

/// The tasks beside the loop. Each waits for one thing, and posts one event when it happens.
extension CampaignRun {
    /// An instance that has not answered within this time counts as unreachable.
    private static var longestHealthCheck: Duration { .seconds(15) }
    /// A provider queue that cannot be read to its end within this time is read again later. The end of a run waits for
    /// it.
    private static var longestQueueReading: Duration { .seconds(15) }

    /// Decides whether a call that is about to leave still may.
    struct SendCheck: Sendable {
        let call: ClaimedCall
        let rule: SendGuard
        let claimedAt: WaitClock.Instant
        let dependencies: Dependencies

        /// Why it must not leave at this very moment; nil when it may.
        var refusal: SendRefusal? {
            rule.refusal(
                of: call.phone, at: dependencies.now(), after: claimedAt.duration(to: dependencies.clock.now))
        }
    }

    /// Places one call and reports how it ended; each call is one such task.
    func place(_ call: ClaimedCall, _ check: SendCheck) async {
        let startedAt = dependencies.now()
        let start = dependencies.clock.now
        let reply: CallReply
        if let refusal = check.refusal {
            reply = CallReply(heldBack: refusal)
        } else {
            reply = await provider.call(
                call.phone, seconds: call.callDuration ?? campaign.callDuration, through: call.instance
            ) { check.refusal }
        }
        let times = CallTimes(
            startedAt: startedAt, endedAt: dependencies.now(), latency: start.duration(to: dependencies.clock.now))
        await control.mailbox.post(.ended(call, reply, times))
    }

    func checkHealth(of instance: Int) async {
        let health = await dependencies.clock.within(Self.longestHealthCheck) { await provider.health(of: instance) }
        let limit = Self.longestHealthCheck.components.seconds
        await control.mailbox.post(.health(instance, health ?? .unreachable("no answer within \(limit) s")))
    }

    /// Reads the provider queue of an instance.
    func read(_ providerQueue: any ProviderQueue, of instance: Int) async {
        let reading = await dependencies.clock.within(Self.longestQueueReading) {
            await Self.items(of: instance, in: providerQueue)
        }
        switch reading {
        case .success(let items)?:
            await control.mailbox.post(.providerQueueRead(instance, items))
        case .failure(let error)?:
            dependencies.logger.info("Z-API's queue cannot be read", metadata: ["reason": "\(error)"])
            await control.mailbox.post(.providerQueueRead(instance, nil))
        case nil:
            dependencies.logger.info("Z-API's queue could not be read completely in time")
            await control.mailbox.post(.providerQueueRead(instance, nil))
        }
    }

    private static func items(
        of instance: Int, in providerQueue: any ProviderQueue
    ) async -> Result<[ProviderQueueItem], ProviderError> {
        do throws(ProviderError) {
            return .success(try await providerQueue.queued(of: instance))
        } catch {
            return .failure(error)
        }
    }

    /// Wakes the loop at a time, counted from the start of the run.
    func wake(at wake: Duration, since start: WaitClock.Instant) async {
        // A wait that is cancelled because the run ends wakes nothing.
        guard (try? await dependencies.clock.sleep(until: start.advanced(by: wake), tolerance: nil)) != nil else {
            return
        }
        await control.mailbox.post(.woke(wake))
    }
}

extension Clock where Duration == Swift.Duration {
    /// The result of `operation`; nil when it takes longer than `limit`. It is then cancelled, and this returns once it
    /// has ended.
    fileprivate func within<Value: Sendable>(
        _ limit: Swift.Duration, _ operation: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await operation() }
            group.addTask {
                try? await sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
