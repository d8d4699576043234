import CampaignCore
import Testing

extension CallQueueContract {
    static let restarts = [
        CallQueueContract("an attempt without a result is in doubt at the next start, and only once") { world in
            try await world.begun { _ = try await $0.claim(3) }
            let opening = try await world.opening()
            #expect(opening.interrupted == 3)
            #expect(opening.counts.inDoubt == 3 && opening.counts.dialing == 0)
            #expect(opening.instances.map(\.pace.isUncertain) == [true, false])
            #expect(opening.campaignPace.isUncertain)
            let next = try await world.opening()
            #expect(next.interrupted == 0 && next.counts == opening.counts)
            #expect(!next.campaignPace.isUncertain && next.instances.allSatisfy { !$0.pace.isUncertain })
        },
        CallQueueContract("a doubt is not dialed again by itself") { world in
            try await world.begun { _ = try await $0.claim(3) }
            try await world.begun { queue in
                let calls = try await queue.claim(contacts, at: Sample.later(1_000_000))
                #expect(calls.count == contacts - 3)
                #expect(calls.allSatisfy { $0.attempt.number == 1 })
            }
        },
        CallQueueContract("where a second ring does no harm doubts go back until the attempts are used up") { world in
            let start = Sample.start { campaign in
                campaign.inDoubt = .retry
                campaign.retry.attempts = 3
            }
            for used in 0..<3 {
                try await world.begun(start) { queue in
                    let calls = try await queue.claim(contacts)
                    #expect(calls.count == contacts)
                    #expect(calls.allSatisfy { $0.triesUsed == used && $0.attempt.number == used + 1 })
                }
            }
            let counts = try await world.opening(start).counts
            #expect(counts.inDoubt == contacts && counts.ready == 0)
        },
        CallQueueContract("what was spooled is taken in at the next start, before doubts are declared") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(3)
                try await queue.spool([Sample.accepted(calls[0])])
                try await queue.spool([Sample.retry(calls[1], after: .zero)])
            }
            let opening = try await world.opening()
            #expect(opening.unspooled == 2 && opening.interrupted == 1)
            #expect(opening.counts.accepted == 1 && opening.counts.inDoubt == 1)
            let next = try await world.opening()
            #expect(next.unspooled == 0 && next.counts == opening.counts)
        },
        CallQueueContract("paces go on where they stood, on both clocks") { world in
            try await world.begun { queue in
                var batch = Sample.batch(paces: [0: Sample.mark(40)])
                batch.pace = Sample.mark(10)
                _ = try await queue.commit(batch)
                batch = Sample.batch(paces: [0: Sample.mark(50), 1: Sample.mark(5)])
                batch.pace = Sample.mark(20)
                _ = try await queue.commit(batch)
            }
            let opening = try await world.opening()
            #expect(opening.instances.map(\.pace.nextAt) == [Sample.later(50), Sample.later(5)])
            #expect(opening.instances.map(\.pace.nextUptime) == [Sample.mark(50).uptime, Sample.mark(5).uptime])
            #expect(opening.campaignPace == PaceMark(nextAt: Sample.later(20), nextUptime: Sample.mark(20).uptime))
            let swapped = try await world.opening(Sample.start(instances: ["B", "C", "A"]))
            #expect(swapped.instances.map(\.pace.nextAt) == [Sample.later(5), .epoch, Sample.later(50)])
        },
        CallQueueContract("a pace of which only the spool knows is uncertain") { world in
            try await world.begun { queue in
                let calls = try await queue.commit(Sample.batch(through: [1])).calls
                try await queue.spool(calls.map { Sample.accepted($0) })
            }
            let opening = try await world.opening()
            #expect(opening.interrupted == 0)
            #expect(opening.instances.map(\.pace.isUncertain) == [false, true])
            #expect(opening.campaignPace.isUncertain)
        },
    ]
}
