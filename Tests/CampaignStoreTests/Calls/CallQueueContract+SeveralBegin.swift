import CampaignCore
import Testing

/// Campaigns that come and go while others are dialed.
extension CallQueueContract {
    static let severalBegin = [
        CallQueueContract("a campaign begins while another has calls under way, and leaves those alone") { world in
            try await world.add(campaign: "outra", from: 100)
            try await world.begun { queue in
                let calls = try await queue.commit(Sample.batch(through: [0, 1, 1])).calls
                let opening = try await queue.begin(Sample.otherStart { $0.inDoubt = .retry })
                #expect(opening.interrupted == 0 && opening.counts.ready == contacts)
                #expect(opening.instances.allSatisfy { !$0.pace.isUncertain } && !opening.campaignPace.isUncertain)
                var part = CampaignBatch(campaign: 0)
                part.wantsCounts = true
                let counts = try await queue.commit(Sample.turn(part)).campaigns.first?.counts
                #expect(counts?.dialing == 3 && counts?.inDoubt == 0)
                try await queue.record(calls.map { Sample.accepted($0) })
            }
            #expect(try await world.opening().counts.accepted == 3)
        },
        CallQueueContract("calls that a dead process left open make an instance's pace uncertain once, for the first") {
            world in
            try await world.bothBegun { queue in _ = try await queue.claim(CampaignBatch(campaign: 1, claims: [1, 2])) }
            try await world.opened { queue in
                let first = try await queue.begin(Sample.start())
                #expect(first.instances.map(\.pace.isUncertain) == [false, true])
                #expect(first.interrupted == 0 && !first.campaignPace.isUncertain)
                // B is in use by now, and whoever uses it has waited; nobody has used C since.
                let second = try await queue.begin(Sample.otherStart())
                #expect(second.instances.map(\.pace.isUncertain) == [false, true])
                #expect(second.interrupted == 2 && second.campaignPace.isUncertain)
            }
        },
        CallQueueContract("a campaign that begins finds what the others have used of a shared instance") { world in
            try await world.add(campaign: "outra", from: 100)
            try await world.begun { queue in
                _ = try await queue.commit(Sample.batch(through: [0, 1, 1]))
                let opening = try await queue.begin(Sample.otherStart())
                #expect(opening.instances.map { $0.uses.map(\.calls) } == [[2], []])
                let claims = [CampaignBatch(campaign: 1, claims: [1, 2]), CampaignBatch(campaign: 0, claims: [1])]
                _ = try await queue.commit(CommitBatch(results: [], campaigns: claims, now: Sample.now))
            }
            let opening = try await world.opening()
            #expect(opening.instances.map { $0.uses.map(\.calls) } == [[1], [4]])
            #expect(opening.instances.map { $0.uses.map(\.newRecipients) } == [[1], [4]])
        },
        CallQueueContract("a campaign that begins is told the limits of all that share its instances") { world in
            try await world.add(campaign: "outra", from: 100)
            try await world.opened { queue in
                let first = try await queue.begin(Sample.start { $0.instances[1].dailyCap = 5 })
                let second = try await queue.begin(
                    Sample.otherStart { campaign in
                        campaign.instances[0].pace = .every(Pace(calls: 1, per: .seconds(60)))
                        campaign.instances[0].dailyCap = 9
                    })
                #expect(first.instances.map(\.limits.dailyCap) == [nil, 5])
                #expect(second.instances.map(\.limits.dailyCap) == [5, nil])
                #expect(second.instances[0].limits.paces.count == 2 && second.instances[1].limits.paces.count == 1)
            }
        },
        CallQueueContract("an instance that a campaign has given up still knows whom that has called through it") {
            world in
            try await world.add(campaign: "outra", from: 0)
            let calls = try await world.begun(Sample.start { $0.instances[1].dailyCap = 5 }) { queue in
                let calls = try await queue.commit(Sample.batch(through: [1])).calls
                try await queue.record(calls.map { Sample.accepted($0) })
                return calls
            }
            try await world.opened { queue in
                _ = try await queue.begin(Sample.start(instances: ["A"]))
                let opening = try await queue.begin(Sample.otherStart())
                #expect(opening.instances.map(\.limits.dailyCap) == [nil, nil])
                let others = try await queue.claim(CampaignBatch(campaign: 1, claims: [1, 1])).flatMap(\.self)
                #expect(others.first?.phone == calls.first?.phone)
                #expect(others.map(\.count?.isNewRecipient) == [false, true])
            }
        },
        CallQueueContract("the limits of a campaign that is dialed for months hold as long") { world in
            try await world.add(campaign: "outra", from: 100)
            let later = Sample.later(90 * 86_400)
            try await world.begun(Sample.start { $0.instances[1].dailyCap = 5 }) { queue in
                let opening = try await queue.begin(Sample.otherStart(at: later))
                #expect(opening.instances.map(\.limits.dailyCap) == [5, nil])
                try await queue.leave(0)
                try await queue.leave(1)
                let again = try await queue.begin(Sample.otherStart(at: later))
                #expect(again.instances.map(\.limits.dailyCap) == [nil, nil])
            }
        },
        CallQueueContract("a campaign that has left can begin again, and its number is free") { world in
            try await world.bothBegun { queue in
                let calls = try await queue.claim(2)
                try await queue.record([Sample.accepted(calls[0])])
                try await queue.leave(0)
                try await queue.leave(1)
                // The call that was abandoned is in doubt.
                let again = try await queue.begin(Sample.start().numbered(1, instances: [0, 1]))
                #expect(again.interrupted == 1 && again.counts.accepted == 1 && again.counts.inDoubt == 1)
                _ = try await queue.begin(Sample.otherStart().numbered(0, instances: [1, 2]))
                let claimed = try await queue.claim(
                    CampaignBatch(campaign: 0, claims: [1]), CampaignBatch(campaign: 1, claims: [0]))
                #expect(try claimed.map { $0.map(\.phone) } == [[Sample.phone(100)], [Sample.phone(2)]])
                // It comes late, and says more than the doubt.
                try await queue.record([Sample.accepted(calls[1])])
            }
            #expect(try await world.opening().counts.accepted == 2)
        },
        CallQueueContract("a campaign, a number or an instance's number that is in use is a mistake of the caller") {
            world in
            try await world.bothBegun { queue in
                let mistakes = [
                    Sample.start().numbered(7, instances: [0, 1]),
                    Sample.start("x").numbered(1, instances: [0, 1]),
                    Sample.start("x", instances: ["D"]).numbered(7, instances: [2]),
                    Sample.start("x").numbered(7, instances: [0]),
                ]
                for mistake in mistakes {
                    let error = await #expect(throws: StoreError.self) { try await queue.begin(mistake) }
                    #expect(error?.isUnexpected == true, "\(String(describing: error))")
                }
                // Both are still dialed.
                let claimed = try await queue.claim(
                    CampaignBatch(campaign: 0, claims: [0]), CampaignBatch(campaign: 1, claims: [2]))
                #expect(claimed.map(\.count) == [1, 1])
            }
        },
        CallQueueContract("a campaign that could not begin leaves its number free") { world in
            try await world.opened { queue in
                await #expect(throws: StoreError.unknownCampaign(name: "x", known: [Sample.name])) {
                    try await queue.begin(Sample.start("x"))
                }
                _ = try await queue.begin(Sample.start())
                #expect(try await queue.claim(1).count == 1)
            }
        },
        CallQueueContract("numbers say nothing about places") { world in
            try await world.opened { queue in
                _ = try await queue.begin(Sample.start().numbered(70_000, instances: [-4, 1_000_000]))
                let claimed = try await queue.claim(CampaignBatch(campaign: 70_000, claims: [1_000_000, -4]))
                #expect(claimed.map { $0.map(\.instance) } == [[1_000_000, -4]])
            }
        },
    ]
}

extension StoreError {
    var isUnexpected: Bool {
        if case .unexpected = self { true } else { false }
    }
}
