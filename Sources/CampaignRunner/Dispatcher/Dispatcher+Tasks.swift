import CampaignCore
import Logging

/// The tasks beside the loop. Each waits for one thing, and posts one event when it happens.
extension Dispatcher {
    /// An instance that has not answered within this time counts as unreachable.
    private static var longestHealthCheck: Duration { .seconds(15) }
    /// A provider queue that cannot be read to its end within this time is read again later. The end of a run waits for
    /// it.
    private static var longestQueueReading: Duration { .seconds(15) }

    /// What the loop asks of a campaign's task.
    enum CallOrder: Sendable {
        /// A call whose intent is on disk.
        struct Call: Sendable {
            let call: ClaimedCall
            let check: SendCheck
            let endpoint: Endpoint
        }

        case place([Call])
        /// Abandon the calls under way.
        case halt
    }

    /// Decides whether a call that is about to leave still may.
    struct SendCheck: Sendable {
        let call: ClaimedCall
        let rule: SendGuard
        let claimedAt: WaitClock.Instant
        let blocks: (recent: RecentBlocks, mark: RecentBlocks.Mark)
        let dependencies: Dependencies

        /// Why it must not leave at this very moment; nil when it may.
        var refusal: SendRefusal? {
            if blocks.recent.contains(call.phone.identity, since: blocks.mark) { return .blocked }
            return rule.refusal(
                of: call.phone, at: dependencies.now(), after: claimedAt.duration(to: dependencies.clock.now))
        }
    }

    /// Places the calls of one campaign, each in a task of its own, until it leaves.
    func carryOut(_ orders: AsyncStream<CallOrder>, of campaign: Int, _ dialed: DialedCampaign) async {
        let usual = (seconds: dialed.campaign.callDuration, audio: dialed.campaign.callAudioURL)
        await withDiscardingTaskGroup { group in
            for await order in orders {
                switch order {
                case .halt: group.cancelAll()
                case .place(let calls):
                    for call in calls {
                        group.addTask(priority: .medium) { await place(call, of: campaign, usual) }
                    }
                }
            }
        }
    }

    /// Places one call and reports how it ended.
    ///
    /// - Parameter usual: what holds for contacts whose list says nothing else.
    private func place(
        _ order: CallOrder.Call, of campaign: Int, _ usual: (seconds: Int, audio: String?)
    ) async {
        let (call, check) = (order.call, order.check)
        let startedAt = dependencies.now()
        let start = dependencies.clock.now
        let reply: CallReply
        if let refusal = check.refusal {
            reply = CallReply(heldBack: refusal)
        } else {
            reply = await order.endpoint.provider.call(
                call.phone, seconds: call.callDuration ?? usual.seconds, audio: call.callAudioURL ?? usual.audio,
                through: order.endpoint.place
            ) { check.refusal }
        }
        let times = CallTimes(
            startedAt: startedAt, endedAt: dependencies.now(), latency: start.duration(to: dependencies.clock.now))
        control.mailbox.post(.ended(call, campaign: campaign, reply, times))
    }

    func checkHealth(of instance: Int, _ endpoint: Endpoint) async {
        let health = await dependencies.clock.within(Self.longestHealthCheck) {
            await endpoint.provider.health(of: endpoint.place)
        }
        let limit = Self.longestHealthCheck.components.seconds
        control.mailbox.post(.health(instance, health ?? .unreachable("no answer within \(limit) s")))
    }

    /// Reads the provider queue of an instance.
    ///
    /// - Parameter place: the instance's place in the list of the campaign that the queue belongs to.
    func read(_ providerQueue: any ProviderQueue, of instance: Int, _ place: Int) async {
        let reading = await dependencies.clock.within(Self.longestQueueReading) {
            await Self.items(of: place, in: providerQueue)
        }
        switch reading {
        case .success(let items)?:
            control.mailbox.post(.providerQueueRead(instance, items))
        case .failure(let error)?:
            dependencies.logger.info("Z-API's queue cannot be read", metadata: ["reason": "\(error)"])
            control.mailbox.post(.providerQueueRead(instance, nil))
        case nil:
            dependencies.logger.info("Z-API's queue could not be read completely in time")
            control.mailbox.post(.providerQueueRead(instance, nil))
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

    /// Wakes the loop at a time, counted from the start of the dispatcher.
    func wake(at wake: Duration, since start: WaitClock.Instant) async {
        // A wait that is cancelled because the dispatcher ends wakes nothing.
        guard (try? await dependencies.clock.sleep(until: start.advanced(by: wake), tolerance: nil)) != nil else {
            return
        }
        control.mailbox.post(.woke(wake))
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
