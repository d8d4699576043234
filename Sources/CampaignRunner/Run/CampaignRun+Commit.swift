import CampaignCore
import Logging

/// What a turn of the loop writes: one transaction with the results and the next intents.
extension CampaignRun {
    /// Writes results and intents, then lets the calls leave whose intents are on disk.
    func commit(_ state: inout RunState, start: WaitClock.Instant, group: inout DiscardingTaskGroup) async {
        let claimedAt = moment(&state, since: start)
        var batch = state.batch(at: claimedAt)
        batch.gate = dependencies.gate
        let rule = state.schedule.sendGuard(claimedAt: claimedAt, gate: dependencies.gate)
        guard batch.isWorthWriting else { return }
        do throws(StoreError) {
            let commit = try await store.commit(batch)
            let moment = moment(&state, since: start)
            state.note(commit, of: batch, at: moment)
            for call in commit.calls {
                state.begin(call, at: moment, random: dependencies.random())
                let check = SendCheck(
                    call: call, rule: rule, claimedAt: start.advanced(by: claimedAt.elapsed),
                    dependencies: dependencies)
                group.addTask(priority: .medium) { await place(call, check) }
            }
            if let counts = commit.counts { state.noteCounts(counts) }
        } catch {
            dependencies.logger.error("results cannot be written", metadata: ["reason": "\(error)"])
            await spool(&state, because: error)
        }
    }

    /// Resolves the doubts that were found in the provider queues. They are on disk by now: the queues were read after
    /// that.
    func resolveDoubts(_ state: inout RunState) async {
        for (instance, items) in state.providerQueueItems {
            do throws(StoreError) {
                let resolved = try await store.resolve(items, of: instance)
                guard resolved > 0 else { continue }
                state.wantsCounts = true
                dependencies.logger.info(
                    "calls in doubt were found in Z-API's queue", metadata: ["resolved": "\(resolved)"])
            } catch {
                await spool(&state, because: error)
            }
        }
        state.providerQueueItems = [:]
    }

    /// Spools the results that the store cannot accept, and lets no further calls begin.
    private func spool(_ state: inout RunState, because failure: StoreError) async {
        state.storeFailure = state.storeFailure ?? failure
        do throws(StoreError) {
            try await store.spool(state.pendingResults)
        } catch {
            dependencies.logger.critical("results cannot be spooled", metadata: ["reason": "\(error)"])
            state.lostResults += state.pendingResults
        }
        state.pendingResults.removeAll()
    }
}
