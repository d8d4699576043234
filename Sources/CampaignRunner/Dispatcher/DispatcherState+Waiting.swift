import CampaignCore

/// What a turn leaves to do: checks, readings, and the ends and wakes of campaigns.
extension DispatcherState {
    /// The progress of a campaign; nil when it has left.
    mutating func progress(of number: Int, at moment: RunMoment) -> RunProgress? {
        guard campaigns.indices.contains(number) else { return nil }
        return campaigns[number]?.progress(on: &instances, at: moment)
    }

    /// The instances of these campaigns whose health is to be checked now; they count as being checked from here on.
    mutating func dueHealthChecks(of awake: [Int], at moment: RunMoment) -> [Int] {
        var due: [Int] = []
        for number in awake {
            for instance in campaigns[number]?.dueHealthChecks(on: instances, at: moment.elapsed) ?? [] {
                instances[instance].isBeingChecked = true
                due.append(instance)
            }
        }
        return due
    }

    /// The instances whose provider queue is to be read now, once the doubts that may be found there have been written;
    /// they count as being read from here on.
    mutating func providerQueuesToRead(of awake: [Int]) -> [Int] {
        guard pendingResults.isEmpty else { return [] }
        var wanted: [Int] = []
        for number in awake {
            guard let campaign = campaigns[number], !campaign.isStopping else { continue }
            for instance in campaign.instances
            where instances[instance].wantsProviderQueueRead && !instances[instance].isReadingProviderQueue {
                instances[instance].wantsProviderQueueRead = false
                instances[instance].isReadingProviderQueue = true
                wanted.append(instance)
            }
        }
        return wanted
    }

    /// Brings these campaigns up to date after a turn: whether they have ended, and when they wake next.
    mutating func settle(_ numbers: [Int], at moment: RunMoment) {
        for number in numbers {
            let isOutdated = campaigns[number]?.takeOutdatedActivity() ?? false
            campaigns[number]?.isNews = isOutdated
            campaigns[number]?.decideEnd(on: &instances, at: moment)
            let wakesAt = campaigns[number]?.nextWake(
                on: &instances, isFull: inFlight >= maxInFlight, after: moment)
            campaigns[number]?.wakesAt = wakesAt
        }
    }
}
