import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What a person says or does from one phone of their row counts for all of it.
    @Suite struct RowNewsTests {
        /// Two contacts with the phone 9 in common, whose calls ended unanswered: both wait to be called again.
        private func redialing(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 9], [1, 9], [2]])
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            $0.redial = RedialPolicy(attempts: 2, after: .seconds(3600))
                            $0.optOut = OptOutLists(words: ["abacaxi"], buttons: [], review: [])
                        })
                    for contact in 1...3 {
                        try await store.callNext(.accepted)
                        try await store.receive(
                            CallEvent(Sample.call(.missed), ids: ["Z\(contact).1"]), key: "missed \(contact)")
                    }
                    #expect(try database.dialed() == ["0 ready", "1 ready", "2 ready"])
                    try await body(database, store)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: [Sample.text("oi"), Sample.call(.received, .incoming), Sample.call(.missed, .unknown)])
        func `whoever writes or rings from another phone of their row is not called again`(_ kind: CallEvent.Kind)
            async throws
        {
            try await redialing { database, store in
                let receipt = try await store.receive(CallEvent(kind, phone: Sample.phone(9)), key: "b", at: 200)
                #expect(receipt.effects.contains(.contactsChanged(campaign: Sample.name)))
                // Nobody knows which of the two it was.
                #expect(try database.dialed() == ["0 accepted", "1 accepted", "2 ready"])
                // No call is said to have been to that phone.
                let answers = try database.lines("SELECT answer FROM attempt ORDER BY contact_id")
                #expect(answers == ["not_answered", "not_answered", "not_answered"])
                #expect(try await store.claim(9, at: Sample.later(99_999)).map(\.phone) == [Sample.phone(2)])
            }
        }

        @Test func `a campaign's own word for opting out counts from any phone of the row`() async throws {
            try await redialing { database, store in
                try await store.receive(CallEvent(Sample.text("abacaxi"), phone: Sample.phone(9)), key: "b", at: 200)
                #expect(try database.reader().block(of: Sample.phone(9)) != nil)
                #expect(try database.reader().block(of: Sample.phone(0)) == nil)
                let replies = try store.reader().replies()
                #expect(try replies.map(\.level) == [.optOut] && replies.map(\.sender) == [Sample.phone(9)])
                #expect(try await store.claim(9, at: Sample.later(99_999)).map(\.phone) == [Sample.phone(2)])
            }
        }

        @Test func `whoever rings from the first phone is not called again on the second`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            $0.redial = RedialPolicy(attempts: 2, after: .seconds(3600))
                        })
                    try await store.callNext(.refused(.number))
                    try await store.callNext(.accepted)
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["Z1.2"]), key: "a")
                    #expect(try database.dialed() == ["1 ready"])
                    try await store.receive(
                        CallEvent(Sample.call(.received, .incoming), phone: Sample.phone(0)), key: "b", at: 200)
                    #expect(try database.dialed() == ["1 accepted"])
                }
            }
        }
    }
}
