import CampaignCore
import Logging

/// What a turn of the loop writes: one transaction with the results and the next intents.
extension Dispatcher {
    /// Writes results and intents, then lets the calls leave whose intents are on disk.
    ///
    /// - Returns: the campaigns that this turn has considered.
    func commit(_ session: inout Session) async -> [Int] {
        let claimedAt = moment(&session)
        var turn = session.state.turn(at: claimedAt)
        var guards: [Int: SendGuard] = [:]
        for index in turn.batch.campaigns.indices where !turn.batch.campaigns[index].claims.isEmpty {
            let number = turn.batch.campaigns[index].campaign
            let gate = session.members[number]?.request.dialed.gate
            turn.batch.campaigns[index].gate = gate
            guards[number] = session.state.campaigns[number]?.schedule.sendGuard(claimedAt: claimedAt, gate: gate)
        }
        guard turn.batch.isWorthWriting else { return turn.awake }
        let mark = control.recentBlocks.mark
        do throws(StoreError) {
            let result = try await store.commit(turn.batch)
            let moment = moment(&session)
            session.state.note(result, of: turn, at: moment)
            for (batch, commit) in zip(turn.batch.campaigns, result.campaigns) {
                if let rule = guards[batch.campaign] {
                    let claim = Claim(rule: rule, at: claimedAt.elapsed, mark: mark)
                    send(commit.calls, of: batch.campaign, claim, &turn, &session, at: moment)
                }
                if let counts = commit.counts { session.state.note(counts, commit.outcomes, of: batch.campaign) }
            }
            for event in result.events {
                for case .quarantined(let until, let reason) in event.effects {
                    dependencies.logger.warning(
                        "webhooks say that an instance must rest",
                        metadata: [
                            "instance": "\(event.instance)", "until": "\(until.iso8601(utcOffset: 0))",
                            "reason": "\(reason)",
                        ])
                }
                for effect in event.effects { session.state.note(effect, ofInstance: event.instance, at: moment) }
            }
        } catch {
            dependencies.logger.error("results cannot be written", metadata: ["reason": "\(error)"])
            await spool(&session, because: error)
        }
        return turn.awake
    }

    /// What decides later whether the calls of a transaction may still be sent.
    private struct Claim {
        var rule: SendGuard
        /// When it began, counted from the start of the dispatcher.
        var at: Duration
        var mark: RecentBlocks.Mark
    }

    private func send(
        _ calls: [ClaimedCall], of number: Int, _ claim: Claim,
        _ turn: inout DispatcherState.Turn,
        _ session: inout Session, at moment: RunMoment
    ) {
        guard !calls.isEmpty, let member = session.members[number] else { return }
        var orders: [CallOrder.Call] = []
        orders.reserveCapacity(calls.count)
        for call in calls {
            let rivals = turn.rivals.take(of: number, on: call.instance)
            session.state.begin(call, of: number, rivals: rivals, at: moment, random: dependencies.random())
            let check = SendCheck(
                call: call, rule: claim.rule, claimedAt: session.start.advanced(by: claim.at),
                blocks: (control.recentBlocks, claim.mark), dependencies: dependencies)
            guard let endpoint = endpoint(of: call.instance, preferring: number, session) else { continue }
            orders.append(CallOrder.Call(call: call, check: check, endpoint: endpoint))
        }
        member.orders.yield(.place(orders))
    }

    /// Resolves the doubts that were found in the provider queues. They are on disk by now: the queues were read after
    /// that.
    func resolveDoubts(_ session: inout Session) async {
        for (instance, items) in session.state.providerQueueItems {
            do throws(StoreError) {
                let resolved = try await store.resolve(items, of: instance)
                guard resolved > 0 else { continue }
                for number in session.state.instances[instance].users { session.state.requestCounts(of: number) }
                dependencies.logger.info(
                    "calls in doubt were found in Z-API's queue", metadata: ["resolved": "\(resolved)"])
            } catch {
                await spool(&session, because: error)
            }
        }
        session.state.providerQueueItems = [:]
    }

    /// Spools the results that the store cannot accept, and lets no further calls begin.
    private func spool(_ session: inout Session, because failure: StoreError) async {
        var areLost = false
        do throws(StoreError) {
            try await store.spool(session.state.pendingResults.map(\.result))
        } catch {
            dependencies.logger.critical("results cannot be spooled", metadata: ["reason": "\(error)"])
            areLost = true
        }
        session.state.note(failure, resultsAreLost: areLost)
    }
}
