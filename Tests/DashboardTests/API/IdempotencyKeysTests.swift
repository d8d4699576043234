import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import Dashboard

@Suite struct IdempotencyKeysTests {
    private let kept = KeptInMemory()
    private var keys: IdempotencyKeys { IdempotencyKeys(kept) }
    private let reply = APIReply(status: 202, body: Array("{}".utf8))

    private func headers(_ key: String) -> HTTPFields { [.idempotencyKey: key] }

    @Test(arguments: [("k-1", "k-1"), ("\"8e03978e-40d5\"", "8e03978e-40d5"), ("!#~", "!#~")])
    func `a key has quotes around it or none`(header: String, key: String) throws {
        #expect(try IdempotencyKeys.key(of: headers(header)) == key)
        #expect(try IdempotencyKeys.key(of: [:]) == nil)
    }

    @Test(arguments: ["", "\"\"", "a b", "\"", "a\"b", "é", String(repeating: "a", count: 256)])
    func `what is no key is refused`(header: String) {
        let error = #expect(throws: DashboardError.self) { try IdempotencyKeys.key(of: headers(header)) }
        #expect(error?.status.code == 400)
    }

    @Test func `the same request again gets the first reply, and nothing is done`() async throws {
        let count = NIOLockedValueBox(0)
        let keys = keys
        for isRepeated in [false, true, true] {
            let answer = try await keys.once("k", tokenHash: [1], requestHash: [7], .doesNoHarm) {
                count.withLockedValue { $0 += 1 }
                return reply
            }
            #expect(answer.reply == reply)
            #expect(answer.isRepeated == isRepeated)
        }
        #expect(count.withLockedValue(\.self) == 1)
        // Another token has its own keys.
        let other = try await keys.once("k", tokenHash: [2], requestHash: [7], .doesNoHarm) { reply }
        #expect(!other.isRepeated)
    }

    @Test func `another request with the same key is refused`() async throws {
        let keys = keys
        _ = try await keys.once("k", tokenHash: [1], requestHash: [7], .doesNoHarm) { reply }
        let error = await #expect(throws: DashboardError.self) {
            try await keys.once("k", tokenHash: [1], requestHash: [8], .doesNoHarm) { reply }
        }
        #expect(error?.word == "key-reused")
    }

    @Test func `while the first is under way, the second has to wait`() async throws {
        let keys = keys
        _ = try await keys.once("k", tokenHash: [1], requestHash: [7], .doesNoHarm) {
            for (hash, word) in [([7], "under-way"), ([8], "key-reused")] as [([UInt8], String)] {
                let error = await #expect(throws: DashboardError.self) {
                    try await keys.once("k", tokenHash: [1], requestHash: hash, .doesNoHarm) { reply }
                }
                #expect(error?.word == word)
            }
            return reply
        }
    }

    @Test func `what was refused may be sent again, corrected`() async throws {
        let keys = keys
        await #expect(throws: RequestRefusal.self) {
            try await keys.once("k", tokenHash: [1], requestHash: [7], .mustNotBeRepeated) {
                throw RequestRefusal("where", "Wrong.")
            }
        }
        let answer = try await keys.once("k", tokenHash: [1], requestHash: [8], .mustNotBeRepeated) { reply }
        #expect(!answer.isRepeated)
    }

    @Test(arguments: [IdempotencyKeys.Repetition.doesNoHarm, .mustNotBeRepeated])
    func `a request that was cut off is repeated only where that calls nobody twice`(
        repetition: IdempotencyKeys.Repetition
    ) async throws {
        struct Killed: Error {}
        let keys = keys
        await #expect(throws: Killed.self) {
            try await keys.once("k", tokenHash: [1], requestHash: [7], repetition) { throw Killed() }
        }
        switch repetition {
        case .doesNoHarm:
            let answer = try await keys.once("k", tokenHash: [1], requestHash: [7], repetition) { reply }
            #expect(!answer.isRepeated)
        case .mustNotBeRepeated:
            let error = await #expect(throws: DashboardError.self) {
                try await keys.once("k", tokenHash: [1], requestHash: [7], repetition) { reply }
            }
            #expect(error?.word == "cut-off")
        }
    }
}

/// Replies that are kept as long as a test lasts.
final class KeptInMemory: APIReplies {
    private let states = NIOLockedValueBox<[String: KeyState]>([:])

    private func place(_ key: String, _ tokenHash: [UInt8]) -> String { "\(tokenHash) \(key)" }

    func state(ofKey key: String, tokenHash: [UInt8]) async -> KeyState {
        states.withLockedValue { $0[place(key, tokenHash)] ?? .unused }
    }

    func begin(key: String, tokenHash: [UInt8], requestHash: [UInt8]) async {
        states.withLockedValue { $0[place(key, tokenHash)] = .begun(requestHash: requestHash) }
    }

    func keep(_ reply: APIReply, key: String, tokenHash: [UInt8], requestHash: [UInt8]) async {
        states.withLockedValue { $0[place(key, tokenHash)] = .replied(reply, requestHash: requestHash) }
    }

    func forget(key: String, tokenHash: [UInt8]) async {
        states.withLockedValue { $0[place(key, tokenHash)] = nil }
    }
}
