import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct TokenTests {
        private static func hash(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

        private static func token(
            _ name: String = "crm", _ scopes: Set<APIScope> = [.read, .import], until seconds: Int? = nil
        ) -> APIToken {
            APIToken(
                name: name, scopes: scopes, createdAt: Sample.now, createdBy: "ana (uid 1000)",
                expiresAt: seconds.map { Sample.later($0) })
        }

        @Test func `a token is accepted until it expires or is removed, and its name is given once`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    #expect(try await store.addToken(Self.token(), tokenHash: Self.hash(1)))
                    #expect(try await !store.addToken(Self.token(), tokenHash: Self.hash(2)))
                    #expect(
                        try await store.addToken(Self.token("b", [.operate], until: 60), tokenHash: Self.hash(3)))
                    let reader = try store.reader()
                    #expect(try reader.token(tokenHash: Self.hash(1), now: Sample.now) == Self.token())
                    #expect(try reader.token(tokenHash: Self.hash(2), now: Sample.now) == nil)
                    #expect(try reader.token(tokenHash: Self.hash(3), now: Sample.later(59))?.scopes == [.operate])
                    #expect(try reader.token(tokenHash: Self.hash(3), now: Sample.later(60)) == nil)
                    // People see that it has expired.
                    #expect(try reader.tokens().map(\.name) == ["b", "crm"])
                    #expect(try await store.removeToken(named: "crm"))
                    #expect(try await !store.removeToken(named: "crm"))
                    #expect(try reader.token(tokenHash: Self.hash(1), now: Sample.now) == nil)
                    #expect(try reader.examine() == [])
                }
            }
        }

        @Test func `its use is noted at most once a minute`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    #expect(try await store.addToken(Self.token(), tokenHash: Self.hash(1)))
                    var commits: [String?] = []
                    for second in [0, 1, 59, 60, 61] {
                        let now = Sample.later(second)
                        let token = try #require(try store.reader().token(tokenHash: Self.hash(1), now: now))
                        try await store.noteTokenUse(token, tokenHash: Self.hash(1), now: now)
                        commits.append(try database.text("SELECT commits FROM store"))
                    }
                    #expect(try store.reader().tokens().map(\.lastUsedAt) == [Sample.later(60)])
                    #expect(Set(commits).count == 2)
                }
            }
        }

        @Test func `a reply is kept for a day, the first one, for its token and key alone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    func reply(_ status: Int) -> KeptReply {
                        KeptReply(
                            requestHash: [1, 2], status: status, body: Array("{}".utf8),
                            contentType: "application/json", createdAt: Sample.now)
                    }
                    #expect(try await store.addToken(Self.token(), tokenHash: Self.hash(1)))
                    try await store.keepReply(reply(201), tokenHash: Self.hash(1), key: "a")
                    try await store.keepReply(reply(500), tokenHash: Self.hash(1), key: "a")
                    let reader = try store.reader()
                    #expect(try reader.keptReply(tokenHash: Self.hash(1), key: "a", now: Sample.now) == reply(201))
                    #expect(try reader.keptReply(tokenHash: Self.hash(1), key: "b", now: Sample.now) == nil)
                    #expect(try reader.keptReply(tokenHash: Self.hash(2), key: "a", now: Sample.now) == nil)
                    let day = 24 * 3600
                    #expect(
                        try reader.keptReply(tokenHash: Self.hash(1), key: "a", now: Sample.later(day - 1)) != nil)
                    #expect(try reader.keptReply(tokenHash: Self.hash(1), key: "a", now: Sample.later(day)) == nil)
                    try await store.pruneAccess(now: Sample.later(day - 1))
                    #expect(try database.text("SELECT count(*) FROM idempotency_key") == "1")
                    try await store.pruneAccess(now: Sample.later(day))
                    #expect(try database.text("SELECT count(*) FROM idempotency_key") == "0")
                    try await store.keepReply(reply(201), tokenHash: Self.hash(1), key: "a")
                    #expect(try await store.removeToken(named: "crm"))
                    #expect(try database.text("SELECT count(*) FROM idempotency_key") == "0")
                }
            }
        }

        @Test func `a request that was begun is known until it is replied to, or forgotten`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    func known(_ key: String) throws -> KeptReply? {
                        try store.reader().keptReply(tokenHash: Self.hash(1), key: key, now: Sample.now)
                    }
                    let reply = KeptReply(
                        requestHash: [7], status: 200, body: Array("{}".utf8), contentType: "application/json",
                        createdAt: Sample.now)
                    for key in ["a", "b"] {
                        try await store.beginReply(
                            .begun(requestHash: [7], at: Sample.now), tokenHash: Self.hash(1), key: key)
                        #expect(try known(key)?.isBegun == true)
                    }
                    try await store.keepReply(reply, tokenHash: Self.hash(1), key: "a")
                    for key in ["a", "b"] { try await store.forgetReply(tokenHash: Self.hash(1), key: key) }
                    #expect(try known("a") == reply)
                    #expect(try known("b") == nil)
                    // A reply stays, until it is a day old.
                    let day = Sample.later(24 * 3600)
                    for now in [Sample.now, day] {
                        try await store.beginReply(
                            .begun(requestHash: [8], at: now), tokenHash: Self.hash(1), key: "a")
                        #expect(try known("a")?.isBegun == (now == day))
                    }
                }
            }
        }
    }
}
