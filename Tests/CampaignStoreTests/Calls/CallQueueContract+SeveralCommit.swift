import CampaignCore
import Testing

/// Several campaigns in one transaction.
extension CallQueueContract {
    static let severalCommit = [
        CallQueueContract("one transaction takes results of all campaigns, and claims for each in their order") {
            world in
            try await world.bothBegun { queue in
                let first = try await queue.claim(
                    CampaignBatch(campaign: 1, claims: [2, 1]), CampaignBatch(campaign: 0, claims: [0]))
                #expect(try first.map { $0.map(\.phone) } == [[100, 101].map(Sample.phone), [Sample.phone(0)]])
                #expect(first.map { $0.map(\.instance) } == [[2, 1], [0]])
                let results = first.flatMap(\.self).map { Sample.accepted($0) }
                var parts = [CampaignBatch(campaign: 0, claims: [1, 0]), CampaignBatch(campaign: 1)]
                for index in parts.indices { parts[index].wantsCounts = true }
                let second = try await queue.commit(
                    CommitBatch(results: results, campaigns: parts, now: Sample.now)
                ).campaigns
                #expect(second.map(\.calls.count) == [2, 0])
                #expect(second.map { $0.counts?.accepted } == [1, 2])
                #expect(second.map { $0.counts?.dialing } == [2, 0])
            }
        },
        CallQueueContract("a campaign that is missing in a transaction gets nothing, and loses nothing") { world in
            try await world.bothBegun { queue in
                let calls = try await queue.claim(CampaignBatch(campaign: 0, claims: [0]))[0]
                let commit = try await queue.commit(Sample.turn(results: calls.map { Sample.accepted($0) }))
                #expect(commit.campaigns.isEmpty)
            }
            #expect(try await world.opening().counts.accepted == 1)
        },
        CallQueueContract("a campaign without contacts does not keep another from its calls") { world in
            try await world.bothBegun { queue in
                let all = Array(repeating: 0, count: contacts + 1)
                let commit = try await queue.commit(
                    Sample.turn(CampaignBatch(campaign: 0, claims: all), CampaignBatch(campaign: 1, claims: [1])))
                #expect(commit.campaigns.map(\.calls.count) == [contacts, 1])
                #expect(commit.campaigns.map(\.rest) == [.empty, nil])
            }
        },
        CallQueueContract("a campaign that expires is emptied, and another goes on") { world in
            try await world.bothBegun { queue in
                var part = CampaignBatch(campaign: 0, claims: [0])
                part.expires = true
                part.wantsCounts = true
                let commit = try await queue.commit(Sample.turn(part, CampaignBatch(campaign: 1, claims: [1])))
                #expect(commit.campaigns.map(\.calls.count) == [0, 1])
                #expect(commit.campaigns.map(\.rest) == [.empty, nil])
                #expect(commit.campaigns.map(\.excluded) == [contacts, 0])
                #expect(commit.campaigns[0].counts?.excluded == contacts)
            }
        },
        CallQueueContract("each campaign has its own gate, and its own review of contacts that had to wait") { world in
            let opening = Sample.later(100)
            try await world.bothBegun { queue in
                var parts = [0, 1].map { CampaignBatch(campaign: $0, claims: [1, 1]) }
                for index in parts.indices { parts[index].gate = NobodyBefore(opensAt: opening) }
                let both = try await queue.commit(CommitBatch(results: [], campaigns: parts, now: Sample.now)).campaigns
                #expect(both.map(\.deferred) == [contacts, contacts])
            }
            try await world.begun { queue in
                _ = try await queue.begin(Sample.otherStart())
                var shut = CampaignBatch(campaign: 1, claims: [1])
                shut.gate = NobodyBefore(opensAt: opening)
                let open = CampaignBatch(campaign: 0, claims: [1])
                let first = try await queue.commit(Sample.turn(shut, open)).campaigns
                #expect(first.map(\.rest) == [.dueAt(opening), .dueAt(.epoch)])
                let second = try await queue.commit(Sample.turn(shut, open)).campaigns
                #expect(second.map(\.calls.count) == [0, 1])
            }
        },
        CallQueueContract("each campaign keeps its own pace, and a shared instance has one") { world in
            try await world.bothBegun { queue in
                var parts = [0, 1].map { CampaignBatch(campaign: $0) }
                parts[0].pace = Sample.mark(10)
                parts[1].pace = Sample.mark(20)
                var batch = CommitBatch(results: [], campaigns: parts, now: Sample.now)
                batch.paces = [1: Sample.mark(30), 2: Sample.mark(40)]
                batch.conditions = [2: InstanceCondition(word: .disconnected, reason: "off", since: Sample.now)]
                _ = try await queue.commit(batch)
            }
            try await world.opened { queue in
                let openings = [try await queue.begin(Sample.start()), try await queue.begin(Sample.otherStart())]
                #expect(openings.map(\.campaignPace.nextAt) == [Sample.later(10), Sample.later(20)])
                #expect(openings[0].instances.map(\.pace.nextAt) == [.epoch, Sample.later(30)])
                #expect(openings[1].instances.map(\.pace.nextAt) == [Sample.later(30), Sample.later(40)])
                #expect(openings[1].instances.map(\.trouble) == [nil, "off"])
            }
        },
        CallQueueContract("a phone that two campaigns have is claimed by each, and is new to a shared instance once") {
            world in
            try await world.add(campaign: "outra", from: 0)
            try await world.begun { queue in
                _ = try await queue.begin(Sample.otherStart())
                let calls = try await queue.claim(
                    CampaignBatch(campaign: 0, claims: [1]), CampaignBatch(campaign: 1, claims: [1]))
                #expect(try calls.map { $0.map(\.phone) } == [[Sample.phone(0)], [Sample.phone(0)]])
                #expect(calls.map { $0.map(\.count?.isNewRecipient) } == [[true], [false]])
            }
        },
        CallQueueContract("a number that is not known fails the transaction, which writes nothing of any campaign") {
            world in
            try await world.bothBegun { queue in
                let calls = try await queue.claim(CampaignBatch(campaign: 0, claims: [0]))[0]
                let fine = CampaignBatch(campaign: 0, claims: [0, 0])
                var batches = [
                    Sample.turn(fine, CampaignBatch(campaign: 1, claims: [7])),
                    // Known, but no instance of that campaign.
                    Sample.turn(fine, CampaignBatch(campaign: 1, claims: [0])),
                    Sample.turn(fine, CampaignBatch(campaign: 7)),
                    Sample.turn(fine), Sample.turn(fine),
                ]
                batches[3].paces = [7: Sample.mark(1)]
                batches[4].conditions = [7: InstanceCondition(word: .connected, since: Sample.now)]
                for var batch in batches {
                    batch.results = calls.map { Sample.accepted($0) }
                    let error = await #expect(throws: StoreError.self) { try await queue.commit(batch) }
                    #expect(error?.isUnexpected == true, "\(String(describing: error))")
                }
                for work in [
                    { _ = try await queue.resolve([], of: 7) }, { try await queue.leave(7) },
                ] as [() async throws -> Void] {
                    let error = await #expect(throws: StoreError.self) { try await work() }
                    #expect(error?.isUnexpected == true, "\(String(describing: error))")
                }
                let next = try await queue.claim(CampaignBatch(campaign: 0, claims: [0]))
                #expect(try next.map { $0.map(\.phone) } == [[Sample.phone(1)]])
            }
            let opening = try await world.opening()
            #expect(opening.counts.accepted == 0 && opening.interrupted == 2)
        },
        CallQueueContract("one provider queue settles doubts of all campaigns that are dialed") { world in
            try await world.add(campaign: "outra", from: 100)
            try await world.begun { queue in
                _ = try await queue.begin(Sample.otherStart { $0.callDuration = 9 })
                let calls = try await queue.claim(
                    CampaignBatch(campaign: 0, claims: [1]), CampaignBatch(campaign: 1, claims: [1, 1])
                ).flatMap(\.self)
                try await queue.record(calls.map { Sample.doubt($0) })
                var items = calls.indices.map { Sample.item("Q\($0)", calls[$0].phone) }
                // As long as a call of its own campaign rings; the last one rings as long as one of the other.
                items[1].kind = .call(seconds: 9)
                #expect(try await queue.resolve(items, of: 1) == 2)
                #expect(try await queue.resolve(items, of: 1) == 0)
                try await queue.leave(1)
                items[2].kind = .call(seconds: 9)
                #expect(try await queue.resolve(items, of: 1) == 0)
            }
            #expect(try await world.opening().counts.accepted == 1)
            let other = try await world.opening(Sample.otherStart()).counts
            #expect(other.accepted == 1 && other.inDoubt == 1)
        },
        CallQueueContract("an item that may be the call of either of two campaigns settles neither") { world in
            try await world.add(campaign: "outra", from: 0)
            try await world.begun { queue in
                _ = try await queue.begin(Sample.otherStart())
                let calls = try await queue.claim(
                    CampaignBatch(campaign: 0, claims: [1]), CampaignBatch(campaign: 1, claims: [1])
                ).flatMap(\.self)
                try await queue.record(calls.map { Sample.doubt($0) })
                #expect(try await queue.resolve([Sample.item("Q1", calls[0].phone)], of: 1) == 0)
            }
            #expect(try await world.opening().counts.inDoubt == 1)
            #expect(try await world.opening(Sample.otherStart()).counts.inDoubt == 1)
        },
    ]
}
