import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Contacts that were called on two numbers of their row, and wait for a third.
    @Suite struct TwoSwitchesTests {
        private func withThirdNumber(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.withThreeNumbers { database, store in
                try await store.receive(none, key: "none1")
                try await store.callNext(.accepted)
                try await store.receive(
                    CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.2"], error: "e"), key: "none2")
                #expect(try database.dialed() == ["2 ready"])
                try await body(database, store)
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        private let none = CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.1"], error: "e")
        private let stopped = CallEvent(.deliveryFailed(.rejectedByWhatsApp), ids: ["Z1.1"], error: "e")
        private let delivered = CallEvent(.delivered, ids: ["Z1.2"])

        @Test func `a contact stopped on its first number and reached on the second has the second, in either order`()
            async throws
        {
            try await withThirdNumber { database, store in
                try await store.receive(stopped, key: "stopped")
                #expect(try database.dialed() == ["0 failed rejected_by_whatsapp"])
                try await store.receive(delivered, key: "delivered")
                #expect(try database.dialed() == ["1 accepted"])
            }
            try await withThirdNumber { database, store in
                try await store.receive(delivered, key: "delivered")
                try await store.receive(stopped, key: "stopped")
                #expect(try database.dialed() == ["1 accepted"])
            }
        }

        @Test func `of two numbers that were reached the contact has the one that was called last`() async throws {
            try await withThirdNumber { database, store in
                try await store.receive(CallEvent(.delivered, ids: ["Z1.1"]), key: "first")
                #expect(try database.dialed() == ["0 accepted"])
                try await store.receive(delivered, key: "second")
                #expect(try database.dialed() == ["1 accepted"])
                #expect(try database.attempts() == [0, 1].map(Sample.phone))
            }
        }
    }
}
