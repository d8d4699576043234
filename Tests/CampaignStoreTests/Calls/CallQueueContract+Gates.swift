import CampaignCore
import Testing

extension CallQueueContract {
    private static let opening = Sample.later(100)
    private static let everyOther = EveryOther(opensAt: opening)

    static let gates = [
        CallQueueContract("a contact that has to wait is passed over, and the ones behind it are claimed") { world in
            try await world.begun { queue in
                let commit = try await queue.commit(Sample.batch(claims: 4, gate: everyOther))
                #expect(try commit.calls.map(\.phone) == [1, 3, 5, 7].map { try Sample.phone($0) })
                #expect(commit.deferred == 4)
                #expect(commit.rest == nil)
            }
        },
        CallQueueContract("contacts that have to wait stay in the queue, which says when the first may be called") {
            world in
            try await world.begun { queue in
                var batch = Sample.batch(claims: contacts, gate: everyOther)
                batch.wantsCounts = true
                let commit = try await queue.commit(batch)
                #expect(commit.calls.count == contacts / 2)
                #expect(commit.rest == .dueAt(opening))
                #expect(commit.counts?.ready == contacts / 2)
                let none = try await queue.commit(Sample.batch(claims: 1, at: Sample.later(99), gate: everyOther))
                #expect(none.calls.isEmpty && none.deferred == 0)
                #expect(none.rest == .dueAt(opening))
            }
        },
        CallQueueContract("when it opens, those who waited come in the order of the list") { world in
            try await world.begun { queue in
                let gate = NobodyBefore(opensAt: opening)
                let none = try await queue.commit(Sample.batch(claims: contacts, gate: gate))
                #expect(none.calls.isEmpty && none.deferred == contacts)
                let all = try await queue.commit(Sample.batch(claims: contacts, at: opening, gate: gate))
                #expect(try all.calls.map(\.phone) == (0..<contacts).map { try Sample.phone($0) })
                #expect(all.calls.allSatisfy { $0.attempt.number == 1 && $0.triesUsed == 0 })
            }
        },
        CallQueueContract("a retry has to wait as well, from the moment it is due") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(contacts)
                try await queue.record(calls.map { Sample.retry($0, after: .seconds(9)) })
                let early = try await queue.commit(
                    Sample.batch(claims: contacts, at: Sample.later(5), gate: everyOther))
                #expect(early.calls.isEmpty && early.deferred == 0)
                #expect(early.rest == .dueAt(Sample.later(10)))
                let due = try await queue.commit(Sample.batch(claims: contacts, at: Sample.later(10), gate: everyOther))
                #expect(due.calls.count == contacts / 2 && due.deferred == contacts / 2)
                #expect(due.calls.allSatisfy { $0.attempt.number == 2 && $0.triesUsed == 1 })
            }
        },
        CallQueueContract("a batch without claims puts nobody off") { world in
            try await world.begun { queue in
                let commit = try await queue.commit(Sample.batch(gate: everyOther))
                #expect(commit.deferred == 0)
                #expect(try await queue.claim(contacts).count == contacts)
            }
        },
        CallQueueContract("the next run asks again about those who waited, since its window may be another") { world in
            try await world.begun { queue in
                let commit = try await queue.commit(
                    Sample.batch(claims: contacts, gate: NobodyBefore(opensAt: Sample.later(1000))))
                #expect(commit.deferred == contacts)
            }
            try await world.begun { queue in
                let sooner = try await queue.commit(Sample.batch(claims: contacts, gate: everyOther))
                #expect(sooner.calls.isEmpty)
                #expect(sooner.rest == .dueAt(.epoch))
                let open = try await queue.commit(Sample.batch(claims: 5, gate: everyOther))
                #expect(try open.calls.map(\.phone) == [1, 3, 5, 7, 9].map { try Sample.phone($0) })
            }
            try await world.begun { queue in
                let short = try await queue.commit(Sample.batch(claims: contacts))
                let rest = try await queue.commit(Sample.batch(claims: contacts))
                #expect(short.calls.count == contacts / 2 - 5)
                #expect(rest.calls.count == contacts / 2)
            }
        },
        CallQueueContract("a wait before a retry is kept by the next run") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(contacts)
                try await queue.record(calls.map { Sample.retry($0, after: .seconds(60)) })
            }
            try await world.begun { queue in
                let none = try await queue.commit(Sample.batch(claims: contacts, at: Sample.later(1)))
                #expect(none.calls.isEmpty)
                #expect(none.rest == .dueAt(Sample.later(61)))
            }
        },
    ]
}
