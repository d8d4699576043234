import CampaignCore
import Testing

extension CallQueueContract {
    static let claims = [
        CallQueueContract("as many calls come back as are ordered, each through the instance it was ordered for") {
            world in
            try await world.begun { queue in
                let claims = [1, 0, 0, 1, 1]
                let commit = try await queue.commit(Sample.batch(through: claims))
                #expect(commit.calls.map(\.instance) == claims)
                #expect(commit.rest == nil)
                #expect(Set(commit.calls.map(\.phone)).count == 5)
                #expect(commit.calls.allSatisfy { $0.attempt.number == 1 && $0.triesUsed == 0 })
            }
        },
        CallQueueContract("calls come in the order of the list") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(7) + queue.claim(13)
                #expect(calls.map(\.phone.value) == (0..<20).map { 5_511_990_000_000 + $0 })
            }
        },
        CallQueueContract("nobody is claimed twice, and an empty queue says so") { world in
            try await world.begun { queue in
                let commit = try await queue.commit(Sample.batch(claims: contacts + 5))
                #expect(commit.calls.count == contacts)
                #expect(commit.rest == .empty)
                let again = try await queue.commit(Sample.batch(claims: 1, at: Sample.later(1_000_000)))
                #expect(again.calls.isEmpty)
                #expect(again.rest == .empty)
            }
        },
        CallQueueContract("a batch without claims says nothing of the rest") { world in
            try await world.begun { queue in
                let commit = try await queue.commit(Sample.batch())
                #expect(commit.calls.isEmpty && commit.rest == nil)
            }
        },
        CallQueueContract("a retry comes back only when it is due, and the queue says when that is") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(contacts)
                let due = Sample.times.endedAt.advanced(by: .seconds(60))
                let last = try #require(calls.last)
                try await queue.record(calls.dropLast().map { Sample.accepted($0) })
                try await queue.record([Sample.retry(last, after: .seconds(60))])
                let early = Timestamp(milliseconds: due.milliseconds - 1)
                let none = try await queue.commit(Sample.batch(claims: 2, at: early))
                #expect(none.calls.isEmpty)
                #expect(none.rest == .dueAt(due))
                let one = try await queue.commit(Sample.batch(claims: 2, at: due))
                #expect(one.calls.map(\.attempt) == [AttemptID(contact: last.attempt.contact, number: 2)])
                #expect(one.calls.map(\.triesUsed) == [1])
                #expect(one.rest == .empty)
            }
        },
        CallQueueContract("those due first come first, and of those due together the first of the list") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(contacts)
                let waits = (0..<contacts).map { ($0 * 7) % 5 }
                try await queue.record(zip(calls, waits).map { Sample.retry($0, after: .seconds($1)) })
                let again = try await queue.claim(contacts, at: Sample.later(100))
                let expected = zip(waits, calls.map(\.phone.value)).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
                #expect(again.map(\.phone.value) == expected.map(\.1))
            }
        },
        CallQueueContract("a result and the next claims are one write") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(contacts)
                let commit = try await queue.commit(
                    Sample.batch(
                        results: calls.map { Sample.retry($0, after: .zero) }, claims: 3, at: Sample.later(1)))
                #expect(commit.calls.map(\.phone) == calls.prefix(3).map(\.phone))
            }
        },
        CallQueueContract("a campaign that was never imported is named with those that were") { world in
            try await world.opened { queue in
                let error = await #expect(throws: StoreError.self) { try await queue.begin(Sample.start("outra")) }
                guard case .unknownCampaign("outra", let known) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(known == [Sample.name])
            }
        },
    ]
}
