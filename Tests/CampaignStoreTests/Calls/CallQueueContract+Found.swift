import CampaignCore
import Testing

extension CallQueueContract {
    static let found = [
        CallQueueContract("a doubt whose call Z-API's queue shows is accepted, and only once") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(2)
                try await queue.record(calls.map { Sample.doubt($0) })
                let items = [Sample.item("Q1", calls[0].phone)]
                #expect(try await queue.resolve(items, of: 0) == 1)
                #expect(try await queue.resolve(items, of: 0) == 0)
                // What comes late of the same attempt changes nothing.
                try await queue.record([Sample.doubt(calls[0])])
            }
            let counts = try await world.opening().counts
            #expect(counts.accepted == 1 && counts.inDoubt == 1)
        },
        CallQueueContract("an interrupted attempt is resolved at the next start") { world in
            let phone = try await world.begun { try #require(try await $0.claim(1).first).phone }
            try await world.begun { queue in
                let resolved = try await queue.resolve([Sample.item("Q1", phone, seconds: 14)], of: 0)
                #expect(resolved == 1)
            }
            #expect(try await world.opening().counts.accepted == 1)
        },
        CallQueueContract("an item of another time, instance or number resolves nothing") { world in
            try await world.begun { queue in
                let calls = try await queue.claim(2)
                try await queue.record([Sample.doubt(calls[0]), Sample.accepted(calls[1])])
                let phone = calls[0].phone
                #expect(try await queue.resolve([Sample.item("Q1", phone, seconds: 122)], of: 0) == 0)
                #expect(try await queue.resolve([Sample.item("Q1", phone, seconds: -121)], of: 0) == 0)
                for seconds in [-110, -3, 20, 100] {
                    #expect(try await queue.resolve([Sample.item("Q1", phone, seconds: seconds)], of: 0) == 0)
                }
                var timeless = Sample.item("Q1", phone)
                timeless.createdAt = nil
                #expect(try await queue.resolve([timeless], of: 0) == 0)
                #expect(try await queue.resolve([Sample.item("Q1", phone)], of: 1) == 0)
                #expect(try await queue.resolve([Sample.item("Q1", calls[1].phone)], of: 0) == 0)
                #expect(try await queue.resolve([Sample.item("Q1", try Sample.phone(99))], of: 0) == 0)
                #expect(try await queue.resolve([ProviderQueueItem(zaapId: "Q1")], of: 0) == 0)
            }
            #expect(try await world.opening().counts.inDoubt == 1)
        },
        CallQueueContract("a call under way is not resolved before its result") { world in
            try await world.begun { queue in
                let call = try #require(try await queue.claim(1).first)
                #expect(try await queue.resolve([Sample.item("Q1", call.phone)], of: 0) == 0)
                try await queue.record([Sample.accepted(call, zaapId: "Q1")])
            }
            #expect(try await world.opening().counts.accepted == 1)
        },
        CallQueueContract("a contact that waits after a doubt is not dialed again once its call is found") { world in
            let start = Sample.start { $0.inDoubt = .retry }
            let phone = try await world.begun(start) { try #require(try await $0.claim(1).first).phone }
            try await world.begun(start) { queue in
                let resolved = try await queue.resolve([Sample.item("Q1", phone)], of: 0)
                let calls = try await queue.claim(contacts)
                #expect(resolved == 1 && calls.count == contacts - 1)
                #expect(!calls.contains { $0.phone == phone })
            }
        },
        CallQueueContract("two items that may both be the call resolve nothing") { world in
            try await world.begun { queue in
                let call = try #require(try await queue.claim(1).first)
                try await queue.record([Sample.doubt(call)])
                let items = [Sample.item("Q1", call.phone), Sample.item("Q2", call.phone)]
                #expect(try await queue.resolve(items, of: 0) == 0)
            }
            #expect(try await world.opening().counts.inDoubt == 1)
        },
    ]
}

extension Sample {
    /// The result of a call whose reply never came.
    static func doubt(_ call: ClaimedCall) -> AttemptResult {
        result(call, CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply))
    }

    /// An item that Z-API took some seconds after ``now``.
    static func item(_ zaapId: String, _ phone: PhoneNumber, seconds: Int = 0) -> ProviderQueueItem {
        var item = ProviderQueueItem(zaapId: zaapId)
        item.messageId = "M-\(zaapId)"
        item.phone = phone
        item.createdAt = later(seconds)
        item.kind = .call(seconds: 5)
        return item
    }
}
