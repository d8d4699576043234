import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Who may do what, and who did what, after a copy was put in place.
    @Suite struct RestoredAccessTests {
        private static let root = Actor(.terminal, "root (uid 0)")

        private static func hash(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

        private static func add(_ user: String, _ byte: UInt8, to store: CampaignStore) async throws {
            #expect(try await store.setUser(user, .added(.operate, password: nil), now: Sample.now))
            let session = DashboardSession(
                user: user, level: .operate, createdAt: Sample.now, expiresAt: Sample.later(600))
            #expect(try await store.addSession(session, tokenHash: hash(byte)))
            #expect(try await store.addLoginLink(session, tokenHash: hash(byte + 1)))
            let token = APIToken(name: user, scopes: [.read], createdAt: Sample.now, createdBy: "root")
            #expect(try await store.addToken(token, tokenHash: hash(byte)))
            let id = try await store.beginAction("user", by: root, detail: ActionDetail(), now: Sample.now)
            try await store.endAction(id, .done, detail: ActionDetail(words: ["user": user]), now: Sample.now)
        }

        private static func restore(_ copy: String, to database: TemporaryDatabase) throws -> Restoration {
            try CampaignStore.restore(
                copy, to: database.path, forgetsLater: true, now: Sample.now,
                holder: WriterLock.Holder(pid: 1, host: "here", command: "restore", since: Sample.now))
        }

        @Test func `whoever was removed since the copy was made does not come back, and nobody is signed in`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let older = database.folder + "/older.db"
                try await database.opened { store in
                    try await Self.add("ana", 1, to: store)
                    try await Self.add("bia", 11, to: store)
                    let detail = ActionDetail()
                    _ = try await store.beginAction("import", by: Self.root, detail: detail, now: Sample.now)
                }
                try database.reader().backUp(to: older)
                try await database.opened { store in
                    #expect(try await store.removeUser("ana"))
                    #expect(try await store.removeToken(named: "ana"))
                    #expect(try await store.setUser("bia", .level(.read), now: Sample.later(5)))
                    try await Self.add("eva", 21, to: store)
                    let open = try #require(try store.reader().actions(limit: 9).first { $0.state == .begun })
                    try await store.endAction(open.id, .done, detail: ActionDetail(), now: Sample.later(5))
                }
                let done = try Self.restore(older, to: database)
                #expect(done.carried.isComplete)
                let reader = try database.reader()
                #expect(try reader.users().map(\.name) == ["bia", "eva"])
                #expect(try reader.users().map(\.level) == [.read, .operate])
                #expect(try reader.tokens().map(\.name) == ["bia", "eva"])
                for byte: UInt8 in [1, 11, 21] {
                    #expect(try reader.session(tokenHash: Self.hash(byte), now: Sample.now) == nil)
                }
                #expect(try database.text("SELECT count(*) FROM login_link") == "0")
                // The log has everything, and each entry once.
                let log = try reader.actions(limit: 99).reversed()
                #expect(log.map(\.operation) == ["user", "user", "import", "user"])
                #expect(log.map(\.state) == [.done, .done, .done, .done])
                #expect(try reader.examine() == [])
            }
        }

        @Test func `another database adds its users, tokens and log to those of the copy`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in try await Self.add("ana", 1, to: store) }
                let other = try database.elsewhere()
                try await other.fill(contacts: 1)
                try await other.opened { store in
                    try await Self.add("ana", 11, to: store)
                    try await Self.add("bia", 21, to: store)
                }
                _ = try Self.restore(other.path, to: database)
                let reader = try database.reader()
                #expect(try reader.users().map(\.name) == ["ana", "bia"])
                #expect(try reader.token(tokenHash: Self.hash(11), now: Sample.now)?.name == "ana")
                #expect(try reader.token(tokenHash: Self.hash(1), now: Sample.now) == nil)
                #expect(try reader.actions(limit: 9).count == 3)
                #expect(try database.text("SELECT count(*) FROM dashboard_session") == "0")
                #expect(try reader.examine() == [])
            }
        }

        @Test func `a copy that takes no other's place signs nobody in, and keeps its users`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in try await Self.add("ana", 1, to: store) }
                let place = try database.elsewhere()
                _ = try Self.restore(database.path, to: place)
                #expect(try place.reader().users().map(\.name) == ["ana"])
                #expect(try place.reader().session(tokenHash: Self.hash(1), now: Sample.now) == nil)
                #expect(try database.reader().session(tokenHash: Self.hash(1), now: Sample.now) != nil)
            }
        }
    }
}
