import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A copy that knows a call, but not what became of it: it would call the person again, on another number.
    @Suite struct ForgottenNewsTests {
        /// A contact that is about to be called on its second number, or waits to be called again, in a copy; and what the
        /// database hears of its first call after that.
        private func restored(
            after news: CallEvent.Kind?, redials: Bool = false,
            _ body: (TemporaryDatabase, ForgottenCalls) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1], [2]])
                let copy = database.folder + "/copy.db"
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            if redials { $0.redial = RedialPolicy(attempts: 1, after: .seconds(60)) }
                        })
                    try await store.callNext(.accepted)
                    let first =
                        redials
                        ? CallEvent(Sample.call(.missed), ids: ["Z1.1"])
                        : CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.1"], error: "e")
                    try await store.receive(first, key: "first")
                    #expect(try database.dialed() == [redials ? "0 ready" : "1 ready", "2 ready"])
                    try database.reader().backUp(to: copy)
                    if let news { try await store.receive(CallEvent(news, ids: ["Z1.1"], error: "f"), key: "news") }
                }
                let calls = try #require(try database.restore(copy, forgetsLater: true).forgottenCalls)
                try await body(database, calls)
            }
        }

        @Test(arguments: [
            CallEvent.Kind.delivered, Sample.call(.missed), Sample.call(.accepted), .deliveryFailed(.unknown),
            .deliveryFailed(.rejectedByWhatsApp),
        ])
        func `whoever was reached after all is listed if the copy would call them on another number`(
            _ news: CallEvent.Kind
        ) async throws {
            try await restored(after: news) { database, calls in
                #expect(calls.count == 1 && calls.people == 1)
                let list = try String(contentsOfFile: #require(calls.list), encoding: .utf8)
                let phones = try [0, 1, 2].map { try Sample.phone($0).text }
                #expect(phones.map { list.contains($0) } == [true, false, false])
                // That keeps them from being called.
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(0), reason: "") }
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    #expect(try await store.claim(9).map(\.phone) == [Sample.phone(2)])
                }
            }
        }

        @Test func `whoever answered after all is listed if the copy would call them again`() async throws {
            try await restored(after: Sample.call(.accepted), redials: true) { _, calls in
                #expect(calls.count == 1 && calls.people == 1 && calls.list != nil)
            }
        }

        @Test(arguments: [nil, CallEvent.Kind.deliveryFailed(.notQueued)])
        func `nobody is listed of whom nothing more is known`(_ news: CallEvent.Kind?) async throws {
            try await restored(after: news) { _, calls in
                #expect(calls.count == 0 && calls.people == 0 && calls.list == nil)
            }
        }
    }
}
