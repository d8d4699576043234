import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct UserTests {
        private static let password = StoredPassword(
            hash: Array(repeating: 1, count: 32), salt: Array(repeating: 2, count: 16),
            cost: PasswordCost(rounds: 1024, blockSize: 8, parallelism: 1))

        private static func hash(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

        private static func session(
            _ user: String = "ana", _ level: DashboardLevel = .operate, until seconds: Int = 600
        ) -> DashboardSession {
            DashboardSession(user: user, level: level, createdAt: Sample.now, expiresAt: Sample.later(seconds))
        }

        /// A store with a user, a session (1) and a link (2) of hers.
        private static func withUser(_ body: (CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    let change = UserChange.added(.operate, password: password)
                    #expect(try await store.setUser("ana", change, now: Sample.now))
                    #expect(try await store.addSession(session(), tokenHash: hash(1)))
                    #expect(try await store.addLoginLink(session(), tokenHash: hash(2)))
                    try await body(store)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `a user is as they were entered, once`() async throws {
            try await Self.withUser { store in
                let user = try #require(try store.reader().user(named: "ana"))
                #expect(user.level == .operate && user.password == Self.password)
                #expect(user.createdAt == Sample.now && user.changedAt == Sample.now)
                #expect(try store.reader().user(named: "Ana") == nil)
                #expect(try await !store.setUser("ana", .added(.read, password: nil), now: Sample.later(1)))
                #expect(try await store.setUser("bia", .added(.read, password: nil), now: Sample.later(1)))
                #expect(try store.reader().users().map(\.name) == ["ana", "bia"])
                #expect(try store.reader().users().map(\.password) == [Self.password, nil])
                #expect(try store.reader().session(tokenHash: Self.hash(1), now: Sample.later(2))?.user == "ana")
                #expect(try await !store.setUser("eva", .level(.read), now: Sample.now))
                #expect(try await !store.setUser("eva", .password(nil), now: Sample.now))
                #expect(try await !store.addSession(Self.session("eva"), tokenHash: Self.hash(9)))
                #expect(try await !store.addLoginLink(Self.session("eva"), tokenHash: Self.hash(9)))
            }
        }

        @Test func `a session is valid until it expires or is removed, and no other`() async throws {
            try await Self.withUser { store in
                let reader = try store.reader()
                #expect(try reader.session(tokenHash: Self.hash(1), now: Sample.later(599)) == Self.session())
                #expect(try reader.session(tokenHash: Self.hash(1), now: Sample.later(600)) == nil)
                #expect(try reader.session(tokenHash: Self.hash(3), now: Sample.now) == nil)
                #expect(try reader.loginLink(tokenHash: Self.hash(2), now: Sample.later(599)) == Self.session())
                #expect(try reader.loginLink(tokenHash: Self.hash(2), now: Sample.later(600)) == nil)
                #expect(try reader.loginLink(tokenHash: Self.hash(1), now: Sample.now) == nil)
                // A link is no session.
                #expect(try reader.session(tokenHash: Self.hash(2), now: Sample.now) == nil)
                #expect(try await store.removeSession(tokenHash: Self.hash(1)))
                #expect(try await !store.removeSession(tokenHash: Self.hash(1)))
                #expect(try reader.session(tokenHash: Self.hash(1), now: Sample.now) == nil)
            }
        }

        @Test func `a link signs in once, however many come with it at the same time`() async throws {
            try await Self.withUser { store in
                let taken = try await withThrowingTaskGroup(of: String?.self) { group in
                    for _ in 0..<20 {
                        group.addTask { try await store.takeLoginLink(tokenHash: Self.hash(2), now: Sample.now)?.user }
                    }
                    return try await group.reduce(into: [String]()) { $0 += [$1].compactMap(\.self) }
                }
                #expect(taken == ["ana"])
            }
        }

        @Test func `a link that has expired signs nobody in, not even with a clock that is set back`() async throws {
            try await Self.withUser { store in
                #expect(try await store.takeLoginLink(tokenHash: Self.hash(2), now: Sample.later(600)) == nil)
                #expect(try await store.takeLoginLink(tokenHash: Self.hash(2), now: Sample.now) == nil)
                #expect(try await store.addLoginLink(Self.session(), tokenHash: Self.hash(3)))
                let taken = try await store.takeLoginLink(tokenHash: Self.hash(3), now: Sample.later(599))
                #expect(taken?.user == "ana" && taken?.level == .operate)
            }
        }

        @Test(arguments: ["remove", "level", "password", "sign out"])
        func `whoever is removed, or gets another level or password, is signed out`(how: String) async throws {
            try await Self.withUser { store in
                #expect(try await store.setUser("bia", .added(.read, password: nil), now: Sample.now))
                #expect(try await store.addSession(Self.session("bia", .read), tokenHash: Self.hash(5)))
                switch how {
                case "remove": #expect(try await store.removeUser("ana"))
                case "level": #expect(try await store.setUser("ana", .level(.read), now: Sample.later(1)))
                case "password": #expect(try await store.setUser("ana", .password(nil), now: Sample.later(1)))
                default: try await store.removeSessions(user: "ana")
                }
                let reader = try store.reader()
                #expect(try reader.session(tokenHash: Self.hash(1), now: Sample.now) == nil)
                #expect(try await store.takeLoginLink(tokenHash: Self.hash(2), now: Sample.now) == nil)
                #expect(try reader.session(tokenHash: Self.hash(5), now: Sample.now)?.user == "bia")
                let user = try reader.user(named: "ana")
                #expect((user == nil) == (how == "remove"))
                #expect(try await !store.removeUser("eva"))
                if how == "level" { #expect(user?.level == .read && user?.changedAt == Sample.later(1)) }
                if how == "password" { #expect(user?.password == nil) }
            }
        }

        @Test func `a session has never more than the user's level of the moment`() async throws {
            try await Self.withUser { store in
                #expect(try await store.setUser("bia", .added(.read, password: nil), now: Sample.now))
                // As one that another process entered while she was being demoted.
                #expect(try await store.addSession(Self.session("bia", .operate), tokenHash: Self.hash(5)))
                #expect(try await store.addLoginLink(Self.session("bia", .operate), tokenHash: Self.hash(6)))
                #expect(try await store.addSession(Self.session("ana", .read), tokenHash: Self.hash(7)))
                let reader = try store.reader()
                #expect(try reader.session(tokenHash: Self.hash(5), now: Sample.now)?.level == .read)
                #expect(try reader.session(tokenHash: Self.hash(7), now: Sample.now)?.level == .read)
                let taken = try await store.takeLoginLink(tokenHash: Self.hash(6), now: Sample.now)
                #expect(taken?.level == .read)
            }
        }

        @Test func `what has expired is removed, and nothing else`() async throws {
            try await Self.withUser { store in
                #expect(try await store.addSession(Self.session(until: 900), tokenHash: Self.hash(3)))
                try await store.pruneAccess(now: Sample.later(600))
                let reader = try store.reader()
                #expect(try reader.session(tokenHash: Self.hash(1), now: Sample.now) == nil)
                #expect(try reader.session(tokenHash: Self.hash(3), now: Sample.now) != nil)
                #expect(try await store.takeLoginLink(tokenHash: Self.hash(2), now: Sample.now) == nil)
                #expect(try reader.users().count == 1)
            }
        }
    }
}
